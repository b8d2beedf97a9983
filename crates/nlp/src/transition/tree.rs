//! From heads and labels as the parser leaves them to a tree: roots named, arcs that were lifted put back where they
//! belong, sentences bounded.
//!
//! The parser builds projective trees only. A label `X||Y` says that the arc X was lifted; its true head is the first
//! word with the label Y below the head that it got, breadth first (Nivre and Nilsson 2005, the scheme HEAD).

use crate::doc::{Label, Labels};

/// What stands between the label of a lifted arc and that of its head.
const DELIMITER: &str = "||";
/// The label of roots.
const ROOT: &str = "ROOT";
/// Passes after which no edge moves any more.
const MOST_PASSES: usize = 11;

/// The labels of trees.
#[derive(Debug)]
pub(crate) struct TreeLabels {
    root: Label,
    /// For the labels of lifted arcs, by place, their own label and that of their head.
    lifted: Vec<Option<(Label, Label)>>,
}

impl TreeLabels {
    /// Takes the labels of lifted arcs apart.
    pub(crate) fn new(labels: &mut Labels, used: impl Iterator<Item = String>) -> TreeLabels {
        let root = labels.add(ROOT);
        let mut lifted = Vec::new();
        for name in used {
            let label = labels.add(&name);
            if let Some((own, head)) = name.split_once(DELIMITER) {
                let at = label.0 as usize;
                if lifted.len() <= at {
                    lifted.resize(at + 1, None);
                }
                lifted[at] = Some((labels.add(own), labels.add(head)));
            }
        }
        TreeLabels { root, lifted }
    }

    fn lifted(&self, label: Label) -> Option<(Label, Label)> {
        self.lifted.get(label.0 as usize).copied().flatten()
    }
}

/// A document's tree.
#[derive(Debug, Default)]
pub(crate) struct Tree {
    /// For each word its head; a root is its own.
    pub(crate) heads: Vec<u32>,
    /// For each word the label of its arc.
    pub(crate) labels: Vec<Label>,
    /// Whether a sentence begins with it.
    pub(crate) sent_starts: Vec<bool>,
    /// The first and last word at or below each.
    edges: Vec<(u32, u32)>,
}

impl Tree {
    /// Builds the tree of what the parser gave: heads below zero are roots'.
    pub(crate) fn build(&mut self, heads: &[i32], labels: &[Label], names: &TreeLabels, is_space: impl Fn(usize) -> bool) {
        self.heads.clear();
        self.heads.extend(heads.iter().enumerate().map(|(word, &head)| u32::try_from(head).unwrap_or(word as u32)));
        self.labels.clear();
        let root = |(head, &label): (&i32, &Label)| if *head < 0 { names.root } else { label };
        self.labels.extend(heads.iter().zip(labels).map(root));
        self.bound();
        let mut changed = false;
        for word in 0..heads.len() {
            if let Some((own, head_label)) = names.lifted(self.labels[word]) {
                self.heads[word] = self.true_head(word as u32, head_label, &is_space);
                self.labels[word] = own;
                changed = true;
            }
        }
        if changed {
            self.bound();
        }
    }

    fn true_head(&self, word: u32, label: Label, is_space: &impl Fn(usize) -> bool) -> u32 {
        let given = self.heads[word as usize];
        let mut level = vec![given];
        let mut seen = 0;
        // Each level is further from the given head; more words than there are would mean a cycle.
        while !level.is_empty() && seen <= self.heads.len() {
            seen += level.len();
            let mut below = Vec::new();
            for &head in &level {
                let (first, last) = self.edges[head as usize];
                for child in first..=last {
                    let at = child as usize;
                    if child == head || self.heads[at] != head || is_space(at) || child == word {
                        continue;
                    }
                    if self.labels[at] == label {
                        return child;
                    }
                    below.push(child);
                }
            }
            level = below;
        }
        given
    }

    /// Finds the edges of all words and the starts of sentences.
    fn bound(&mut self) {
        let words = self.heads.len();
        self.edges.clear();
        self.edges.extend((0..words as u32).map(|word| (word, word)));
        for _ in 0..=MOST_PASSES {
            for word in (0..words).chain((0..words).rev()) {
                let (first, last) = self.edges[word];
                let head = &mut self.edges[self.heads[word] as usize];
                *head = (head.0.min(first), head.1.max(last));
            }
            self.mark_starts();
            if self.heads_are_within() {
                break;
            }
        }
    }

    fn mark_starts(&mut self) {
        self.sent_starts.clear();
        self.sent_starts.resize(self.heads.len(), false);
        for (word, &head) in self.heads.iter().enumerate() {
            if head as usize == word {
                self.sent_starts[self.edges[word].0 as usize] = true;
            }
        }
    }

    /// Whether all heads lie in their sentences; the document's last word is not asked, as spaCy does not.
    fn heads_are_within(&self) -> bool {
        let words = self.heads.len();
        let mut start = 0;
        for at in 0..words {
            if (at > 0 && self.sent_starts[at]) || at + 1 == words {
                if self.heads[start..at].iter().any(|&head| (head as usize) < start || head as usize > at) {
                    return false;
                }
                start = at;
            }
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn build(heads: &[i32], names: &[&str]) -> (Tree, Labels) {
        let mut labels = Labels::default();
        let tree_labels = TreeLabels::new(&mut labels, names.iter().map(|&name| name.to_owned()));
        let given: Vec<Label> = names.iter().map(|name| labels.add(name)).collect();
        let mut tree = Tree::default();
        tree.build(heads, &given, &tree_labels, |_| false);
        (tree, labels)
    }

    #[test]
    fn roots_are_named_and_begin_sentences() {
        let (tree, labels) = build(&[1, -1, 1, -1, 3], &["a", "", "b", "", "c"]);
        assert_eq!(tree.heads, [1, 1, 1, 3, 3]);
        assert_eq!(tree.sent_starts, [true, false, false, true, false]);
        assert_eq!(labels.name(tree.labels[1]), "ROOT");
    }

    #[test]
    fn a_lifted_arc_finds_its_head() {
        // The last word was lifted from the object (2) to the verb (1).
        let (tree, labels) = build(&[1, -1, 1, 1], &["subject", "", "object", "relative||object"]);
        assert_eq!(tree.heads, [1, 1, 1, 2]);
        assert_eq!(labels.name(tree.labels[3]), "relative");
        let (tree, labels) = build(&[1, -1, 1, 1], &["subject", "", "other", "relative||object"]);
        assert_eq!(tree.heads, [1, 1, 1, 1]);
        assert_eq!(labels.name(tree.labels[3]), "relative");
    }
}
