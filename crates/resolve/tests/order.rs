//! The order in which dispatches come makes no difference.
//!
//! A record in memory takes dispatches in batches, asks for decisions after each, and replaces what they name, as a store does. Whatever the order and the batches, it ends with what is
//! decided on all of them at once.

#[expect(dead_code, reason = "every user of the corpus reads its part")]
mod corpus;

use depeche_packs::PackFiles;
use depeche_resolve::{Decisions, Dossier, MemoryShelf, Relation, Resolver, Touched, UserDecisions};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

static RESOLVER: LazyLock<Resolver> = LazyLock::new(|| Resolver::load(&PackFiles::built_in()).unwrap_or_else(|error| panic!("{error}")));
static DOSSIERS: LazyLock<Vec<Dossier>> = LazyLock::new(|| {
    let coded = corpus::coded(&corpus::Tables::load());
    let mut dossiers: Vec<Dossier> = coded.iter().map(|dispatch| RESOLVER.dossier(dispatch)).collect();
    dossiers.extend(pledges());
    dossiers
});

/// Dispatches of one pledge each, which the corpus as gold has it does not give.
fn pledges() -> Vec<Dossier> {
    let told = [
        ("p1", "2018-03-01", "will_not", &["territory"][..]),
        ("p2", "2020-05-01", "will_not", &["airspace", "territory"]),
        ("p3", "2020-05-02", "will_not", &["airspace", "territory"]),
        ("p4", "2023-07-01", "will", &["airspace"]),
        ("p5", "2024-01-01", "will_not", &["sanctions"]),
    ];
    let dossier = |(id, day, polarity, matters): &(&str, &str, &str, &[&str])| {
        let pledge = serde_json::json!({
            "id": "s1", "speaker": null, "promisor": "IRQ", "beneficiary": "IRN", "polarity": polarity, "turned": false, "matters": matters, "without": [], "excepts": false,
            "terms": [], "countries": [],
        });
        let dossier = serde_json::json!({
            "id": id, "language": "en", "publisher": null, "first": day, "last": day, "fingerprint": null, "agency": null, "terms": {}, "facts": {}, "events": [],
            "pledges": [pledge], "forms": [], "entities": {},
        });
        serde_json::from_value(dossier).unwrap_or_else(|error| panic!("{error}"))
    };
    told.iter().map(dossier).collect()
}

/// Groups by layer, each with its members and all that was decided on it, as a store keeps them.
#[derive(Debug, Default, PartialEq)]
struct Record {
    groups: BTreeMap<&'static str, BTreeMap<Vec<String>, String>>,
    /// What each pledge is to which earlier ones.
    pledges: BTreeMap<String, BTreeMap<String, Relation>>,
}

impl Record {
    fn replace(&mut self, layer: &'static str, mut members: Vec<String>, told: String) {
        members.sort();
        let own: BTreeSet<&String> = members.iter().collect();
        let groups = self.groups.entry(layer).or_default();
        groups.retain(|known, _| known.iter().all(|member| !own.contains(member)));
        groups.insert(members, told);
    }

    fn take(&mut self, shelf: &MemoryShelf, decisions: &Decisions) {
        for group in &decisions.copies {
            self.replace("copies", group.members.iter().map(|member| member.dispatch.clone()).collect(), format!("{group:?}"));
        }
        for story in &decisions.stories {
            self.replace("stories", story.dispatches.clone(), format!("{story:?}"));
        }
        for happening in &decisions.happenings {
            let members = happening.reports.iter().map(|report| format!("{}#{}", report.dispatch, report.event)).collect();
            self.replace("happenings", members, format!("{happening:?}"));
        }
        let named = |key: i64| shelf.pledge(key).map(|filed| format!("{}#{}", filed.dispatch, filed.pledge.id)).unwrap_or_default();
        for links in &decisions.pledges {
            let own = named(links.key);
            self.pledges.insert(own.clone(), links.earlier.iter().map(|&(key, relation)| (named(key), relation)).collect());
        }
        // Those that came at the same time tell it themselves.
        for links in &decisions.pledges {
            for &(key, relation) in &links.later {
                self.pledges.entry(named(key)).or_default().insert(named(links.key), relation);
            }
        }
        for actor in &decisions.actors {
            self.replace("actors", actor.forms.clone(), format!("{actor:?}"));
        }
    }

    /// What it ends with when dossiers come in this order, so many at a time, and links are kept from one batch to the next or not.
    fn of(dossiers: &[&Dossier], batch: usize, keep_links: bool, user: &UserDecisions) -> Record {
        let (mut shelf, mut record) = (MemoryShelf::default(), Record::default());
        for batch in dossiers.chunks(batch) {
            let forms: Vec<String> = batch.iter().flat_map(|dossier| shelf.put(&RESOLVER, (*dossier).clone())).collect();
            let ids: Vec<String> = batch.iter().map(|dossier| dossier.id.clone()).collect();
            match RESOLVER.decide(&shelf, &Touched { dispatches: &ids, forms: &forms, ..Touched::default() }, user) {
                Ok(decisions) => {
                    record.take(&shelf, &decisions);
                    if keep_links {
                        shelf.keep_links(&decisions);
                    }
                }
            }
        }
        record
    }
}

/// Numbers that a seed makes, the same on every machine.
struct Lots(u64);

impl Lots {
    fn draw(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % below.max(1)
    }
}

#[test]
fn fifty_orders_give_one_record() {
    let user = UserDecisions::default();
    let at_once = Record::of(&DOSSIERS.iter().collect::<Vec<_>>(), DOSSIERS.len(), false, &user);
    assert!(at_once.groups.values().any(|groups| groups.keys().any(|members| members.len() > 3)), "nothing was joined");
    assert_eq!(at_once.groups.len(), 4, "not every layer has groups");
    assert!(at_once.pledges.values().any(|earlier| !earlier.is_empty()), "no pledge is anything to another");
    let mut lots = Lots(7);
    for order in 0..50 {
        let mut dossiers: Vec<&Dossier> = DOSSIERS.iter().collect();
        for at in (1..dossiers.len()).rev() {
            dossiers.swap(at, lots.draw(at + 1));
        }
        let batch = 1 + lots.draw(60);
        let record = Record::of(&dossiers, batch, order % 2 == 0, &user);
        for (layer, groups) in &at_once.groups {
            assert_eq!(record.groups.get(layer), Some(groups), "order {order} in batches of {batch}: {layer}");
        }
        assert_eq!(record.pledges, at_once.pledges, "order {order} in batches of {batch}: pledges");
    }
}

#[test]
fn what_a_user_decides_holds() {
    let plain = RESOLVER.decide_all(&DOSSIERS, &UserDecisions::default());
    let joined = plain.actors.iter().find(|actor| actor.forms.len() == 2).map(|actor| actor.forms.clone()).unwrap_or_default();
    let [one, other] = joined.as_slice() else { panic!("no two forms were joined") };
    let stranger = plain.actors.iter().find(|actor| actor.forms.len() == 1).map(|actor| actor.id.clone()).unwrap_or_default();
    let user = UserDecisions {
        splits: [(other.clone(), one.clone())].into_iter().collect(),
        merges: [(one.clone(), stranger.clone())].into_iter().collect(),
    };
    let decided = RESOLVER.decide_all(&DOSSIERS, &user);
    let group = |form: &String| decided.actors.iter().position(|actor| actor.forms.contains(form));
    assert_ne!(group(one), group(other));
    assert_eq!(group(one), group(&stranger));
    // A word of the user's reaches what it names, and no new dossier is wanted for that.
    let mut shelf = MemoryShelf::default();
    for dossier in DOSSIERS.iter() {
        shelf.put(&RESOLVER, dossier.clone());
    }
    let mut record = Record::default();
    record.take(&shelf, &plain);
    match RESOLVER.decide(&shelf, &Touched { forms: &[one.clone(), other.clone(), stranger], ..Touched::default() }, &user) {
        Ok(decisions) => record.take(&shelf, &decisions),
    }
    let mut at_once = Record::default();
    at_once.take(&shelf, &decided);
    assert_eq!(record.groups.get("actors"), at_once.groups.get("actors"));
}

/// Dispatches that each name one person in one office. Forms of one spelling are of one class.
fn officials() -> Vec<Dossier> {
    let told = [
        ("0000000000000001", "Tarvo Lindqvist", "minister"),
        ("0000000000000002", "Tarvo Lindqvist", "ambassador"),
        ("0000000000000003", "Tarvo Lindqvist", "negotiator"),
        ("0000000000000004", "Tarvo Lindkvist", "minister"),
        ("0000000000000005", "Tarvo Lindkvist", "ambassador"),
        ("0000000000000006", "Tarvo Lindkvist", "negotiator"),
    ];
    let dossier = |(id, name, office): &(&str, &str, &str)| {
        let form = serde_json::json!({
            "id": id, "kind": "person", "names": [name], "country": "EST", "wikidata": null, "offices": [[office, "EST", "2021"]],
        });
        let dossier = serde_json::json!({
            "id": format!("d{id}"), "language": "en", "publisher": null, "first": "2021-05-01", "last": "2021-05-01", "fingerprint": null, "agency": null, "terms": {}, "facts": {},
            "events": [], "pledges": [], "forms": [form], "entities": { "e1": id },
        });
        serde_json::from_value(dossier).unwrap_or_else(|error| panic!("{error}"))
    };
    told.iter().map(dossier).collect()
}

#[test]
fn a_form_that_is_parted_from_all_leaves_them_joined() {
    let officials = officials();
    let dossiers: Vec<&Dossier> = officials.iter().collect();
    let joined = RESOLVER.decide_all(&officials, &UserDecisions::default());
    let [actor] = joined.actors.as_slice() else { panic!("{:?}", joined.actors) };
    // The first stands for its class in the links that are kept, so that all of them lead through it.
    let [first, others @ ..] = actor.forms.as_slice() else { panic!("{actor:?}") };
    let user = UserDecisions { splits: others.iter().map(|other| (first.clone(), other.clone())).collect(), ..UserDecisions::default() };
    let decided = RESOLVER.decide_all(&officials, &user);
    let groups: Vec<&[String]> = decided.actors.iter().map(|actor| actor.forms.as_slice()).collect();
    assert_eq!(groups, [std::slice::from_ref(first), others]);
    let at_once = Record::of(&dossiers, dossiers.len(), false, &user);
    for batch in 1..dossiers.len() {
        assert_eq!(Record::of(&dossiers, batch, true, &user), at_once, "in batches of {batch}");
    }
    // Decided once all are there and linked without it.
    let (mut shelf, mut record) = (MemoryShelf::default(), Record::default());
    officials.iter().for_each(|dossier| drop(shelf.put(&RESOLVER, dossier.clone())));
    for user in [&UserDecisions::default(), &user] {
        match RESOLVER.decide(&shelf, &Touched { dispatches: &shelf.ids(), forms: &actor.forms, ..Touched::default() }, user) {
            Ok(decisions) => {
                record.take(&shelf, &decisions);
                shelf.keep_links(&decisions);
            }
        }
    }
    assert_eq!(record.groups.get("actors"), at_once.groups.get("actors"));
}
