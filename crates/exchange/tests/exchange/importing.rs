//! Rows of GDELT, ICEWS and POLECAT, whole ones and broken ones.

use crate::support::{COUNTRIES, Folder};
use depeche_exchange::{ExportFormat, Fault, ImportFormat, Imported, import};
use depeche_record::Status;
use depeche_store::{Filter, Period, TimelineEntry};
use expect_test::{Expect, expect};
use flate2::write::GzEncoder;
use proptest::prelude::*;
use std::io::Write;

/// A row of GDELT: some columns by their places, the others empty.
fn gdelt(fields: &[(usize, &str)]) -> String {
    let mut row = vec![""; 61];
    for (place, field) in fields {
        row[*place] = field;
    }
    row.join("\t")
}

/// Norway visits Chile.
const VISIT: &[(usize, &str)] = &[
    (0, "901"),
    (1, "20190612"),
    (5, "NORGOV"),
    (6, "NORWAY"),
    (7, "NOR"),
    (12, "GOV"),
    (15, "CHL"),
    (16, "CHILE"),
    (17, "CHL"),
    (26, "042"),
    (30, "1.9"),
    (51, "4"),
    (52, "Valparaiso, Chile"),
    (53, "CI"),
    (56, "-33.05"),
    (57, "-71.6"),
    (59, "20190613101500"),
    (60, "https://example.org/fjord"),
];

fn with(fields: &[(usize, &'static str)]) -> String {
    gdelt(&VISIT.iter().chain(fields).copied().collect::<Vec<_>>())
}

const ICEWS: &str = "Event ID\tEvent Date\tSource Name\tSource Sectors\tSource Country\tEvent Text\tCAMEO Code\tIntensity\tTarget Name\tTarget Sectors\t\
                     Target Country\tStory ID\tSentence Number\tPublisher\tCity\tDistrict\tProvince\tCountry\tLatitude\tLongitude";

fn told(entry: &TimelineEntry) -> String {
    let parties = |parties: &[depeche_store::Party]| {
        parties.iter().map(|party| format!("{} ({})", party.name, party.country.as_deref().unwrap_or("-"))).collect::<Vec<_>>().join(", ")
    };
    let place =
        entry.place.as_ref().map_or("-".to_owned(), |place| format!("{} ({})", place.name, place.country.as_deref().unwrap_or("-")));
    let when = entry.when.as_ref().map_or("-", |when| when.value.as_str());
    let mode = entry.mode.as_deref().unwrap_or("-");
    format!("{} {when} {} {mode}: {} -> {} at {place}", entry.id, entry.kind, parties(&entry.actors), parties(&entry.recipients))
}

/// What a record answers after an import, and what was refused.
fn check(format: ImportFormat, rows: &str, expected: &Expect) {
    let folder = Folder::new();
    let (_, refused) = folder.import(format, rows.as_bytes());
    let timeline = folder.reader().timeline(&Filter::default()).unwrap();
    let lines = timeline.iter().map(told).chain(refused.iter().map(|row| format!("{}: {}", row.line, row.reason)));
    expected.assert_eq(&lines.map(|line| line + "\n").collect::<String>());
}

#[test]
fn rows_of_gdelt() {
    let rows = [
        with(&[]),
        with(&[(0, "902"), (26, "0231"), (30, "-1"), (7, "AFR"), (51, "0"), (52, ""), (53, "")]),
        with(&[(0, "903"), (26, "010")]),
        with(&[(0, "904"), (26, "1952"), (30, ""), (5, ""), (6, ""), (7, ""), (12, "")]),
        with(&[(0, "905"), (1, "")]),
        with(&[(0, "906"), (17, ""), (22, "IGO"), (16, "UNITED NATIONS")]),
    ];
    let expected = expect![[r#"
        gdelt:901 2019-06-12 CONSULT visit: NORWAY (NOR) -> CHILE (CHL) at Valparaiso, Chile (CHL)
        gdelt:902 2019-06-12 REQUEST assist: NORWAY (-) -> CHILE (CHL) at -
        gdelt:904 2019-06-12 ASSAULT drone:  -> CHILE (CHL) at Valparaiso, Chile (CHL)
        gdelt:906 2019-06-12 CONSULT visit: NORWAY (NOR) -> UNITED NATIONS (IGO) at Valparaiso, Chile (CHL)
        gdelt:905 - CONSULT visit: NORWAY (NOR) -> CHILE (CHL) at Valparaiso, Chile (CHL)
    "#]];
    check(ImportFormat::Gdelt, &rows.join("\n"), &expected);
}

#[test]
fn faulty_rows_are_refused_and_the_others_taken() {
    let short: String = with(&[(0, "1")]).rsplitn(3, '\t').last().unwrap().to_owned();
    let old: String = with(&[(0, "2")]).rsplitn(4, '\t').last().unwrap().to_owned();
    let rows = [
        short,
        old,
        with(&[(0, "")]),
        with(&[(0, "seven")]),
        with(&[(0, "3"), (1, "20190231")]),
        with(&[(0, "4"), (26, "")]),
        with(&[(0, "5"), (26, "999")]),
        with(&[(0, "6"), (30, "much")]),
        with(&[(0, "7"), (56, "-133")]),
        "\u{0}\u{fffd}".to_owned(),
        String::new(),
        with(&[]),
    ];
    let expected = expect![[r#"
        gdelt:901 2019-06-12 CONSULT visit: NORWAY (NOR) -> CHILE (CHL) at Valparaiso, Chile (CHL)
        1: it has 59 columns instead of 61
        2: it has 58 columns instead of 61: GDELT 1.0 has 58, and this reads GDELT 2.0
        3: `GLOBALEVENTID` is empty
        4: `GLOBALEVENTID` is no number: `seven`
        5: `SQLDATE` is no day: `20190231`
        6: `EventCode` is empty
        7: `EventCode` is no code of CAMEO: `999`
        8: `GoldsteinScale` is no number: `much`
        9: `ActionGeo_Lat` is -133, which is beyond 90
        10: it has 1 columns instead of 61
    "#]];
    check(ImportFormat::Gdelt, &rows.join("\n"), &expected);
}

#[test]
fn rows_of_icews() {
    let rows = [
        ICEWS.to_owned(),
        "11\t2011-05-02\tForeign Affairs (Peru)\tForeign Ministry,Government\tPeru\tMake a visit\t042\t1.9\tKenya\t\tKenya\t5\t1\tThe Wire\tNairobi\t\t\tKenya\t-1.28\t36.8".to_owned(),
        "12\t2011-05-03\tCitizen (Kenya)\tGeneral Population / Civilian / Social\tKenya\tDemonstrate\t141\t-6.5\t\t\t\t5\t2\tThe Wire\t\t\t\tKenya\t\t".to_owned(),
        "13\t2011-05-03\tKenya".to_owned(),
        "14\t\tKenya\t\tKenya\tx\t042\t1.9\tPeru\t\tPeru\t5\t1\tThe Wire\t\t\t\t\t\t".to_owned(),
    ];
    let expected = expect![[r#"
        icews:11 2011-05-02 CONSULT visit: Foreign Affairs (Peru) (PER) -> Kenya (KEN) at Nairobi (KEN)
        icews:12 2011-05-03 PROTEST demo: Citizen (Kenya) (KEN) ->  at Kenya (KEN)
        4: it has 3 columns instead of 20
        5: `Event Date` is empty
    "#]];
    check(ImportFormat::Icews, &rows.join("\r\n"), &expected);
}

#[test]
fn what_has_no_header_is_refused_whole() {
    let check = |format: ImportFormat, rows: &str, expected: &str| {
        let folder = Folder::new();
        match import(&mut folder.store(), format, rows.as_bytes(), &COUNTRIES, |_| ()) {
            Err(Fault::Format(message)) => assert_eq!(message, expected),
            other => panic!("{other:?}"),
        }
        assert_eq!(folder.reader().size().unwrap().happenings, 0);
    };
    check(ImportFormat::Icews, "", "line 1 is not the header of ICEWS: the input is empty");
    check(ImportFormat::Polecat, ICEWS, "line 1 is not the header of POLECAT: it has no column `Event Type`");
    check(ImportFormat::Icews, "1\t2", "line 1 is not the header of ICEWS: it has no column `Event ID`");
}

#[test]
fn rows_are_taken_once_gzip_included() {
    let folder = Folder::new();
    let rows = [with(&[]), with(&[(0, "902")]), with(&[])].join("\n");
    let (imported, _) = folder.import(ImportFormat::Gdelt, rows.as_bytes());
    assert_eq!(imported, Imported { read: 3, new: 2, known: 1, statements: 0, refused: 0 });
    let mut pressed = GzEncoder::new(Vec::new(), flate2::Compression::fast());
    pressed.write_all(rows.as_bytes()).unwrap();
    let (imported, _) = folder.import(ImportFormat::Gdelt, &pressed.finish().unwrap());
    assert_eq!(imported, Imported { read: 3, new: 0, known: 3, statements: 0, refused: 0 });

    // The same questions as of dispatches, by the names that the packs have.
    let filter = Filter { between: Some(("Norway".to_owned(), "CHL".to_owned())), ..Filter::default() };
    let series = folder.reader().series(&filter, Period::Year).unwrap();
    assert_eq!(series.iter().map(|row| (row.from.as_str(), row.happenings, row.goldstein_mean)).collect::<Vec<_>>(), [("NOR", 2, 1.9)]);
}

#[test]
fn own_rows_come_back() {
    let from = Folder::with_dispatches();
    let took_place = Filter { statuses: vec![Status::Occurred, Status::Ongoing], ..Filter::default() };
    let all = from.reader().timeline(&took_place).unwrap();

    let polecat = Folder::new();
    let (imported, refused) = polecat.import(ImportFormat::Polecat, from.text(ExportFormat::Polecat).as_bytes());
    assert_eq!((imported.new as usize, refused), (all.len(), Vec::new()));
    let mut back = polecat.reader().timeline(&Filter::default()).unwrap();
    back.sort_by(|one, other| one.id.cmp(&other.id));
    let mut sent = all.clone();
    sent.sort_by(|one, other| one.id.cmp(&other.id));
    for (sent, back) in sent.iter().zip(&back) {
        assert_eq!((&back.id, &back.kind, &back.mode), (&format!("polecat:{}", sent.id), &sent.kind, &sent.mode));
        let countries = |parties: &[depeche_store::Party]| parties.iter().filter_map(|party| party.country.clone()).collect::<Vec<_>>();
        assert_eq!(countries(&back.actors), countries(&sent.actors), "{}", sent.id);
        assert_eq!(countries(&back.recipients), countries(&sent.recipients), "{}", sent.id);
        let day = sent.when.as_ref().filter(|when| when.earliest == when.latest).and_then(|when| when.earliest.clone());
        assert_eq!(back.when.as_ref().map(|when| when.value.clone()), day, "{}", sent.id);
    }

    let gdelt = Folder::new();
    let rows = from.text(ExportFormat::Gdelt);
    let (imported, refused) = gdelt.import(ImportFormat::Gdelt, rows.as_bytes());
    assert_eq!((imported.read as usize, imported.known, refused), (rows.lines().count(), 0, Vec::new()));
    // A row of GDELT's own keeps its number.
    let mut again: Vec<_> = gdelt.text(ExportFormat::Gdelt).lines().map(|row| row.split('\t').next().unwrap().to_owned()).collect();
    let mut numbers: Vec<_> = rows.lines().map(|row| row.split('\t').next().unwrap().to_owned()).collect();
    again.sort();
    numbers.sort();
    assert_eq!(again, numbers);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_bytes_are_too_strange(bytes in proptest::collection::vec(any::<u8>(), 0..400), place in 0_usize..61, field in "\\PC{0,12}") {
        let folder = Folder::new();
        let mut store = folder.store();
        for format in ImportFormat::ALL {
            let _ = import(&mut store, format, bytes.as_slice(), &COUNTRIES, |_| ());
        }
        let row = gdelt(&VISIT.iter().copied().chain([(place, field.replace('\t', " ").as_str())]).collect::<Vec<_>>());
        let imported = import(&mut store, ImportFormat::Gdelt, row.as_bytes(), &COUNTRIES, |_| ()).unwrap();
        prop_assert_eq!(imported.read, imported.new + imported.known + imported.statements + imported.refused);
    }
}
