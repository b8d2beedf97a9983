//! Tells where sentences begin and where they do not, before the parser decides on the rest.
//!
//! In: a text and its tokens. Out: a [`Boundary`] a token. A sentence begins after an empty line, after a line of its
//! own, and after closing punctuation before a capital; it does not in the middle of a line without such punctuation,
//! nor after an abbreviation, an initial or the number of a list. What is open to doubt is left to the parser.

use super::Rules;
use crate::tokenizer::RawToken;

/// What is known of a token as the first of a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Boundary {
    /// Nothing: the parser decides.
    #[default]
    Open,
    /// A sentence begins with it.
    Start,
    /// No sentence begins with it.
    Inside,
}

/// The most tokens that are certainly one sentence; within a longer run the parser decides.
const LONGEST: usize = 150;
/// The most letters of an abbreviation that counts as a title when it begins with a capital.
const LONGEST_TITLE: usize = 5;

/// The boundaries of a text, one for each of its tokens.
pub fn boundaries(text: &str, tokens: &[RawToken], rules: &Rules) -> Vec<Boundary> {
    let reader = Reader { text, tokens, rules };
    let mut boundaries = vec![Boundary::Inside; tokens.len()];
    let is_wrapped = reader.is_wrapped();
    let mut sentence = 0;
    for (at, token) in tokens.iter().enumerate() {
        let decided = match at {
            0 => Some((0, Boundary::Start)),
            _ if token.lexeme.is_space => reader.after_line_end(at, is_wrapped),
            _ => reader.after_word(at, sentence),
        };
        let Some((place, boundary)) = decided else { continue };
        let Some(known) = boundaries.get_mut(place) else { continue };
        if *known == Boundary::Inside {
            *known = boundary;
        } else if boundary == Boundary::Start {
            *known = Boundary::Start;
        }
        if boundary == Boundary::Start {
            sentence = place;
        }
    }
    open_long_runs(&mut boundaries);
    boundaries
}

/// Leaves the inside of overlong sentences to the parser.
fn open_long_runs(boundaries: &mut [Boundary]) {
    let is_bound = |boundary: &Boundary| *boundary != Boundary::Inside;
    let mut start = 0;
    while start < boundaries.len() {
        let length = 1 + boundaries[start + 1..].iter().position(is_bound).unwrap_or(boundaries.len() - start - 1);
        if length > LONGEST {
            boundaries[start + 1..start + length].fill(Boundary::Open);
        }
        start += length;
    }
}

/// How a word may close a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Close {
    /// It does.
    Stop,
    /// It may: an abbreviation, an ellipsis.
    Maybe,
    /// It cannot.
    Never,
}

/// With what a word begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Opening {
    Capital,
    Small,
    /// A digit, a letter without case, or nothing.
    Other,
}

struct Reader<'text> {
    text: &'text str,
    tokens: &'text [RawToken],
    rules: &'text Rules,
}

impl<'text> Reader<'text> {
    fn form(&self, at: usize) -> &'text str {
        let token = self.tokens.get(at);
        token.and_then(|token| self.text.get(token.bytes.0 as usize..token.bytes.1 as usize)).unwrap_or("")
    }

    /// Whether the token follows the one before without a gap.
    fn is_attached(&self, at: usize) -> bool {
        at > 0 && self.tokens.get(at).is_some_and(|token| token.bytes.0 == self.tokens[at - 1].bytes.1)
    }

    /// What the white space at `at` means for the token after it.
    fn after_line_end(&self, at: usize, is_wrapped: bool) -> Option<(usize, Boundary)> {
        let lines = self.form(at).matches('\n').count();
        let next = at + 1;
        if lines == 0 || next >= self.tokens.len() {
            return None;
        }
        if lines > 1 {
            return Some((next, Boundary::Start));
        }
        let before = (0..at).rev().find(|&before| !self.tokens[before].lexeme.is_space);
        let goes_on = before.is_some_and(|before| [",", ";", "-", "(", "«", "“"].contains(&self.form(before)));
        let closed = before.is_some_and(|before| self.closes_line(before));
        let boundary = match self.opening(next) {
            _ if closed && !is_wrapped => Boundary::Start,
            Opening::Small if closed => Boundary::Open,
            Opening::Small => Boundary::Inside,
            Opening::Capital if closed => Boundary::Start,
            _ if closed => Boundary::Open,
            _ if goes_on => Boundary::Open,
            _ if is_wrapped => Boundary::Inside,
            _ => Boundary::Start,
        };
        Some((next, boundary))
    }

    /// Whether a line that ends with that token ends with closing punctuation, quotation marks aside.
    fn closes_line(&self, mut at: usize) -> bool {
        while at > 0 && is_closer(self.form(at)) {
            at -= 1;
        }
        !matches!(self.close(at), None | Some(Close::Never))
    }

    /// Whether the lines are cut by width: a third or more of those without closing punctuation go on with a small letter.
    fn is_wrapped(&self) -> bool {
        let (mut ends, mut going_on) = (0, 0);
        for at in 1..self.tokens.len().saturating_sub(1) {
            if self.tokens[at].lexeme.is_space && self.form(at).matches('\n').count() == 1 && !self.closes_line(at - 1) {
                ends += 1;
                going_on += usize::from(self.opening(at + 1) == Opening::Small);
            }
        }
        ends >= 3 && going_on * 3 >= ends
    }

    /// What the word at `at`, in the sentence that begins at `sentence`, means for the word after it and its closing marks.
    fn after_word(&self, at: usize, sentence: usize) -> Option<(usize, Boundary)> {
        let close = self.close(at).filter(|close| *close != Close::Never)?;
        let mut next = at + 1;
        let mut bracketed = false;
        while is_closer(self.form(next)) && (self.is_attached(next) || !is_ambiguous(self.form(next))) {
            bracketed |= [")", "]"].contains(&self.form(next));
            next += 1;
        }
        let has_gap = !self.is_attached(next);
        while self.tokens.get(next).is_some_and(|token| token.lexeme.is_space) {
            if self.form(next).contains('\n') {
                return None;
            }
            next += 1;
        }
        self.tokens.get(next)?;
        let numbers_list = at == sentence + 1 && self.form(at) == "." && self.form(sentence).chars().all(char::is_numeric);
        let boundary = match (self.opening(next), close) {
            (Opening::Small, _) => Boundary::Inside,
            _ if numbers_list => Boundary::Inside,
            (Opening::Capital, Close::Stop) if has_gap && !bracketed => Boundary::Start,
            (Opening::Other, Close::Maybe) => Boundary::Inside,
            _ => Boundary::Open,
        };
        Some((next, boundary))
    }

    /// Whether the word can close a sentence; `None` for a word without closing punctuation.
    fn close(&self, at: usize) -> Option<Close> {
        let form = self.form(at);
        let is_mark = |character| matches!(character, '.' | '!' | '?' | '…' | '‽' | '。' | '！' | '？');
        if !form.ends_with(is_mark) {
            return None;
        }
        if !form.chars().all(is_mark) {
            return form.ends_with('.').then(|| self.close_of_abbreviation(form));
        }
        if form.contains('…') || form.contains("..") {
            return Some(Close::Maybe);
        }
        if form == "." && self.is_attached(at) {
            let start = self.tokens.get(at - 1).map_or(0, |token| token.bytes.0 as usize);
            let abbreviation = self.text.get(start..self.tokens[at].bytes.1 as usize).unwrap_or("");
            if self.is_listed(abbreviation) || is_initial(abbreviation) {
                return Some(self.close_of_abbreviation(abbreviation));
            }
        }
        Some(Close::Stop)
    }

    fn is_listed(&self, abbreviation: &str) -> bool {
        self.rules.abbreviations.contains(abbreviation) || self.rules.final_abbreviations.contains(abbreviation)
    }

    fn close_of_abbreviation(&self, abbreviation: &str) -> Close {
        let letters = abbreviation.trim_end_matches('.');
        let is_title = letters.starts_with(char::is_uppercase)
            && letters.chars().all(char::is_alphabetic)
            && letters.chars().count() <= LONGEST_TITLE
            && letters.chars().skip(1).all(char::is_lowercase);
        match () {
            () if self.rules.final_abbreviations.contains(abbreviation) => Close::Maybe,
            () if self.rules.abbreviations.contains(abbreviation) || is_title => Close::Never,
            () => Close::Maybe,
        }
    }

    /// With what the first word at or after `at` begins, opening marks passed over.
    fn opening(&self, at: usize) -> Opening {
        let word = (at..self.tokens.len()).take(4).map(|at| self.form(at)).find(|form| form.contains(char::is_alphanumeric));
        match word.and_then(|word| word.chars().find(|character| character.is_alphanumeric())) {
            Some(first) if first.is_uppercase() => Opening::Capital,
            Some(first) if first.is_lowercase() => Opening::Small,
            _ => Opening::Other,
        }
    }
}

/// Whether the word is one capital and a full stop.
fn is_initial(abbreviation: &str) -> bool {
    let mut characters = abbreviation.chars();
    characters.next().is_some_and(char::is_uppercase) && characters.as_str() == "."
}

/// Whether the token is a mark that closes a quotation or a bracket.
fn is_closer(form: &str) -> bool {
    matches!(form, "»" | "”" | "›" | "\"" | "'" | "’" | "''" | ")" | "]")
}

/// Whether the mark may open as well as close.
fn is_ambiguous(form: &str) -> bool {
    matches!(form, "\"" | "'" | "’" | "''")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexeme::{Lexeme, Norms};
    use proptest::prelude::*;

    /// Tokens of a text in which words and marks stand apart.
    fn tokens(text: &str) -> Vec<RawToken> {
        let mut tokens: Vec<RawToken> = Vec::new();
        let mut at = 0;
        while at < text.len() {
            let rest = &text[at..];
            let is_line_end = rest.starts_with('\n');
            let length = match is_line_end {
                true => rest.find(|character| character != '\n').unwrap_or(rest.len()),
                false => rest.find([' ', '\n']).unwrap_or(rest.len()),
            };
            let form = &rest[..length];
            if !form.is_empty() {
                let chars = text[..at].chars().count() as u32;
                let end = (at + length) as u32;
                let lexeme = Lexeme::of(form, &Norms::new());
                tokens.push(RawToken {
                    bytes: (at as u32, end),
                    chars: (chars, chars + form.chars().count() as u32),
                    lexeme,
                    space_after: text[end as usize..].starts_with(' '),
                });
            }
            at += length + usize::from(text[at + length..].starts_with(' '));
        }
        tokens
    }

    /// The text with `|` before tokens that begin a sentence and `?` before those left to the parser.
    fn marked(text: &str) -> String {
        let rules =
            Rules { abbreviations: ["art.".to_owned()].into(), final_abbreviations: ["Inc.".to_owned()].into(), ..Rules::default() };
        let tokens = tokens(text);
        let boundaries = boundaries(text, &tokens, &rules);
        let mut marked = String::new();
        for (token, boundary) in tokens.iter().zip(boundaries) {
            marked.push_str(match boundary {
                Boundary::Start => "|",
                Boundary::Open => "?",
                Boundary::Inside => "",
            });
            marked.push_str(&text[token.bytes.0 as usize..token.bytes.1 as usize]);
            marked.push(' ');
        }
        marked.trim_end().to_owned()
    }

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(marked(text), expected);
    }

    #[test]
    fn full_stops() {
        check("Il part . Elle reste .", "|Il part . |Elle reste .");
        check("Il part ! elle reste ? Non .", "|Il part ! elle reste ? |Non .");
        check("Il part … Elle . 12 restent", "|Il part … ?Elle . ?12 restent");
        check("1 . Le premier point", "|1 . Le premier point");
    }

    #[test]
    fn quotations() {
        check("« Qui ? » dit -elle . « Moi . » Elle rit", "|« Qui ? » dit -elle . |« Moi . » |Elle rit");
        check("Il dit ( non ! ) Mais", "|Il dit ( non ! ) ?Mais");
    }

    #[test]
    fn abbreviations() {
        check("M. Orlan et J. Belt", "|M. Orlan et J. Belt");
        check("l' art. Deux et Belt Inc. Elle", "|l' art. Deux et Belt Inc. ?Elle");
        check("aux U.S. Orlan , les u.s. partent", "|aux U.S. ?Orlan , les u.s. partent");
    }

    #[test]
    fn lines() {
        check("Un titre\nLe texte\n\nsuite", "|Un titre \n |Le texte \n\n |suite");
        check("a b\nc d\ne f\nLena Orlan\nBelt", "|a b \n c d \n e f \n Lena Orlan \n Belt");
        check("Un titre ,\nDeux", "|Un titre , \n ?Deux");
    }

    #[test]
    fn overlong_runs_are_left_to_the_parser() {
        let text = "mot ".repeat(200);
        let tokens = tokens(&text);
        let boundaries = boundaries(&text, &tokens, &Rules::default());
        assert_eq!(boundaries[..2], [Boundary::Start, Boundary::Open]);
    }

    proptest! {
        #[test]
        fn any_text_has_a_boundary_a_token(text in r"([A-Ca-c.!?»«)( \n]){0,40}") {
            let tokens = tokens(&text);
            let boundaries = boundaries(&text, &tokens, &Rules::default());
            prop_assert_eq!(boundaries.len(), tokens.len());
            prop_assert!(boundaries.first().is_none_or(|first| *first == Boundary::Start));
        }
    }
}
