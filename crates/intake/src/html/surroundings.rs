//! What stands around a block: how much prose its ancestors hold, and where the page's article most likely is.
//!
//! In go a tree's blocks and which of them are prose; out come sums for every element. The candidate is the element that gathers most
//! prose, what is deeper in it counting less, as readability tools have it since 2010.

use super::blocks::{Block, Blocks};
use super::tree::{NodeId, Tree};
use rustc_hash::FxHashMap;

/// Sums over the blocks in an element.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Sums {
    pub(crate) letters: u32,
    pub(crate) linked: u32,
    /// Letters of prose.
    pub(crate) prose: u32,
    score: f32,
}

/// The sums of a page's elements.
#[derive(Debug)]
pub(crate) struct Surroundings {
    sums: Vec<Sums>,
    /// Letters of prose, and the number of blocks, by path.
    paths: FxHashMap<u64, (u32, u32)>,
    pub(crate) total: Sums,
    /// The element that most likely holds the article, with those around it, itself first.
    candidate: Vec<NodeId>,
}

/// How much of a block's letters count for the elements around it, from its own outwards.
const WEIGHTS: [f32; 5] = [1.0, 1.0, 0.6, 0.4, 0.25];

impl Surroundings {
    pub(crate) fn of(tree: &Tree, blocks: &Blocks, is_prose: impl Fn(usize, &Block) -> bool) -> Surroundings {
        let mut sums = vec![Sums::default(); tree.len()];
        let mut paths: FxHashMap<u64, (u32, u32)> = FxHashMap::default();
        let mut total = Sums::default();
        for (at, block) in blocks.blocks.iter().enumerate() {
            let (letters, linked) = (block.letters as u32, block.linked as u32);
            let prose = if is_prose(at, block) { letters } else { 0 };
            let path = paths.entry(blocks.place(block.element).map_or(0, |place| place.path)).or_default();
            *path = (path.0 + prose, path.1 + 1);
            let add = |sum: &mut Sums, weight: f32| {
                sum.letters += letters;
                sum.linked += linked;
                sum.prose += prose;
                sum.score += weight * prose as f32;
            };
            add(&mut total, 0.0);
            for (up, element) in std::iter::once(block.element).chain(tree.ancestors(block.element)).enumerate() {
                if let Some(sum) = sums.get_mut(element.index()) {
                    add(sum, WEIGHTS.get(up).copied().unwrap_or(0.0));
                }
            }
        }
        let worth = |sum: &Sums| sum.score * (1.0 - sum.linked as f32 / (sum.letters.max(1)) as f32);
        let mut best: Option<(NodeId, f32)> = None;
        for node in tree.descendants(tree.root()) {
            let score = sums.get(node.index()).map_or(0.0, worth);
            if score > best.map_or(0.0, |(_, score)| score) {
                best = Some((node, score));
            }
        }
        let candidate = best.map(|(node, _)| std::iter::once(node).chain(tree.ancestors(node)).collect()).unwrap_or_default();
        Surroundings { sums, paths, total, candidate }
    }

    /// The sums of an element.
    pub(crate) fn sums(&self, element: NodeId) -> Sums {
        self.sums.get(element.index()).copied().unwrap_or_default()
    }

    /// Letters of prose and number of blocks of a path.
    pub(crate) fn path(&self, path: u64) -> (u32, u32) {
        self.paths.get(&path).copied().unwrap_or_default()
    }

    /// How far up from an element the nearest one is that holds the candidate, and how far above the candidate that is.
    pub(crate) fn to_candidate(&self, tree: &Tree, element: NodeId) -> Option<(usize, usize)> {
        std::iter::once(element)
            .chain(tree.ancestors(element))
            .enumerate()
            .find_map(|(up, node)| Some((up, self.candidate.iter().position(|holder| *holder == node)?)))
    }
}
