//! What start-up spends on the tables of names, and how fast names are found.

use depeche_packs::{Gazetteer, Holders, Offices, PackFiles};

fn main() {
    divan::main();
}

const LANGUAGES: [&str; 2] = ["fr", "en"];
const TEXT: &str = "À Genève, le ministre iranien des Affaires étrangères a reçu son homologue azerbaïdjanais et l'émissaire des Etats-Unis. \
                    The Iranian foreign minister told Reuters in Baku that the United Nations would send inspectors. ";

#[divan::bench(args = LANGUAGES)]
fn load_gazetteer(language: &str) -> usize {
    Gazetteer::load(&PackFiles::built_in(), language).map_or(0, |gazetteer| gazetteer.len())
}

#[divan::bench(args = LANGUAGES)]
fn load_offices(language: &str) -> usize {
    Offices::load(&PackFiles::built_in(), language).map_or(0, |offices| offices.offices().len())
}

#[divan::bench(args = LANGUAGES)]
fn load_holders(language: &str) -> usize {
    Holders::load(&PackFiles::built_in(), language).map_or(0, |holders| holders.iter().len())
}

#[divan::bench(args = LANGUAGES)]
fn find_names(bencher: divan::Bencher, language: &str) {
    let text = TEXT.repeat(50);
    if let Ok(gazetteer) = Gazetteer::load(&PackFiles::built_in(), language) {
        bencher.counter(divan::counter::BytesCount::of_str(&text)).bench_local(|| gazetteer.find(divan::black_box(&text)).len());
    }
}
