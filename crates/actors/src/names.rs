//! Names of persons in a text.
//!
//! In go the document and its sightings; out come [`PersonName`]s: what the recogniser takes for a person less the titles that it swallowed,
//! what follows a title or form of address, holders of office that the tables know, and every later bare surname, whatever the recogniser
//! made of it. Names of the gazetteer and words in small letters are refused.

use crate::Directory;
use crate::sightings::{Recognised, Sightings, is_capitalised};
use crate::spelling::{compatible_given, same_word};
use depeche_nlp::Doc;
use depeche_packs::{HolderName, NameKind, NameRole, NameTarget};
use std::collections::{HashMap, HashSet};
use std::ops::Range;

/// A person's name in the text.
#[derive(Debug, Clone)]
pub(crate) struct PersonName {
    pub(crate) tokens: Range<usize>,
    /// Its words, hyphenated ones whole.
    pub(crate) words: Vec<String>,
}

impl PersonName {
    fn new(doc: &Doc, tokens: Range<usize>) -> PersonName {
        let words = doc.slice(tokens.clone()).split_whitespace().map(str::to_owned).collect();
        PersonName { tokens, words }
    }

    /// The word by which the person goes alone.
    pub(crate) fn surname(&self) -> &str {
        self.words.last().map_or("", String::as_str)
    }

    /// The words before it.
    pub(crate) fn given(&self) -> &[String] {
        self.words.split_last().map_or(&[], |(_, given)| given)
    }

    /// Whether it can name the same person as `other`: one surname and no given name that contradicts.
    pub(crate) fn agrees(&self, other: &PersonName) -> bool {
        let given = |name: &PersonName| name.given().first().cloned();
        if same_word(self.surname(), other.surname()) {
            return match (given(self), given(other)) {
                (Some(one), Some(two)) => compatible_given(&one, &two),
                _ => true,
            };
        }
        // A given name alone, or the first of two surnames.
        let part = |bare: &PersonName, full: &PersonName| {
            bare.words.len() == 1 && full.words.len() > 1 && full.words.iter().any(|word| same_word(word, bare.surname()))
        };
        part(self, other) || part(other, self)
    }
}

/// Finds the names.
pub(crate) fn find(doc: &Doc, directory: &Directory, sightings: &Sightings) -> Vec<PersonName> {
    let finder = Finder { doc, directory, sightings };
    let mut taken = vec![false; doc.len()];
    let mut names = Vec::new();
    let take = |tokens: Range<usize>, taken: &mut Vec<bool>, names: &mut Vec<PersonName>| {
        let tokens = finder.complete(tokens);
        if !tokens.is_empty() && !taken[tokens.clone()].iter().any(|&taken| taken) {
            taken[tokens.clone()].fill(true);
            names.push(PersonName::new(doc, tokens));
        }
    };
    for term in &sightings.terms {
        let adjacent = finder.after_title(term.tokens.end, term.is_honorific(), term.office().is_some());
        let apposed = || term.office().and_then(|_| finder.after_comma(term.tokens.end));
        if let Some(tokens) = adjacent.or_else(apposed) {
            take(tokens, &mut taken, &mut names);
        }
    }
    for (tokens, _) in sightings.holders.iter().filter(|(tokens, how)| finder.is_holder(tokens, *how)) {
        take(tokens.clone(), &mut taken, &mut names);
    }
    for entity in sightings.recognised.iter().filter(|entity| entity.kind == NameKind::Person) {
        let tokens = finder.trim(entity.tokens.clone());
        let tokens = finder.grow(tokens);
        take(tokens, &mut taken, &mut names);
    }
    let surnames = Surnames::of(&names);
    let full_names: HashSet<String> =
        names.iter().flat_map(|name| name.words.windows(2).map(|pair| pair.join(" ").to_lowercase())).collect();
    for index in 0..doc.len() {
        if !taken[index] && finder.may_be_name(index) && surnames.knows(doc.token(index).text()) && !finder.inside_longer_name(index) {
            let start = if finder.completes_surname(index, &full_names) { index - 1 } else { index };
            take(start..index + 1, &mut taken, &mut names);
        }
    }
    names.sort_by_key(|name| name.tokens.start);
    names
}

struct Finder<'a> {
    doc: &'a Doc,
    directory: &'a Directory,
    sightings: &'a Sightings<'a>,
}

impl Finder<'_> {
    /// A name with what the tokenizer or the recogniser cuts off it: « Kim Jong | -un », « Mohammed | VI ».
    fn complete(&self, mut tokens: Range<usize>) -> Range<usize> {
        if tokens.is_empty() {
            return tokens;
        }
        let adjoins = |index: usize| index < self.doc.len() && !self.doc.token(index - 1).space_after();
        while adjoins(tokens.end)
            && adjoins(tokens.end + 1)
            && matches!(self.doc.token(tokens.end).text(), "-" | "‑" | "‐")
            && self.doc.token(tokens.end + 1).text().chars().all(char::is_alphabetic)
        {
            tokens.end += 2;
        }
        let numeral = |text: &str| !text.is_empty() && text.len() < 7 && text.chars().all(|letter| matches!(letter, 'I' | 'V' | 'X'));
        if tokens.end < self.doc.len() && !self.doc.token(tokens.end).sent_start() && numeral(self.doc.token(tokens.end).text()) {
            tokens.end += 1;
        }
        tokens
    }

    /// Whether a token can be a word of a person's name.
    fn may_be_name(&self, index: usize) -> bool {
        let token = self.doc.token(index);
        is_capitalised(token)
            && token.text().chars().any(char::is_alphabetic)
            && !matches!(token.pos(), "DET" | "PRON" | "ADP" | "CCONJ" | "SCONJ" | "AUX" | "NUM" | "PUNCT")
            && self.sightings.term_at(index).is_none_or(|term| !self.is_title_word(term.tokens.start))
            && !self.is_gazetteer_name(index)
    }

    fn is_title_word(&self, index: usize) -> bool {
        self.sightings.term_at(index).is_some_and(|term| term.is_honorific() || term.office().is_some() || term.portfolio().is_some())
    }

    /// Whether the gazetteer is sure of the token.
    fn is_gazetteer_name(&self, index: usize) -> bool {
        self.sightings.name_at(index).is_some_and(|sighting| {
            let adjective = |role| matches!(role, NameRole::Adjective | NameRole::Prefix);
            let generic = |target| matches!(target, NameTarget::GenericBody(_));
            sighting.entries.iter().any(|entry| adjective(entry.role) || generic(entry.target) || !entry.needs_context)
        })
    }

    /// Whether the recogniser sees an organisation of several words around the token.
    fn inside_longer_name(&self, index: usize) -> bool {
        self.sightings
            .recognised_at(index)
            .is_some_and(|entity| entity.tokens.len() > 1 && matches!(entity.kind, NameKind::Organisation | NameKind::Other))
    }

    /// Whether a name of the tables stands for its holder there, not within a longer name.
    fn is_holder(&self, tokens: &Range<usize>, how: HolderName) -> bool {
        // A recogniser's name that goes beyond this one by more than a title is another's: « Institut Tony Blair ».
        let title =
            |index: usize| matches!(self.doc.token(index).pos(), "DET" | "ADP" | "PUNCT") || self.sightings.term_at(index).is_some();
        let longer = |entity: &Recognised| entity.tokens.clone().any(|index| !tokens.contains(&index) && !title(index));
        if self.sightings.recognised_at(tokens.start).is_some_and(longer) {
            return false;
        }
        if how == HolderName::Full {
            return true;
        }
        let first = self.doc.token(tokens.start);
        let name_word = |index: usize| self.may_be_name(index) && self.doc.token(index).pos() == "PROPN";
        let before = !first.sent_start() && tokens.start > 0 && name_word(tokens.start - 1);
        let after = tokens.end < self.doc.len() && !self.doc.token(tokens.end).sent_start() && name_word(tokens.end);
        // A capital at the beginning of a sentence shows nothing.
        let person = || self.sightings.recognised_at(tokens.start).is_some_and(|entity| entity.kind == NameKind::Person);
        !before && !after && (!first.sent_start() || first.pos() == "PROPN" || person())
    }

    /// Whether the word before a surname belongs to it, as the full name elsewhere shows: « de Villepin », “JANE EXAMPLE”.
    fn completes_surname(&self, index: usize, full_names: &HashSet<String>) -> bool {
        index > 0
            && (self.is_particle(index - 1) || self.may_be_name(index - 1))
            && full_names.contains(&format!("{} {}", self.doc.token(index - 1).form(), self.doc.token(index).form()).to_lowercase())
            && self.doc.token(index - 1).pos() != "DET"
    }

    fn is_particle(&self, index: usize) -> bool {
        self.directory.reference.is_particle(&self.doc.token(index).form().to_lowercase())
    }

    fn is_hyphen(&self, index: usize) -> bool {
        let joined = |at: usize| !self.doc.token(at).space_after();
        index > 0 && self.doc.token(index).text() == "-" && joined(index) && joined(index - 1)
    }

    /// The run of capitalised words from a token, with the particles and hyphens between them.
    fn run(&self, start: usize) -> Range<usize> {
        let mut end = start;
        let mut at = start;
        let len = self.doc.len();
        while at < len && at < start + 8 {
            if self.may_be_name(at) && (at == start || !self.doc.token(at).sent_start()) {
                at += 1;
                end = at;
            } else if at > start && (self.is_hyphen(at) || self.is_particle(at)) && at + 1 < len {
                at += 1;
            } else {
                break;
            }
        }
        start..end
    }

    /// The name that follows a title which ends before `start`.
    fn after_title(&self, start: usize, honorific: bool, office: bool) -> Option<Range<usize>> {
        let mut at = start;
        if office && !honorific {
            while let Some((_, end)) = self.sightings.adjective_at(self.directory, at) {
                at = end;
            }
        } else if !honorific {
            return None;
        }
        if at >= self.doc.len() || (at > 0 && self.doc.token(at - 1).is_space()) || self.doc.token(at).sent_start() && !honorific {
            return None;
        }
        let tokens = self.run(at);
        let organisation = self.sightings.recognised_at(at).is_some_and(|entity| entity.kind == NameKind::Organisation);
        let named = honorific || tokens.len() > 1 || !organisation;
        // A title directly before a noun with a capital may only be the beginning of a longer title: « le Président Exécutif ».
        let proper = tokens.clone().any(|index| self.doc.token(index).pos() == "PROPN")
            || self.sightings.recognised_at(at).is_some_and(|entity| entity.kind == NameKind::Person);
        (!tokens.is_empty() && named && (honorific || proper)).then_some(tokens)
    }

    /// The name of several words that a comma joins to an office and another one closes: « le ministre de la Défense, Jean Martin, … ».
    fn after_comma(&self, start: usize) -> Option<Range<usize>> {
        let mut at = start;
        loop {
            if let Some((_, end)) = self.sightings.adjective_at(self.directory, at) {
                at = end;
            } else if let Some(term) = self.sightings.term_at(at).filter(|term| term.tokens.start == at && term.portfolio().is_some()) {
                at = term.tokens.end;
            } else {
                break;
            }
        }
        let is_comma = |index: usize| index < self.doc.len() && self.doc.token(index).text() == ",";
        if !is_comma(at) || at + 1 >= self.doc.len() {
            return None;
        }
        let tokens = self.run(at + 1);
        (tokens.len() > 1 && (is_comma(tokens.end) || tokens.end < self.doc.len() && self.doc.token(tokens.end).text() == "("))
            .then_some(tokens)
    }

    /// What the recogniser found, without titles, determiners, nationalities and words in small letters at its ends.
    fn trim(&self, tokens: Range<usize>) -> Range<usize> {
        // A name does not go over a line's end, a comma or a bracket.
        let ends = |index: usize| {
            let token = self.doc.token(index);
            token.is_space() || (token.pos() == "PUNCT" && !self.is_hyphen(index)) || token.pos() == "CCONJ"
        };
        let mut start = tokens.start;
        while start < tokens.end && !self.may_be_name(start) {
            // « Président de la République fédérale »: what follows a preposition is no name of the title's holder.
            if self.doc.token(start).pos() == "ADP" {
                return start..start;
            }
            start += 1;
        }
        let alone = start + 1 == tokens.end && start < self.doc.len();
        if alone && self.doc.token(start).sent_start() && self.doc.token(start).pos() != "PROPN" {
            return start..start;
        }
        let mut end = (start..tokens.end).find(|&index| ends(index)).unwrap_or(tokens.end);
        if let Some(title) = (start..end).find(|&index| self.is_title_word(index)) {
            end = title;
        }
        while end > start && !self.may_be_name(end - 1) {
            end -= 1;
        }
        start..end
    }

    /// The same with capitalised neighbours that the parse or the tagger joins to it.
    fn grow(&self, tokens: Range<usize>) -> Range<usize> {
        let Range { mut start, mut end } = tokens.clone();
        if start >= end {
            return start..end;
        }
        let shouted = |index: usize| {
            let text = self.doc.token(index).text();
            text.len() > 2 && text.chars().all(char::is_uppercase)
        };
        let free = |index: usize, sentence_start: bool| {
            let token = self.doc.token(index);
            // Taggers stumble over words in capitals.
            let proper = token.pos() == "PROPN" || (shouted(index) && shouted(tokens.start));
            self.may_be_name(index) && proper && !(sentence_start && token.sent_start())
        };
        while start > 0 && end - start < 8 && free(start - 1, false) && !self.doc.token(start).sent_start() {
            let other = self.sightings.recognised_at(start - 1).is_some_and(|entity| entity.tokens.end <= start);
            if other && self.doc.token(start - 1).head_index() != start && self.doc.token(start).head_index() != start - 1 {
                break;
            }
            start -= 1;
        }
        while end < self.doc.len() && end - start < 8 {
            if free(end, true) {
                end += 1;
            } else if self.is_hyphen(end) && end + 1 < self.doc.len() && free(end + 1, true) {
                end += 2;
            } else {
                break;
            }
        }
        start..end
    }
}

/// The surnames of a text, by their first letter so that looking one up stays cheap.
struct Surnames {
    known: HashMap<char, Vec<String>>,
}

impl Surnames {
    fn of(names: &[PersonName]) -> Surnames {
        let mut known: HashMap<char, Vec<String>> = HashMap::new();
        for name in names {
            let surname = name.surname();
            if surname.chars().count() > 2
                && let Some(first) = surname.chars().next()
            {
                let list = known.entry(first.to_ascii_uppercase()).or_default();
                if list.len() < 64 && !list.iter().any(|known| known == surname) {
                    list.push(surname.to_owned());
                }
            }
        }
        Surnames { known }
    }

    fn knows(&self, word: &str) -> bool {
        let first = word.chars().next().map(|first| first.to_ascii_uppercase());
        first.and_then(|first| self.known.get(&first)).is_some_and(|list| list.iter().any(|surname| same_word(surname, word)))
    }
}
