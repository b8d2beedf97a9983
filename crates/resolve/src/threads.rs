//! Threads of commitments.
//!
//! In go pledges with their dispatches; out comes what a later one is to an earlier one of the same promisor: it restates, widens, narrows or contradicts it. They are compared by who is
//! bound, who gains, whether it is a yes or a no, and what it is about; not by who speaks, for governments change and their word stands.

use crate::compared::{DayNumbers, Named, day_numbers, days_between};
use crate::pair::NameCache;
use crate::resolver::Resolver;
use crate::{FiledPledge, PledgeLinks, Relation};
use depeche_record::{Date, Polarity};
use std::sync::Arc;

/// Within so many days the same words of the same speaker are one pledge, told twice.
const SAME_PLEDGE_DAYS: i64 = 4;
/// How many of the last pledges of one relation are told of a later one, beside the first.
const LAST_TOLD: usize = 4;

impl FiledPledge {
    fn order(&self) -> (Date, &str, &str) {
        (self.first.unwrap_or(Date::MAX), &self.dispatch, &self.pledge.id)
    }

    fn published(&self) -> DayNumbers {
        day_numbers(self.first, self.last)
    }

    fn says_no(&self) -> bool {
        self.pledge.polarity == Polarity::WillNot || self.pledge.turned
    }

    /// What a pledge is to an earlier one; none where they have nothing to do with one another.
    fn relation(&self, earlier: &FiledPledge, resolver: &Resolver, names: &NameCache) -> Option<Relation> {
        let (new, old) = (&self.pledge, &earlier.pledge);
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
        let days = days_between(self.published(), earlier.published());
        let opposed = self.says_no() != earlier.says_no();
        if opposed {
            return (!new.matters.is_disjoint(&old.matters)).then_some(Relation::Contradicts);
        }
        if !new.matters.is_disjoint(&old.without) {
            return Some(Relation::Contradicts);
        }
        let one_speaker = match (&new.speaker, &old.speaker) {
            // Who is told by his office alone may be anybody of his side.
            (Some(one), Some(other)) if is_named(one) && is_named(other) => {
                names.score(resolver, &Named::new(one, None), &Named::new(other, None), true) >= 0.5
            }
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

fn is_named(speaker: &str) -> bool {
    speaker.chars().next().is_some_and(char::is_uppercase)
}

/// What a pledge is to those that share a key with it; none where the shelf does not have it under its own.
pub(crate) fn links(
    resolver: &Resolver,
    pledge: &FiledPledge,
    mut sharing: Vec<Arc<FiledPledge>>,
    names: &NameCache,
) -> Option<PledgeLinks> {
    sharing.sort_unstable_by(|one, other| one.order().cmp(&other.order()));
    sharing.dedup_by_key(|filed| filed.key);
    let own = sharing.binary_search_by(|other| other.order().cmp(&pledge.order())).ok()?;
    let (earlier, later) = (sharing.get(..own)?, sharing.get(own + 1..)?);
    Some(PledgeLinks {
        dispatch: pledge.dispatch.clone(),
        pledge: pledge.pledge.id.clone(),
        key: sharing.get(own)?.key,
        earlier: earlier.iter().filter_map(|other| Some((other.key, pledge.relation(other, resolver, names)?))).collect(),
        later: later.iter().filter_map(|other| Some((other.key, other.relation(pledge, resolver, names)?))).collect(),
    })
}

/// Whether one of so many pledges that a later one is the same thing to, in their order, is worth telling: the first, with which it began, and the last few, for a pledge that is given every month
/// restates hundreds. Which these are of all can be told of them and of those that come to them, one after another. Of reports of one pledge all are.
pub fn is_worth_telling(relation: Relation, place: usize, count: usize) -> bool {
    relation == Relation::Same || place == 0 || place + LAST_TOLD >= count
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Pledge;
    use crate::words::{folded, spaced};
    use depeche_packs::PackFiles;
    use std::sync::LazyLock;

    static RESOLVER: LazyLock<Resolver> =
        LazyLock::new(|| Resolver::load(&PackFiles::built_in()).unwrap_or_else(|error| panic!("{error}")));

    /// A pledge: `day language speaker PROMISOR>BENEFICIARY will|will_not: text`, `-` for nobody.
    fn pledge(told: &str) -> FiledPledge {
        let (head, text) = told.split_once(": ").unwrap_or((told, ""));
        let mut parts = head.split(' ');
        let [day, language, speaker, sides, polarity] = std::array::from_fn(|_| parts.next().unwrap_or_default());
        let (promisor, beneficiary) = sides.split_once('>').unwrap_or((sides, "-"));
        let text = spaced(&folded(text));
        let concepts = RESOLVER.concepts(language);
        let (said, left_out) = concepts.split_at_exception(&text);
        let known = |name: &str| (name != "-").then(|| name.to_owned());
        let pledge = Pledge {
            id: "s1".to_owned(),
            speaker: known(speaker),
            promisor: known(promisor),
            beneficiary: known(beneficiary),
            polarity: if polarity == "will" { Polarity::Will } else { Polarity::WillNot },
            turned: concepts.is_turned(said),
            matters: concepts.matters(said),
            without: left_out.map(|text| concepts.matters(text)).unwrap_or_default(),
            excepts: left_out.is_some(),
            countries: Default::default(),
        };
        let day: Option<Date> = day.parse().ok();
        FiledPledge { key: 0, dispatch: told.to_owned(), first: day, last: day, pledge }
    }

    fn check(earlier: &str, later: &str, expected: Option<Relation>) {
        let (old, new) = (pledge(earlier), pledge(later));
        let (late, early) = if new.order() < old.order() { (&old, &new) } else { (&new, &old) };
        assert_eq!(late.relation(early, &RESOLVER, &NameCache::default()), expected, "{earlier} | {later}");
    }

    #[test]
    fn a_later_pledge_restates_widens_narrows_or_contradicts_an_earlier_one() {
        let soil = "2019-02-01 fr Kareem IRQ>IRN will_not: le sol de notre pays ne servira à aucune agression";
        let both = "2022-06-10 en Haddad IRQ>IRN will_not: neither our territory nor our airspace will be used";
        check(soil, both, Some(Relation::Widens));
        check(both, "2024-01-05 fr Nassir IRQ>IRN will_not: notre territoire restera fermé à toute agression", Some(Relation::Narrows));
        check(soil, "2024-01-05 en Nassir IRQ>IRN will_not: our soil stays closed to aggressors", Some(Relation::Restates));
        check(soil, "2024-01-05 en Nassir IRQ>IRN will: we will prevent attacks from our land", Some(Relation::Restates));
        check(both, "2024-01-05 en Nassir IRQ>IRN will: we will open our skies to allied jets", Some(Relation::Contradicts));
        check(
            both,
            "2024-01-05 en Nassir IRQ>IRN will_not: no attack from our land, but we do not vouch for the sky",
            Some(Relation::Narrows),
        );
        check(
            "2024-01-05 en Nassir IRQ>IRN will_not: no attack from our land, but we do not vouch for the sky",
            "2024-03-05 en Haddad IRQ>IRN will_not: our airspace is closed too",
            Some(Relation::Contradicts),
        );
    }

    #[test]
    fn what_binds_others_or_concerns_others_is_no_thread() {
        let soil = "2019-02-01 en Kareem IRQ>IRN will_not: our soil will not be used";
        check(soil, "2020-02-01 en Kareem IRQ>TUR will_not: our soil will not be used", None);
        check(soil, "2020-02-01 en Aliyev AZE>IRN will_not: our soil will not be used", None);
        check(soil, "2020-02-01 en Kareem IRQ>IRN will: we will deliver gas", None);
        check(soil, "2020-02-01 en Kareem ->IRN will_not: our soil will not be used", None);
    }

    #[test]
    fn one_pledge_told_twice_is_no_new_one() {
        check(
            "2019-02-01 en Kareem IRQ>IRN will_not: our soil will not be used",
            "2019-02-02 fr Kareem IRQ>IRN will_not: notre sol ne sera pas prêté",
            Some(Relation::Same),
        );
    }

    proptest::proptest! {
        #[test]
        fn what_is_worth_telling_can_be_told_of_few(order in proptest::sample::subsequence((0..20).collect::<Vec<i32>>(), 1..20), shuffle in proptest::collection::vec(0_usize..20, 20)) {
            let told = |all: &[i32]| -> Vec<i32> {
                let is_told = |place: &usize| is_worth_telling(Relation::Restates, *place, all.len());
                (0..all.len()).filter(is_told).map(|place| all[place]).collect()
            };
            let mut arriving: Vec<i32> = order.clone();
            shuffle.iter().enumerate().for_each(|(one, other)| {
                let count = arriving.len();
                arriving.swap(one % count, other % count);
            });
            let mut kept: Vec<i32> = Vec::new();
            for one in arriving {
                kept.push(one);
                kept.sort_unstable();
                kept = told(&kept);
            }
            proptest::prop_assert_eq!(kept, told(&order));
        }
    }
}
