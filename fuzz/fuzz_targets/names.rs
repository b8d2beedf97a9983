//! Any two texts as names: a score within its bounds, the same from both sides, and 1 for a name and itself.
#![no_main]

use depeche_names::{Kind, MAX_TOKENS, Matcher};
use depeche_packs::{NameWords, PackFiles};
use libfuzzer_sys::fuzz_target;
use std::sync::LazyLock;

static MATCHER: LazyLock<Matcher> = LazyLock::new(|| Matcher::new(&NameWords::load(&PackFiles::built_in()).expect("the built-in packs load")));

fuzz_target!(|input: (u8, &str, &str)| {
    let (kind, one, other) = input;
    let kind = [None, Some(Kind::Person), Some(Kind::Organisation), Some(Kind::Vessel)][usize::from(kind % 4)];
    let (one, other) = (MATCHER.name(one, kind), MATCHER.name(other, kind));
    let score = MATCHER.score(&one, &other);
    assert!((0.0..=1.0).contains(&score), "{score}");
    assert!((score - MATCHER.score(&other, &one)).abs() < 1e-6, "{one:?} {other:?}");
    assert!(one.tokens().len() <= MAX_TOKENS);
    if !one.tokens().is_empty() {
        assert_eq!(MATCHER.score(&one, &one), 1.0);
    }
    let told = MATCHER.explain(&one, &other);
    assert_eq!(told.score, score);
});
