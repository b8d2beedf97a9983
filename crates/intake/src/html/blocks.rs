//! A page's tree to its blocks: the runs of text between the edges of paragraphs, cells, list items and other parts of the page.
//!
//! In goes a [`Tree`]; out come [`Block`]s in reading order, none blank, white space single. Text goes on through links and other inline
//! elements; two line breaks in a row end a block as a paragraph's end does. What browsers do not show is left out or told.

use super::class_words::{CREDIT, GROUPS, groups_of};
use super::elements::{ELEMENTS, Element};
use super::tree::{NodeId, Tree};
use crate::repeats::Repeated;
use rustc_hash::FxHashMap;
use std::ops::Range;

/// A block's text and where it stands.
#[derive(Debug)]
pub(crate) struct Block {
    pub(crate) text: String,
    /// Characters of it, white space left out.
    pub(crate) letters: usize,
    /// Of these, how many are in links.
    pub(crate) linked: usize,
    /// How many links it has.
    pub(crate) links: usize,
    /// The element that it is the text of.
    pub(crate) element: NodeId,
    /// Bytes in the source of the page, from the tag before its first word to the one before its last.
    pub(crate) source: Range<usize>,
    /// Whether a line break and not an edge of its element parts it from the one before.
    pub(crate) continues: bool,
    /// Whether all of it is emphasised.
    pub(crate) strong: bool,
    /// Whether most of it stands on other pages of the site too.
    pub(crate) repeated: bool,
}

/// How far up the nearest element of a kind is: 0 for the element itself.
pub(crate) type Distance = u8;
/// There is none.
pub(crate) const FAR: Distance = Distance::MAX;

/// What is known of an element by where it stands.
#[derive(Debug, Clone)]
pub(crate) struct Place {
    pub(crate) element: Element,
    /// Level of a heading, 0 for what is none.
    pub(crate) level: u8,
    pub(crate) depth: u16,
    /// How far up the nearest element of each group of class words is.
    pub(crate) groups: [Distance; GROUPS.len()],
    /// How far up the nearest element of each sort is.
    pub(crate) elements: [Distance; ELEMENTS],
    /// The same for elements that are the same down from the root.
    pub(crate) path: u64,
    pub(crate) hidden: bool,
}

/// The blocks of a page, and the places of the elements that they stand in.
#[derive(Debug)]
pub(crate) struct Blocks {
    pub(crate) blocks: Vec<Block>,
    places: Places,
}

/// The places of elements, found by the elements' numbers.
#[derive(Debug)]
struct Places {
    places: Vec<Place>,
    of: Vec<u32>,
}

impl Places {
    fn get(&self, element: NodeId) -> Option<&Place> {
        self.places.get(*self.of.get(element.index())? as usize)
    }

    fn insert(&mut self, element: NodeId, place: Place) {
        if let Some(at) = self.of.get_mut(element.index()) {
            *at = u32::try_from(self.places.len()).unwrap_or(u32::MAX);
            self.places.push(place);
        }
    }
}

/// Blocks beyond this number are not looked at: no article has them.
const MOST_BLOCKS: usize = 50_000;

impl Blocks {
    /// Reads a tree, with what other pages of its site have too.
    pub(crate) fn of(tree: &Tree, repeats: Repeats) -> Blocks {
        let mut walk = Walk::new(tree, repeats);
        walk.run();
        Blocks { blocks: walk.blocks, places: walk.places }
    }

    /// The place of a block's element or one around it.
    pub(crate) fn place(&self, element: NodeId) -> Option<&Place> {
        self.places.get(element)
    }
}

/// The elements around a place, from the page inwards.
struct Open {
    node: NodeId,
    element: Element,
    strong: bool,
}

/// The source of a page and which of its runs of text other pages of its site have too.
#[derive(Clone, Copy)]
pub(crate) struct Repeats<'page> {
    pub(crate) source: &'page str,
    pub(crate) runs: &'page Repeated,
}

impl Repeats<'_> {
    fn holds(self, at: usize) -> bool {
        !self.runs.is_empty() && self.source.get(at..).is_some_and(|from_tag| self.runs.has(from_tag))
    }
}

/// A path with one more name: FNV-1a.
fn step(path: u64, name: impl Iterator<Item = u8>) -> u64 {
    name.chain([0]).fold(path ^ 0xCBF2_9CE4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3))
}

struct Walk<'tree> {
    tree: &'tree Tree,
    repeats: Repeats<'tree>,
    blocks: Vec<Block>,
    places: Places,
    open: Vec<Open>,
    /// The innermost elements that are no part of a running text.
    around: Vec<NodeId>,
    links: usize,
    strong: usize,
    current: Current,
    known: FxHashMap<&'tree str, u32>,
}

/// The block that is being read.
#[derive(Default)]
struct Current {
    text: String,
    letters: usize,
    linked: usize,
    links: usize,
    emphasised: usize,
    repeated: usize,
    source: Option<Range<usize>>,
    breaks: usize,
    continues: bool,
}

impl<'tree> Walk<'tree> {
    fn new(tree: &'tree Tree, repeats: Repeats<'tree>) -> Walk<'tree> {
        let root = Place {
            element: Element::Division,
            level: 0,
            depth: 0,
            groups: [FAR; GROUPS.len()],
            elements: [FAR; ELEMENTS],
            path: 0,
            hidden: false,
        };
        let mut places = Places { places: Vec::new(), of: vec![u32::MAX; tree.len()] };
        places.insert(tree.root(), root);
        Walk {
            tree,
            repeats,
            blocks: Vec::new(),
            places,
            open: Vec::new(),
            around: vec![tree.root()],
            links: 0,
            strong: 0,
            current: Current::default(),
            known: FxHashMap::default(),
        }
    }

    /// Enters and leaves every node in document order, without recursion.
    fn run(&mut self) {
        let mut next = self.tree.first_child(self.tree.root());
        while let Some(node) = next {
            if self.blocks.len() >= MOST_BLOCKS {
                break;
            }
            if self.enter(node) {
                if let Some(child) = self.tree.first_child(node) {
                    next = Some(child);
                    continue;
                }
                self.leave();
            }
            let mut here = node;
            next = loop {
                if let Some(sibling) = self.tree.next_sibling(here) {
                    break Some(sibling);
                }
                match self.tree.parent(here) {
                    Some(parent) if parent != self.tree.root() => {
                        self.leave();
                        here = parent;
                    }
                    _ => break None,
                }
            };
        }
        self.flush(false);
    }

    /// Whether what is in the node is read too; it must be left then.
    fn enter(&mut self, node: NodeId) -> bool {
        let Some(name) = self.tree.name(node) else {
            if let Some(text) = self.tree.text(node) {
                self.words(node, text);
            }
            return false;
        };
        let element = Element::of(name);
        match element {
            Element::Skipped => return false,
            Element::Break => {
                self.line_break();
                return false;
            }
            Element::Link => {
                self.links += 1;
                self.current.links += 1;
            }
            Element::Inline if !self.is_credit(node) => {}
            _ => {
                self.flush(false);
                self.settle(node, element);
                self.around.push(node);
            }
        }
        let element = if element == Element::Inline && self.around.last() == Some(&node) { Element::Division } else { element };
        let strong = matches!(&**name, "b" | "strong" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6");
        self.strong += usize::from(strong);
        self.open.push(Open { node, element, strong });
        true
    }

    /// Whether an element inside a running text is a picture's credit, which is no part of it.
    fn is_credit(&mut self, node: NodeId) -> bool {
        let Some(class) = self.tree.attribute(node, "class") else { return false };
        self.known.entry(class).or_insert_with(|| groups_of(class)).to_owned() & (1 << CREDIT) != 0
    }

    fn leave(&mut self) {
        let Some(Open { node, element, strong }) = self.open.pop() else { return };
        self.strong -= usize::from(strong);
        match element {
            Element::Link => self.links -= 1,
            element if element.is_inline() => {}
            _ => {
                self.flush(false);
                if self.around.last() == Some(&node) {
                    self.around.pop();
                }
            }
        }
    }

    /// Notes the place of an element that is no part of a running text.
    fn settle(&mut self, node: NodeId, element: Element) {
        let parent = self.around.last().and_then(|parent| self.places.get(*parent));
        let Some(parent) = parent else { return };
        let mut place = parent.clone();
        place.element = element;
        place.depth = place.depth.saturating_add(1);
        for distance in place.groups.iter_mut().chain(&mut place.elements) {
            *distance = distance.saturating_add(1);
        }
        if let Some(distance) = place.elements.get_mut(element as usize) {
            *distance = 0;
        }
        let name = self.tree.name(node).map(|name| &**name).unwrap_or_default();
        let mut path = step(parent.path, name.bytes());
        place.level = match (element, name.as_bytes()) {
            (Element::Heading, [b'h', level]) => level - b'0',
            _ => 0,
        };
        let mut groups = 0;
        for (attribute, value) in self.tree.attributes(node) {
            match attribute {
                "class" | "id" | "role" | "itemprop" | "data-testid" | "data-component" | "data-qa" | "data-module" => {
                    groups |= *self.known.entry(value).or_insert_with(|| groups_of(value));
                    if attribute == "class" {
                        // Figures count what is otherwise the same.
                        path = step(path, value.bytes().filter(|byte| !byte.is_ascii_digit()));
                    }
                }
                "hidden" => place.hidden = true,
                "aria-hidden" => place.hidden |= value == "true",
                "style" => {
                    place.hidden |= value
                        .split(';')
                        .filter_map(|rule| rule.split_once(':'))
                        .any(|(name, value)| matches!((name.trim(), value.trim()), ("display", "none") | ("visibility", "hidden")));
                }
                _ => {}
            }
        }
        place.path = path;
        for (at, distance) in place.groups.iter_mut().enumerate() {
            if groups & (1 << at) != 0 {
                *distance = 0;
            }
        }
        self.places.insert(node, place);
    }

    fn words(&mut self, node: NodeId, text: &str) {
        let current = &mut self.current;
        let linked = self.links > 0;
        let mut blank = current.text.is_empty();
        let before = current.letters;
        for character in text.chars() {
            if character.is_whitespace() || matches!(character, '\u{200B}' | '\u{FEFF}' | '\u{AD}') {
                if !blank && !matches!(character, '\u{200B}' | '\u{FEFF}' | '\u{AD}') {
                    if !current.text.ends_with([' ', '\n']) {
                        current.text.push(' ');
                    }
                    blank = true;
                }
                continue;
            }
            if current.breaks > 0 {
                // One break is a new line of the same block.
                if !current.text.is_empty() {
                    current.text.truncate(current.text.trim_end_matches(' ').len());
                    current.text.push('\n');
                }
                current.breaks = 0;
            }
            blank = false;
            current.text.push(character);
            current.letters += 1;
        }
        let more = current.letters - before;
        if more > 0 {
            current.linked += if linked { more } else { 0 };
            current.emphasised += if self.strong > 0 { more } else { 0 };
            let at = self.tree.source(node);
            current.repeated += if self.repeats.holds(at) { more } else { 0 };
            current.source = Some(current.source.as_ref().map_or(at, |source| source.start)..at);
        }
    }

    fn line_break(&mut self) {
        if self.current.text.is_empty() {
            return;
        }
        self.current.breaks += 1;
        if self.current.breaks >= 2 {
            self.flush(true);
        }
    }

    /// Ends the block that is being read.
    fn flush(&mut self, continues: bool) {
        let current = std::mem::take(&mut self.current);
        self.current.continues = continues;
        let (Some(source), Some(&element)) = (current.source, self.around.last()) else { return };
        let mut text = current.text;
        text.truncate(text.trim_end().len());
        self.blocks.push(Block {
            text,
            letters: current.letters,
            linked: current.linked,
            links: current.links.max(usize::from(current.linked > 0)),
            element,
            source,
            continues: current.continues,
            strong: current.emphasised == current.letters,
            repeated: current.repeated * 2 > current.letters,
        });
    }
}
