//! An article's own captions and those left over from another one.
//!
//! In go the article's own words and a caption; out comes the caption's kind. Another language, or a credit under names that the article
//! does not have, give a stranger away.

use crate::language;
use crate::line_shape::{self as shape, has_credit};
use crate::pages::{Pages, fold};
use depeche_record::BlockKind;
use rustc_hash::FxHashSet;
use std::cell::OnceCell;

/// How much of the article's text is looked at, in bytes.
const MOST_BYTES: usize = 1 << 18;

/// The words by which an article knows what belongs to it, found when a caption first asks for them.
pub(crate) struct ArticleWords<'article> {
    stretches: Vec<&'article str>,
    names: OnceCell<FxHashSet<String>>,
    content: OnceCell<FxHashSet<String>>,
    language: Option<&'article str>,
    pages: &'article Pages,
}

/// Whether a block of this kind is the article's text, captions left out.
pub(crate) fn is_own_text(kind: BlockKind) -> bool {
    matches!(kind, BlockKind::Title | BlockKind::Body | BlockKind::Lede | BlockKind::Subhead)
}

impl<'article> ArticleWords<'article> {
    /// Takes the stretches of an article, as many as fit [`MOST_BYTES`].
    pub(crate) fn of(
        stretches: impl Iterator<Item = &'article str>,
        language: Option<&'article str>,
        pages: &'article Pages,
    ) -> ArticleWords<'article> {
        let mut bytes = 0;
        let stretches = stretches.take_while(|stretch| {
            let is_within = bytes <= MOST_BYTES;
            bytes += stretch.len();
            is_within
        });
        let stretches = stretches.map(|stretch| language::prefix(stretch, 1 << 16)).collect();
        ArticleWords { stretches, names: OnceCell::new(), content: OnceCell::new(), language, pages }
    }

    /// The kind of a caption, `above` being that of the caption right above it.
    pub(crate) fn kind_of_caption(&self, words: &str, above: Option<BlockKind>) -> BlockKind {
        let count = shape::words(words).count();
        if count >= 6 && self.language.is_some_and(|article| language::is_foreign(words, article, self.pages)) {
            return BlockKind::ForeignCaption;
        }
        if count < 8 {
            return above.unwrap_or(BlockKind::Caption);
        }
        if !has_credit(words, self.pages) || self.stretches.is_empty() {
            return BlockKind::Caption;
        }
        // The credit's own names would be nobody of the body in any caption.
        let subject = words.rfind(['(', '[', '©']).filter(|&at| at * 2 > words.len()).and_then(|at| words.get(..at)).unwrap_or(words);
        let named = names(subject, self.pages);
        let gather =
            |of: fn(&str, &Pages) -> FxHashSet<String>| self.stretches.iter().flat_map(|stretch| of(stretch, self.pages)).collect();
        let is_known = if named.is_empty() {
            !content_words(subject, self.pages).is_disjoint(self.content.get_or_init(|| gather(content_words)))
        } else {
            !named.is_disjoint(self.names.get_or_init(|| gather(names)))
        };
        if is_known { BlockKind::Caption } else { BlockKind::ForeignCaption }
    }
}

/// A caption without the credit that ends it: « (Photo : A. B./Agency) », “© A. B.”, “Label: A. B.”. Empty where it is nothing else.
pub(crate) fn without_credit<'caption>(caption: &'caption str, pages: &Pages) -> &'caption str {
    let mut rest = caption.trim_end();
    loop {
        let cut =
            copyright(rest).or_else(|| bracketed(rest, pages)).or_else(|| labelled(rest)).or_else(|| shape::credit_after(rest, pages));
        let Some(cut) = cut.and_then(|at| rest.get(..at)) else { return rest };
        rest = cut.trim_end_matches(|character: char| character.is_whitespace() || matches!(character, '-' | '–' | '—' | '|' | '/' | '('));
    }
}

/// Most words of a credit.
const CREDIT_WORDS: usize = 10;

/// Where « © … » begins that ends a caption.
fn copyright(caption: &str) -> Option<usize> {
    let at = caption.rfind('©')?;
    (shape::words(caption.get(at..)?).count() <= CREDIT_WORDS).then_some(at)
}

/// Where the bracket begins that ends a caption and holds a credit.
fn bracketed(caption: &str, pages: &Pages) -> Option<usize> {
    let at = caption.strip_suffix([')', ']'])?.rfind(['(', '['])?;
    let inside = caption.get(at..)?;
    (has_credit(inside, pages) || labelled(inside.trim_matches(['(', '[', ')', ']'])) == Some(0)).then_some(at)
}

/// Where a label and names begin that end a caption: after its last sentence, one word, a colon, words with capitals.
fn labelled(caption: &str) -> Option<usize> {
    let colon = caption.rfind(':')?;
    let before = caption.get(..colon)?.trim_end();
    let label = before
        .rfind(|character: char| !character.is_alphabetic())
        .map_or(0, |at| at + before.get(at..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8));
    let ends = before.get(..label)?.trim_end();
    let names = caption.get(colon + 1..)?;
    let is_name = |word: &str| word.starts_with(|first: char| first.is_uppercase() || !first.is_alphabetic()) || word.contains(['/', '.']);
    let is_one = before.get(label..)?.starts_with(char::is_uppercase)
        && (ends.is_empty() || shape::ending(ends) == shape::Ending::Sentence || ends.ends_with(')'))
        && (1..=CREDIT_WORDS).contains(&shape::words(names).count())
        && shape::words(names).all(is_name);
    is_one.then_some(label)
}

/// Words with a capital, but for those that every sentence may begin with.
fn names(words: &str, pages: &Pages) -> FxHashSet<String> {
    let parts = words.split(|character: char| !character.is_alphanumeric() && character != '-');
    let capital = parts.filter(|part| part.starts_with(char::is_uppercase) && part.chars().count() >= 3);
    let is_name = |word: &String| {
        !pages.is_common_word(word) && !pages.is_date_word(word) && !pages.is_agency(word) && !pages.is_caption_bracket(word)
    };
    capital.map(fold).filter(is_name).collect()
}

/// Words of five letters or more.
pub(crate) fn content_words(words: &str, pages: &Pages) -> FxHashSet<String> {
    let parts = words.split(|character: char| !character.is_alphanumeric()).filter(|part| part.chars().count() >= 5);
    parts.map(fold).filter(|word| !pages.is_common_word(word) && !pages.is_date_word(word)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use depeche_packs::PackFiles;

    #[test]
    fn credits_are_cut_off_captions() -> Result<(), Box<dyn std::error::Error>> {
        let pages = Pages::load(&PackFiles::built_in())?;
        let cases = [
            ("The old port. © Ann Lee / AFP", "The old port."),
            ("The old port (Photo: Ann Lee)", "The old port"),
            ("The old port. Foto: Ann Lee/Harbour Press", "The old port."),
            ("Foto: Ann Lee", ""),
            ("© Ann Lee", ""),
            ("The old port in May. Ann Lee/Reuters", "The old port in May."),
            ("The old port – © Ann Lee", "The old port"),
            ("The minister said one thing: No.", "The minister said one thing: No."),
            ("The old port (built in 1920)", "The old port (built in 1920)"),
            ("", ""),
        ];
        for (caption, expected) in cases {
            assert_eq!(without_credit(caption, &pages), expected, "{caption}");
        }
        Ok(())
    }
}
