//! What the built-in table of tenures promises, how tenures are asked for, and what a user's own table may say.

#![expect(clippy::unwrap_used, reason = "the functions here that read dates and write packs are parts of tests")]

use depeche_packs::{Holders, Offices, PackError, PackFiles, Tenure};
use depeche_record::Date;
use std::collections::BTreeMap;
use std::sync::LazyLock;

static ENGLISH: LazyLock<Holders> = LazyLock::new(|| Holders::load(&PackFiles::built_in(), "en").unwrap());
static FRENCH: LazyLock<Holders> = LazyLock::new(|| Holders::load(&PackFiles::built_in(), "fr").unwrap());

/// The days of a tenure as `2021-08-25..2024-08-21`, without the second where no end is known.
fn days(tenure: Tenure<'_>) -> String {
    let latest = tenure.latest.map(|day| day.to_string()).unwrap_or_default();
    format!("{} {}..{latest}", tenure.holder.id, tenure.earliest)
}

fn check(holders: &Holders, name: &str, office: &str, country: &str, expected: &[&str]) {
    let found: Vec<String> = holders.tenures(name, office, country.parse().unwrap()).map(days).collect();
    assert_eq!(found, expected, "{name}, {office} of {country}");
}

#[test]
fn a_name_and_an_office_bound_a_date() {
    check(&FRENCH, "Choïgou", "secretary of the security council", "RUS", &["sergei-shoigu 2024-05-12.."]);
    check(&FRENCH, "Sergueï CHOÏGOU", "minister of defense", "RUS", &["sergei-shoigu 2012-11-06..2024-05-12"]);
    check(&ENGLISH, "Shoigu", "minister of defense", "RUS", &["sergei-shoigu 2012-11-06..2024-05-12"]);
    check(&ENGLISH, "Putin", "president", "RUS", &["vladimir-putin 2000-05-01..2008-05-31", "vladimir-putin 2012-05-07.."]);
    check(&ENGLISH, "Masoud Pezeshkian", "president", "IRN", &["masoud-pezeshkian 2024-07-28.."]);
    check(&FRENCH, "Amir Abdollahian", "minister of foreign affairs", "IRN", &["hossein-amir-abdollahian 2021-08-25..2024-05-19"]);
    check(&ENGLISH, "Putin", "president", "IRN", &[]);
    check(&ENGLISH, "Putin", "king", "RUS", &[]);
    check(&ENGLISH, "", "president", "RUS", &[]);
}

#[test]
fn months_and_years_bound_loosely() {
    check(&ENGLISH, "Hassan Firouzabadi", "chief of the general staff", "IRN", &["hassan-firouzabadi 1989-09-01..2016-06-28"]);
    check(&ENGLISH, "Najmaddin Sadigov", "chief of the general staff", "AZE", &["najmaddin-sadigov 1993-01-01..2021-01-31"]);
}

#[test]
fn an_office_may_be_called_by_another_name() {
    check(&ENGLISH, "Mohammad Mokhber", "interim president", "IRN", &["mohammad-mokhber 2024-05-19..2024-07-28"]);
    check(&ENGLISH, "Mohammad Mokhber", "president", "IRN", &["mohammad-mokhber 2024-05-19..2024-07-28"]);
    check(&FRENCH, "Antony Blinken", "minister of foreign affairs", "USA", &["antony-blinken 2021-01-26..2025-01-20"]);
    check(&FRENCH, "Kaja Kallas", "minister of foreign affairs", "IGO", &["kaja-kallas 2024-12-01.."]);
    check(&ENGLISH, "Olaf Scholz", "prime minister", "DEU", &["olaf-scholz 2021-12-08..2025-05-06"]);
    check(&ENGLISH, "Olaf Scholz", "minister of foreign affairs", "DEU", &[]);
    let chief = ["mark-milley 2015-08-01..2019-08-31", "mark-milley 2019-09-30..2023-09-30"];
    check(&ENGLISH, "Mark Milley", "chief of the general staff", "USA", &chief);
    check(&ENGLISH, "Mark Milley", "ground forces commander", "USA", &chief[..1]);
}

#[test]
fn a_name_of_two_holders_gives_the_tenures_of_both() {
    let presidents = ["armen-sarkissian 2018-04-09..2022-02-01", "serzh-sargsyan 2008-04-09..2018-04-09"];
    check(&FRENCH, "Sarkissian", "president", "ARM", &presidents);
    check(&FRENCH, "Armen Sarkissian", "president", "ARM", &presidents[..1]);
    assert!(FRENCH.is_homonym("James Jones"));
}

#[test]
fn all_tenures_of_a_name_come_by_their_beginning() {
    let of = |name: &str| -> Vec<(&str, String)> {
        ENGLISH.tenures_of(name).map(|tenure| (tenure.term.office.as_str(), tenure.term.from.to_string())).collect()
    };
    let shamkhani = [("minister of defense", "1997-08".to_owned()), ("secretary of the security council", "2013-09-10".to_owned())];
    assert_eq!(of("Shamkhani"), shamkhani);
    assert_eq!(of("Nobody Whosoever"), []);
}

#[test]
fn a_tenure_without_an_end_bounds_nothing_after_it() {
    let day = |text: &str| text.parse::<Date>().unwrap();
    let tenure = ENGLISH.tenures("Lavrov", "minister of foreign affairs", "RUS".parse().unwrap()).next().unwrap();
    assert!(tenure.known_until.is_some_and(|known| known > day("2025-01-01")));
    assert!(!tenure.may_hold(day("2004-03-08")) && tenure.may_hold(day("2004-03-09")) && tenure.may_hold(day("2099-01-01")));
    assert!(tenure.fact().is_some_and(|fact| fact.contains("decree")));
    let ended = ENGLISH.tenures("Anatoly Serdyukov", "minister of defense", "RUS".parse().unwrap()).next().unwrap();
    assert!(ended.may_hold(day("2012-11-06")) && !ended.may_hold(day("2012-11-07")));
    assert_eq!(ended.known_until, None);
}

#[test]
fn terms_of_the_other_table_are_tenures_too() {
    let tenure = ENGLISH.tenures("Zelensky", "president", "UKR".parse().unwrap()).next().unwrap();
    assert_eq!(days(tenure), "volodymyr-zelensky 2019-05-01..");
    assert_eq!(tenure.fact(), None);
    assert_eq!(tenure.known_until, ENGLISH.read_over().map(|date| date.first_day()));
}

#[test]
fn an_office_of_the_table_has_one_holder_at_a_time_and_only_the_last_may_be_open() {
    let mut offices: BTreeMap<_, Vec<Tenure<'_>>> = BTreeMap::new();
    for holder in ENGLISH.iter() {
        for term in holder.terms.iter().filter(|term| term.fact.is_some()) {
            offices.entry((term.country, &term.office, &term.body)).or_default().push(Tenure::of(holder, term));
        }
    }
    assert!(offices.len() > 70);
    for ((country, office, _), mut tenures) in offices {
        tenures.sort_by_key(|tenure| tenure.earliest);
        for pair in tenures.windows(2) {
            let [earlier, later] = pair else { continue };
            let told = format!("{office} of {country}: {}, {}", earlier.holder.id, later.holder.id);
            assert!(earlier.latest.is_some(), "left open: {told}");
            assert!(!earlier.term.overlaps(later.term), "at once: {told}");
        }
    }
}

#[test]
fn heads_and_ministers_leave_no_gap_of_months() {
    let offices =
        ["supreme leader", "president", "prime minister", "chancellor", "king", "minister of foreign affairs", "minister of defense"];
    let mut held: BTreeMap<_, Vec<Tenure<'_>>> = BTreeMap::new();
    for holder in ENGLISH.iter() {
        for term in holder.terms.iter().filter(|term| term.fact.is_some() && offices.contains(&term.office.as_str())) {
            held.entry((term.country, &term.office)).or_default().push(Tenure::of(holder, term));
        }
    }
    for ((country, office), mut tenures) in held {
        tenures.sort_by_key(|tenure| tenure.earliest);
        for pair in tenures.windows(2) {
            let [earlier, later] = pair else { continue };
            let days = earlier.latest.and_then(|latest| latest.until(later.earliest).ok()).map_or(0, |gap| gap.get_days());
            assert!(days <= 100, "{office} of {country}: {days} days after {}", earlier.holder.id);
        }
    }
}

fn overlaid(tenures: &str) -> Result<Holders, PackError> {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("offices.toml"), tenures).unwrap();
    Holders::load(&PackFiles::built_in().overlay(folder.path()).unwrap(), "en")
}

fn row(more: &str, tenures: &str) -> String {
    format!("[[office]]\ncountry = \"RUS\"\noffice = \"minister of defense\"\n{more}tenures = [{tenures}]\n")
}

#[test]
fn a_users_table_adds_tenures_and_ends_them() {
    let office = |tenures: &str, name: &str| -> Vec<String> {
        overlaid(tenures).unwrap().tenures(name, "minister of defense", "RUS".parse().unwrap()).map(days).collect()
    };
    let ended = row("", "\"andrei-belousov 2024-05-14/2031-02-03: dismissed\", \"sergei-lavrov 2031-02-03/open 2031-03: appointed\"");
    assert_eq!(office(&ended, "Andrei Belousov"), ["andrei-belousov 2024-05-14..2031-02-03"]);
    assert_eq!(office(&ended, "Lavrov"), ["sergei-lavrov 2031-02-03.."]);
    assert_eq!(office(&ended, "Shoigu"), ["sergei-shoigu 2012-11-06..2024-05-12"]);
    let alone = row("replace = true\n", "\"sergei-lavrov 2031-02-03/open 2031-03: appointed\"");
    assert_eq!(office(&alone, "Lavrov"), ["sergei-lavrov 2031-02-03.."]);
    assert!(office(&alone, "Shoigu").is_empty());
    let called = row("also = [\"king\"]\n", "");
    check(&overlaid(&called).unwrap(), "Shoigu", "king", "RUS", &["sergei-shoigu 2012-11-06..2024-05-12"]);
}

#[test]
fn a_row_that_is_no_tenure_is_refused() {
    for (tenure, fault) in [
        ("sergei-lavrov 2024-05-14/2031-02-03", "no tenure"),
        ("sergei-lavrov 2024-05-14/2031-02-03: ", "no tenure"),
        ("sergei-lavrov 2024-05-14: appointed", "no tenure"),
        ("2024-05-14/2031-02-03: appointed", "no tenure"),
        ("sergei-lavrov 2024-05-34/2031-02-03: appointed", "2024-05-34"),
        ("sergei-lavrov 2024-05-14/2031-13: appointed", "2031-13"),
        ("sergei-lavrov 2024-05-14/open: appointed", "known"),
        ("sergei-lavrov 2024-05-14/open soon: appointed", "soon"),
        ("sergei-lavrov 2024-05-14/closed 2025: appointed", "closed 2025"),
        ("sergei-lavrov 2024-05-14/2023: appointed", "ends before"),
        ("sergei-lavrov 2024-05-14/open 2023: appointed", "ends before"),
        ("jane-example 2024-05-14/2031-02-03: appointed", "jane-example"),
    ] {
        let error = overlaid(&row("", &format!("\"{tenure}\""))).unwrap_err().to_string();
        assert!(error.contains(fault) && error.contains("offices.toml"), "{tenure}: {error}");
    }
}

#[test]
fn the_check_looks_across_both_tables() {
    let offices = Offices::load(&PackFiles::built_in(), "en").unwrap();
    let checked = |tenures: &str| overlaid(tenures).unwrap().check(&offices).map_err(|error| error.to_string());
    let fault = |tenures: &str| checked(tenures).unwrap_err();
    // Ivanov's term until 2007-02 is in the table of persons.
    assert!(fault(&row("", "\"sergei-lavrov 2006-01/2006-03: acting\"")).contains("sergei-ivanov"));
    assert!(fault(&row("", "\"sergei-lavrov 2024-05-11/2024-05-13: acting\"")).contains("sergei-shoigu"));
    assert!(fault(&row("also = [\"grand vizier\"]\n", "")).contains("grand vizier"));
    // Whoever follows on the day of an end, fills a gap, or comes after what is known of an open tenure overlaps with nobody.
    for tenure in ["2024-05-12/2024-05-14: acting", "2024-05-13/2024-05-13: acting", "2031-02-03/open 2031-03: appointed"] {
        assert_eq!(checked(&row("", &format!("\"sergei-lavrov {tenure}\""))), Ok(()));
    }
}
