//! The outlet that a dispatch's own text names.
//!
//! In go a text and its parts; out comes where it names its outlet: in its last source line, else in its sentences, where they cite a single
//! outlet by its bare name (« Selon RDL, … »). Such a sentence stays the article's.

use crate::line_shape::after_phrase;
use crate::lines::Part;
use crate::pages::{Pages, fold};
use depeche_record::BlockKind;
use std::ops::Range;

/// Where a text names its outlet, in bytes.
pub(crate) fn publisher_of(text: &str, parts: &[Part], pages: &Pages) -> Option<Range<usize>> {
    of_source_line(text, parts, pages).or_else(|| cited(text, parts, pages))
}

/// Where the last source line names the outlet.
fn of_source_line(text: &str, parts: &[Part], pages: &Pages) -> Option<Range<usize>> {
    let line = parts.iter().rev().find(|part| part.kind == BlockKind::Source)?.bytes.clone();
    let words = text.get(line.clone())?;
    let folded = fold(words);
    let rest = match pages.opener(&folded) {
        Some((phrase, BlockKind::Source)) => after_phrase(words, phrase),
        _ => words,
    };
    let outer = |character: char| !character.is_alphanumeric();
    let start = line.end - rest.trim_start_matches(outer).len();
    let name = text.get(start..line.end)?.trim_end_matches(|character: char| !character.is_alphanumeric() && character != '!');
    (!name.is_empty()).then(|| start..start + name.len())
}

/// The one outlet that sentences cite; nothing where there are several, or none.
fn cited(text: &str, parts: &[Part], pages: &Pages) -> Option<Range<usize>> {
    let mut found: Option<Range<usize>> = None;
    for part in parts.iter().filter(|part| matches!(part.kind, BlockKind::Lede | BlockKind::Body)) {
        let words = text.get(part.bytes.clone())?;
        let starts = std::iter::once(0).chain(words.match_indices(". ").map(|(at, mark)| at + mark.len()));
        for start in starts {
            let sentence = words.get(start..)?;
            let Some(name) = pages.citing().iter().find_map(|phrase| outlet_after(sentence, phrase)) else { continue };
            let place = part.bytes.start + start + name.start..part.bytes.start + start + name.end;
            match &found {
                Some(other) if text.get(other.clone()) != text.get(place.clone()) => return None,
                Some(_) => {}
                None => found = Some(place),
            }
        }
    }
    found
}

/// The letters of an outlet's short name, right after a phrase and before a comma.
fn outlet_after(sentence: &str, phrase: &str) -> Option<Range<usize>> {
    let (end, _) = sentence.char_indices().nth(phrase.chars().count())?;
    if fold(sentence.get(..end)?) != phrase {
        return None;
    }
    let rest = sentence.get(end..)?;
    let name = rest.get(..rest.find(',')?)?.trim();
    let is_short_name = (3..=6).contains(&name.len()) && name.bytes().all(|byte| byte.is_ascii_uppercase());
    let start = end + rest.find(name)?;
    (rest.starts_with(' ') && is_short_name).then(|| start..start + name.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lines::Page;
    use depeche_packs::PackFiles;

    #[test]
    fn outlets_are_told_from_what_is_cited() -> Result<(), Box<dyn std::error::Error>> {
        let pages = Pages::load(&PackFiles::built_in())?;
        let cases = [
            ("Le port a rouvert mardi, a dit le maire. Selon RDL, trente navires attendaient devant la rade.", Some("RDL")),
            ("Selon RDL, le port a rouvert mardi. Trente navires attendaient.\n\nSelon RDL, la tempête a duré neuf jours.", Some("RDL")),
            ("Selon RDL, le port a rouvert mardi.\n\nD'après KTV, il est toujours fermé.", None),
            ("Selon l'ONU, trente navires attendaient devant la rade. Selon le maire, ils sont partis.", None),
            ("Selon Anne Morel, trente navires attendaient devant la rade.", None),
            (
                "Le port a rouvert mardi, a dit le maire de la ville.\n\nSelon RDL, il est fermé.\n\nSource : Gazette du Golfe",
                Some("Gazette du Golfe"),
            ),
        ];
        for (text, expected) in cases {
            let page = Page::read(text, Some("fr"), &pages);
            assert_eq!(page.publisher.and_then(|bytes| text.get(bytes)), expected, "{text}");
            assert!(text.contains("Source") || page.parts.iter().all(|part| part.kind != BlockKind::Source), "{text}");
        }
        Ok(())
    }
}
