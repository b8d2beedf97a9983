//! Reference: the words of `<language>/reference.toml` by which a text speaks again of somebody it has named, and the small words of names.
//!
//! In goes the table; out comes [`Reference`]: pronouns with what their form shows, determiners, nouns that point back, prepositions of
//! belonging and of place. What a word points at in a text is not decided here.

use crate::{PackError, PackFiles};
use serde::Deserialize;
use std::collections::{BTreeMap, HashMap, HashSet};

/// What an entity recogniser's label means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NameKind {
    /// A person.
    Person,
    /// An organisation.
    Organisation,
    /// A place.
    Place,
    /// A country or city that may act.
    Government,
    /// A people.
    Nationality,
    /// Anything else with a name.
    Other,
}

/// Grammatical number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names are grammar's own")]
pub enum Number {
    Singular,
    Plural,
}

/// Grammatical gender.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names are grammar's own")]
pub enum Gender {
    Masculine,
    Feminine,
    /// Of what is no person.
    Neuter,
}

/// A pronoun or possessive, by what its form shows.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pronoun {
    /// All forms, in lower case.
    pub forms: Vec<String>,
    /// Grammatical person: 1 for the speaker, 3 for others.
    #[serde(default = "third")]
    pub person: u8,
    /// Number of those it stands for, where the form shows it.
    pub number: Option<Number>,
    /// Their gender.
    pub gender: Option<Gender>,
    /// Whether it is a determiner of what they have.
    #[serde(default)]
    pub possessive: bool,
    /// Whether it is the subject of its clause.
    #[serde(default)]
    pub subject: bool,
    /// Whether it stands for the one named last.
    #[serde(default)]
    pub recent: bool,
    /// Whether it stands for persons only.
    #[serde(default)]
    pub human: bool,
}

fn third() -> u8 {
    3
}

/// What a noun points back at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum BackNoun {
    /// Countries.
    Country,
    /// Any parties.
    Party,
    /// Persons.
    Person,
    /// A body.
    Body,
    /// The one named last.
    Last,
}

/// What a determiner says of its noun.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Determination {
    /// Known already.
    Definite,
    /// Known and pointed at.
    Demonstrative,
    /// New.
    Indefinite,
}

/// The reference table of one language, compiled.
#[derive(Debug, Clone, Default)]
pub struct Reference {
    labels: BTreeMap<String, NameKind>,
    pronouns: Vec<Pronoun>,
    by_form: HashMap<String, Vec<u32>>,
    determiners: HashMap<String, Determination>,
    back_nouns: HashMap<String, BackNoun>,
    pair: HashSet<String>,
    quantities: HashSet<String>,
    complements: HashSet<String>,
    seats: HashSet<String>,
    seated: HashSet<String>,
    places: HashSet<String>,
    particles: HashSet<String>,
    and: HashSet<String>,
    motion: HashSet<String>,
    impersonal: HashSet<String>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct File {
    labels: BTreeMap<String, NameKind>,
    pronoun: Vec<Pronoun>,
    determiners: Determiners,
    nouns: Nouns,
    phrases: SmallWords,
    verbs: Verbs,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct Determiners {
    definite: Vec<String>,
    demonstrative: Vec<String>,
    indefinite: Vec<String>,
    pair: Vec<String>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct Nouns {
    country: Vec<String>,
    party: Vec<String>,
    person: Vec<String>,
    body: Vec<String>,
    last: Vec<String>,
    quantity: Vec<String>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct SmallWords {
    complement: Vec<String>,
    seat: Vec<String>,
    seated: Vec<String>,
    place: Vec<String>,
    particles: Vec<String>,
    and: Vec<String>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct Verbs {
    motion: Vec<String>,
    impersonal: Vec<String>,
}

impl Reference {
    /// Reads `<language>/reference.toml` of every layer; lists of several layers are joined.
    ///
    /// # Errors
    /// When a file does not have this shape.
    pub fn load(files: &PackFiles, language: &str) -> Result<Reference, PackError> {
        let mut reference = Reference::default();
        for file in files.read(&format!("{language}/reference.toml"))? {
            reference.lay_over(file.parse()?);
        }
        Ok(reference)
    }

    fn lay_over(&mut self, file: File) {
        let File { labels, pronoun, determiners, nouns, phrases, verbs } = file;
        self.labels.extend(labels);
        for row in pronoun {
            let at = u32::try_from(self.pronouns.len()).unwrap_or(u32::MAX);
            for form in &row.forms {
                self.by_form.entry(form.clone()).or_default().push(at);
            }
            self.pronouns.push(row);
        }
        let Determiners { definite, demonstrative, indefinite, pair } = determiners;
        let sets =
            [(definite, Determination::Definite), (demonstrative, Determination::Demonstrative), (indefinite, Determination::Indefinite)];
        for (forms, determination) in sets {
            self.determiners.extend(forms.into_iter().map(|form| (form, determination)));
        }
        let Nouns { country, party, person, body, last, quantity } = nouns;
        let sets = [
            (country, BackNoun::Country),
            (party, BackNoun::Party),
            (person, BackNoun::Person),
            (body, BackNoun::Body),
            (last, BackNoun::Last),
        ];
        for (forms, noun) in sets {
            self.back_nouns.extend(forms.into_iter().map(|form| (form, noun)));
        }
        self.pair.extend(pair);
        self.quantities.extend(quantity);
        self.complements.extend(phrases.complement);
        self.seats.extend(phrases.seat);
        self.seated.extend(phrases.seated);
        self.places.extend(phrases.place);
        self.particles.extend(phrases.particles);
        self.and.extend(phrases.and);
        self.motion.extend(verbs.motion);
        self.impersonal.extend(verbs.impersonal);
    }

    /// What an entity recogniser's label means.
    pub fn label(&self, label: &str) -> Option<NameKind> {
        self.labels.get(label).copied()
    }

    /// Whether the recogniser tells countries and cities from other places.
    pub fn tells_governments(&self) -> bool {
        self.labels.values().any(|&kind| kind == NameKind::Government)
    }

    /// The pronoun that a form in lower case is, as a determiner or by itself.
    pub fn pronoun(&self, form: &str, possessive: bool) -> Option<&Pronoun> {
        let rows = self.by_form.get(form)?;
        rows.iter().filter_map(|&at| self.pronouns.get(at as usize)).find(|row| row.person == 1 || row.possessive == possessive)
    }

    /// What a determiner in lower case says of its noun.
    pub fn determination(&self, form: &str) -> Option<Determination> {
        self.determiners.get(form).copied()
    }

    /// What a noun in lower case points back at.
    pub fn back_noun(&self, form: &str) -> Option<BackNoun> {
        self.back_nouns.get(form).copied()
    }

    /// Whether the word is the number of a pair.
    pub fn is_pair(&self, form: &str) -> bool {
        self.pair.contains(form)
    }

    /// Whether the word counts those whom its complement names.
    pub fn is_quantity(&self, form: &str) -> bool {
        self.quantities.contains(form)
    }

    /// Whether the word joins an office or body to whose it is.
    pub fn is_complement(&self, form: &str) -> bool {
        self.complements.contains(form)
    }

    /// Whether the preposition after the noun tells whose it is by where it sits: “a court in Peru”.
    pub fn is_seat(&self, noun: &str, preposition: &str) -> bool {
        self.seated.contains(noun) && self.seats.contains(preposition)
    }

    /// Whether the preposition makes a place of the city after it.
    pub fn is_place_preposition(&self, form: &str) -> bool {
        self.places.contains(form)
    }

    /// Whether the verb, in its dictionary form, makes a place of the city that is its object or aim: « quitter », “travel”.
    pub fn is_motion(&self, lemma: &str) -> bool {
        self.motion.contains(lemma)
    }

    /// Whether the passive of the verb, in its dictionary form, with an infinitive has nobody for its subject: « il a été décidé de partir ».
    pub fn is_impersonal(&self, lemma: &str) -> bool {
        self.impersonal.contains(lemma)
    }

    /// Whether the word stands inside names.
    pub fn is_particle(&self, form: &str) -> bool {
        self.particles.contains(form)
    }

    /// Whether the word coordinates.
    pub fn is_and(&self, form: &str) -> bool {
        self.and.contains(form)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_tables_fit() {
        for language in PackFiles::built_in().languages() {
            let reference = Reference::load(&PackFiles::built_in(), &language).unwrap_or_else(|error| panic!("{error}"));
            assert!(!reference.labels.is_empty(), "{language} names no label");
            assert!(!reference.pronouns.is_empty(), "{language} names no pronoun");
        }
    }

    #[test]
    fn a_form_may_be_pronoun_and_possessive() {
        let reference = Reference::load(&PackFiles::built_in(), "fr").unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(reference.pronoun("leur", true).map(|row| row.possessive), Some(true));
        assert_eq!(reference.pronoun("leur", false).map(|row| row.possessive), Some(false));
        assert_eq!(reference.pronoun("chaise", false), None);
    }
}
