//! How common words are.
//!
//! In goes `<language>/common.toml`, bands of words; out comes [`CommonWords`], which tells for a word, written without case and accents, how many others are about as common or
//! commoner. What stands in no band is rarer than all of them.

use crate::{PackError, PackFiles};
use rustc_hash::FxHashMap;
use serde::Deserialize;

/// The common words of one language.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CommonWords {
    within: FxHashMap<String, u32>,
    last: u32,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    band: Vec<Band>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Band {
    within: u32,
    words: String,
}

impl CommonWords {
    /// Reads `<language>/common.toml` of every layer; a later layer has the last word on a word.
    ///
    /// # Errors
    /// When a layer's file is no TOML or has a key that is none of these.
    ///
    /// ```
    /// use depeche_packs::{CommonWords, PackFiles};
    /// let words = CommonWords::load(&PackFiles::built_in(), "fr")?;
    /// assert!(words.within("les") < words.within("accord") && words.within("accord") < words.within("plenipotentiaire"));
    /// # Ok::<(), depeche_packs::PackError>(())
    /// ```
    pub fn load(files: &PackFiles, language: &str) -> Result<CommonWords, PackError> {
        let mut common = CommonWords::default();
        for file in files.read(&format!("{language}/common.toml"))? {
            for band in file.parse::<Table>()?.band {
                common.last = common.last.max(band.within);
                common.within.extend(band.words.split_whitespace().map(|word| (word.to_owned(), band.within)));
            }
        }
        Ok(common)
    }

    /// Among how many commonest words it is, a power of two; twice the last band for a word of none.
    pub fn within(&self, word: &str) -> u32 {
        self.within.get(word).copied().unwrap_or(self.last * 2)
    }
}
