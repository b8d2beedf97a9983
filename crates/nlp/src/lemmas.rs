//! Gives a document's tokens their lemmas, and keeps those of the forms seen last.

use crate::doc::{Label, Labels};
use crate::error::Error;
use crate::lemmatizer::{LemmaClass, Lemmatizer};
use crate::network::seen::KeyHasher;
use crate::pipeline::Draft;
use std::collections::HashMap;
use std::hash::BuildHasherDefault;
use std::ops::Range;

/// Lemmas that are kept.
const MOST_SEEN: usize = 1 << 15;

/// The lemmatiser of a pipeline.
#[derive(Debug)]
pub(crate) struct Lemmas {
    lemmatizer: Lemmatizer,
    /// Whether it sets lemmas that are set already.
    anew: bool,
}

/// What lemmas need for each thread.
#[derive(Debug, Default)]
pub(crate) struct LemmasWork {
    classes: HashMap<(Label, Label), LemmaClass, BuildHasherDefault<KeyHasher>>,
    seen: HashMap<(u64, LemmaClass), Range<u32>, BuildHasherDefault<KeyHasher>>,
    strings: String,
}

impl Lemmas {
    /// Opens the section.
    pub(crate) fn open(section: &[u8], anew: bool) -> Result<Lemmas, Error> {
        Ok(Lemmas { lemmatizer: Lemmatizer::open(section).map_err(Error::damaged)?, anew })
    }

    /// Sets the lemmas of a run of tokens; `section` is what the lemmatiser was opened from.
    pub(crate) fn set(&self, section: &[u8], draft: &mut Draft<'_>, run: &Range<usize>, labels: &Labels, work: &mut LemmasWork) {
        let LemmasWork { classes, seen, strings } = work;
        if seen.len() > MOST_SEEN {
            seen.clear();
            strings.clear();
        }
        for (token, raw) in draft.tokens[run.clone()].iter_mut().zip(&draft.raw[run.clone()]) {
            if token.lemma.0 < token.lemma.1 && !self.anew {
                continue;
            }
            let new_class = || self.lemmatizer.class(labels.name(token.pos), labels.name(token.morph));
            let class = *classes.entry((token.pos, token.morph)).or_insert_with(new_class);
            let place = seen.entry((raw.lexeme.orth, class)).or_insert_with(|| {
                let form = &draft.text[raw.bytes.0 as usize..raw.bytes.1 as usize];
                let (start, end) = append(&self.lemmatizer.lemma(section, form, class), strings);
                start..end
            });
            token.lemma = append(&strings[place.start as usize..place.end as usize], &mut draft.strings);
        }
    }
}

/// Adds a string to others, and gives its place.
pub(crate) fn append(string: &str, strings: &mut String) -> (u32, u32) {
    let start = strings.len() as u32;
    strings.push_str(string);
    (start, strings.len() as u32)
}
