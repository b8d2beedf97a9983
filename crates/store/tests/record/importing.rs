//! Rows of other people's tables in the record.

use crate::support::{Folder, RESOLVER, dispatches, ingest, run};
use depeche_record::{CodedDispatch, EntityKind, EventType, Mode, Status};
use depeche_resolve::Form;
use depeche_store::{
    Filter, HappeningDetail, HappeningOrder, ImportedEvent, ImportedFrom, ImportedParty, ImportedPlace, Period, Run, StoreError,
};

fn from() -> ImportedFrom {
    ImportedFrom { id: "gdelt".to_owned(), name: "GDELT".to_owned(), names_persons: false }
}

fn event(row: &str) -> ImportedEvent {
    let party = |country: &str| ImportedParty { name: country.to_lowercase(), country: Some(country.to_owned()), sector: None };
    ImportedEvent {
        row: row.to_owned(),
        kind: EventType::Consult,
        mode: "visit".parse::<Mode>().ok(),
        status: Status::Occurred,
        cameo: "042".to_owned(),
        goldstein: 1.9,
        quad: EventType::Consult.quad(),
        day: "2021-03-04".parse().ok(),
        place: Some(ImportedPlace { name: "Skopje".to_owned(), country: Some("MKD".to_owned()), lat: Some(42.0), lon: None }),
        contexts: vec!["diplomatic".parse().unwrap()],
        actors: vec![party("FJI")],
        recipients: vec![party("MKD")],
        url: Some("https://example.org/1".to_owned()),
        publisher: None,
        published: "2021-03-05".parse().ok(),
    }
}

fn details(folder: &Folder, filter: &Filter, order: HappeningOrder) -> Vec<HappeningDetail> {
    let mut all = Vec::new();
    folder
        .reader()
        .each_happening(filter, order, |happening| {
            all.push(happening);
            Ok::<_, StoreError>(())
        })
        .unwrap();
    all
}

#[test]
fn rows_are_taken_once_and_asked_as_dispatches_are() {
    let folder = Folder::with(dispatches());
    let before = folder.reader().size().unwrap();
    let names = |code: &str| if code == "FJI" { vec!["Fiji".to_owned()] } else { Vec::new() };
    assert_eq!(folder.store().import(&from(), &[event("7"), event("8"), event("7")], names, &RESOLVER).unwrap(), [true, true, false]);
    assert_eq!(folder.store().import(&from(), &[event("8")], names, &RESOLVER).unwrap(), [false]);
    let reader = folder.reader();
    assert_eq!(reader.size().unwrap().happenings, before.happenings + 2);
    assert_eq!(reader.size().unwrap().dispatches, before.dispatches);

    let of = |filter: Filter| reader.timeline(&filter).unwrap().into_iter().map(|entry| entry.id).collect::<Vec<_>>();
    let both = ["gdelt:7", "gdelt:8"];
    assert_eq!(of(Filter { actors: vec!["Fiji".to_owned()], ..Filter::default() }), both);
    assert_eq!(of(Filter { between: Some(("MKD".to_owned(), "FJI".to_owned())), ..Filter::default() }), both);
    assert_eq!(of(Filter { source: Some("GDELT".to_owned()), ..Filter::default() }), both);
    assert_eq!(of(Filter { place: Some("skopje".to_owned()), ..Filter::default() }), both);
    assert_eq!(reader.timeline(&Filter::default()).unwrap().len() as u64, before.happenings + 2);

    let series = reader.series(&Filter { actors: vec!["FJI".to_owned()], ..Filter::default() }, Period::Month).unwrap();
    let row = series.first().unwrap();
    assert_eq!((series.len(), row.from.as_str(), row.to.as_str(), row.period.as_deref()), (1, "FJI", "MKD", Some("2021-03")));
    assert_eq!((row.verbal_cooperation, row.goldstein_mean, row.happenings, row.reports, row.dispatches), (2, 1.9, 2, 0, 0));

    let shown = reader.show("gdelt:7").unwrap();
    assert_eq!((shown.kind.as_str(), shown.evidence.len()), ("happening", 0));
    assert_eq!(reader.check().unwrap(), Vec::<String>::new());
    // The sheet of facts to check by hand holds only what has a sentence.
    assert!(reader.sample(1000, 3).unwrap().iter().all(|row| !row.id.starts_with("gdelt")));
}

#[test]
fn happenings_come_in_full_and_in_order() {
    let folder = Folder::with(dispatches());
    folder.store().import(&from(), &[event("7")], |_| Vec::new(), &RESOLVER).unwrap();
    let all = details(&folder, &Filter::default(), HappeningOrder::Day);
    let timeline = folder.reader().timeline(&Filter::default()).unwrap();
    assert_eq!(all.iter().map(|detail| detail.entry.clone()).collect::<Vec<_>>(), timeline);
    for detail in &all {
        assert_eq!(detail.origin.is_some(), detail.evidence.is_none(), "{}", detail.entry.id);
        assert_eq!(detail.parties.len(), detail.entry.actors.len() + detail.entry.recipients.len(), "{}", detail.entry.id);
    }
    assert!(all.iter().any(|detail| detail.leads) && all.iter().any(|detail| !detail.leads));
    assert!(all.iter().any(|detail| detail.parties.iter().any(|party| party.office.is_some())));

    let reported = details(&folder, &Filter { limit: Some(9), ..Filter::default() }, HappeningOrder::Reported);
    let days: Vec<_> = reported.iter().map(|detail| detail.dispatches.iter().filter_map(|dispatch| dispatch.first.clone()).min()).collect();
    assert_eq!(days.len(), 9);
    assert!(days.is_sorted_by(|one, other| one >= other), "{days:?}");
}

#[test]
fn events_and_statements_come_one_by_one() {
    let folder = Folder::with(dispatches());
    let reader = folder.reader();
    let mut events = Vec::new();
    reader
        .each_event(&Filter::default(), |event| {
            events.push(event);
            Ok::<_, StoreError>(())
        })
        .unwrap();
    assert_eq!(events.len() as u64, reader.size().unwrap().events);
    let ids: Vec<String> =
        dispatches().iter().flat_map(|coded| coded.events.iter().map(|event| format!("{}#{}", coded.id, event.id))).collect();
    assert!(events.iter().all(|event| ids.contains(&event.id)));

    let statements = |filter: Filter| {
        let mut statements = Vec::new();
        reader
            .each_statement(&filter, |statement| {
                statements.push(statement);
                Ok::<_, StoreError>(())
            })
            .unwrap();
        statements
    };
    let all = statements(Filter::default());
    assert_eq!(all.len(), dispatches().iter().map(|coded| coded.statements.len()).sum::<usize>());
    let russian = statements(Filter { actors: vec!["RUS".to_owned()], ..Filter::default() });
    assert!(!russian.is_empty() && russian.len() < all.len());
    assert!(russian.iter().all(|statement| statement.speaker_country.as_deref() == Some("RUS")));
    assert_eq!(statements(Filter { limit: Some(2), ..Filter::default() }).len(), 2);
}

/// A visit of somebody to North Macedonia, by a source that names persons.
fn visit_of(row: &str, name: &str, country: &str) -> ImportedEvent {
    let actor = ImportedParty { name: name.to_owned(), country: Some(country.to_owned()), sector: None };
    ImportedEvent { actors: vec![actor], ..event(row) }
}

#[test]
fn persons_of_tables_are_those_of_dispatches() {
    let from = ImportedFrom { id: "icews".to_owned(), name: "ICEWS".to_owned(), names_persons: true };
    let rows = [
        visit_of("1", "Sergei Shoygu", "RUS"),
        visit_of("2", "Hakan Fidan", "TUR"),
        // One of the same name elsewhere, a surname, what somebody does, and a country.
        visit_of("3", "Hakan Fidan", "FJI"),
        visit_of("4", "Fidan", "TUR"),
        visit_of("5", "Citizen (Turkey)", "TUR"),
        visit_of("6", "Russian Federation", "RUS"),
    ];
    let names = |code: &str| if code == "RUS" { vec!["Russian Federation".to_owned()] } else { Vec::new() };
    let (first, last) = (Folder::with(dispatches()), Folder::new());
    first.store().import(&from, &rows, names, &RESOLVER).unwrap();
    last.store().import(&from, &rows, names, &RESOLVER).unwrap();
    ingest(&mut last.store(), dispatches());
    for folder in [&first, &last] {
        let reader = folder.reader();
        let imported = |name: &str| {
            let found = reader.timeline(&Filter { actors: vec![name.to_owned()], ..Filter::default() }).unwrap();
            assert!(found.len() > 2, "{name}: dispatches have more");
            let ids = found.into_iter().map(|entry| entry.id).filter(|id| id.starts_with("icews"));
            ids.collect::<Vec<_>>()
        };
        assert_eq!(imported("Choïgou"), ["icews:1"]);
        let fidan = reader.actor_of("Hakan Fidan");
        assert!(fidan.is_err(), "two bear the name: {fidan:?}");
        let own = reader
            .timeline(&Filter { actors: vec!["Hakan Fidan".to_owned()], source: Some("ICEWS".to_owned()), ..Filter::default() })
            .unwrap();
        assert_eq!(own.iter().map(|entry| entry.id.as_str()).collect::<Vec<_>>(), ["icews:2", "icews:3"]);
        let turkish = reader.actors(&Filter { actors: vec!["Fidan".to_owned()], ..Filter::default() }).unwrap();
        assert_eq!(imported(&turkish[0].id), ["icews:2"]);
        assert_eq!(reader.check().unwrap(), Vec::<String>::new());
    }
    // The same record, whichever came first.
    crate::support::assert_same(&crate::support::all_answers(&first.reader()), &crate::support::all_answers(&last.reader()), "order");
}

#[test]
fn a_person_of_a_table_stays_when_no_dispatch_names_him_any_more() {
    let folder = Folder::with(dispatches());
    let reader = folder.reader();
    let forms = reader.actors(&Filter::default()).unwrap().into_iter().flat_map(|actor| reader.forms_of(&actor.id).unwrap());
    let is_bare = |form: &Form| form.names.len() == 1 && form.names[0].contains(' ') && form.offices.is_empty() && form.wikidata.is_none();
    let form = forms.into_iter().find(|form| form.kind == EntityKind::Person && form.country.is_some() && is_bare(form)).unwrap();
    let from = ImportedFrom { id: "icews".to_owned(), name: "ICEWS".to_owned(), names_persons: true };
    let row = visit_of("1", &form.names[0], form.country.as_deref().unwrap());
    folder.store().import(&from, &[row], |_| Vec::new(), &RESOLVER).unwrap();
    let bare = |mut coded: CodedDispatch| {
        coded.events.clear();
        coded.statements.clear();
        coded.mentions.clear();
        coded.entities.clear();
        coded.roles.clear();
        coded
    };
    let mut store = folder.store();
    let newer = store.run(&Run { packs: "bbbb".to_owned(), ..run() }).unwrap();
    store.recode(dispatches().into_iter().map(bare).collect(), newer, &RESOLVER).unwrap();
    let found = folder.reader().timeline(&Filter { actors: vec![form.id.clone()], ..Filter::default() }).unwrap();
    assert_eq!(found.iter().map(|entry| entry.id.as_str()).collect::<Vec<_>>(), ["icews:1"]);
}
