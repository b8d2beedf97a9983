//! Whom pronouns and possessives stand for.
//!
//! In goes the state of [`crate::coreference`] at a pronoun; out come the mentions it stands for. A possessive belongs to the subject of its
//! clause; a pronoun stands for the subject before it, or failing that for the person named last, of the same number and gender, at most
//! three sentences back. An impersonal subject stands for nobody.

use crate::coreference::{LOOK_BACK, Resolver};
use crate::reading::Basis;
use depeche_packs::{Gender, Relation};

/// How many sentences back a pronoun may point.
const SENTENCES_BACK: usize = 3;

impl Resolver<'_, '_> {
    /// Whom the pronoun `at` stands for.
    pub(crate) fn pronoun(&self, at: usize, possessive: bool) -> Vec<usize> {
        let token = self.drafts[at].head;
        if !possessive && self.is_impersonal(token) {
            return Vec::new();
        }
        if possessive {
            let owners = self.subject_of_clause(token, at);
            if self.number_fits(at, &owners) {
                return owners;
            }
        }
        if self.drafts[at].plural { self.several(at, token) } else { self.single(at, token) }
    }

    /// « Il a été convenu que … »
    fn is_impersonal(&self, token: usize) -> bool {
        let Some(verb) = self.graph.head(token) else { return false };
        let clause = |child: &usize| matches!(self.graph.relation(*child), Relation::ContentClause | Relation::ClausalSubject);
        let lemma = self.doc.token(verb).lemma().to_lowercase();
        let infinitive =
            |child: &usize| self.graph.relation(*child) == Relation::OpenComplement && self.directory.reference.is_impersonal(&lemma);
        self.graph.relation(token) == Relation::PassiveSubject
            && self.graph.children(verb).iter().any(|child| clause(child) || infinitive(child))
    }

    /// Those whom the subject of the nearest clause above a token stands for.
    fn subject_of_clause(&self, token: usize, at: usize) -> Vec<usize> {
        let mut below = token;
        for above in self.graph.ancestors(token).take(12) {
            let subject = self.graph.children(above).iter().copied().find(|&child| {
                child != below && matches!(self.graph.relation(child), Relation::Subject | Relation::PassiveSubject | Relation::Agent)
            });
            if let Some(subject) = subject {
                let meant = self.group(subject, at);
                if !meant.is_empty() {
                    return meant;
                }
            }
            below = above;
        }
        Vec::new()
    }

    /// Those whom a coordination headed by a token stands for, as far as known at `at`.
    fn group(&self, token: usize, at: usize) -> Vec<usize> {
        let mut meant: Vec<usize> = Vec::new();
        for member in self.graph.coordinated(token).into_iter().take(8) {
            for &mention in self.by_token.get(member).into_iter().flatten() {
                if mention == at || !self.drafts[mention].content {
                    continue;
                }
                for other in self.meant(mention) {
                    let known =
                        |known: &usize| *known == other || (self.entity[*known].is_some() && self.entity[*known] == self.entity[other]);
                    if !meant.iter().any(known) && self.may_act(other) {
                        meant.push(other);
                    }
                }
            }
        }
        meant
    }

    fn may_act(&self, at: usize) -> bool {
        self.is_actor(at) || (self.drafts[at].basis == Basis::Nationality && self.drafts[at].recorded)
    }

    fn number_fits(&self, at: usize, meant: &[usize]) -> bool {
        match meant {
            [] => false,
            [only] if !self.drafts[at].plural => !self.drafts[*only].plural && self.gender_fits(at, *only),
            [only] => self.drafts[*only].plural,
            _ => self.drafts[at].plural,
        }
    }

    fn gender_fits(&self, at: usize, other: usize) -> bool {
        // What is neither man nor woman is no person.
        if self.drafts[at].gender == Some(Gender::Neuter) && self.is_person(other) {
            return false;
        }
        // A possessive agrees with what is possessed in French; the tables give it no gender there.
        match (self.drafts[at].gender, self.drafts[other].gender) {
            (Some(one), Some(two)) => one == two,
            _ => true,
        }
    }

    fn is_subject(&self, at: usize) -> bool {
        let heads =
            |token: usize| matches!(self.graph.relation(self.graph.first_conjunct(token)), Relation::Subject | Relation::PassiveSubject);
        let draft = &self.drafts[at];
        heads(draft.head) || draft.also.iter().any(|&token| heads(token))
    }

    /// Mentions before `at` within reach, from near to far, with the number of sentences between.
    fn within_reach(&self, at: usize, token: usize) -> impl Iterator<Item = (usize, usize)> + '_ {
        let here = self.sentence.get(token).copied().unwrap_or(0);
        (at.saturating_sub(LOOK_BACK)..at)
            .rev()
            .map(move |other| (other, here.saturating_sub(self.sentence.get(self.drafts[other].head).copied().unwrap_or(0))))
            .take_while(|&(_, distance)| distance <= SENTENCES_BACK)
            .filter(|&(other, _)| self.drafts[other].content)
    }

    fn single(&self, at: usize, token: usize) -> Vec<usize> {
        let own_verb = self.graph.head(token);
        let subject_pronoun = matches!(self.graph.relation(token), Relation::Subject | Relation::PassiveSubject);
        let recent = self.drafts[at].recent;
        let mut best: Option<(usize, usize)> = None;
        for (nearness, (other, distance)) in self.within_reach(at, token).enumerate() {
            let same_clause =
                !subject_pronoun && distance == 0 && self.is_subject(other) && self.graph.head(self.drafts[other].head) == own_verb;
            let [meant] = self.meant(other)[..] else { continue };
            if self.drafts[other].plural
                || !self.may_act(meant)
                || self.drafts[meant].plural
                || same_clause
                || !self.gender_fits(at, meant)
                || self.is_other_than(at, self.entity[meant])
            {
                continue;
            }
            let person = self.is_person(meant);
            if self.drafts[at].human && !person {
                continue;
            }
            let role = match (self.is_subject(other), person) {
                _ if recent => 0,
                (true, true) => 0,
                (true, false) => 3,
                (false, true) => 5,
                (false, false) => 9,
            };
            let score = 8 * distance + role + nearness.min(4) / 2;
            if best.is_none_or(|(known, _)| score < known) {
                best = Some((score, meant));
            }
        }
        best.map(|(_, meant)| vec![meant]).unwrap_or_default()
    }

    fn several(&self, at: usize, token: usize) -> Vec<usize> {
        let mut singles: Vec<usize> = Vec::new();
        let mut plural: Option<(usize, usize)> = None;
        for (other, distance) in self.within_reach(at, token) {
            if distance > 1 && singles.len() > 1 {
                break;
            }
            let group = match self.drafts[other].basis {
                Basis::Pronoun(_) | Basis::Back(_) => self.meant(other),
                _ => self.group(self.graph.first_conjunct(self.drafts[other].head), at),
            };
            if group.len() > 1 {
                return group;
            }
            if self.drafts[other].plural && self.may_act(other) && self.gender_fits(at, other) {
                // Of several in one sentence, its subject.
                if self.is_subject(other) {
                    return vec![other];
                }
                let nearest = *plural.get_or_insert((other, distance));
                if distance > nearest.1 {
                    return vec![nearest.0];
                }
                continue;
            }
            if let Some((nearest, at)) = plural
                && distance > at
            {
                return vec![nearest];
            }
            let [meant] = self.meant(other)[..] else { continue };
            let known = |known: &usize| self.entity[*known].is_some() && self.entity[*known] == self.entity[meant];
            if (self.is_person(meant) || matches!(self.drafts[meant].basis, Basis::Country(_))) && !singles.iter().any(known) && meant != at
            {
                singles.push(meant);
            }
        }
        if let Some((nearest, _)) = plural {
            return vec![nearest];
        }
        // « X a reçu Y. Ils … »: persons together, or countries together.
        let person = singles.first().is_some_and(|&first| self.is_person(first));
        let mut pair: Vec<usize> = singles.into_iter().filter(|&one| self.is_person(one) == person).take(2).collect();
        pair.sort_unstable();
        if pair.len() == 2 { pair } else { Vec::new() }
    }
}
