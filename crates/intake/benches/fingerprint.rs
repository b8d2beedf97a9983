//! How many bytes of text a second are fingerprinted, and how long the groups of many fingerprints take.

use depeche_intake::{Fingerprint, near_duplicates};

fn main() {
    divan::main();
}

const TEXTS: [(&str, &str); 3] = [
    ("English", "The foreign minister told reporters in Baku on Monday that the two countries would send inspectors to the harbour. "),
    ("French", "À Genève, le ministre iranien des Affaires étrangères a reçu son homologue azerbaïdjanais et l'émissaire des États-Unis. "),
    ("Persian", "وزیر امور خارجه روز دوشنبه با همتای نروژی خود دیدار کرد تا درباره ماهیگیری و بهای نمک گفتگو کنند. "),
];

#[divan::bench(args = ["English", "French", "Persian"])]
fn of_text(bencher: divan::Bencher, language: &str) {
    let text: String = TEXTS.iter().filter(|(name, _)| *name == language).map(|(_, text)| text.repeat(100)).collect();
    bencher.counter(divan::counter::BytesCount::of_str(&text)).bench_local(|| Fingerprint::of_text(divan::black_box(&text)));
}

#[divan::bench(args = [1000, 10_000, 100_000])]
fn groups(bencher: divan::Bencher, many: usize) {
    // Each third is near the one before it.
    let text = |at: usize| {
        let words = (0..60).map(|word| format!("w{} ", (at - usize::from(at % 3 == 2)) * 100 + word));
        words.chain([format!("end{at}")]).collect::<String>()
    };
    let fingerprints: Vec<Fingerprint> = (0..many).filter_map(|at| Fingerprint::of_text(&text(at))).collect();
    bencher.counter(divan::counter::ItemsCount::new(many)).bench_local(|| near_duplicates(divan::black_box(&fingerprints), 0.7));
}
