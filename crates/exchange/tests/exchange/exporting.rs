//! A record in every format.

use crate::support::Folder;
use depeche_exchange::{ExportFormat, Fault, What};
use depeche_record::{EventType, Status};
use depeche_store::Filter;
use expect_test::expect;
use serde_json::Value;
use std::collections::BTreeSet;

/// One meeting.
fn a_meeting() -> Filter {
    Filter { types: vec![EventType::Consult], limit: Some(1), since: "2025-11-01".parse().ok(), ..Filter::default() }
}

fn lines(bytes: Vec<u8>) -> Vec<String> {
    String::from_utf8(bytes).unwrap().lines().map(str::to_owned).collect()
}

#[test]
fn a_row_of_gdelt() {
    let folder = Folder::with_dispatches();
    let rows = lines(folder.export(ExportFormat::Gdelt, What::Happenings, &a_meeting()).unwrap());
    let shown: Vec<String> = rows
        .iter()
        .map(|row| {
            row.split('\t')
                .zip(0..)
                .filter(|(field, _)| !field.is_empty())
                .map(|(field, place)| format!("{place}={field}"))
                .collect::<Vec<_>>()
                .join(" ")
        })
        .collect();
    expect!["0=2348186946007156 1=20251118 2=202511 3=2025 4=2025.8712 5=RUSGOV 6=SERGUEÏ CHOÏGOU 7=RUS 12=GOV 15=DZAGOV 16=ALGER 17=DZA 22=GOV 25=1 26=042 27=042 28=04 29=1 30=1.9 31=3 32=3 33=3 35=0 43=0 51=4 52=Alger 53=AG 54=AG 56=36.75000 57=3.06000 59=20251118000000"].assert_eq(&shown.join("\n"));
}

#[test]
fn rows_of_gdelt_are_of_its_types() {
    let folder = Folder::with_dispatches();
    let text = folder.text(ExportFormat::Gdelt);
    let mut numbers = BTreeSet::new();
    for row in text.lines() {
        let fields: Vec<&str> = row.split('\t').collect();
        assert_eq!(fields.len(), 61, "{row}");
        assert!(numbers.insert(fields[0].parse::<u64>().unwrap()), "{row}");
        for (place, most) in
            [(1, 99_991_231), (2, 999_912), (3, 9999), (29, 4), (31, u64::MAX), (32, u64::MAX), (33, u64::MAX), (59, u64::MAX)]
        {
            assert!(fields[place].is_empty() || fields[place].parse::<u64>().unwrap() <= most, "{place}: {row}");
        }
        for place in [30, 56, 57] {
            assert!(fields[place].is_empty() || fields[place].parse::<f64>().is_ok(), "{place}: {row}");
        }
        assert!(fields[26].starts_with(fields[27]) && fields[27].starts_with(fields[28]), "{row}");
        assert!(["0", "1", "2", "3", "4", "5"].contains(&fields[51]), "{row}");
    }
    let took_place = Filter { statuses: vec![Status::Occurred, Status::Ongoing], ..Filter::default() };
    assert!(numbers.len() >= folder.reader().timeline(&took_place).unwrap().len());
    // What is only planned, alleged or denied goes out when it is asked for.
    let planned = Filter { statuses: vec![Status::Planned], ..Filter::default() };
    assert!(!folder.export(ExportFormat::Gdelt, What::Happenings, &planned).unwrap().is_empty());
}

#[test]
fn a_row_of_polecat() {
    let folder = Folder::with_dispatches();
    let rows = lines(folder.export(ExportFormat::Polecat, What::Happenings, &a_meeting()).unwrap());
    let shown: Vec<String> = rows[0]
        .split('\t')
        .zip(rows[1].split('\t'))
        .filter(|(_, field)| !field.is_empty())
        .map(|(name, field)| format!("{name}: {field}"))
        .collect();
    assert!(rows.iter().all(|row| row.split('\t').count() == 40));
    expect![[r#"
        Event ID: alger-b1#v1
        Event Date: 2025-11-18
        Event Type: CONSULT
        Event Mode: visit
        Intensity: 1.9
        Quad Code: VERBAL COOPERATION
        Contexts: diplomatic
        Actor Name: Sergueï Choïgou
        Actor Country: RUS
        Primary Actor Sector: GOV
        Actor Sectors: GOV
        Actor Name Raw: Sergueï Choïgou
        Recipient Name: Alger
        Recipient Country: DZA
        Primary Recipient Sector: GOV
        Recipient Sectors: GOV
        Recipient Name Raw: Alger
        Placename: Alger
        Country: DZA
        Latitude: 36.75
        Longitude: 3.06
        Raw Placename: Alger
        Source: Agence France-Presse
        Publication Date: 2025-11-18
        Story People: Sergueï Choïgou
        Story Locations: Alger
        Language: fr
        Version: depeche 0.1.0"#]]
    .assert_eq(&shown.join("\n"));
}

#[test]
fn followthemoney_names_before_it_points() {
    let folder = Folder::with_dispatches();
    let (mut known, mut schemata) = (BTreeSet::new(), BTreeSet::new());
    for line in folder.text(ExportFormat::Ftm).lines() {
        let entity: Value = serde_json::from_str(line).unwrap();
        let id = entity["id"].as_str().unwrap().to_owned();
        for property in ["organizer", "involved", "proof"] {
            for other in entity["properties"][property].as_array().into_iter().flatten() {
                assert!(known.contains(other.as_str().unwrap()), "{line}");
            }
        }
        assert!(known.insert(id), "{line}");
        schemata.insert(entity["schema"].as_str().unwrap().to_owned());
    }
    assert_eq!(schemata.into_iter().collect::<Vec<_>>(), ["Article", "Event", "LegalEntity", "Organization", "Person", "PublicBody"]);
}

#[test]
fn tables_have_a_row_for_each() {
    let folder = Folder::with_dispatches();
    let all = Filter::default();
    let reader = folder.reader();
    let size = reader.size().unwrap();
    let check = |what: What, rows: usize| {
        let csv = folder.export(ExportFormat::Csv, what, &all).unwrap();
        let mut read = csv::Reader::from_reader(csv.as_slice());
        let columns = read.headers().unwrap().len();
        let records: Vec<csv::StringRecord> = read.records().collect::<Result<_, _>>().unwrap();
        assert!(records.iter().all(|record| record.len() == columns));
        assert_eq!(records.len(), rows, "{}", what.name());
        let json = lines(folder.export(ExportFormat::Jsonl, what, &all).unwrap());
        assert!(json.iter().all(|line| serde_json::from_str::<Value>(line).unwrap().is_object()));
        assert_eq!(json.len(), rows, "{}", what.name());
        if ExportFormat::Parquet.is_built() {
            let parquet = folder.export(ExportFormat::Parquet, what, &all).unwrap();
            assert!(parquet.starts_with(b"PAR1") && parquet.ends_with(b"PAR1"));
        }
    };
    check(What::Happenings, size.happenings as usize);
    check(What::Events, size.events as usize);
    check(What::Actors, reader.actors(&all).unwrap().len());
    check(What::Commitments, reader.commitments(&all).unwrap().len());
}

#[test]
fn lines_of_json_hold_what_the_timeline_answers() {
    let folder = Folder::with_dispatches();
    let timeline = serde_json::to_value(folder.reader().timeline(&Filter::default()).unwrap()).unwrap();
    let text = folder.text(ExportFormat::Jsonl);
    for (line, answer) in text.lines().zip(timeline.as_array().unwrap()) {
        let line: Value = serde_json::from_str(line).unwrap();
        for (name, value) in answer.as_object().unwrap() {
            assert_eq!(&line[name], value);
        }
    }
}

#[test]
fn a_feed_has_the_last_reported_first() {
    let folder = Folder::with_dispatches();
    let feed = lines(folder.export(ExportFormat::Rss, What::Happenings, &Filter { limit: Some(1), ..Filter::default() }).unwrap());
    expect![[r#"
        <?xml version="1.0" encoding="UTF-8"?>
        <rss version="2.0">
         <channel>
          <title>depeche</title>
          <link>https://example.org/depeche</link>
          <description>What happened, as dispatches report it</description>
          <generator>depeche 0.1.0</generator>
          <item>
           <title>CONSULT phone: Turquie, Iran</title>
           <description>Deux camionneurs, quarante-huit heures de détention, un coup de fil : la brouille entre la Turquie et l&apos;Iran n&apos;aura pas survécu au week-end.
        planned · Zaman Amérique</description>
           <guid isPermaLink="false">tel-b5#v1</guid>
           <pubDate>Sun, 08 Mar 2026 00:00:00 GMT</pubDate>
           <category>CONSULT</category>
          </item>
         </channel>
        </rss>"#]]
    .assert_eq(&feed.join("\n"));
}

#[test]
fn filters_narrow_every_format() {
    let folder = Folder::with_dispatches();
    let russia = Filter { actors: vec!["RUS".to_owned()], ..Filter::default() };
    let expected = folder.reader().timeline(&russia).unwrap().len();
    assert!(expected > 0 && expected < folder.reader().size().unwrap().happenings as usize);
    assert_eq!(lines(folder.export(ExportFormat::Jsonl, What::Happenings, &russia).unwrap()).len(), expected);
    let took_place = Filter { statuses: vec![Status::Occurred, Status::Ongoing], ..russia.clone() };
    let rows = lines(folder.export(ExportFormat::Polecat, What::Happenings, &russia).unwrap());
    assert_eq!(rows.len(), folder.reader().timeline(&took_place).unwrap().len() + 1);
    let nobody = Filter { actors: vec!["Nobody Atall".to_owned()], ..Filter::default() };
    for format in ExportFormat::ALL.into_iter().filter(|format| format.is_built()) {
        assert!(matches!(folder.export(format, What::Happenings, &nobody), Err(Fault::Store(_))), "{}", format.name());
        assert_eq!(folder.export(format, What::Actors, &russia).is_err(), !format.takes(What::Actors), "{}", format.name());
    }
}
