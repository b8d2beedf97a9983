//! What goes in: once each, in any order, whole or not at all.

use crate::support::{Folder, RESOLVER, all_answers, assert_same, dispatches, ingest, prepared, run};
use depeche_record::CodedDispatch;
use depeche_store::{Filter, Kept, Prepared, Reader, SqlLimits, Store, StoreErrorKind};

#[test]
fn what_goes_in_comes_out() {
    let folder = Folder::with(dispatches());
    let reader = folder.reader();
    for coded in dispatches() {
        assert_eq!(reader.coded(&coded.id).unwrap().as_ref(), Some(&coded), "{}", coded.id);
    }
    assert_eq!(reader.coded("nothing").unwrap(), None);
    assert_eq!(reader.check().unwrap(), Vec::<String>::new());
}

#[test]
fn what_is_known_is_not_kept_twice() {
    let folder = Folder::with(dispatches());
    let before = all_answers(&folder.reader());
    assert!(ingest(&mut folder.store(), dispatches()).iter().all(|kept| *kept == Kept::Known));
    let twice: Vec<CodedDispatch> = dispatches().into_iter().chain(dispatches()).collect();
    assert!(ingest(&mut folder.store(), twice).iter().all(|kept| *kept == Kept::Known));
    assert_same(&all_answers(&folder.reader()), &before, "after");
}

#[test]
fn the_order_and_the_batches_make_no_difference() {
    let whole = all_answers(&Folder::with(dispatches()).reader());
    for step in [7, 11, 13] {
        let folder = Folder::new();
        let mut store = folder.store();
        let all = dispatches();
        // Steps that share no factor with thirty visit every place once.
        let shuffled: Vec<CodedDispatch> = (0..all.len()).map(|place| all[place * step % all.len()].clone()).collect();
        for batch in shuffled.chunks(step) {
            ingest(&mut store, batch.to_vec());
        }
        assert_same(&all_answers(&folder.reader()), &whole, &format!("steps of {step}"));
    }
}

/// The same pledge, voiced again in sixteen months.
fn pledged_again_and_again() -> Vec<CodedDispatch> {
    let pledging = dispatches().into_iter().find(|coded| coded.id == "irak-24b").unwrap();
    let voiced = |month: i8| {
        let day = depeche_record::Date::new(2020 + i16::from(month / 12), month % 12 + 1, 5).unwrap();
        let mut coded = pledging.clone();
        coded.id = format!("pledge-{month}");
        coded.source_sha256 = format!("{month:064x}");
        let published = &mut coded.dispatch.published;
        published.value = Some(day.to_string());
        (published.earliest, published.latest) = (Some(day), Some(day));
        coded
    };
    (0..16).map(voiced).collect()
}

#[test]
fn a_pledge_of_every_month_restates_the_first_and_the_last() {
    let threads = |folder: &Folder| {
        let answer = folder.reader().sql("SELECT DISTINCT thread FROM commitments", SqlLimits::default()).unwrap();
        answer.rows.into_iter().flatten().filter_map(|cell| cell.as_str().map(str::to_owned)).collect::<Vec<_>>()
    };
    let whole = Folder::with(pledged_again_and_again());
    let answers = all_answers(&whole.reader());
    let pledges = whole.reader().commitments(&Filter::default()).unwrap();
    let last = pledges.iter().find(|row| row.id == "pledge-15#s1").unwrap();
    assert_eq!(last.restates, ["pledge-0#s1", "pledge-11#s1", "pledge-12#s1", "pledge-13#s1", "pledge-14#s1"]);
    assert_eq!(threads(&whole), ["pledge-0#s1"]);
    for step in [1, 3, 5, 15] {
        let folder = Folder::new();
        let (mut store, all) = (folder.store(), pledged_again_and_again());
        for place in 0..all.len() {
            ingest(&mut store, vec![all[place * step % all.len()].clone()]);
        }
        assert_same(&all_answers(&folder.reader()), &answers, &format!("steps of {step}"));
        assert_eq!(threads(&folder), ["pledge-0#s1"], "steps of {step}");
    }
}

#[test]
fn another_text_of_a_known_id_is_kept_beside_it() {
    let folder = Folder::with(dispatches());
    let mut other = dispatches().remove(0);
    other.dispatch.text.push_str(" Mis à jour.");
    other.source_sha256 = "ab".repeat(32);
    let mut same = dispatches().remove(0);
    same.source_sha256 = "cd".repeat(32);
    let id = format!("{}@abababab", other.id);
    assert_eq!(
        ingest(&mut folder.store(), vec![other.clone(), same]),
        [Kept::New { id: id.clone(), events: other.events.len() }, Kept::Known]
    );
    assert_eq!(folder.reader().coded(&id).unwrap().unwrap().dispatch.text, other.dispatch.text);
    assert_ne!(folder.reader().coded(&other.id).unwrap().unwrap().dispatch.text, other.dispatch.text);
}

fn check_refused(spoil: impl FnOnce(&mut CodedDispatch), because: &str) {
    let mut coded = dispatches().remove(0);
    spoil(&mut coded);
    let error = Prepared::new(coded, &RESOLVER).unwrap_err();
    assert_eq!(error.kind, StoreErrorKind::Dispatch);
    assert!(error.message.contains(because), "{error}");
}

#[test]
fn dispatches_without_identity_or_evidence_are_refused() {
    check_refused(|coded| coded.id.clear(), "no id");
    check_refused(|coded| coded.id.push('\0'), "NUL");
    check_refused(|coded| coded.source_sha256.truncate(63), "SHA-256");
    check_refused(|coded| coded.source_sha256 = "é".repeat(32), "SHA-256");
    check_refused(|coded| coded.dispatch.text.truncate(20), "beyond its text");
    check_refused(|coded| coded.events[0].trigger.span.end = usize::MAX, "beyond its text");
    check_refused(|coded| coded.sentences = vec![(0, 1).into(); 1 << 16], "more facts");
}

#[test]
fn a_full_disk_leaves_the_record_as_it_was() {
    let folder = Folder::with(dispatches().split_off(20));
    let before = all_answers(&folder.reader());
    let mut store = folder.store();
    let size = std::fs::metadata(folder.path()).unwrap().len();
    store.limit_size(size + (64 << 10)).unwrap();
    let run = store.run(&run()).unwrap();
    let error = store.ingest(prepared(dispatches()), run, &RESOLVER).unwrap_err();
    assert_eq!(error.kind, StoreErrorKind::Full, "{error}");
    assert_same(&all_answers(&folder.reader()), &before, "after");
    store.limit_size(1 << 30).unwrap();
    assert_eq!(store.ingest(prepared(dispatches()), run, &RESOLVER).unwrap().iter().filter(|kept| **kept == Kept::Known).count(), 10);
    assert_eq!(folder.reader().check().unwrap(), Vec::<String>::new());
    assert_same(&all_answers(&folder.reader()), &all_answers(&Folder::with(dispatches()).reader()), "after");
}

#[test]
fn one_writes_while_others_read() {
    let folder = Folder::with(dispatches().split_off(29));
    let mut store = folder.store();
    let path = folder.path();
    assert_eq!(Store::open(&path).unwrap_err().kind, StoreErrorKind::InUse);
    let reading = std::thread::spawn(move || {
        let mut seen = Vec::new();
        while seen.last().is_none_or(|last| *last < 30) {
            let reader = Reader::open(&path).unwrap();
            seen.push(reader.size().unwrap().dispatches);
            reader.timeline(&depeche_store::Filter::default()).unwrap();
        }
        seen
    });
    for coded in dispatches() {
        ingest(&mut store, vec![coded]);
    }
    let seen = reading.join().unwrap();
    assert!(seen.is_sorted(), "{seen:?}");
}
