//! Coding again: what stays the same keeps its ids, what changed is decided anew.

use crate::support::{Folder, RESOLVER, all_answers, assert_same, dispatches, ingest, prepared};
use depeche_record::CodedDispatch;
use depeche_store::{Filter, Run, Store, Verdict};

fn newer() -> Run {
    Run { packs: "bbbb".to_owned(), ..crate::support::run() }
}

/// Recodes all of a record by `change`; how many of its dispatches changed.
fn recode(folder: &Folder, change: impl Fn(&mut CodedDispatch)) -> usize {
    let mut store = folder.store();
    let run = store.run(&newer()).unwrap();
    let (mut after, mut changed) = (None, 0);
    loop {
        let mut batch = folder.reader().outdated_after(run, after.as_deref(), 7).unwrap();
        let Some(last) = batch.last() else { return changed };
        after = Some(last.id.clone());
        batch.iter_mut().for_each(&change);
        changed += store.recode(batch, run, &RESOLVER).unwrap();
    }
}

#[test]
fn the_same_coding_changes_nothing() {
    let folder = Folder::with(dispatches());
    let before = all_answers(&folder.reader());
    assert_eq!(recode(&folder, |_| {}), 0);
    assert_same(&all_answers(&folder.reader()), &before, "after");
    let run = folder.store().run(&newer()).unwrap();
    assert_eq!(folder.reader().outdated(run).unwrap(), 0);
}

#[test]
fn events_that_stay_keep_their_ids() {
    let folder = Folder::with(dispatches());
    let old = dispatches().into_iter().find(|coded| coded.events.len() > 3).unwrap();
    let id = old.id.clone();
    // The first event is gone, and the numbers of the others move up.
    let changed = recode(&folder, |coded| {
        if coded.id == id {
            coded.events.remove(0);
            for (event, number) in coded.events.iter_mut().zip(1..) {
                event.id = format!("v{number}");
            }
        }
    });
    assert_eq!(changed, 1);
    let reader = folder.reader();
    let ids = |coded: &CodedDispatch| coded.events.iter().map(|event| (event.id.clone(), event.trigger.span)).collect::<Vec<_>>();
    let new = reader.coded(&id).unwrap().unwrap();
    assert_eq!(ids(&new), ids(&old)[1..]);
    let gone = format!("{id}#{}", old.events[0].id);
    let reports = reader.timeline(&Filter::default()).unwrap().into_iter().flat_map(|entry| entry.reports);
    assert!(reports.map(|report| format!("{}#{}", report.dispatch, report.event)).all(|report| report != gone));
    assert_eq!(reader.check().unwrap(), Vec::<String>::new());
}

fn without_events(coded: &mut CodedDispatch) {
    if coded.id.ends_with('1') {
        coded.events.clear();
        coded.roles.clear();
        for entity in &mut coded.entities {
            entity.name.push('o');
        }
    }
}

#[test]
fn a_recoded_record_is_as_one_that_was_coded_so_from_the_first() {
    let folder = Folder::with(dispatches());
    recode(&folder, without_events);
    let mut all = dispatches();
    all.iter_mut().for_each(without_events);
    assert_same(&all_answers(&folder.reader()), &all_answers(&Folder::with(all).reader()), "after");
}

#[test]
fn a_store_that_stays_open_answers_as_one_that_is_opened_anew() {
    let all = dispatches();
    let parts: Vec<Vec<CodedDispatch>> = all.chunks(all.len() / 2).map(<[CodedDispatch]>::to_vec).collect();
    let mut recoded = parts[0].clone();
    recoded.iter_mut().for_each(without_events);
    let decide = |store: &mut Store, verdict| drop(store.decide_actors("Velayati", "Fouad Hussein", verdict, &RESOLVER).unwrap());
    let steps: [&dyn Fn(&mut Store); 6] = [
        &|store| drop(ingest(store, parts[0].clone())),
        &|store| decide(store, Verdict::Merge),
        &|store| {
            let run = store.run(&newer()).unwrap();
            assert!(store.recode(recoded.clone(), run, &RESOLVER).unwrap() > 0);
        },
        &|store| {
            store.limit_size(1).unwrap();
            let run = store.run(&newer()).unwrap();
            store.ingest(prepared(parts[1].clone()), run, &RESOLVER).unwrap_err();
            store.limit_size(1 << 30).unwrap();
        },
        &|store| drop(ingest(store, parts[1].clone())),
        &|store| decide(store, Verdict::Undecided),
    ];
    let (open, anew) = (Folder::new(), Folder::new());
    let mut store = open.store();
    for (number, step) in steps.iter().enumerate() {
        step(&mut store);
        step(&mut anew.store());
        assert_same(&all_answers(&open.reader()), &all_answers(&anew.reader()), &format!("step {number}"));
    }
}
