//! What a user decides of actors, and that it stays.

use crate::support::{Folder, RESOLVER, dispatches, run};
use depeche_store::{Filter, Reader, Run, StoreErrorKind, Verdict};

/// The id of the actor of a name.
fn actor(reader: &Reader, name: &str) -> String {
    let found = reader.actors(&Filter { actors: vec![name.to_owned()], ..Filter::default() }).unwrap();
    assert_eq!(found.len(), 1, "{name}: {found:?}");
    found[0].id.clone()
}

#[test]
fn merges_stay_until_they_are_taken_back() {
    let folder = Folder::with(dispatches());
    let mut store = folder.store();
    let (one, other) = (actor(&folder.reader(), "Hakan Fidan"), actor(&folder.reader(), "Araghchi"));
    store.decide_actors(&one, &other, Verdict::Merge, &RESOLVER).unwrap();
    assert_eq!(actor(&folder.reader(), "Hakan Fidan"), actor(&folder.reader(), "Araghchi"));
    let newer = store.run(&Run { packs: "bbbb".to_owned(), ..run() }).unwrap();
    store.recode(dispatches(), newer, &RESOLVER).unwrap();
    assert_eq!(actor(&folder.reader(), "Hakan Fidan"), actor(&folder.reader(), "Araghchi"));
    store.decide_actors(&other, &one, Verdict::Undecided, &RESOLVER).unwrap();
    assert_ne!(actor(&folder.reader(), "Hakan Fidan"), actor(&folder.reader(), "Araghchi"));
}

#[test]
fn splits_stay() {
    let folder = Folder::with(dispatches());
    let mut store = folder.store();
    let id = actor(&folder.reader(), "Choïgou");
    let forms = folder.reader().forms_of(&id).unwrap();
    let (first, rest) = forms.split_first().unwrap();
    assert!(!rest.is_empty());
    for other in rest {
        store.decide_actors(&first.id, &other.id, Verdict::Split, &RESOLVER).unwrap();
    }
    let alone = folder.reader().forms_of(&first.id).unwrap();
    assert_eq!(alone.iter().map(|form| &form.id).collect::<Vec<_>>(), [&first.id]);
}

#[test]
fn nobody_is_decided_about_whom_the_record_does_not_know() {
    let folder = Folder::with(dispatches());
    let id = actor(&folder.reader(), "Choïgou");
    let decide = |one: &str, other: &str| folder.store().decide_actors(one, other, Verdict::Merge, &RESOLVER).unwrap_err().kind;
    assert_eq!(decide(&id, "nobody"), StoreErrorKind::NotFound);
    assert_eq!(decide(&id, &id), StoreErrorKind::Question);
}
