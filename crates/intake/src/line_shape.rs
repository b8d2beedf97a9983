//! What one line looks like, wherever it stands.
//!
//! In goes a line without the white space around it; out come its words, how it ends, and the kind that its words and signs alone give it:
//! a breadcrumb by its separators, a dateline by its numbers, a caption by its credit. What is an ordinary sentence gets none.

use crate::pages::{Pages, fold};
use depeche_record::BlockKind;

/// Lines longer than this many words are known by no phrase: they are somebody's prose.
const MOST_WORDS_OF_A_PHRASE_LINE: usize = 60;

/// How a line ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ending {
    /// With the mark of a sentence's end, perhaps in quotation marks or brackets.
    Sentence,
    /// With a colon, semicolon or comma: more is to come.
    Continued,
    /// With nothing.
    Open,
}

pub(crate) fn ending(line: &str) -> Ending {
    let bare = line.trim_end_matches(|character: char| {
        character.is_whitespace() || matches!(character, '"' | '»' | '”' | '’' | '\'' | ')' | ']' | '›')
    });
    match bare.chars().next_back() {
        Some('.' | '!' | '?' | '…' | '。' | '！' | '？' | '؟' | '۔' | '।') => Ending::Sentence,
        Some(':' | ';' | ',' | '；' | '：' | '،') => Ending::Continued,
        _ => Ending::Open,
    }
}

/// The words of a line: what holds a letter or digit between white space.
pub(crate) fn words(line: &str) -> impl Iterator<Item = &str> {
    line.split_whitespace().filter(|word| word.contains(char::is_alphanumeric))
}

/// Whether a line is two to four words that could name a person.
pub(crate) fn is_name(line: &str, pages: &Pages) -> bool {
    let mut count = 0;
    for word in words(line) {
        count += 1;
        let capital = word.chars().find(|character| character.is_alphabetic()).is_some_and(char::is_uppercase);
        if count > 4 || !capital || word.contains(|character: char| character.is_numeric()) || pages.is_common_word(&fold(word)) {
            return false;
        }
    }
    count >= 2
        && line
            .chars()
            .all(|character| character.is_alphabetic() || character.is_whitespace() || matches!(character, '-' | '.' | '\'' | '’'))
}

/// The kind that a line's words and signs alone give it.
pub(crate) fn kind_of(line: &str, pages: &Pages) -> Option<BlockKind> {
    let line = line.trim();
    let count = words(line).take(MOST_WORDS_OF_A_PHRASE_LINE + 1).count();
    if count > MOST_WORDS_OF_A_PHRASE_LINE {
        return None;
    }
    let folded = fold(line);
    if is_date_line(line, pages) {
        return Some(BlockKind::Dateline);
    }
    // The agency of a dateline is no credit: what follows tells what the line is.
    if let Some(rest) = inline_dateline(line, pages).and_then(|end| line.get(end..)) {
        return if words(rest).next().is_none() { Some(BlockKind::Dateline) } else { kind_of(rest, pages) };
    }
    if is_bare(line) {
        return Some(BlockKind::Other);
    }
    if let Some(kind) = pages.whole(&folded) {
        return Some(kind);
    }
    if words(line).all(|word| word.starts_with('#')) {
        return Some(BlockKind::Navigation);
    }
    if is_agencies(line, pages) {
        return Some(BlockKind::Source);
    }
    if is_bare_credit(line, pages) {
        return Some(BlockKind::Caption);
    }
    if is_picture_right(line) {
        return Some(BlockKind::Caption);
    }
    let opened = pages.opener(&folded).map(|(phrase, kind)| (phrase, kind, after_phrase(line, phrase)));
    if let Some((phrase, kind, rest)) = opened
        && opens(line, phrase, kind, rest, count, pages)
    {
        return Some(kind);
    }
    if has_credit(line, pages) {
        return Some(BlockKind::Caption);
    }
    if is_breadcrumb(line) {
        return Some(BlockKind::Navigation);
    }
    pages.holds(&folded)
}

/// « © Name » without a year: whose picture it is, where a page's own copyright gives one.
fn is_picture_right(line: &str) -> bool {
    line.starts_with('©') && !line.contains(|character: char| character.is_numeric()) && (1..=6).contains(&words(line).count())
}

/// Whether an opener does what it says on a line that goes on with `rest`.
fn opens(line: &str, phrase: &str, kind: BlockKind, rest: &str, count: usize, pages: &Pages) -> bool {
    let marked = rest.trim_start().starts_with([':', '|', '>', '»', '-', '–', '—', '→', '›', '/']);
    let short = !phrase.contains(' ');
    let mut next = words(rest);
    let capital =
        next.next().is_some_and(|word| starts_with_capital(word) && !pages.is_date_word(&fold(word)) && !pages.is_common_word(&fold(word)));
    match kind {
        BlockKind::Dateline => {
            let (dates, all) = words(rest).fold((0, 0), |(dates, all), word| (dates + usize::from(is_date_word(word, pages)), all + 1));
            all <= 24 && dates * 2 >= all && (all > 0 || marked)
        }
        BlockKind::Source => count <= 20 && (marked || (capital && count <= 5) || (!short && count <= 10)),
        BlockKind::Byline => {
            let (capitals, all) =
                words(rest).fold((0, 0), |(capitals, all), word| (capitals + usize::from(starts_with_capital(word)), all + 1));
            let open = ending(line) == Ending::Open || all <= 4;
            let is_long_phrase = phrase.split(' ').count() > 2;
            open && all <= 16 && (is_long_phrase || ((capital || marked) && capitals * 2 >= all && all > 0))
        }
        // One word begins many a sentence: only a mark after it, or next to nothing, makes it a label.
        _ if short => {
            marked
                || rest.trim_start().starts_with(|next: char| next.is_numeric() || matches!(next, '©' | '('))
                || (phrase.starts_with('©') && count <= 30)
        }
        _ => count <= 40,
    }
}

fn starts_with_capital(word: &str) -> bool {
    word.chars().find(|character| character.is_alphanumeric()).is_some_and(char::is_uppercase)
}

/// What stands in a line after the letters of a folded phrase.
pub(crate) fn after_phrase<'line>(line: &'line str, phrase: &str) -> &'line str {
    // A number is one sign in the phrase and several in the line.
    let mut wanted = phrase.chars().filter(|character| character.is_alphabetic() || *character == '#').count();
    let mut in_number = false;
    for (at, character) in line.char_indices() {
        let counts = if character.is_numeric() { !in_number } else { character.is_alphabetic() };
        in_number = character.is_numeric() || (in_number && matches!(character, '.' | ','));
        if counts && wanted == 0 {
            let before = line.get(..at).unwrap_or_default();
            let bare = before.trim_end_matches(|character: char| !character.is_alphanumeric());
            return line.get(bare.len()..).unwrap_or_default();
        }
        if counts {
            wanted = wanted.saturating_sub(if matches!(character, 'œ' | 'Œ') { 2 } else { 1 });
        }
    }
    let bare = line.trim_end_matches(|character: char| !character.is_alphanumeric());
    line.get(bare.len()..).unwrap_or_default()
}

/// A number, an identifier with or without a label, an address, a rule of signs.
fn is_bare(line: &str) -> bool {
    if !line.contains(char::is_alphabetic) {
        return true;
    }
    let digits = line.chars().filter(char::is_ascii_digit).count();
    if line.contains(char::is_whitespace) {
        // A label and its long number.
        return digits >= 5 && digits * 2 >= line.chars().count() && words(line).count() <= 2;
    }
    let is_identifier = line.len() >= 8
        && digits * 4 >= line.len()
        && line.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | '#'));
    is_identifier
        || line.contains("://")
        || line.starts_with("www.")
        || (line.contains('@') && line.contains('.') && !line.starts_with('@'))
}

/// Whether a word is a number or one of the small words of a date: `12`, `18h05`, `1er`, `May`.
fn is_date_word(word: &str, pages: &Pages) -> bool {
    let folded = fold(word);
    let mut parts = folded.split(['#', ':', '/', '-', '+', '.', ',']).filter(|part| !part.is_empty());
    pages.is_date_word(&folded) || parts.all(|part| pages.is_date_word(part))
}

/// A line of nothing but a date or a time.
fn is_date_line(line: &str, pages: &Pages) -> bool {
    let (mut numbers, mut names, mut count) = (0, 0, 0);
    for word in words(line) {
        count += 1;
        if count > 16 || !is_date_word(word, pages) {
            return false;
        }
        if word.contains(|character: char| character.is_numeric()) {
            numbers += word.split(|character: char| !character.is_numeric()).filter(|part| !part.is_empty()).count();
            names += usize::from(word.contains(char::is_alphabetic));
        } else {
            names += 1;
        }
    }
    let digits = line.chars().filter(char::is_ascii_digit).count();
    let has_clock_or_slashes = line.contains([':', '/', '-', '.']) && numbers >= 3;
    // « 3 mai », `03/05/2021`; a bare number is none, nor is the playing time `0:42`.
    (names > 0 && numbers > 0 && names <= numbers * 4) || (names == 0 && has_clock_or_slashes && digits >= 5)
}

/// The name of a town has no more words than this.
const MOST_OF_TOWN: usize = 4;

/// Where the dateline ends that a paragraph begins with: « PARIS (AFP) — », “MOSCOW, March 7 (Reuters) -”. In bytes, after the dash.
pub(crate) fn inline_dateline(line: &str, pages: &Pages) -> Option<usize> {
    let head = crate::language::prefix(line, 120);
    let dashes = head.char_indices().filter(|(at, character)| {
        matches!(character, '—' | '–') || (*character == '-' && head.get(..*at).is_some_and(|before| before.ends_with(char::is_whitespace)))
    });
    let (at, dash) = dashes.into_iter().next()?;
    let before = head.get(..at)?.trim_end();
    let (place, agency) = match before.strip_suffix(')').and_then(|open| open.rsplit_once('(')) {
        Some((place, agency)) => (place, Some(agency)),
        None => (before, None),
    };
    let is_upper =
        |word: &str| word.chars().filter(|character| character.is_alphabetic()).count() >= 2 && !word.contains(char::is_lowercase);
    let first_is_upper = words(place).next().is_some_and(is_upper);
    let has_number = place.contains(|character: char| character.is_numeric());
    let plain = words(place).count() <= 10 && words(place).all(|word| starts_with_capital(word) || is_date_word(word, pages));
    let is_one = match agency {
        Some(agency) => {
            plain
                && words(agency).count() <= 5
                && words(place).next().is_some()
                && (first_is_upper || has_number || names_agency(agency, pages))
        }
        // “ERBIL, Kurdistan Region -”, “Kabul, May 3 -”: what stands before the comma tells a dateline, or the day behind it.
        None => match place.split_once(',') {
            Some((town, rest)) if !town.trim().is_empty() => {
                let dated = has_number && words(town).count() <= MOST_OF_TOWN && words(rest).all(|word| is_date_word(word, pages));
                plain && (dated || words(town).all(|word| is_upper(word) || is_date_word(word, pages)))
            }
            _ => first_is_upper && words(place).all(|word| is_upper(word) || is_date_word(word, pages)),
        },
    };
    is_one.then_some(at + dash.len_utf8())
}

fn names_agency(words: &str, pages: &Pages) -> bool {
    words.split(['/', ',', '&']).any(|part| pages.is_agency(&fold(part)))
}

/// A line of nothing but agencies: « (AFP, Reuters) ».
fn is_agencies(line: &str, pages: &Pages) -> bool {
    line.len() < 80 && line.split(['/', ',', '&', '-', '–']).all(|part| pages.is_agency(&fold(part)))
}

/// A line of nothing but an agency and the word for its picture: « Photo AFP ».
fn is_bare_credit(line: &str, pages: &Pages) -> bool {
    let credits = |word: &str| pages.is_caption_bracket(&fold(word)) || pages.is_agency(&fold(word));
    line.len() < 60 && words(line).count() >= 2 && words(line).all(credits)
}

/// Whether a line ends with an agency in brackets: a caption near the top of a page, a paragraph at its bottom.
pub(crate) fn ends_with_agency(line: &str, pages: &Pages) -> bool {
    let inside = line.strip_suffix([')', ']']).and_then(|open| open.rsplit_once(['(', '[']));
    inside.is_some_and(|(before, inside)| !before.trim().is_empty() && is_agencies(inside, pages))
}

/// Whether a line's last word is an agency: a signature at the bottom of a page.
pub(crate) fn ends_with_agency_name(line: &str, pages: &Pages) -> bool {
    words(line).last().is_some_and(|word| pages.is_agency(&fold(word)))
}

/// Whether a line carries the credit of a picture, or says where in the picture somebody stands.
pub(crate) fn has_credit(line: &str, pages: &Pages) -> bool {
    let bracketed = brackets(line).any(|inside| is_caption_bracket(inside, pages));
    bracketed || credit_after(line, pages).is_some()
}

/// What stands in the brackets of a line.
fn brackets(line: &str) -> impl Iterator<Item = &str> {
    line.split(['(', '[']).skip(1).filter_map(|after| after.split_once([')', ']']).map(|(inside, _)| inside).or(Some(after)))
}

fn is_caption_bracket(inside: &str, pages: &Pages) -> bool {
    let folded = fold(inside);
    if folded.chars().count() == 1 {
        return inside.trim().contains(char::is_uppercase) && pages.is_caption_bracket(&folded);
    }
    let mut parts = folded.split(' ').filter(|part| *part != ":");
    let (first, last) = (parts.next().unwrap_or_default(), parts.next_back().unwrap_or_default());
    let count = folded.split(' ').count();
    let labelled = folded.split_once(':').is_some_and(|(label, _)| pages.is_caption_bracket(label.trim()) && !label.is_empty());
    let named = pages.is_caption_bracket(&folded)
        || (count <= 10
            && (pages.is_caption_bracket(last) || pages.is_caption_bracket(first.trim_end_matches(':')))
            && first != last
            && last.chars().count() > 1);
    labelled || named || inside.contains('©') || shares_agency(inside, pages)
}

/// « Name/AFP », “Name via Reuters”: an agency with something beside it.
fn shares_agency(words: &str, pages: &Pages) -> bool {
    let mut parts = words.split('/').map(fold);
    let (first, last) = (parts.next().unwrap_or_default(), parts.next_back());
    let ends = |part: &str| part.split(' ').next_back().is_some_and(|word| pages.is_agency(word)) || pages.is_agency(part);
    let begins = |part: &str| part.split(' ').next().is_some_and(|word| pages.is_agency(word));
    last.is_some_and(|last| ends(&last) || begins(&last) || ends(&first) || begins(&first))
}

/// Where the credit begins that comes after a line's last sentence: “… in May. Name/Reuters”, « … © Name ».
pub(crate) fn credit_after(line: &str, pages: &Pages) -> Option<usize> {
    if let Some(at) = line.rfind('©') {
        return (words(line.get(at..)?).count() <= 8 && at > 0).then_some(at);
    }
    if !line.contains('/') {
        return None;
    }
    let marks = [". ", "! ", "? ", " | ", " – ", " - ", ") "];
    let at = marks.iter().filter_map(|mark| line.rfind(mark).map(|at| at + mark.len())).max().unwrap_or(0);
    let tail = line.get(at..)?.trim();
    let is_one = tail.contains('/')
        && ending(tail) != Ending::Sentence
        && words(tail).count() <= 6
        && !tail.contains("://")
        && shares_agency(tail, pages);
    is_one.then_some(at)
}

/// « A / B / C », “A > B”: short stretches between signs that no sentence holds so often.
fn is_breadcrumb(line: &str) -> bool {
    if !line.contains(['>', '›', '→', '|', '•', '·', '▪', '»', '/']) || ending(line) == Ending::Sentence {
        return false;
    }
    for (separators, least) in [(&['>', '›', '→'][..], 1), (&['|', '•', '·', '▪', '»', '/'][..], 2)] {
        let mut parts = 0;
        let mut words_of_longest = 0;
        for part in line.split(separators).map(str::trim).filter(|part| !part.is_empty()) {
            parts += 1;
            words_of_longest = words_of_longest.max(words(part).count());
        }
        // A slash between letters joins a word: only one with spaces around it, or several, part a menu.
        let quoted = line.contains('«');
        let spaced = separators.contains(&'>')
            || line.matches(separators).count() >= 3
            || line.contains(" / ")
            || line.contains([' ', '\u{A0}']) && !line.contains('/');
        if parts > least && words_of_longest <= 5 && spaced && !quoted {
            return true;
        }
    }
    false
}
