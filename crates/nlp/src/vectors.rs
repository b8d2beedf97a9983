//! Static word vectors: a sorted table of ids, each with the row of its vector, searched where it lies in the file.

use crate::container::Container;
use crate::error::Error;

/// What there is of static vectors in a model.
#[derive(Debug, Default)]
pub(crate) struct Vectors {
    width: usize,
}

impl Vectors {
    /// Checks the sections.
    pub(crate) fn new(container: &Container, width: usize) -> Result<Vectors, Error> {
        if width > 0 {
            let keys = container.numbers::<u64>("vector-keys")?;
            let rows = container.numbers::<u32>("vector-rows")?;
            if keys.len() != rows.len() || !container.numbers::<f32>("vectors")?.len().is_multiple_of(width) {
                return Err(Error::damaged("the tables of vectors do not fit"));
            }
        }
        Ok(Vectors { width })
    }

    /// Numbers in a vector.
    pub(crate) fn width(&self) -> usize {
        self.width
    }

    /// The vector of a form and its row, by the form's id.
    pub(crate) fn get<'a>(&self, container: &'a Container, orth: u64) -> Option<(u32, &'a [f32])> {
        if self.width == 0 {
            return None;
        }
        let keys = container.numbers::<u64>("vector-keys").ok()?;
        let at = keys.binary_search(&orth).ok()?;
        let row = *container.numbers::<u32>("vector-rows").ok()?.get(at)?;
        let vector = container.numbers::<f32>("vectors").ok()?.chunks_exact(self.width).nth(row as usize)?;
        Some((row, vector))
    }
}
