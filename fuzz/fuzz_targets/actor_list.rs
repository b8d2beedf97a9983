//! A user's list of actors of any bytes: persons and bodies come out, or rows that are told, within the bound on them.
#![no_main]

use depeche_packs::{ActorList, ListedCodes, PackFiles};
use libfuzzer_sys::fuzz_target;
use std::sync::LazyLock;

static CODES: LazyLock<ListedCodes> = LazyLock::new(|| ListedCodes::load(&PackFiles::built_in()).expect("the built-in packs load"));

fuzz_target!(|bytes: &[u8]| {
    let (_, faults) = ActorList::read(bytes, "list", &CODES);
    assert!(faults.len() <= 100);
    for fault in faults {
        assert!(fault.line > 0 && !fault.cure.is_empty());
    }
});
