//! Boosted trees: a sum of small decision trees over a row of numbers.
//!
//! In go parameters as text and rows; out come probabilities. Parameters that do not fit the program's features, or could send a walk in
//! circles, are refused.

/// A split of a tree: to `near` where the feature times `sign` is at most the threshold, to `far` where it is more or missing. The sign is
/// what lets a split send what is missing either way without asking for it.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Split {
    feature: u16,
    /// The number of the next split, or the complement of a leaf's.
    near: i16,
    far: i16,
    sign: f32,
    threshold: f32,
}

#[derive(Debug, Clone, PartialEq)]
struct Tree {
    splits: Vec<Split>,
    leaves: Vec<f32>,
}

/// Trees whose sum is the logit of a probability, over rows of `N` numbers.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Trees<const N: usize> {
    trees: Vec<Tree>,
}

/// After so many trees a logit below the second number is believed.
const CLEAR_AFTER: usize = 30;
const CLEARLY_NO: f32 = -2.9;

fn probability(logit: f32) -> f32 {
    1.0 / (1.0 + (-logit).exp())
}

impl<const N: usize> Trees<N> {
    /// The probability for a row.
    pub(crate) fn score(&self, row: &[f32; N]) -> f32 {
        probability(self.logit(row))
    }

    /// The same, but what the first trees say where that is clearly no.
    pub(crate) fn quick_score(&self, row: &[f32; N]) -> f32 {
        let (first, rest) = self.trees.split_at(self.trees.len().min(CLEAR_AFTER));
        let sum = |trees: &[Tree]| trees.iter().map(|tree| tree.leaf(row)).sum::<f32>();
        let early = sum(first);
        probability(if early < CLEARLY_NO { early } else { early + sum(rest) })
    }

    /// The logit of the probability for a row.
    pub(crate) fn logit(&self, row: &[f32; N]) -> f32 {
        self.trees.iter().map(|tree| tree.leaf(row)).sum()
    }

    /// Reads a line a tree: its splits `feature,threshold,<|>,left,right`, parted by spaces, then `|` and its leaves. `<` sends what is missing
    /// to the left; a negative number is the complement of a leaf's.
    pub(crate) fn parse<'line>(lines: impl Iterator<Item = &'line str>) -> Result<Trees<N>, String> {
        let trees = lines.enumerate().map(|(number, line)| Tree::parse(line, N).ok_or_else(|| format!("tree {number} cannot be read")));
        Ok(Trees { trees: trees.collect::<Result<_, _>>()? })
    }
}

impl Tree {
    fn parse(line: &str, features: usize) -> Option<Tree> {
        let (splits, leaves) = line.split_once('|')?;
        let splits: Vec<Split> = splits.split_whitespace().map(Split::parse).collect::<Option<_>>()?;
        let leaves: Vec<f32> = leaves.split_whitespace().map(|leaf| leaf.parse().ok()).collect::<Option<_>>()?;
        let is_there = |from: usize, next: i16| match usize::try_from(next) {
            // Only forward, so that every walk ends.
            Ok(split) => split > from && split < splits.len(),
            Err(_) => usize::try_from(!next).is_ok_and(|leaf| leaf < leaves.len()),
        };
        let sound = splits
            .iter()
            .enumerate()
            .all(|(at, split)| is_there(at, split.near) && is_there(at, split.far) && usize::from(split.feature) < features);
        (sound && !leaves.is_empty()).then_some(Tree { splits, leaves })
    }

    fn leaf(&self, values: &[f32]) -> f32 {
        let mut next: i16 = if self.splits.is_empty() { !0 } else { 0 };
        while let Some(split) = usize::try_from(next).ok().and_then(|at| self.splits.get(at)) {
            let value = values.get(usize::from(split.feature)).copied().unwrap_or(f32::NAN);
            next = if value * split.sign <= split.threshold { split.near } else { split.far };
        }
        usize::try_from(!next).ok().and_then(|leaf| self.leaves.get(leaf)).copied().unwrap_or(0.0)
    }
}

impl Split {
    fn parse(word: &str) -> Option<Split> {
        let mut parts = word.split(',');
        let feature = parts.next()?.parse().ok()?;
        let threshold: f32 = parts.next()?.parse().ok()?;
        let missing_left = match parts.next()? {
            "<" => true,
            ">" => false,
            _ => return None,
        };
        let (left, right) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
        let split = if missing_left {
            // More than the threshold is at least the next number above it.
            Split { feature, sign: -1.0, threshold: -threshold.next_up(), near: right, far: left }
        } else {
            Split { feature, sign: 1.0, threshold, near: left, far: right }
        };
        parts.next().is_none().then_some(split)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tree_is_walked() {
        let tree = Tree::parse("0,1.5,<,-1,1 1,0.5,>,-2,-3 | 0.1 0.2 0.3", 2).unwrap();
        let mut values = [f32::NAN; 2];
        assert_eq!(tree.leaf(&values), 0.1, "what is missing goes as the split says");
        values[0] = 2.0;
        assert_eq!(tree.leaf(&values), 0.3);
        values[1] = 0.5;
        assert_eq!(tree.leaf(&values), 0.2);
    }

    #[test]
    fn a_tree_that_could_run_in_circles_is_refused() {
        assert_eq!(Tree::parse("0,1.5,<,0,-1 | 0.1", 2), None);
        assert_eq!(Tree::parse("0,1.5,<,-1,-9 | 0.1", 2), None);
        assert_eq!(Tree::parse("60000,1.5,<,-1,-1 | 0.1", 2), None);
        assert_eq!(Tree::parse(" | 0.1", 2).map(|tree| tree.leaf(&[0.0; 2])), Some(0.1));
    }
}
