//! How many pairs of names are compared in a second, and how long one name takes among a million.

use depeche_names::{Index, Matcher, Name};
use depeche_packs::{NameWords, PackFiles};
use std::sync::LazyLock;

fn main() {
    divan::main();
}

const GIVEN: [&str; 8] = ["Viktor", "Karim", "Sergei", "Aliaksandr", "Khaled", "Маргарита", "Jean-Paul", "عبدالله"];
const MIDDLE: [&str; 4] = ["Pavlovich", "bin Yusuf", "", "Reza"];
const STEM: [&str; 10] = ["Log", "Kozh", "Sarr", "Ben", "Thor", "Qas", "Mirz", "Vand", "Hadd", "Pod"];
const END: [&str; 10] = ["inov", "ukhov", "af", "oudjit", "valdsen", "emi", "ayev", "erkhov", "adi", "berezny"];

static MATCHER: LazyLock<Matcher> = LazyLock::new(|| Matcher::new(&NameWords::load(&PackFiles::built_in()).unwrap_or_default()));

/// The name of a number: family names are made of two syllables more than the list of ends.
fn name(at: usize) -> String {
    let pick = |list: &[&'static str], at: usize| list.get(at % list.len()).copied().unwrap_or_default();
    let syllable = pick(&["", "an", "or", "esh", "il", "um", "ak", "ev", "osh", "ar", "in", "ut", "el"], at / 3200);
    let second = pick(
        &[
            "", "b", "d", "f", "k", "l", "m", "n", "p", "r", "s", "t", "v", "z", "g", "sh", "ch", "x", "j", "h", "zh", "kh", "gh", "tr",
            "st",
        ],
        at / 41600,
    );
    format!("{} {} {}{syllable}{second}{}", pick(&GIVEN, at), pick(&MIDDLE, at / 8), pick(&STEM, at / 32), pick(&END, at / 320))
}

#[divan::bench]
fn pairs(bencher: divan::Bencher) {
    let names: Vec<Name> = (0..2000).map(|at| MATCHER.name(&name(at * 37), None)).collect();
    bencher
        .counter(names.len() - 1)
        .bench_local(|| names.windows(2).map(|pair| if let [one, other] = pair { MATCHER.score(one, other) } else { 0.0 }).sum::<f64>());
}

/// Pairs of which every name is new: taking apart is part of it.
#[divan::bench]
fn distinct_pairs(bencher: divan::Bencher) {
    let names: Vec<String> = (0..2000).map(|at| name(at * 37)).collect();
    bencher.counter(names.len() / 2).bench_local(|| {
        let score = |pair: &[String]| match pair {
            [one, other] => MATCHER.score(&MATCHER.name(one, None), &MATCHER.name(other, None)),
            _ => 0.0,
        };
        names.chunks_exact(2).map(score).sum::<f64>()
    });
}

#[divan::bench]
fn prepare(bencher: divan::Bencher) {
    let names: Vec<String> = (0..2000).map(|at| name(at * 37)).collect();
    bencher.counter(names.len()).bench_local(|| names.iter().map(|name| MATCHER.name(name, None).tokens().len()).sum::<usize>());
}

#[divan::bench(sample_count = 20)]
fn look_up_among_a_million(bencher: divan::Bencher) {
    static INDEX: LazyLock<Index<'static>> = LazyLock::new(|| Index::new(&MATCHER, (0..1_000_000).map(|at| (name(at), None))));
    let mut at = 0;
    LazyLock::force(&INDEX);
    bencher.bench_local(|| {
        at += 77_777;
        INDEX.find(&MATCHER.name(&name(at % 1_000_000), None), 0.5).len()
    });
}
