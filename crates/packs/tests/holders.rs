//! What the built-in table of holders of office promises, and how names and dates are looked up in it.

#![expect(clippy::unwrap_used, reason = "the functions here that read dates and write packs are parts of tests")]

use depeche_packs::{Bodies, Countries, HolderName, Holders, Offices, PackError, PackFiles, Sector, TermDate};
use proptest::prelude::*;
use std::sync::LazyLock;

static FRENCH: LazyLock<Holders> = LazyLock::new(|| load("fr"));
static ENGLISH: LazyLock<Holders> = LazyLock::new(|| load("en"));

fn load(language: &str) -> Holders {
    Holders::load(&PackFiles::built_in(), language).unwrap_or_else(|error| panic!("{error}"))
}

fn languages() -> [(&'static str, &'static Holders); 2] {
    [("fr", &FRENCH), ("en", &ENGLISH)]
}

fn date(text: &str) -> TermDate {
    text.parse().unwrap()
}

fn country(holders: &Holders, name: &str) -> Option<String> {
    holders.public_person(name, false).map(|person| person.country.to_string())
}

#[test]
fn the_table_stands_up_to_its_checks_in_every_language() {
    for (language, holders) in languages() {
        let offices = Offices::load(&PackFiles::built_in(), language).unwrap();
        holders.check(&offices).unwrap_or_else(|error| panic!("{language}: {error}"));
    }
}

#[test]
fn every_language_names_every_person() {
    for (language, holders) in languages() {
        assert!(holders.iter().len() > 1000);
        for holder in holders.iter() {
            assert!(!holder.names.is_empty(), "{language}: {} has no name", holder.id);
            assert!(holders.named(holder.name()).any(|found| found.id == holder.id), "{language}: {}", holder.id);
        }
    }
}

#[test]
fn countries_and_bodies_of_terms_are_in_their_tables() {
    let files = PackFiles::built_in();
    let countries = Countries::load(&files, "en").unwrap();
    let bodies = Bodies::load(&files, "en").unwrap();
    for holder in ENGLISH.iter() {
        let codes = holder.terms.iter().map(|term| term.country).chain([holder.country]);
        for code in codes.filter(|code| code.is_country()) {
            assert!(countries.get(code).is_some(), "{}: {code}", holder.id);
        }
        for id in holder.terms.iter().filter_map(|term| term.body.as_ref()) {
            assert!(bodies.iter().any(|body| &body.id == id), "{}: {id}", holder.id);
        }
    }
}

#[test]
fn no_term_is_open_that_begins_after_the_table_was_read_over() {
    let read_over = ENGLISH.read_over().unwrap();
    for holder in ENGLISH.iter() {
        assert!(holder.terms.iter().all(|term| !read_over.precedes(term.from)), "{}", holder.id);
    }
}

#[test]
fn a_name_tells_one_country() {
    for (language, holders) in languages() {
        for holder in holders.iter() {
            for name in holder.names.iter().chain(&holder.alone) {
                let found = holders.public_person(name, true).map(|person| person.country);
                assert_eq!(found, Some(holder.country), "{language}: {name}");
            }
        }
    }
}

#[test]
fn spelling_does_not_count() {
    for name in ["Volodymyr ZELENSKY", "volodymyr zelensky", " Volodymyr  Zelensky "] {
        assert_eq!(country(&FRENCH, name).as_deref(), Some("UKR"), "{name}");
    }
    assert_eq!(country(&FRENCH, "Kim Jong Un"), country(&FRENCH, "Kim Jong-un"));
    assert_eq!(country(&ENGLISH, "J. D. Vance").as_deref(), None);
    assert_eq!(country(&ENGLISH, "J.D. Vance"), country(&ENGLISH, "JD Vance"));
    assert_eq!(country(&ENGLISH, "Nicolás Maduro").as_deref(), Some("VEN"));
}

#[test]
fn languages_spell_names_their_own_way() {
    assert_eq!(country(&FRENCH, "Poutine").as_deref(), Some("RUS"));
    assert_eq!(country(&ENGLISH, "Poutine"), None);
    assert_eq!(country(&ENGLISH, "Putin").as_deref(), Some("RUS"));
}

#[test]
fn only_unmistakable_surnames_stand_alone() {
    assert_eq!(country(&FRENCH, "Netanyahou").as_deref(), Some("ISR"));
    for common in ["Singh", "Johnson", "Ivanov", "May", "Cohen", ""] {
        assert_eq!(country(&ENGLISH, common), None, "{common}");
    }
    // Father and son act for one country.
    assert_eq!(country(&FRENCH, "Assad").as_deref(), Some("SYR"));
    assert_eq!(FRENCH.named("Assad").count(), 2);
}

#[test]
fn names_are_found_in_a_text() {
    let text = "Israël Katz et Netanyahou ont écrit à Mike Johnson, puis à M. Poutine.";
    let found: Vec<(&str, HolderName)> =
        FRENCH.find(text).into_iter().flat_map(|found| found.values.iter().map(move |&how| (&text[found.bytes.clone()], how))).collect();
    assert_eq!(found, [("Israël Katz", HolderName::Full), ("Netanyahou", HolderName::Alone), ("Poutine", HolderName::Alone)]);
}

#[test]
fn a_name_that_others_bear_wants_an_office() {
    assert!(ENGLISH.is_homonym("Mike Johnson"));
    assert_eq!(ENGLISH.public_person("Mike Johnson", false), None);
    assert_eq!(ENGLISH.public_person("Mike Johnson", true).map(|person| person.sector), Some(Sector::Leg));
}

#[test]
fn the_holder_of_an_office_is_told_by_the_date() {
    let holders_of = |office: &str, country: &str, at: &str| -> Vec<&str> {
        ENGLISH.holders_of(office, country.parse().unwrap(), date(at)).map(|holder| holder.id.as_str()).collect()
    };
    assert_eq!(holders_of("minister of defense", "IRN", "2018-06"), ["amir-hatami"]);
    assert_eq!(holders_of("minister of defense", "IRN", "2024-12"), ["aziz-nasirzadeh"]);
    assert_eq!(holders_of("president", "FRA", "2012-05"), ["francois-hollande", "nicolas-sarkozy"]);
    assert_eq!(holders_of("prime minister", "NOR", "2007-01-15"), ["jens-stoltenberg"]);
    assert!(holders_of("president", "FRA", "1990-01").is_empty());
}

#[test]
fn a_term_may_be_of_another_country_or_of_a_body() {
    let stoltenberg = ENGLISH.get("jens-stoltenberg").unwrap();
    let at = |when: &str| -> Vec<(&str, Option<&str>)> {
        stoltenberg.held_at(date(when)).map(|term| (term.country.as_str(), term.body.as_deref())).collect()
    };
    assert_eq!(at("2010-01"), [("NOR", None)]);
    assert_eq!(at("2020-01"), [("IGO", Some("nato"))]);
    assert_eq!(at("2025-01"), []);
}

fn overlaid(facts: &str, names: &str) -> Result<Holders, PackError> {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("en")).unwrap();
    std::fs::write(folder.path().join("holders.toml"), facts).unwrap();
    std::fs::write(folder.path().join("en/holders.toml"), names).unwrap();
    Holders::load(&PackFiles::built_in().overlay(folder.path()).unwrap(), "en")
}

#[test]
fn a_users_pack_adds_persons_and_names() {
    let facts = "[person]\njane-example = { country = \"FRA\", sector = \"GOV\", terms = [\"special envoy 2025-11/open\"] }\n";
    let names = "[person]\njane-example = { names = [\"Jane Example\"] }\nvladimir-putin = { alone = [\"VVP\"] }\n";
    let holders = overlaid(facts, names).unwrap();
    assert_eq!(country(&holders, "Jane Example").as_deref(), Some("FRA"));
    assert_eq!(country(&holders, "VVP"), country(&holders, "Putin"));
}

#[test]
fn a_wrong_pack_is_refused() {
    let row = |terms: &str| format!("[person]\njane-example = {{ country = \"FRA\", sector = \"GOV\", terms = [{terms}] }}\n");
    for (facts, fault) in [
        (row("\"president 2025-13/open\""), "2025-13"),
        (row("\"president 2025-05/2024-05\""), "ends before"),
        (row("\"president\""), "no term"),
    ] {
        let error = overlaid(&facts, "").unwrap_err().to_string();
        assert!(error.contains(fault) && error.contains("jane-example"), "{error}");
    }
    let error = overlaid("", "[person]\nnobody = { names = [\"Nobody\"] }\n").unwrap_err().to_string();
    assert!(error.contains("nobody"), "{error}");
}

#[test]
fn the_check_finds_unknown_offices_and_holders_at_once() {
    let offices = Offices::load(&PackFiles::built_in(), "en").unwrap();
    let fault = |term: &str| {
        let facts = format!("[person]\njane-example = {{ country = \"FRA\", sector = \"GOV\", terms = [{term}] }}\n");
        overlaid(&facts, "").unwrap().check(&offices).unwrap_err().to_string()
    };
    assert!(fault("\"grand vizier 2020-01/open\"").contains("grand vizier"));
    assert!(fault("\"president 2020-01/2021-01\"").contains("emmanuel-macron"));
}

proptest! {
    #[test]
    fn any_name_may_be_asked_for(name in "\\PC*", told: bool) {
        let person = ENGLISH.public_person(&name, told);
        prop_assert!(person.is_none() || ENGLISH.named(&name).next().is_some());
    }
}
