//! Threads of commitments.
//!
//! In go pledges with their dispatches; out comes what a later one is to an earlier one of the same promisor: it restates, widens, narrows or contradicts it. They are compared by who is
//! bound, who gains, whether it is a yes or a no, and what it is about; not by who speaks, for governments change and their word stands.

use crate::pair::NameCache;
use crate::resolver::Resolver;
use crate::similarity::days_between;
use crate::{Dossier, Pledge, PledgeLink, Thread};
use depeche_record::{Date, Polarity};

/// Within so many days the same words of the same speaker are one pledge, told twice.
const SAME_PLEDGE_DAYS: i64 = 4;

/// A pledge with its dispatch.
#[derive(Clone, Copy)]
pub(crate) struct PledgeIn<'a> {
    pub(crate) dossier: &'a Dossier,
    pub(crate) pledge: &'a Pledge,
}

impl PledgeIn<'_> {
    pub(crate) fn order(&self) -> (Date, &str, &str) {
        (self.dossier.first.unwrap_or(Date::MAX), &self.dossier.id, &self.pledge.id)
    }

    /// The later of two, and the earlier.
    pub(crate) fn in_order(self, other: Self) -> (Self, Self) {
        if self.order() < other.order() { (other, self) } else { (self, other) }
    }

    fn says_no(&self) -> bool {
        self.pledge.polarity == Polarity::WillNot || self.pledge.turned
    }

    /// What a pledge is to an earlier one; none where they have nothing to do with one another.
    pub(crate) fn relation(self, earlier: PledgeIn<'_>, resolver: &Resolver, names: &NameCache) -> Option<Relation> {
        let (new, old) = (self.pledge, earlier.pledge);
        let bound = new.promisor.as_deref().zip(old.promisor.as_deref()).is_some_and(|(one, other)| one == other);
        let gains = match (&new.beneficiary, &old.beneficiary) {
            (Some(one), Some(other)) => one == other || new.countries.contains(other) || old.countries.contains(one),
            (Some(one), None) => old.countries.is_empty() || old.countries.contains(one),
            (None, Some(one)) => new.countries.is_empty() || new.countries.contains(one),
            (None, None) => new.countries.is_empty() || old.countries.is_empty() || !new.countries.is_disjoint(&old.countries),
        };
        if !bound || !gains || new.matters.is_disjoint(&old.matters) && new.matters.is_disjoint(&old.without) {
            return None;
        }
        let days = days_between((self.dossier.first, self.dossier.last), (earlier.dossier.first, earlier.dossier.last));
        let opposed = self.says_no() != earlier.says_no();
        if opposed {
            return (!new.matters.is_disjoint(&old.matters)).then_some(Relation::Contradicts);
        }
        if !new.matters.is_disjoint(&old.without) {
            return Some(Relation::Contradicts);
        }
        let one_speaker = match (&new.speaker, &old.speaker) {
            (Some(one), Some(other)) => names.score(resolver, one, other, true) >= 0.5,
            _ => true,
        };
        if days <= SAME_PLEDGE_DAYS && one_speaker {
            return Some(Relation::Same);
        }
        if new.excepts && !old.excepts {
            return Some(Relation::Narrows);
        }
        if old.excepts && !new.excepts || new.matters.is_superset(&old.matters) && new.matters.len() > old.matters.len() {
            return Some(Relation::Widens);
        }
        if old.matters.is_superset(&new.matters) && old.matters.len() > new.matters.len() {
            return Some(Relation::Narrows);
        }
        Some(Relation::Restates)
    }
}

/// What a pledge is to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Relation {
    Restates,
    Widens,
    Narrows,
    Contradicts,
    Same,
}

/// A thread of pledges that relations connect; they come in order.
pub(crate) fn thread(pledges: &[PledgeIn<'_>], relations: &[(usize, usize, Relation)]) -> Option<Thread> {
    let first = pledges.first()?;
    let links = relations.iter().map(|&(later, earlier, relation)| match relation {
        Relation::Restates => PledgeLink::Restates { later, earlier },
        Relation::Widens => PledgeLink::Widens { later, earlier },
        Relation::Narrows => PledgeLink::Narrows { later, earlier },
        Relation::Contradicts => PledgeLink::Contradicts { later, earlier },
        Relation::Same => PledgeLink::Same { later, earlier },
    });
    let mut links: Vec<PledgeLink> = links.collect();
    links.sort_unstable();
    Some(Thread {
        id: format!("{}#{}", first.dossier.id, first.pledge.id),
        pledges: pledges.iter().map(|own| (own.dossier.id.clone(), own.pledge.clone())).collect(),
        links,
    })
}
