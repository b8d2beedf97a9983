//! `page.toml`: the words by which the lines of a news page that are not its article are known.
//!
//! In goes the file of one language; out come its lists, an overlay's entries after ours. Phrases are compared without case, accents,
//! typographic apostrophes and the punctuation around them; `#` in a phrase stands for any number. What they do on a page is the business
//! of intake.

use crate::{PackError, PackFiles};
use serde::Deserialize;

/// The words of pages in one language.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct PageWords {
    /// Frequent short words that few other languages have, by which the language of a line is told.
    pub common_words: Vec<String>,
    /// Months, weekdays and the small words of a date: a line of nothing else, with a number, is a dateline.
    pub date_words: Vec<String>,
    /// News agencies and picture agencies.
    pub agencies: Vec<String>,
    /// What stands in the brackets of a caption: credits and places in the picture.
    pub caption_brackets: Vec<String>,
    /// What opens a sentence that cites an outlet by its bare name: where no source line names one, the only outlet so cited is the dispatch's.
    pub citing: Vec<String>,
    /// Share buttons and pleas to follow.
    pub share: LinePhrases,
    /// What opens links to other articles.
    pub related: LinePhrases,
    /// Menus, tags, breadcrumbs.
    pub navigation: LinePhrases,
    /// What opens the line that names the outlet.
    pub source: LinePhrases,
    /// What opens the line that names the author; a name must follow an opener.
    pub byline: LinePhrases,
    /// What opens the line that gives the date of publication.
    pub dateline: LinePhrases,
    /// What only the caption or credit of a picture says.
    pub caption: LinePhrases,
    /// Subscriptions, cookies, copyright, reading times, players.
    pub other: LinePhrases,
}

/// The phrases that give a line away, and lines that say what they must and must not do.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct LinePhrases {
    /// The whole line.
    pub is: Vec<String>,
    /// The beginning of a line, up to the end of a word.
    pub opens: Vec<String>,
    /// Anywhere in a line, from word to word.
    pub holds: Vec<String>,
    /// Lines that must get this kind by their words alone.
    pub examples: Vec<String>,
    /// Lines that must not.
    pub counterexamples: Vec<String>,
}

impl PageWords {
    /// Reads `<language>/page.toml` of every layer.
    ///
    /// # Errors
    /// When a layer's file is no TOML or has a key that is none of these.
    ///
    /// ```
    /// use depeche_packs::{PackFiles, PageWords};
    /// let words = PageWords::load(&PackFiles::built_in(), "fr")?;
    /// assert!(words.byline.opens.contains(&"par".to_owned()));
    /// # Ok::<(), depeche_packs::PackError>(())
    /// ```
    pub fn load(files: &PackFiles, language: &str) -> Result<PageWords, PackError> {
        let mut words = PageWords::default();
        for file in files.read(&format!("{language}/page.toml"))? {
            words.extend(file.parse()?);
        }
        Ok(words)
    }

    fn extend(&mut self, other: PageWords) {
        self.common_words.extend(other.common_words);
        self.date_words.extend(other.date_words);
        self.agencies.extend(other.agencies);
        self.caption_brackets.extend(other.caption_brackets);
        self.citing.extend(other.citing);
        self.share.extend(other.share);
        self.related.extend(other.related);
        self.navigation.extend(other.navigation);
        self.source.extend(other.source);
        self.byline.extend(other.byline);
        self.dateline.extend(other.dateline);
        self.caption.extend(other.caption);
        self.other.extend(other.other);
    }
}

impl LinePhrases {
    fn extend(&mut self, other: LinePhrases) {
        self.is.extend(other.is);
        self.opens.extend(other.opens);
        self.holds.extend(other.holds);
        self.examples.extend(other.examples);
        self.counterexamples.extend(other.counterexamples);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_overlay_adds_to_ours() -> Result<(), Box<dyn std::error::Error>> {
        let folder = tempfile::tempdir()?;
        std::fs::create_dir(folder.path().join("fr"))?;
        std::fs::write(folder.path().join("fr/page.toml"), "[share]\nis = ['envoyer par pigeon']\n")?;
        let ours = PageWords::load(&PackFiles::built_in(), "fr")?;
        let both = PageWords::load(&PackFiles::built_in().overlay(folder.path())?, "fr")?;
        assert_eq!(both.share.is.len(), ours.share.is.len() + 1);
        assert_eq!(both.related, ours.related);
        Ok(())
    }

    #[test]
    fn a_key_that_is_none_of_ours_is_an_error() -> Result<(), Box<dyn std::error::Error>> {
        let folder = tempfile::tempdir()?;
        std::fs::create_dir(folder.path().join("fr"))?;
        std::fs::write(folder.path().join("fr/page.toml"), "[share]\nare = ['x']\n")?;
        let error = PageWords::load(&PackFiles::built_in().overlay(folder.path())?, "fr").unwrap_err();
        assert_eq!(error.line(), 2);
        Ok(())
    }
}
