//! Rows of GDELT, ICEWS and POLECAT, whole ones and broken ones.

use crate::support::{COUNTRIES, Folder, RESOLVER};
use depeche_exchange::{ExportFormat, Fault, ImportFormat, Imported, import, read_rows};
use depeche_record::Status;
use depeche_store::{Filter, HappeningDetail, HappeningOrder, Period, StoreError, TimelineEntry};
use expect_test::{Expect, expect};
use flate2::write::GzEncoder;
use proptest::prelude::*;
use std::io::{Cursor, Write};

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
    let rows = [
        short,
        // Neither version: what is behind the number of mentions is cut off.
        with(&[(0, "2")]).splitn(61, '\t').take(31).collect::<Vec<_>>().join("\t"),
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
        1: it has 59 columns instead of 61 (GDELT 2.0), 58 or 57 (GDELT 1.0)
        2: it has 31 columns instead of 61 (GDELT 2.0), 58 or 57 (GDELT 1.0)
        3: `GLOBALEVENTID` is empty
        4: `GLOBALEVENTID` is no number: `seven`
        5: `SQLDATE` is no day: `20190231`
        6: `EventCode` is empty
        7: `EventCode` is no code of CAMEO: `999`
        8: `GoldsteinScale` is no number: `much`
        9: `ActionGeo_Lat` is -133, which is beyond 90
        10: it has 1 columns instead of 61 (GDELT 2.0), 58 or 57 (GDELT 1.0)
    "#]];
    check(ImportFormat::Gdelt, &rows.join("\n"), &expected);
}

/// A row of GDELT 1.0 of what [`VISIT`] is, with so many columns.
fn gdelt_1(number: &str, columns: usize) -> String {
    let row = with(&[(51, ""), (52, ""), (53, ""), (56, ""), (57, ""), (59, ""), (60, "")]);
    let mut row: Vec<&str> = row.split('\t').take(columns).collect();
    let end = [
        (0, number),
        (49, "4"),
        (50, "Valparaiso, Chile"),
        (51, "CI"),
        (53, "-33.05"),
        (54, "-71.6"),
        (56, "20190613"),
        (57, "https://example.org/fjord"),
    ];
    for (place, field) in end.into_iter().filter(|(place, _)| *place < columns) {
        row[place] = field;
    }
    row.join("\t")
}

#[test]
fn rows_of_gdelt_1() {
    let rows = [gdelt_1("901", 58), gdelt_1("902", 57), with(&[])];
    let expected = expect![[r#"
        gdelt:1.0-901 2019-06-12 CONSULT visit: NORWAY (NOR) -> CHILE (CHL) at Valparaiso, Chile (CHL)
        gdelt:1.0-902 2019-06-12 CONSULT visit: NORWAY (NOR) -> CHILE (CHL) at Valparaiso, Chile (CHL)
        gdelt:901 2019-06-12 CONSULT visit: NORWAY (NOR) -> CHILE (CHL) at Valparaiso, Chile (CHL)
    "#]];
    check(ImportFormat::Gdelt, &rows.join("\n"), &expected);
    let folder = Folder::new();
    folder.import(ImportFormat::Gdelt, rows.join("\n").as_bytes());
    let mut told = Vec::new();
    let take = |found: HappeningDetail| {
        let origin = found.origin.unwrap();
        told.push((origin.url, origin.published));
        Ok::<_, StoreError>(())
    };
    folder.reader().each_happening(&Filter::default(), HappeningOrder::Day, take).unwrap();
    let (url, published) = (Some("https://example.org/fjord".to_owned()), Some("2019-06-13".to_owned()));
    assert_eq!(told, [(url.clone(), published.clone()), (None, published.clone()), (url, published)]);
}

/// An archive of files.
fn zip(files: &[(&str, &str)]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in files {
        archive.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        archive.write_all(text.as_bytes()).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

#[test]
fn zipped_rows_are_read_as_they_are_published() {
    let folder = Folder::new();
    let rows = [with(&[]), "x".to_owned(), gdelt_1("5", 58)].join("\n");
    let (imported, refused) = folder.import(ImportFormat::Gdelt, &zip(&[("20190613.export.CSV", &rows)]));
    assert_eq!(imported, Imported { read: 3, new: 2, known: 0, statements: 0, refused: 1 });
    assert_eq!(refused[0].line, 2);
    let fault = |bytes: &[u8]| match import(&mut folder.store(), ImportFormat::Gdelt, bytes, &COUNTRIES, &RESOLVER, |_| ()) {
        Err(Fault::Format(message)) => message,
        other => panic!("{other:?}"),
    };
    let several = fault(&zip(&[("a.CSV", &rows), ("b.CSV", &rows)]));
    assert_eq!(several, "the zip archive holds several files, of which only the first, `a.CSV`, was read; unpack the others");
    assert_eq!(fault(&zip(&[])), "the zip archive holds no file");
    // Cut off in the middle of its rows, which are not taken for all there are.
    let many: String = (0..4000).map(|number| with(&[]).replacen("901", &format!("9{number}"), 1) + "\n").collect();
    let whole = zip(&[("a.CSV", &many)]);
    assert!(import(&mut folder.store(), ImportFormat::Gdelt, &whole[..whole.len() / 2], &COUNTRIES, &RESOLVER, |_| ()).is_err());
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
        match import(&mut folder.store(), format, rows.as_bytes(), &COUNTRIES, &RESOLVER, |_| ()) {
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
            let _ = import(&mut store, format, bytes.as_slice(), &COUNTRIES, &RESOLVER, |_| ());
        }
        let row = gdelt(&VISIT.iter().copied().chain([(place, field.replace('\t', " ").as_str())]).collect::<Vec<_>>());
        let imported = import(&mut store, ImportFormat::Gdelt, row.as_bytes(), &COUNTRIES, &RESOLVER, |_| ()).unwrap();
        prop_assert_eq!(imported.read, imported.new + imported.known + imported.statements + imported.refused);
    }
}

proptest! {
    /// Bytes behind what makes a reader begin, and what it begins with changed at one place.
    #[test]
    fn no_packed_bytes_are_too_strange(bytes in proptest::collection::vec(any::<u8>(), 0..200), place in any::<prop::sample::Index>(), byte: u8) {
        let mut archive = zip(&[("a.CSV", &with(&[]))]);
        let at = place.index(archive.len());
        archive[at] = byte;
        let header = format!("{ICEWS}\n");
        for head in [&archive[..], &archive[..at], b"PK\x03\x04", b"\x1f\x8b\x08\0", header.as_bytes()] {
            for format in ImportFormat::ALL {
                let _ = read_rows(format, [head, &bytes].concat().as_slice(), &COUNTRIES, |_| Ok(()));
            }
        }
    }
}
