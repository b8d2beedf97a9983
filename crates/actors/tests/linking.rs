//! Entities of different dispatches, and whether they are one actor.
//!
//! A case is two entities as the record has them: name, further spellings, kind, country, offices with their dates, company.

use depeche_actors::{Evidence, Link, Profile, link};
use depeche_names::Matcher;
use depeche_packs::{NameWords, PackFiles};
use depeche_record::CodedDispatch;
use serde_json::{Value, json};
use std::sync::LazyLock;

static MATCHER: LazyLock<Matcher> =
    LazyLock::new(|| Matcher::new(&NameWords::load(&PackFiles::built_in()).unwrap_or_else(|error| panic!("{error}"))));

/// An entity by itself in a dispatch: `kind country name, other spelling; office 2018; …`, `-` for no country.
fn profile(told: &str) -> Profile {
    in_company(told, &[])
}

fn in_company(told: &str, company: &[&str]) -> Profile {
    let mut parts = told.split("; ");
    let mut head = parts.next().unwrap_or_default().splitn(3, ' ');
    let [kind, country, names] = std::array::from_fn(|_| head.next().unwrap_or_default());
    let country = (country != "-").then_some(country);
    let names: Vec<&str> = names.split(", ").collect();
    let mut entities = vec![json!({"id": "e1", "kind": kind, "name": names[0], "country": country, "wikidata": null})];
    for (at, other) in company.iter().enumerate() {
        entities.push(json!({"id": format!("e{}", at + 2), "kind": "person", "name": other, "country": null, "wikidata": null}));
    }
    let mention = |name: &&str| json!({"id": "m1", "start": 0, "end": 0, "text": name, "kind": "PER", "entity": "e1"});
    let role = |office: &str| {
        let (office, as_of) = office.rsplit_once(' ').unwrap_or((office, ""));
        json!({"entity": "e1", "office": office, "body": null, "country": country, "as_of": as_of, "start": 0, "end": 0})
    };
    let published = json!({"value": null, "earliest": null, "latest": null, "method": "none", "confidence": 0.0, "evidence": []});
    let coded: Value = json!({
        "id": "d", "source_sha256": "",
        "dispatch": {"url": null, "publisher": null, "language": "fr", "title": null, "byline": null, "published": published, "text": "", "blocks": []},
        "sentences": [], "mentions": names.iter().map(mention).collect::<Vec<_>>(), "entities": entities,
        "roles": parts.map(role).collect::<Vec<_>>(), "timexes": [], "events": [], "statements": [], "warnings": [],
    });
    let coded: CodedDispatch = serde_json::from_value(coded).unwrap_or_else(|error| panic!("{error}"));
    Profile::of(&coded, "e1", &MATCHER).unwrap_or_else(|| panic!("{told}"))
}

fn linked<'a>(one: &'a Profile, other: &'a Profile) -> Link<'a> {
    let there = link(one, other, &MATCHER);
    let back = link(other, one, &MATCHER);
    assert!((there.score - back.score).abs() < 1e-9, "{there:?} {back:?}");
    assert!((0.0..=1.0).contains(&there.score));
    there
}

fn check(one: &str, other: &str, expected: bool) {
    let (one_profile, other_profile) = (profile(one), profile(other));
    let found = linked(&one_profile, &other_profile);
    assert_eq!(found.is_one(), expected, "{one} | {other}: {found:?}");
}

#[test]
fn one_person_under_two_spellings() {
    check(
        "person IRN Hamid Hossein Baqerzadeh; chief of the general staff 2018",
        "person IRN Hamid Bagherzadeh; chief of the general staff 2024-08-05",
        true,
    );
    check("person RUS Sergueï Bachkirov", "person RUS Sergey Bashkirov", true);
    check("person IRN Massoud Karimi; president 2026", "person IRN Masoud Karimi; president 2024", true);
    check("person - Massoud Karimi", "person IRN Masoud Karimi", true);
    check("person AZE Zakir Gasymov; minister of defense 2018", "person AZE Zakir Gasimov; minister of defense 2026-02-06", true);
}

#[test]
fn one_office_and_two_persons() {
    check("person IRN Amir Rostami; minister of defense 2018-02", "person IRN Aziz Nasirpour; minister of defense 2026-02-06", false);
    check("person IRN Amir Rostami; minister of defense 2018-02", "person IRN Aziz Nasirpour; minister of defense 2018-02", false);
    check("person IRN Ali Karimi; supreme leader 2024", "person IRN Mojtaba Karimi; supreme leader 2024", false);
    check("person AZE Ilham Karimov", "person USA Ilhan Kareem", false);
    check("person CHL président chilien; president 2018", "person CHL Pablo Rojas; president 2018", false);
}

#[test]
fn one_name_and_two_countries() {
    check("person BEL Charles Martin; prime minister 2019", "person CHL Charles Martin; minister of defense 2019", false);
    check("person USA John Baker", "person GBR John Baker", false);
    // Those who serve all states have their own country elsewhere.
    check("person IGO Paulo Ferreira; secretary-general 2020", "person PRT Paulo Ferreira", true);
}

#[test]
fn a_bare_surname_wants_an_office() {
    check("person IRN Baqerzadeh", "person IRN Hamid Bagherzadeh", false);
    check(
        "person IRN Baqerzadeh; chief of the general staff 2018-03",
        "person IRN Hamid Bagherzadeh; chief of the general staff 2018",
        true,
    );
    check("person IRN Baqerzadeh; chief of the general staff 2008", "person IRN Hamid Bagherzadeh; chief of the general staff 2018", false);
    let karimi = profile("person IRN Karimi");
    let bare = linked(&karimi, &karimi);
    assert!(bare.reasons.iter().any(|reason| matches!(&reason.evidence, Evidence::BareName("Karimi"))), "{bare:?}");
}

#[test]
fn company_and_office_weigh() {
    let (one, other) = ("person IRN Massoud Karimi", "person IRN Masoud Karimi");
    let alone = linked(&profile(one), &profile(other)).score;
    let (in_company_one, in_company_other) = (in_company(one, &["Jan Nowak", "Eva Huber"]), in_company(other, &["Jan Nowak"]));
    let beside = linked(&in_company_one, &in_company_other);
    assert!(beside.score > alone);
    assert!(beside.reasons.iter().any(|reason| reason.evidence == Evidence::Company(vec!["jan nowak"])));
    let office =
        linked(&profile("person IRN Massoud Karimi; president 2024"), &profile("person IRN Masoud Karimi; president 2024-08")).score;
    assert!(office > alone);
}

#[test]
fn bodies_countries_and_places() {
    check("body IRN ministère de la Défense", "body IRN Ministry of Defence", true);
    check("body IRN ministère de la Défense", "body AZE ministère de la Défense", false);
    check("body IGO OTAN", "body IGO OTAN", true);
    check("country IRN Iran", "country IRN République islamique", true);
    check("country IRN Iran", "country IRQ Irak", false);
    check("place AZE Bakou", "place AZE Baku", true);
    check("place FRA Tripoli", "place LBY Tripoli", false);
    check("person IRN Karim Rostami", "body IRN Karim Rostami", false);
}

#[test]
fn what_is_joined_is_known_by_all_of_its_names() {
    let mut known = profile("person RUS Sergueï Bachkirov; secretary of the security council 2024");
    known.join(&profile("person - Сергей Башкиров"), &MATCHER);
    assert_eq!(known.names(), ["Sergueï Bachkirov", "Сергей Башкиров"]);
    assert!(linked(&known, &profile("person RUS Sergey Bashkirov")).is_one());
    assert_eq!(known.offices().count(), 1);
}
