//! The vector of a word by itself: embeddings of its attributes and its static vector, mixed by a maxout layer; and
//! what it contributes to the first layer over windows of words.
//!
//! Both depend on the word form alone, so they are kept for the words seen last.

use super::layers::{Maxout, SplitMaxout, Workspace};
use super::matrix::Matrix;
use super::seen::{Key, Seen};
use super::spec::{Attribute, TableSpec, Tok2VecSpec, Weights};
use crate::container::Container;
use crate::error::Error;
use crate::lexeme::Lexeme;
use crate::tokenizer::RawToken;
use crate::vectors::Vectors;

/// What of a token the embedding reads; the ids are those of spaCy's string store.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub(crate) struct Word {
    /// The form.
    pub(crate) orth: u64,
    /// The normal form.
    pub(crate) norm: u64,
    /// The first character.
    pub(crate) prefix: u64,
    /// The last three characters.
    pub(crate) suffix: u64,
    /// The shape.
    pub(crate) shape: u64,
    /// Whether it is white space.
    pub(crate) is_space: bool,
    /// Whether a space follows.
    pub(crate) space_after: bool,
}

impl From<&RawToken> for Word {
    fn from(token: &RawToken) -> Word {
        let Lexeme { orth, norm, prefix, suffix, shape, is_space, .. } = token.lexeme;
        Word { orth, norm, prefix, suffix, shape, is_space, space_after: token.space_after }
    }
}

impl Word {
    fn attribute(&self, attribute: Attribute) -> u64 {
        match attribute {
            Attribute::Orth => self.orth,
            Attribute::Norm => self.norm,
            Attribute::Prefix => self.prefix,
            Attribute::Suffix => self.suffix,
            Attribute::Shape => self.shape,
            Attribute::Spacy => u64::from(self.space_after),
            Attribute::IsSpace => u64::from(self.is_space),
        }
    }
}

/// The embedding of words.
#[derive(Debug)]
pub(crate) struct Embedding {
    tables: Vec<Table>,
    projection: Option<Matrix>,
    mix: Maxout,
    /// The first layer over windows, if there is one.
    first: Option<SplitMaxout>,
    width: usize,
    /// Whether the space after a word makes a difference.
    reads_space: bool,
}

#[derive(Debug)]
struct Table {
    spec: TableSpec,
    rows: u32,
    width: usize,
}

impl Table {
    /// The row of a table that a hash means.
    fn row<'a>(&self, numbers: &'a [f32], hash: u32) -> &'a [f32] {
        let start = self.spec.table.start + (hash % self.rows) as usize * self.width;
        numbers.get(start..start + self.width).unwrap_or_default()
    }
}

/// Room for an embedding's work.
#[derive(Debug, Default)]
pub(crate) struct EmbeddingWork {
    new: Vec<Word>,
    /// Words that lack a contribution.
    lacking: Vec<u32>,
    places: Vec<u32>,
    inputs: Vec<f32>,
    static_vectors: Vec<f32>,
    projected: Vec<f32>,
    vectors: Vec<f32>,
}

impl Embedding {
    /// Reads the embedding from the weights.
    pub(crate) fn new(spec: &Tok2VecSpec, weights: Weights<'_>, vectors: &Vectors) -> Result<Embedding, Error> {
        let mix = Maxout::new(&spec.mix, weights)?;
        let mut tables = Vec::new();
        let mut width = mix.width();
        for table in &spec.tables {
            let (_, [rows, columns]) = weights.tensor(&table.table)?;
            width = columns;
            let rows = u32::try_from(rows).map_err(|_| Error::damaged("a table of too many rows"))?;
            tables.push(Table { spec: table.clone(), rows, width });
        }
        for table in &tables {
            weights.shaped(&table.spec.table, [table.rows as usize, width])?;
        }
        let projection = match &spec.static_vectors {
            Some(tensor) => {
                let numbers = weights.shaped(tensor, [width, vectors.width()])?;
                Some(Matrix::new(numbers, vectors.width(), width, |output| output))
            }
            None => None,
        };
        if mix.inputs() != width * (tables.len() + usize::from(projection.is_some())) {
            return Err(Error::damaged("the embedding and its first layer do not fit"));
        }
        let first = spec.layers.first().map(|layer| SplitMaxout::new(layer, 2 * spec.window + 1, weights)).transpose()?;
        if first.as_ref().is_some_and(|first| first.width() != mix.width()) {
            return Err(Error::damaged("the layers of an encoder do not fit"));
        }
        let reads_space = tables.iter().any(|table| table.spec.attribute == Attribute::Spacy);
        Ok(Embedding { tables, projection, mix, first, width, reads_space })
    }

    /// Numbers in a word's vector.
    pub(crate) fn width(&self) -> usize {
        self.mix.width()
    }

    /// The places in `seen` of the vectors of `words`, in [`EmbeddingWork::places`]; new ones are computed together.
    pub(crate) fn look_up<'words>(
        &self,
        words: impl ExactSizeIterator<Item = &'words Word>,
        source: (&Container, &Vectors),
        seen: &mut Seen,
        work: &mut EmbeddingWork,
        workspace: &mut Workspace,
    ) {
        seen.make_room(words.len());
        work.new.clear();
        work.lacking.clear();
        work.places.clear();
        for word in words {
            let (place, is_new) = seen.place(Key { orth: word.orth, norm: word.norm, space_after: self.reads_space && word.space_after });
            if is_new {
                work.new.push(*word);
            }
            if self.first.is_some() && seen.lacks_contribution(place) {
                work.lacking.push(place);
            }
            work.places.push(place);
        }
        self.compute(source, seen, work, workspace);
    }

    fn compute(&self, (container, vectors): (&Container, &Vectors), seen: &mut Seen, work: &mut EmbeddingWork, workspace: &mut Workspace) {
        let numbers = Weights::of(container).map(Weights::numbers).unwrap_or_default();
        let count = work.new.len();
        let inputs = self.mix.inputs();
        work.inputs.clear();
        work.inputs.resize(count * inputs, 0.0);
        for (number, table) in self.tables.iter().enumerate() {
            for (word, row) in work.new.iter().zip(work.inputs.chunks_exact_mut(inputs)) {
                let target = &mut row[number * self.width..][..self.width];
                for hash in table_hashes(word.attribute(table.spec.attribute), table.spec.seed) {
                    for (number, embedding) in target.iter_mut().zip(table.row(numbers, hash)) {
                        *number += embedding;
                    }
                }
            }
        }
        if let Some(projection) = &self.projection {
            let width = vectors.width();
            work.static_vectors.clear();
            work.static_vectors.resize(count * width, 0.0);
            for (word, row) in work.new.iter().zip(work.static_vectors.chunks_exact_mut(width)) {
                if let Some((_, vector)) = vectors.get(container, word.orth) {
                    row.copy_from_slice(vector);
                }
            }
            projection.multiply(&work.static_vectors, width, count, &mut work.projected);
            let rows = work.inputs.chunks_exact_mut(inputs);
            for (projected, row) in work.projected.chunks_exact(projection.stride()).zip(rows) {
                row[self.tables.len() * self.width..].copy_from_slice(&projected[..self.width]);
            }
        }
        let width = self.width();
        self.mix.add_to(&work.inputs, inputs, seen.new_vectors(count, width), workspace);
        if let Some(first) = &self.first {
            work.vectors.clear();
            work.lacking.iter().for_each(|&place| work.vectors.extend_from_slice(seen.vector(place, width)));
            let (contributions, stride) = first.contribute(&work.vectors, width, work.lacking.len(), workspace);
            let room = seen.new_contributions(work.lacking.len(), first.contribution());
            for (room, contribution) in room.chunks_exact_mut(first.contribution()).zip(contributions.chunks_exact(stride)) {
                room.copy_from_slice(&contribution[..first.contribution()]);
            }
        }
    }

    /// The vector of a word by its place in `seen`, and its contribution to the first layer.
    pub(crate) fn of<'a>(&self, seen: &'a Seen, place: u32) -> (&'a [f32], &'a [f32]) {
        let contribution = self.first.as_ref().map_or(&[][..], |first| seen.contribution(place, first.contribution()));
        (seen.vector(place, self.width()), contribution)
    }

    /// The first layer over windows, if there is one.
    pub(crate) fn first(&self) -> Option<&SplitMaxout> {
        self.first.as_ref()
    }
}

impl EmbeddingWork {
    /// Where the words looked up last lie.
    pub(crate) fn places(&self) -> &[u32] {
        &self.places
    }
}

/// The four rows that an id has in a table, before the remainder by its size: MurmurHash3 x64_128 of the id's
/// eight bytes, a quarter each.
fn table_hashes(id: u64, seed: u32) -> [u32; 4] {
    let mut first = id.wrapping_mul(0x87c3_7b91_1142_53d5).rotate_left(31).wrapping_mul(0x4cf5_ad43_2745_937f);
    first ^= u64::from(seed) ^ 8;
    let mut second = u64::from(seed) ^ 8;
    first = first.wrapping_add(second);
    second = second.wrapping_add(first);
    first = avalanche(first);
    second = avalanche(second);
    first = first.wrapping_add(second);
    second = second.wrapping_add(first);
    [first as u32, (first >> 32) as u32, second as u32, (second >> 32) as u32]
}

fn avalanche(mut bits: u64) -> u64 {
    bits ^= bits >> 33;
    bits = bits.wrapping_mul(0xff51_afd7_ed55_8ccd);
    bits ^= bits >> 33;
    bits = bits.wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    bits ^ (bits >> 33)
}

#[cfg(test)]
mod tests {
    use super::table_hashes;

    #[test]
    fn known_values() {
        // From thinc's `NumpyOps.hash`.
        assert_eq!(table_hashes(0, 8), KNOWN[0]);
        assert_eq!(table_hashes(1, 13), KNOWN[1]);
        assert_eq!(table_hashes(0xdead_beef_0123_4567, 9), KNOWN[2]);
    }

    const KNOWN: [[u32; 4]; 3] =
        [[0, 0, 0, 0], [1266879892, 1356517611, 318478807, 3343674364], [65361890, 3167600963, 3168326026, 1923679307]];
}
