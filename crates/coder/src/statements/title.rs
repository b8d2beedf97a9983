//! What a title has somebody say: “Vucic: no sanctions on Russia”, “Eight killed in shelling - UN”.
//!
//! In goes a sentence; out comes a draft where it stands in the title and a name that is parted from the rest by a colon before it or a dash
//! after it is that of a person or body. A place before the colon is a dateline and says nothing.

use super::{Draft, trim};
use crate::reading::Reading;
use depeche_record::{BlockKind, MentionKind, StatementKind};
use std::ops::Range;

/// A speaker in a title is named by no more words than this.
const LONGEST_SPEAKER: usize = 5;

/// Fewer words are said by nobody.
const FEWEST_SAID: usize = 3;

/// The statement that a title makes of a speaker.
pub(super) fn of_title(reading: &Reading<'_>, sentence: &Range<usize>) -> Option<Draft> {
    if reading.block_of(sentence.start) != Some(BlockKind::Title) {
        return None;
    }
    let text = |token: usize| reading.doc.token(token).text();
    let before = (sentence.start + 1..sentence.end.min(sentence.start + LONGEST_SPEAKER + 1)).find(|&at| text(at) == ":");
    if let Some(colon) = before {
        return draft(reading, sentence.start..colon, colon + 1..sentence.end);
    }
    let from = sentence.start.max(sentence.end.saturating_sub(LONGEST_SPEAKER + 1));
    let dash =
        (from..sentence.end).rev().find(|&at| matches!(text(at), "-" | "–" | "—") && at > sentence.start && stands_free(reading, at))?;
    draft(reading, dash + 1..sentence.end, sentence.start..dash)
}

/// Whether spaces stand on both sides of a dash, so that it joins no words.
fn stands_free(reading: &Reading<'_>, dash: usize) -> bool {
    let spaced = |one: usize, other: usize| reading.doc.token(one).end() < reading.doc.token(other).start();
    dash + 1 < reading.doc.len() && spaced(dash - 1, dash) && spaced(dash, dash + 1)
}

fn draft(reading: &Reading<'_>, speaker: Range<usize>, said: Range<usize>) -> Option<Draft> {
    let named = speaker.clone().find(|&token| {
        reading.actors.denoted(token).iter().any(|&mention| {
            let mention = reading.actors.mention(mention);
            matches!(mention.kind, MentionKind::Per | MentionKind::Org | MentionKind::Office) && mention.head == token
        })
    })?;
    let content = trim(reading, said);
    (content.len() >= FEWEST_SAID).then(|| Draft { speaker: Some(named), ..Draft::new(StatementKind::Indirect, content) })
}
