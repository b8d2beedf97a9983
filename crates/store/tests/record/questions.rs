//! What a record answers, and by what it can be narrowed.

use crate::support::{Folder, dispatches};
use depeche_record::{Event, When};
use depeche_store::{Filter, Period, Reader, StoreErrorKind};
use expect_test::{Expect, expect};

fn folder() -> Folder {
    Folder::with(dispatches())
}

fn actor(name: &str) -> Filter {
    Filter { actors: vec![name.to_owned()], ..Filter::default() }
}

/// The ids of the happenings that a filter lets through.
fn check_timeline(reader: &Reader, filter: &Filter, expected: Expect) {
    let ids: Vec<String> = reader.timeline(filter).unwrap().into_iter().map(|entry| entry.id).collect();
    expected.assert_eq(&ids.join(" "));
}

#[test]
fn a_timeline_is_narrowed() {
    let folder = folder();
    let reader = folder.reader();
    let days =
        |since: &str, until: &str| Filter { since: Some(since.parse().unwrap()), until: Some(until.parse().unwrap()), ..Filter::default() };
    check_timeline(&reader, &days("2017-11-14", "2017-11-16"), expect!["irak-17a#v1 irak-17b#v1 irak-17b#v3"]);
    check_timeline(&reader, &days("2025-11-01", "2025-11-30"), expect!["alger-b1#v1 alger-b1#v2"]);
    check_timeline(
        &reader,
        &Filter { between: Some(("RUS".to_owned(), "MLI".to_owned())), ..Filter::default() },
        expect!["alger-b1#v2 alger-a1#v5 alger-b2#v2 alger-b2#v3 alger-b2#v4"],
    );
    check_timeline(
        &reader,
        &Filter { types: vec!["ASSAULT".parse().unwrap()], ..Filter::default() },
        expect!["irak-21a#v4 irak-24b#v6 alger-a6#v5 alger-b3#v5 irak-24b#v7"],
    );
    check_timeline(&reader, &Filter { place: Some("moscou".to_owned()), ..Filter::default() }, expect!["alger-a1#v2 alger-a1#v6"]);
    check_timeline(
        &reader,
        &Filter { source: Some("tass".to_owned()), limit: Some(3), ..Filter::default() },
        expect!["alger-b2#v5 alger-a4#v5 alger-a1#v1"],
    );
}

#[test]
fn pages_one_after_the_other_are_the_timeline() {
    let folder = folder();
    let reader = folder.reader();
    for filter in [Filter::default(), Filter { types: vec!["CONSULT".parse().unwrap()], ..Filter::default() }, actor("RUS")] {
        let whole = reader.timeline(&filter).unwrap();
        assert!(whole.len() > 7 && whole.iter().any(|entry| entry.when.is_none()), "too few to tell");
        for most in [1, 3, whole.len() - 1, whole.len()] {
            let filter = Filter { limit: Some(most), ..filter.clone() };
            let (mut all, mut after) = (Vec::new(), None);
            loop {
                let page = reader.timeline_page(&filter, after.as_ref()).unwrap();
                assert!(page.items.len() <= most);
                all.extend(page.items);
                // As whoever asks hands it back.
                let Some(next) = page.next else { break };
                after = Some(next.to_string().parse().unwrap());
            }
            assert_eq!(all, whole, "{most}");
        }
    }
}

#[test]
fn every_spelling_is_one_actor() {
    let folder = folder();
    let reader = folder.reader();
    let ids = |name: &str| reader.actors(&actor(name)).unwrap().into_iter().map(|row| row.id).collect::<Vec<_>>();
    let one = ids("Choïgou");
    assert_eq!(one.len(), 1);
    for spelling in ["Choigu", "Shoigu", "Шойгу", "Sergueï Shoïgou", "SHOIGU", &one[0]] {
        assert_eq!(ids(spelling), one, "{spelling}");
    }
    let names = reader.actors(&actor("Choigu")).unwrap().remove(0).names;
    assert!(names.iter().any(|name| name.contains("Choïgou")) && names.iter().any(|name| name.contains("Shoigu")), "{names:?}");
    assert_eq!(reader.timeline(&actor("Nobody Known")).unwrap_err().kind, StoreErrorKind::NotFound);
}

#[test]
fn every_answer_leads_to_its_sentence() {
    let folder = folder();
    let reader = folder.reader();
    let text_of = |dispatch: &str| reader.coded(dispatch).unwrap().unwrap().dispatch.text;
    let mut seen = 0;
    let happenings = reader.timeline(&Filter::default()).unwrap().into_iter().map(|entry| entry.id);
    let actors = reader.actors(&Filter::default()).unwrap().into_iter().map(|row| row.id);
    let pledges = reader.commitments(&Filter::default()).unwrap().into_iter().map(|row| row.id);
    let facts = reader.sample(50, 3).unwrap().into_iter().filter(|row| row.kind != "office").map(|row| row.id);
    for id in happenings.chain(actors).chain(pledges).chain(facts) {
        let shown = reader.show(&id).unwrap();
        assert!(!shown.evidence.is_empty(), "{id}");
        for evidence in shown.evidence {
            let text: String = text_of(&evidence.dispatch)
                .chars()
                .skip(evidence.sentence.start)
                .take(evidence.sentence.end - evidence.sentence.start)
                .collect();
            assert_eq!(text, evidence.sentence.text, "{id}");
            assert!(
                evidence.sentence.start <= evidence.start && evidence.start < evidence.end && evidence.end <= evidence.sentence.end,
                "{id}"
            );
            seen += 1;
        }
    }
    assert!(seen > 100);
    assert_eq!(reader.show("nothing#v1").unwrap_err().kind, StoreErrorKind::NotFound);
}

/// The dispatches found, and the characters that are pointed at.
fn check_search(reader: &Reader, question: &str, expected: Expect) {
    let found = reader.search(question, &Filter { limit: Some(4), ..Filter::default() }).unwrap();
    let told = found.iter().map(|hit| {
        let text: String =
            reader.coded(&hit.dispatch).unwrap().unwrap().dispatch.text.chars().skip(hit.start).take(hit.end - hit.start).collect();
        format!("{}: {}", hit.dispatch, text.replace('\n', " "))
    });
    expected.assert_eq(&told.collect::<Vec<_>>().join("\n"));
}

#[test]
fn words_are_found_in_any_spelling() {
    let folder = folder();
    let reader = folder.reader();
    check_search(
        &reader,
        "Choigu mali",
        expect![[r#"
        alger-b2: Mali "find a common language, provided both ask for it," Shoigu
        alger-b3: Mali
        alger-b1: Choïgou, a entamé mardi à Alger sa deuxième visite en un peu plus d'un mois, sur fond de tensions persistantes entre l'Algérie et le Mali
        alger-a6: Choïgou a été annulée à la dernière minute, affirme une source proche du dossier, qui évoque un « désaccord de fond » sur le Mali"#]],
    );
    check_search(
        &reader,
        "\"espace aerien\"",
        expect![[r#"
            irak-26b: espace aérien
            irak-24a: espace aérien
            irak-24c: espace aérien
            irak-21a: espace aérien"#]],
    );
    check_search(
        &reader,
        "chauffeur*",
        expect![[r#"
        tel-b1: chauffeurs
        tel-b3: chauffeurs
        tel-b5: chauffeurs"#]],
    );
    check_search(
        &reader,
        "Шойгу -Tebboune",
        expect![[r#"
        alger-b4: Shoigu
        alger-a6: Choïgou
        alger-b3: Shoigu"#]],
    );
}

#[test]
fn a_series_tells_what_its_means_are_of() {
    let folder = folder();
    let rows =
        folder.reader().series(&Filter { between: Some(("IRQ".to_owned(), "IRN".to_owned())), ..Filter::default() }, Period::Year).unwrap();
    let told: Vec<String> = rows
        .iter()
        .map(|row| {
            let quads = [row.verbal_cooperation, row.material_cooperation, row.verbal_conflict, row.material_conflict];
            assert_eq!(quads.iter().sum::<u64>(), row.happenings);
            assert!(row.reports >= row.happenings && row.dispatches <= row.reports);
            let period = row.period.as_deref().unwrap_or("?");
            format!(
                "{}→{} {period}: {quads:?} {} of {}/{}/{}",
                row.from, row.to, row.goldstein_mean, row.happenings, row.reports, row.dispatches
            )
        })
        .collect();
    expect![[r#"
        IRN→IRQ ?: [2, 0, 2, 0] -1.375 of 4/5/5
        IRN→IRQ 2017: [1, 0, 0, 0] 4 of 1/2/2
        IRN→IRQ 2026: [1, 0, 0, 0] 1.9 of 1/2/2
        IRQ→IRN ?: [1, 0, 0, 0] 1 of 1/1/1
        IRQ→IRN 2017: [1, 0, 1, 0] -0.5 of 2/3/2
        IRQ→IRN 2021: [1, 0, 1, 0] -0.05 of 2/3/2
        IRQ→IRN 2024: [0, 0, 2, 0] -4.5 of 2/2/1"#]]
    .assert_eq(&told.join("\n"));
}

/// A record of one dispatch with events alike but for their type and time: undated, of a month, of a day, since a day, until a day, and with a value that no day is known of.
fn dated_in_many_ways() -> Folder {
    let mut coded = dispatches().into_iter().find(|coded| coded.id == "irak-17a").unwrap();
    let model = coded.events[0].clone();
    let times = [
        ("AGREE", None),
        ("CONSULT", Some(("2017-11", Some("2017-11-01"), Some("2017-11-30")))),
        ("REQUEST", Some(("2017-11-14", Some("2017-11-14"), Some("2017-11-14")))),
        ("SUPPORT", Some(("2016-05-02", Some("2016-05-02"), None))),
        ("COOPERATE", Some(("2016-05-02", None, Some("2016-05-02")))),
        ("AID", Some(("PAST_REF", None, None))),
    ];
    let day = |text: Option<&str>| text.map(|text| text.parse().unwrap());
    coded.statements.clear();
    coded.events = (times.into_iter().zip(1..))
        .map(|((kind, when), place)| Event {
            id: format!("v{place}"),
            kind: kind.parse().unwrap(),
            mode: None,
            when: when.map(|(value, first, last)| When { value: value.to_owned(), earliest: day(first), latest: day(last), timex: None }),
            ..model.clone()
        })
        .collect();
    Folder::with(vec![coded])
}

#[test]
fn the_undated_is_answered_where_no_days_are_asked() {
    let folder = dated_in_many_ways();
    let check = |since: Option<&str>, until: Option<&str>, expected: &[&str]| {
        let day = |text: Option<&str>| text.map(|text| text.parse().unwrap());
        let filter = Filter { since: day(since), until: day(until), ..Filter::default() };
        let mut kinds: Vec<String> = folder.reader().timeline(&filter).unwrap().into_iter().map(|entry| entry.kind).collect();
        kinds.sort();
        assert_eq!(kinds, expected, "{since:?} {until:?}");
        let rows = folder.reader().series(&filter, Period::Month).unwrap();
        let counted: u64 = rows.iter().filter(|row| row.from == "IRN" && row.to == "IRQ").map(|row| row.happenings).sum();
        assert_eq!(counted, expected.len() as u64, "{since:?} {until:?}");
    };
    check(None, None, &["AGREE", "AID", "CONSULT", "COOPERATE", "REQUEST", "SUPPORT"]);
    // A month overlaps any of its days.
    check(Some("2017-11-20"), Some("2017-11-21"), &["CONSULT", "SUPPORT"]);
    check(Some("2017-11-14"), None, &["CONSULT", "REQUEST", "SUPPORT"]);
    check(Some("2017-12-01"), None, &["SUPPORT"]);
    check(None, Some("2017-10-31"), &["COOPERATE", "SUPPORT"]);
    check(None, Some("2016-05-01"), &["COOPERATE"]);
}

#[test]
fn a_month_is_in_its_month_and_year_alone() {
    let folder = dated_in_many_ways();
    let check = |by: Period, expected: &[(Option<&str>, u64)]| {
        let rows = folder.reader().series(&Filter::default(), by).unwrap();
        let told: Vec<(Option<&str>, u64)> =
            rows.iter().filter(|row| row.from == "IRN" && row.to == "IRQ").map(|row| (row.period.as_deref(), row.happenings)).collect();
        assert_eq!(told, expected, "{by:?}");
    };
    check(Period::Day, &[(None, 5), (Some("2017-11-14"), 1)]);
    check(Period::Week, &[(None, 5), (Some("2017-W46"), 1)]);
    check(Period::Month, &[(None, 4), (Some("2017-11"), 2)]);
    check(Period::Year, &[(None, 4), (Some("2017"), 2)]);
}

#[test]
fn pledges_thread_over_the_years() {
    let folder = folder();
    let told: Vec<String> = folder
        .reader()
        .commitments(&actor("IRQ"))
        .unwrap()
        .into_iter()
        .map(|row| {
            let statements: Vec<String> =
                row.statements.iter().map(|statement| format!("{}#{}", statement.dispatch, statement.statement)).collect();
            let (restates, contradicts) = (row.restates.join(", "), row.contradicts.join(", "));
            format!("{} [{}] restates [{restates}] contradicts [{contradicts}]", row.id, statements.join(", "))
        })
        .collect();
    expect![[r#"
        irak-17a#s1 [irak-17a#s1] restates [] contradicts []
        irak-17a#s2 [irak-17a#s2] restates [] contradicts []
        irak-17b#s1 [irak-17b#s1] restates [irak-17a#s1] contradicts []
        irak-24a#s1 [irak-24a#s1, irak-24c#s1, irak-24b#s1] restates [irak-17a#s1, irak-17b#s1] contradicts []
        irak-26a#s1 [irak-26a#s1, irak-26b#s1] restates [irak-17a#s1, irak-17b#s1, irak-24a#s1] contradicts []
        irak-26c#s2 [irak-26c#s2] restates [irak-24a#s1] contradicts []"#]]
    .assert_eq(&told.join("\n"));
}

#[test]
fn offices_have_holders_days_and_evidence() {
    let folder = folder();
    let filter = Filter { topic: Some("foreign affairs".to_owned()), ..actor("TUR") };
    let told: Vec<String> = folder
        .reader()
        .offices(&filter)
        .unwrap()
        .into_iter()
        .map(|row| {
            let days = format!("{}..{}", row.earliest.unwrap_or_default(), row.latest.unwrap_or_default());
            format!("{} {} {days} by {} dispatches", row.office, row.holder.name, row.evidence.len())
        })
        .collect();
    expect![[r#"
        minister of foreign affairs Hakan Fidan 2026-03-03..2026-03-07 by 6 dispatches
        minister of foreign affairs Seyed Abbas Araghtchi 2026-03-04..2026-03-04 by 1 dispatches"#]]
    .assert_eq(&told.join("\n"));
}

#[test]
fn a_sample_is_blind_and_the_same_for_a_seed() {
    let folder = folder();
    let reader = folder.reader();
    let codes = |count, seed| reader.sample(count, seed).unwrap().into_iter().map(|row| row.code).collect::<Vec<_>>();
    assert_eq!(codes(12, 1), codes(12, 1));
    assert_ne!(codes(12, 1), codes(12, 2));
    assert_eq!(codes(30, 1)[..12], codes(12, 1));
    let all = codes(100_000, 1).len() as u64;
    let facts = reader
        .sql("SELECT (SELECT count(*) FROM events) + (SELECT count(*) FROM statements) + (SELECT count(*) FROM roles)", Default::default())
        .unwrap();
    assert_eq!(facts.rows[0][0], all);
}
