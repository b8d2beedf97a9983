//! The dateline that an agency's first paragraph begins with, cut off it.
//!
//! « OSLO, 3 mai (Agence) — Les ministres… » is a dateline and a lede: the place is where it was written, not where anything happened.
//! Only the first two paragraphs of the article are looked at.

use crate::line_shape::inline_dateline;
use crate::lines::Part;
use crate::pages::Pages;
use depeche_record::BlockKind;

/// Cuts the dateline off a lede or first paragraph.
pub(crate) fn split_datelines(text: &str, parts: Vec<Part>, pages: &Pages) -> Vec<Part> {
    let mut split = Vec::with_capacity(parts.len() + 1);
    let mut seen = 0;
    for part in parts {
        let is_prose = matches!(part.kind, BlockKind::Lede | BlockKind::Body);
        seen += usize::from(is_prose);
        let words = text.get(part.bytes.clone()).unwrap_or_default();
        let end = (is_prose && seen <= 2).then(|| inline_dateline(words, pages)).flatten();
        let rest = end.and_then(|end| Some((end, words.get(end..)?.trim_start()))).filter(|(_, rest)| !rest.is_empty());
        match rest {
            Some((end, rest)) => {
                let start = part.bytes.start;
                split.push(Part { bytes: start..start + end, kind: BlockKind::Dateline });
                split.push(Part { bytes: part.bytes.end - rest.len()..part.bytes.end, kind: part.kind });
            }
            None => split.push(part),
        }
    }
    split
}
