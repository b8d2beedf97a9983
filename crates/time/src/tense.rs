//! Which way the verb that governs a time expression looks: back, at the present, or ahead.
//!
//! In go the words of a text and where the expression stands; the verb is the one nearest in its clause, and its tense is read off its form and its auxiliary's. Commas, conjunctions and relative
//! pronouns keep the verbs of other clauses away. No parse is asked, so that a text has the same times with a model of its language and without one. Where no form
//! tells anything the answer is [`Outlook::Unknown`].

use crate::lexicon::stands;
use crate::words::{Shape, Vocabulary, WordId, Words};
use depeche_packs::tense::{Forms, Tense};
use std::collections::HashMap;
use std::ops::{BitOr, Range};

/// Which way a verb looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outlook {
    /// A past tense.
    Back,
    /// A future, or a verb of obligation or intention in the present.
    Ahead,
    /// A plain present.
    Present,
    /// No verb, or none that says.
    Unknown,
}

/// What a form may be; several of these at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Kinds(u32);

impl Kinds {
    const PAST: Kinds = Kinds(1);
    const FUTURE: Kinds = Kinds(1 << 1);
    const PRESENT: Kinds = Kinds(1 << 2);
    const SILENT: Kinds = Kinds(1 << 3);
    const PROSPECTIVE: Kinds = Kinds(1 << 4);
    const HAVE: Kinds = Kinds(1 << 5);
    const BE: Kinds = Kinds(1 << 6);
    const PARTICIPLE: Kinds = Kinds(1 << 7);
    const MOVING: Kinds = Kinds(1 << 8);
    const AWAITED: Kinds = Kinds(1 << 9);
    const REFLEXIVE: Kinds = Kinds(1 << 10);
    const BETWEEN: Kinds = Kinds(1 << 11);
    const NOMINAL: Kinds = Kinds(1 << 12);
    const SUBORDINATE: Kinds = Kinds(1 << 13);
    const COORDINATE: Kinds = Kinds(1 << 14);
    const INFINITIVE: Kinds = Kinds(1 << 15);

    fn has(self, other: Kinds) -> bool {
        self.0 & other.0 != 0
    }
}

impl BitOr for Kinds {
    type Output = Kinds;

    fn bitor(self, other: Kinds) -> Kinds {
        Kinds(self.0 | other.0)
    }
}

/// A form with its further words and what it may be.
type Phrase = (Box<[WordId]>, Kinds);

/// The forms of a language, compiled.
#[derive(Debug, Clone, Default)]
pub(crate) struct Tenses {
    /// By the first word; longest first.
    phrases: HashMap<WordId, Vec<Phrase>>,
    /// By the last byte.
    endings: HashMap<u8, Vec<Ending>>,
    except: HashMap<Box<str>, Kinds>,
    /// Whether the language's infinitives can be told by their form.
    infinitives: bool,
}

#[derive(Debug, Clone)]
struct Ending {
    text: Box<str>,
    kinds: Kinds,
}

/// Words on either side of an expression among which its verb is looked for.
const REACH: usize = 40;
/// Words after an auxiliary among which its participle may stand.
const NEAR: usize = 5;

/// What it costs a verb to stand beyond a comma, a clause beside, a clause below, and a stronger mark, in words.
const COMMA: usize = 3;
const BESIDE: usize = 3;
const BELOW: usize = 6;
const MARK: usize = 6;

/// A verb with its auxiliaries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Group {
    start: usize,
    end: usize,
    outlook: Outlook,
}

impl Tenses {
    /// Compiles `tense`, adding its whole forms to `vocabulary`.
    pub(crate) fn new(tense: &Tense, vocabulary: &mut Vocabulary) -> Tenses {
        let mut tenses = Tenses { infinitives: tense.infinitive != Forms::default(), ..Tenses::default() };
        for (forms, kinds) in [
            (&tense.past, Kinds::PAST),
            (&tense.future, Kinds::FUTURE),
            (&tense.present, Kinds::PRESENT),
            (&tense.silent, Kinds::SILENT),
            (&tense.prospective, Kinds::PROSPECTIVE),
            (&tense.infinitive, Kinds::INFINITIVE),
            (&tense.have, Kinds::HAVE),
            (&tense.be, Kinds::BE),
            (&tense.participle, Kinds::PARTICIPLE),
            (&tense.moving, Kinds::MOVING),
            (&tense.awaited, Kinds::AWAITED),
        ] {
            tenses.add(forms, kinds, vocabulary);
        }
        for (words, kinds) in [
            (&tense.reflexive, Kinds::REFLEXIVE),
            (&tense.between, Kinds::BETWEEN),
            (&tense.nominal, Kinds::NOMINAL),
            (&tense.subordinate, Kinds::SUBORDINATE),
            (&tense.coordinate, Kinds::COORDINATE),
        ] {
            words.iter().for_each(|word| tenses.add_phrase(word, kinds, vocabulary));
        }
        for phrases in tenses.phrases.values_mut() {
            phrases.sort_by_key(|(rest, _)| std::cmp::Reverse(rest.len()));
        }
        tenses
    }

    fn add(&mut self, forms: &Forms, kinds: Kinds, vocabulary: &mut Vocabulary) {
        forms.forms.iter().for_each(|form| self.add_phrase(form, kinds, vocabulary));
        for ending in forms.endings.iter().filter(|ending| !ending.is_empty()) {
            let last = ending.as_bytes()[ending.len() - 1];
            self.endings.entry(last).or_default().push(Ending { text: ending.as_str().into(), kinds });
        }
        for form in &forms.except {
            let known = self.except.entry(form.as_str().into()).or_default();
            *known = *known | kinds;
        }
    }

    fn add_phrase(&mut self, phrase: &str, kinds: Kinds, vocabulary: &mut Vocabulary) {
        let ids = vocabulary.add_phrase(phrase);
        let Some((&first, rest)) = ids.split_first() else { return };
        let phrases = self.phrases.entry(first).or_default();
        match phrases.iter_mut().find(|(known, _)| **known == *rest) {
            Some((_, known)) => *known = *known | kinds,
            None => phrases.push((rest.into(), kinds)),
        }
    }

    /// The outlook of the verb nearest to the words `at` in their clause.
    pub(crate) fn outlook(&self, words: &Words<'_>, at: Range<usize>) -> Outlook {
        let sentence = words.sentence(at.start);
        let window = sentence.start.max(at.start.saturating_sub(REACH))..sentence.end.min(at.end + REACH);
        let seen: Vec<(Kinds, usize)> = window.clone().map(|place| self.kinds(words, place)).collect();
        let reading = Reading { words, seen: &seen, window, at, infinitives: self.infinitives };
        let groups = reading.groups().into_iter();
        let governor = groups.filter_map(|group| Some((reading.cost(&group, sentence.start)?, group))).min_by_key(|(cost, _)| *cost);
        governor.map_or(Outlook::Unknown, |(_, group)| group.outlook)
    }

    /// What the word at `at` may be, and of how many words its phrase is.
    fn kinds(&self, words: &Words<'_>, at: usize) -> (Kinds, usize) {
        let Some(word) = words.get(at) else { return (Kinds::default(), 1) };
        if !word.opens && word.shape == (Shape::Letters { capital: true }) {
            return (Kinds::default(), 1);
        }
        if let Some((rest, kinds)) =
            self.phrases.get(&word.id).and_then(|phrases| phrases.iter().find(|(rest, _)| stands(rest, words, at + 1)))
        {
            return (*kinds, rest.len() + 1);
        }
        let text = words.text(at);
        let Some(endings) = text.bytes().last().and_then(|last| self.endings.get(&last)) else { return (Kinds::default(), 1) };
        let is_longer = |ending: &str| text.strip_suffix(ending).is_some_and(|stem| stem.chars().nth(1).is_some());
        let mut kinds =
            endings.iter().filter(|ending| is_longer(&ending.text)).fold(Kinds::default(), |kinds, ending| kinds | ending.kinds);
        if kinds != Kinds::default()
            && let Some(except) = self.except.get(text.to_lowercase().as_str())
        {
            kinds = Kinds(kinds.0 & !except.0);
        }
        (kinds, 1)
    }
}

/// The words around one expression.
struct Reading<'words> {
    words: &'words Words<'words>,
    seen: &'words [(Kinds, usize)],
    window: Range<usize>,
    at: Range<usize>,
    infinitives: bool,
}

impl Reading<'_> {
    fn kinds(&self, at: usize) -> Kinds {
        at.checked_sub(self.window.start).and_then(|place| self.seen.get(place)).map_or_else(Kinds::default, |(kinds, _)| *kinds)
    }

    fn length(&self, at: usize) -> usize {
        at.checked_sub(self.window.start).and_then(|place| self.seen.get(place)).map_or(1, |(_, length)| *length)
    }

    /// The verbs, in order.
    fn groups(&self) -> Vec<Group> {
        let mut groups = Vec::new();
        let mut at = self.window.start;
        while at < self.window.end {
            if self.at.contains(&at) {
                at = self.at.end;
                continue;
            }
            match self.group(at) {
                Some(group) => {
                    at = group.end;
                    groups.push(group);
                }
                None => at += self.length(at),
            }
        }
        groups
    }

    /// The verb that begins at `at`.
    fn group(&self, at: usize) -> Option<Group> {
        let kinds = self.kinds(at);
        let end = at + self.length(at);
        let before = self.kinds_before(at);
        let participle = || self.participle(end);
        let group = |end: usize, outlook| Some(Group { start: at, end, outlook });
        if kinds.has(Kinds::HAVE) {
            return match participle() {
                Some((_, end)) => group(end, Outlook::Back),
                None => group(end, Outlook::Present),
            };
        }
        if kinds.has(Kinds::BE) {
            return match participle() {
                Some((awaited, end)) if awaited.has(Kinds::AWAITED) => group(end, Outlook::Ahead),
                Some((moving, end)) if moving.has(Kinds::MOVING) || before.has(Kinds::REFLEXIVE) => group(end, Outlook::Back),
                Some((_, end)) => group(end, Outlook::Present),
                None => group(end, Outlook::Present),
            };
        }
        if kinds.has(Kinds::FUTURE) {
            return group(self.after_modal(end), Outlook::Ahead);
        }
        if kinds.has(Kinds::SILENT) {
            return group(self.after_modal(end), Outlook::Unknown);
        }
        if kinds.has(Kinds::PAST) {
            return group(participle().map_or(end, |(_, end)| end), Outlook::Back);
        }
        if kinds.has(Kinds::AWAITED) {
            return group(end, Outlook::Ahead);
        }
        if before.has(Kinds::NOMINAL) && !before.has(Kinds::REFLEXIVE) {
            return None;
        }
        if kinds.has(Kinds::PROSPECTIVE) {
            // “may have left”, « doit avoir quitté »
            if self.kinds(end).has(Kinds::HAVE)
                && let Some((_, end)) = self.participle(end + self.length(end))
            {
                return group(end, Outlook::Back);
            }
            if self.infinitives && !(end..end + NEAR).any(|at| self.kinds(at).has(Kinds::INFINITIVE)) {
                // « compte deux millions d'habitants »
                return group(end, Outlook::Present);
            }
            return group(self.after_modal(end), Outlook::Ahead);
        }
        if kinds.has(Kinds::PRESENT) {
            return group(end, Outlook::Present);
        }
        if kinds.has(Kinds::PARTICIPLE) || kinds.has(Kinds::MOVING) {
            return group(end, Outlook::Back);
        }
        None
    }

    /// What stands before the word at `at`: a word, or one with its apostrophe.
    fn kinds_before(&self, at: usize) -> Kinds {
        let elided = at.checked_sub(2).filter(|before| self.length(*before) == 2);
        elided.or(at.checked_sub(1)).map_or_else(Kinds::default, |before| self.kinds(before))
    }

    /// The participle of the auxiliary that ends at `from`, and where it ends.
    fn participle(&self, from: usize) -> Option<(Kinds, usize)> {
        let participles = Kinds::PARTICIPLE | Kinds::MOVING | Kinds::AWAITED;
        let mut last = None;
        let mut at = from;
        while at < self.window.end.min(from + NEAR) && !self.at.contains(&at) {
            let kinds = self.kinds(at);
            if kinds.has(participles) {
                // « a été reçu »: the last one says it.
                last = Some((kinds, at + self.length(at)));
            } else if !kinds.has(Kinds::BETWEEN) || last.is_some() {
                break;
            }
            at += self.length(at);
        }
        last
    }

    /// Past what a modal governs: « devra avoir été signé », “will have been met”.
    fn after_modal(&self, from: usize) -> usize {
        let parts = Kinds::PARTICIPLE | Kinds::MOVING | Kinds::AWAITED | Kinds::HAVE | Kinds::BE | Kinds::BETWEEN | Kinds::PRESENT;
        let mut at = from;
        while at < self.window.end.min(from + NEAR) && !self.at.contains(&at) && self.kinds(at).has(parts) {
            at += self.length(at);
        }
        at
    }

    /// How far a verb is from the expression: the words between, and what parts their clauses; none for one that cannot govern it.
    fn cost(&self, group: &Group, sentence: usize) -> Option<usize> {
        let is_left = group.end <= self.at.start;
        let between = if is_left { group.end..self.at.start } else { self.at.end..group.start };
        // « Mardi, le président a reçu »: the first comma after an opening expression parts nothing.
        let mut free_comma = !is_left && self.at.start <= sentence + 3;
        let mut cost = usize::from(!is_left);
        for at in between {
            cost += 1;
            let kinds = self.kinds(at);
            if kinds.has(Kinds::SUBORDINATE) {
                // What a clause that only follows tells is no time of the words before it.
                if !is_left {
                    return None;
                }
                cost += BELOW;
            } else if kinds.has(Kinds::COORDINATE) {
                cost += BESIDE;
            }
            cost += match self.words.text(at) {
                "," if free_comma => {
                    free_comma = false;
                    0
                }
                "," => COMMA,
                ";" | ":" | "(" | ")" | "«" | "»" | "“" | "”" | "\"" | "–" | "—" => MARK,
                _ => 0,
            };
        }
        Some(cost)
    }
}
