//! A page's blocks to the pieces and rows that the scorer reads: what the markup says beside the words.

use super::blocks::{Block, Blocks, FAR, Place};
use super::elements::Element;
use super::surroundings::Surroundings;
use super::tree::{NodeId, Tree};
use crate::line_shape::{ending, words};
use crate::pages::Pages;
use crate::scoring::features::{Features, Hints, Piece, flag, rows};
use crate::scoring::neighbours::Shared;
use rustc_hash::FxHashMap;

/// The elements whose distance is a feature.
pub(crate) const NEAR: [Element; 20] = [
    Element::Paragraph,
    Element::Heading,
    Element::ListItem,
    Element::List,
    Element::Cell,
    Element::Table,
    Element::Quotation,
    Element::Preformatted,
    Element::Caption,
    Element::Figure,
    Element::Article,
    Element::Main,
    Element::Section,
    Element::Aside,
    Element::Navigation,
    Element::Header,
    Element::Footer,
    Element::Form,
    Element::Button,
    Element::Details,
];

/// Their names among the features.
pub(crate) const NEAR_NAMES: [&str; NEAR.len()] = [
    "in_p",
    "in_heading",
    "in_li",
    "in_list",
    "in_cell",
    "in_table",
    "in_blockquote",
    "in_pre",
    "in_figcaption",
    "in_figure",
    "in_article",
    "in_main",
    "in_section",
    "in_aside",
    "in_nav",
    "in_header",
    "in_footer",
    "in_form",
    "in_button",
    "in_details",
];

/// The blocks of a page as the scorer reads them.
pub(crate) struct Scored<'page> {
    pub(crate) pieces: Vec<Piece<'page>>,
    pub(crate) rows: Vec<Features>,
    pub(crate) shared: Vec<Shared>,
}

/// The pieces of a page.
fn pieces<'page>(blocks: &'page Blocks, pages: &Pages) -> Vec<Piece<'page>> {
    let piece = |block: &'page Block| Piece {
        text: &block.text,
        words: words(&block.text).count(),
        letters: block.letters,
        linked: Some(block.linked),
        ending: ending(&block.text),
        lexical: pages.kind_of(&block.text),
    };
    blocks.blocks.iter().map(piece).collect()
}

impl<'page> Scored<'page> {
    /// Reads the blocks of a page.
    pub(crate) fn of(tree: &Tree, blocks: &'page Blocks, hints: &Hints, pages: &Pages) -> Scored<'page> {
        let pieces = pieces(blocks, pages);
        let around = Surroundings::of(tree, blocks, |at, _| pieces.get(at).is_some_and(Piece::is_prose));
        let to_candidate: Vec<_> = blocks.blocks.iter().map(|block| around.to_candidate(tree, block.element)).collect();
        let in_core = |at: usize| to_candidate.get(at).copied().flatten().is_some_and(|(_, down)| down <= 1);
        let parent = |block: &Block| tree.parent(block.element).unwrap_or(tree.root());
        let mut in_parent: FxHashMap<NodeId, u32> = FxHashMap::default();
        for block in &blocks.blocks {
            *in_parent.entry(parent(block)).or_default() += 1;
        }
        let mut heading = LastHeading { since: f32::NAN, is_debris: f32::NAN };
        let markup = |at: usize, row: &mut Features| {
            let Some(block) = blocks.blocks.get(at) else { return };
            let Some(place) = blocks.place(block.element) else { return };
            of_block(block, place, row);
            heading.tell(row);
            if place.level > 0 {
                heading = LastHeading { since: 1.0, is_debris: flag(pieces.get(at).is_some_and(|piece| piece.lexical.is_some())) };
            }
            let same = |other: Option<usize>| {
                flag(other.and_then(|other| blocks.blocks.get(other)).is_some_and(|other| parent(other) == parent(block)))
            };
            row.same_element_before = same(at.checked_sub(1));
            row.same_element_after = same(Some(at + 1));
            row.parent_blocks = in_parent.get(&parent(block)).copied().unwrap_or(0) as f32;
            of_surroundings(tree, &around, block, place, row);
            if let Some((up, down)) = to_candidate.get(at).copied().flatten() {
                (row.candidate_up, row.candidate_down) = (up as f32, down as f32);
            }
        };
        let rows = rows(&pieces, hints, in_core, markup);
        let shared = blocks.blocks.iter().map(|block| shared(tree, blocks, block)).collect();
        Scored { pieces, rows, shared }
    }
}

/// The heading that a block stands under.
struct LastHeading {
    since: f32,
    is_debris: f32,
}

impl LastHeading {
    fn tell(&mut self, row: &mut Features) {
        row.since_heading = self.since;
        row.heading_is_debris = self.is_debris;
        self.since += 1.0;
    }
}

/// What a block's own element says.
fn of_block(block: &Block, place: &Place, row: &mut Features) {
    let distance = |distance: u8| if distance == FAR { f32::NAN } else { f32::from(distance) };
    row.links = block.links as f32;
    row.depth = f32::from(place.depth);
    row.level = f32::from(place.level);
    row.hidden = flag(place.hidden);
    row.strong = flag(block.strong);
    row.continues = flag(block.continues);
    row.near_groups = place.groups.map(distance);
    row.near_elements = NEAR.map(|element| distance(place.elements.get(element as usize).copied().unwrap_or(FAR)));
}

/// What the elements around a block hold.
fn of_surroundings(tree: &Tree, around: &Surroundings, block: &Block, place: &Place, row: &mut Features) {
    let total = around.total.prose.max(1) as f32;
    let (path_prose, path_blocks) = around.path(place.path);
    row.path_prose = path_prose as f32 / total;
    row.path_blocks = path_blocks as f32;
    let mut holders = [None; 6];
    for (slot, node) in holders.iter_mut().zip(std::iter::once(block.element).chain(tree.ancestors(block.element))) {
        *slot = Some(around.sums(node));
    }
    let holder = |up: usize| holders.get(up).copied().flatten();
    let prose = |up: usize| holder(up).map_or(f32::NAN, |sums| sums.prose as f32 / total);
    let density = |up: usize| holder(up).map_or(f32::NAN, |sums| sums.linked as f32 / sums.letters.max(1) as f32);
    let letters = |up: usize| holder(up).map_or(f32::NAN, |sums| sums.letters as f32);
    (row.prose_0, row.prose_1, row.prose_2, row.prose_3, row.prose_5) = (prose(0), prose(1), prose(2), prose(3), prose(5));
    (row.density_0, row.density_1, row.density_2, row.density_3, row.density_5) =
        (density(0), density(1), density(2), density(3), density(5));
    (row.letters_1, row.letters_2, row.letters_3) = (letters(1), letters(2), letters(3));
}

fn shared(tree: &Tree, blocks: &Blocks, block: &Block) -> Shared {
    let parent = tree.parent(block.element);
    let number = |node: NodeId| node.index() as u64;
    Shared {
        element: Some(number(block.element)),
        parent: parent.map(number),
        grandparent: parent.and_then(|parent| tree.parent(parent)).map(number),
        path: blocks.place(block.element).map(|place| place.path),
    }
}
