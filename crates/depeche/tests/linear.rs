//! Long dispatches and long sentences cost in proportion to their length.
//!
//! What is counted is how often a token is looked at from the parse to the record, which no clock and no other program has a say in. The texts are our own and
//! made to be hard: one quotation over everything, hundreds of speakers, officers who are named by their rank again and again.

use depeche::nlp::doc::visits;
use depeche::{Coder, CoderOptions, ReadOptions, Reader};
use depeche_record::CodedDispatch;

/// Growth that is still proportional: what is done once a text, and how its words happen to fall, may make some part of it.
const SLACK: f64 = 1.25;

fn code(coder: &Coder, text: &str) -> (CodedDispatch, u64) {
    let item =
        Reader::new(std::io::Cursor::new(text.to_owned()), "long.txt", ReadOptions::default()).next().expect("an item").expect("a text");
    let before = visits::so_far().expect("tests count visits");
    let coded = coder.code(&item);
    (coded, visits::so_far().expect("tests count visits") - before)
}

/// Codes about `words` words of `text` and four times as many; the work must not grow more than the text.
fn check(words: usize, text: impl Fn(usize) -> String) {
    let coder = Coder::new(CoderOptions::default()).expect("packs");
    let (short, long) = (text(words / 4), text(words));
    let (few, less) = code(&coder, &short);
    let (many, more) = code(&coder, &long);
    assert!(!many.sentences.is_empty() && few.sentences.len() <= many.sentences.len(), "it was not parsed: {:?}", many.warnings);
    let length = long.split_whitespace().count() as f64 / short.split_whitespace().count() as f64;
    let work = more as f64 / less as f64;
    assert!(
        work <= length * SLACK,
        "{length:.2} times the words cost {work:.2} times the work: {}",
        &short[..short.floor_char_boundary(80)]
    );
}

/// `unit` over and over, about `words` words, with a different name for `{}` each time.
fn repeated(unit: &str, words: usize) -> Vec<String> {
    let letter = |number: usize| char::from(b'a' + (number % 26) as u8);
    let name = |number: usize| format!("Da{}{}{}l", letter(number), letter(number / 26), letter(number / 676));
    (0..words / unit.split_whitespace().count()).map(|number| unit.replace("{}", &name(number))).collect()
}

#[test]
fn a_dispatch_of_a_hundred_thousand_words() {
    let unit = "Le ministre norvégien {} a reçu mardi 4 mars l'ambassadrice du Chili. « Nous refusons cette proposition de paix », a-t-il déclaré à Oslo. \
                Selon l'agence Tass, l'armée russe a bombardé le port de Riga dans la nuit.";
    check(100_000, |words| repeated(unit, words).chunks(2).map(|pair| pair.join(" ")).collect::<Vec<_>>().join("\n\n"));
}

#[test]
fn a_quotation_that_nobody_closes() {
    let unit = "Nous refusons, a déclaré le ministre norvégien Jan {}, et nous condamnons la Russie.";
    check(20_000, |words| format!("« {}", repeated(unit, words).join(" ")));
}

#[test]
fn officers_and_their_counterparts() {
    let unit = "Le général Jan {} a rencontré son homologue. Le ministre a démenti.";
    check(20_000, |words| repeated(unit, words).join(" "));
}

#[test]
fn a_sentence_of_five_thousand_words() {
    for unit in [
        "que la Norvège refuserait de signer un accord avec la Suède mardi",
        "selon le ministre {}, la Russie a attaqué la Finlande",
        "la Norvège a condamné l'Iran et le ministre {} a menacé la Russie de sanctions",
    ] {
        check(5_000, |words| format!("Hier, le ministre a dit {}.\n", repeated(unit, words).join(", ")));
    }
}
