//! From sightings, names and phrases to mentions that do not yet know whom they stand for.
//!
//! In go the parse, the directory and the blocks of the page; out comes a [`Reading`]: [`Draft`]s in order of the text, each with the
//! evidence of its own words. Blocks that are not the article's name nobody.

use crate::Directory;
use crate::mention::Site;
use crate::names::{self, PersonName};
use crate::nations;
use crate::phrase;
use crate::sightings::Sightings;
use depeche_nlp::Doc;
use depeche_packs::{BackNoun, CountryCode, Determination, Gender, NameTarget, Relation, Sector};
use depeche_predicates::Graph;
use depeche_record::{Block, BlockKind, CharSpan, MentionKind};
use std::ops::Range;

/// What a draft's words say it is.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Basis {
    /// A country by name or metonym, or its capital as its government.
    Country(CountryCode),
    /// A place; one of the tables where there is a target.
    Place(Option<NameTarget>),
    /// A capital as a place.
    Capital(CountryCode),
    /// A body of the tables.
    Body(NameTarget),
    /// A body by its common noun, with its English name.
    Generic(String),
    /// An organisation that no table has.
    Organisation,
    /// The person's name at this place.
    Person(usize),
    /// An office told beside the person's name at this place. It is recorded; the name is what acts.
    Title(usize),
    /// An office without a name.
    Office,
    /// The holder of the same office elsewhere, without a name.
    Counterpart,
    /// A group noun, with its English name.
    Group(String),
    /// People or things known by their nationality.
    Nationality,
    /// A noun that points back.
    Back(BackNoun),
    /// A pronoun or possessive.
    Pronoun(bool),
}

/// An office that a draft's words give.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct OfficeFact {
    /// Its English name; empty for a counterpart, until the other office is known.
    pub(crate) name: String,
    /// Its name without a portfolio.
    pub(crate) base: String,
    pub(crate) body: Option<String>,
    pub(crate) unique: bool,
    pub(crate) rank: bool,
    pub(crate) past: bool,
    pub(crate) countries: Vec<CountryCode>,
    pub(crate) sector: Sector,
    pub(crate) tokens: Range<usize>,
}

/// A mention before it is known whom it stands for.
#[derive(Debug, Clone)]
pub(crate) struct Draft {
    pub(crate) head: usize,
    /// Further tokens that denote it: the noun of the office beside a name.
    pub(crate) also: Vec<usize>,
    pub(crate) tokens: Range<usize>,
    pub(crate) kind: MentionKind,
    pub(crate) basis: Basis,
    pub(crate) country: Option<CountryCode>,
    pub(crate) sector: Option<Sector>,
    pub(crate) political: bool,
    /// Whether a noun names those of other countries than whose they are: « ses voisins ».
    pub(crate) others: bool,
    pub(crate) site: Option<Site>,
    pub(crate) offices: Vec<OfficeFact>,
    pub(crate) determination: Option<Determination>,
    pub(crate) possessive: Option<usize>,
    pub(crate) plural: bool,
    pub(crate) pair: bool,
    pub(crate) gender: Option<Gender>,
    /// Whether a pronoun stands for the one named last.
    pub(crate) recent: bool,
    /// Whether a pronoun stands for persons only.
    pub(crate) human: bool,
    pub(crate) recorded: bool,
    /// Whether it can be spoken of later.
    pub(crate) content: bool,
    /// Whether another mention has its words, which alone acts: the body in « le secrétaire du Conseil de sécurité ukrainien ».
    pub(crate) embedded: bool,
    /// A noun that points back, to which the office belongs: « le président du pays ».
    pub(crate) of_back: Option<usize>,
}

/// All drafts, and what they were read from.
#[derive(Debug)]
pub(crate) struct Reading {
    pub(crate) drafts: Vec<Draft>,
    pub(crate) names: Vec<PersonName>,
    pub(crate) first_person: Vec<usize>,
    /// The country whose capital the dateline names.
    pub(crate) home: Option<CountryCode>,
}

/// What a block lets its words do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Voice {
    Silent,
    Names,
    Speaks,
}

/// Reads the mentions.
pub(crate) fn read(doc: &Doc, graph: &Graph, directory: &Directory, blocks: &[Block]) -> Reading {
    let sightings = Sightings::new(doc, directory);
    let names = names::find(doc, directory, &sightings);
    let phrases = phrase::read(doc, graph, directory, &sightings, &names);
    let mut scribe = Scribe {
        doc,
        graph,
        directory,
        sightings: &sightings,
        drafts: Vec::new(),
        taken: vec![false; doc.len()],
        kinds_of_names: Vec::new(),
    };
    scribe.persons(&names, &phrases);
    scribe.phrases(&phrases);
    scribe.gazetteer();
    scribe.recognised();
    scribe.join_kinds_to_names();
    scribe.joint_bodies();
    nations::read(&mut scribe);
    let first_person = scribe.pronouns();
    let voices = voices(doc, blocks);
    let mut drafts = scribe.drafts;
    drafts.retain_mut(|draft| {
        let voice = voices.get(draft.head).copied().unwrap_or(Voice::Speaks);
        draft.content = voice == Voice::Speaks && !draft.embedded;
        voice != Voice::Silent
    });
    drafts.sort_by_key(|draft| (draft.tokens.start, draft.head, draft.tokens.end));
    let home = home(doc, &drafts, blocks);
    Reading { drafts, names, first_person, home }
}

/// The country whose capital the first dateline names.
fn home(doc: &Doc, drafts: &[Draft], blocks: &[Block]) -> Option<CountryCode> {
    let dateline = blocks.iter().find(|block| block.kind == BlockKind::Dateline)?.span;
    let is_capital = |draft: &&Draft| {
        let known = matches!(draft.basis, Basis::Capital(_) | Basis::Country(_));
        known && draft.site.as_ref().is_some_and(|site| site.at.is_some())
    };
    let inside = |draft: &&Draft| dateline.contains(doc.chars(draft.tokens.clone()).into());
    drafts.iter().filter(is_capital).find(inside)?.country
}

fn voices(doc: &Doc, blocks: &[Block]) -> Vec<Voice> {
    let mut next = 0;
    doc.tokens()
        .map(|token| {
            while blocks.get(next).is_some_and(|block| block.span.end <= token.start()) {
                next += 1;
            }
            match blocks.get(next).filter(|block| block.span.overlaps(CharSpan::new(token.start(), token.end()))) {
                None => Voice::Speaks,
                Some(block) if block.kind.is_content() => Voice::Speaks,
                Some(block) if matches!(block.kind, BlockKind::Byline | BlockKind::Dateline | BlockKind::Source) => Voice::Names,
                Some(_) => Voice::Silent,
            }
        })
        .collect()
}

/// Writes drafts, each word once.
pub(crate) struct Scribe<'a, 'doc> {
    pub(crate) doc: &'a Doc,
    pub(crate) graph: &'a Graph<'doc>,
    pub(crate) directory: &'a Directory,
    pub(crate) sightings: &'a Sightings<'a>,
    pub(crate) drafts: Vec<Draft>,
    /// Tokens that a mention already has as its own.
    pub(crate) taken: Vec<bool>,
    /// Nouns that tell of what kind the body named after them is: where the name begins, the noun, its country.
    pub(crate) kinds_of_names: Vec<(usize, Range<usize>, Option<CountryCode>)>,
}

impl Scribe<'_, '_> {
    /// A draft over `tokens`, with nothing known but its kind.
    pub(crate) fn draft(&self, tokens: Range<usize>, kind: MentionKind, basis: Basis) -> Draft {
        let head = tokens.clone().find(|&index| self.graph.head(index).is_none_or(|head| !tokens.contains(&head))).unwrap_or(tokens.start);
        Draft {
            head,
            also: Vec::new(),
            tokens,
            kind,
            basis,
            country: None,
            sector: None,
            political: false,
            others: false,
            site: None,
            offices: Vec::new(),
            determination: None,
            possessive: None,
            plural: self.doc.token(head).feature("Number") == Some("Plur"),
            pair: false,
            gender: self.gender_of_determiner(head),
            recent: false,
            human: false,
            recorded: true,
            content: true,
            embedded: false,
            of_back: None,
        }
    }

    pub(crate) fn gender(&self, index: usize) -> Option<Gender> {
        match self.doc.token(index).feature("Gender") {
            Some("Masc") => Some(Gender::Masculine),
            Some("Fem") => Some(Gender::Feminine),
            Some("Neut") => Some(Gender::Neuter),
            _ => None,
        }
    }

    pub(crate) fn gender_of_determiner(&self, head: usize) -> Option<Gender> {
        self.graph.children_as(head, Relation::Determiner).find_map(|determiner| self.gender(determiner))
    }

    pub(crate) fn take(&mut self, tokens: Range<usize>) {
        if let Some(taken) = self.taken.get_mut(tokens) {
            taken.fill(true);
        }
    }

    pub(crate) fn is_free(&self, tokens: &Range<usize>) -> bool {
        self.taken.get(tokens.clone()).is_some_and(|taken| !taken.iter().any(|&taken| taken))
    }

    /// A token with what the tokenizer cuts off it at hyphens: « celle-ci ».
    fn whole_word(&self, index: usize) -> String {
        let adjoins = |at: usize| at < self.doc.len() && !self.doc.token(at - 1).space_after();
        if self.doc.token(index).text().starts_with('-') {
            return self.doc.token(index).form().to_owned();
        }
        let end = match (adjoins(index + 1), adjoins(index + 2)) {
            (true, _) if self.doc.token(index + 1).text().starts_with('-') && self.doc.token(index + 1).text().len() > 1 => index + 2,
            (true, true) if self.doc.token(index + 1).text() == "-" => index + 3,
            _ => return self.doc.token(index).form().to_owned(),
        };
        let whole = self.doc.slice(index..end);
        let known = |form: &str| self.directory.reference.pronoun(form, false).is_some();
        if known(&whole.to_lowercase()) { whole.to_owned() } else { self.doc.token(index).form().to_owned() }
    }

    /// Pronouns and possessives of the third person; answers those of the first.
    fn pronouns(&mut self) -> Vec<usize> {
        let mut first_person = Vec::new();
        for token in self.doc.tokens() {
            let (index, pos) = (token.index(), token.pos());
            if !matches!(pos, "PRON" | "DET" | "ADJ") || self.taken[index] {
                continue;
            }
            let form = self.whole_word(index).to_lowercase();
            let possessive = pos != "PRON" || matches!(self.graph.relation(index), Relation::Possessor | Relation::Determiner);
            let Some(pronoun) = self.directory.reference.pronoun(&form, possessive) else { continue };
            if pronoun.person == 1 {
                first_person.push(index);
                continue;
            }
            // « a-t-il dit »: a pronoun put after its verb is somebody, whatever the parse takes it for.
            let inverted = token.text().starts_with('-');
            if matches!(self.graph.relation(index), Relation::Expletive | Relation::Reflexive) && !inverted {
                continue;
            }
            let mut draft = self.draft(index..index + 1, MentionKind::Pronoun, Basis::Pronoun(pronoun.possessive));
            draft.plural = pronoun.number == Some(depeche_packs::Number::Plural);
            draft.gender = pronoun.gender;
            draft.recent = pronoun.recent;
            draft.human = pronoun.human;
            draft.recorded = !pronoun.possessive;
            self.drafts.push(draft);
        }
        first_person
    }
}

/// Whether what a sector does is politics.
pub(crate) fn is_political(sector: Sector) -> bool {
    !matches!(
        sector,
        Sector::Cvl | Sector::Bus | Sector::Lab | Sector::Med | Sector::Edu | Sector::Hlh | Sector::Rel | Sector::Ngo | Sector::Crm
    )
}
