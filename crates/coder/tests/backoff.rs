//! Words that no frame names, placed by those near them; and what holds of every confidence.
//!
//! A case hides words from the frames, so that it stays a case when the packs come to name more.

#![expect(clippy::unwrap_used, reason = "built-in packs load, or the test fails")]

use depeche_actors::Directory;
use depeche_coder::{BackOff, Codebook, Coding, Lexicon, Reading, SpeechWords, WordVectors, code};
use depeche_nlp::{Pipeline, model_path};
use depeche_packs::temporal::Temporal;
use depeche_packs::{Frames, ModeRule, PackFiles, Speech, Syntax};
use depeche_predicates::{Clauses, Grammar, Graph};
use depeche_record::{Event, Participant, Published};
use depeche_time::Recogniser;
use expect_test::{Expect, expect};
use proptest::prelude::*;
use std::sync::{Arc, LazyLock};

struct Stages {
    language: &'static str,
    pipeline: Arc<Pipeline>,
    grammar: Grammar,
    directory: Directory,
    recogniser: Recogniser,
}

fn stages(language: &'static str) -> Stages {
    let files = PackFiles::built_in();
    let pipeline =
        Pipeline::open(model_path(language)).unwrap_or_else(|error| panic!("{error}: obtain the models with `cargo xtask models`"));
    Stages {
        language,
        pipeline: Arc::new(pipeline),
        grammar: Grammar::new(&Syntax::load(&files, language).unwrap()),
        directory: Directory::load(&files, language).unwrap(),
        recogniser: Recogniser::new(&Temporal::load(&files, language).unwrap()).unwrap(),
    }
}

static FRENCH: LazyLock<Stages> = LazyLock::new(|| stages("fr"));
static ENGLISH: LazyLock<Stages> = LazyLock::new(|| stages("en"));

impl Stages {
    /// The built-in frames without some words.
    fn codebook(&self, hidden: &[&str]) -> Codebook {
        let files = PackFiles::built_in();
        let mut frames = Frames::load(&files, self.language).unwrap();
        for frame in &mut frames.all {
            frame.verbs.retain(|word| !hidden.contains(&word.as_str()));
            frame.nouns.retain(|word| !hidden.contains(&word.as_str()));
            frame.phrases.retain(|[word, _]| !hidden.contains(&word.as_str()));
        }
        let speech = SpeechWords::new(&Speech::load(&files, self.language).unwrap());
        let modes = ModeRule::load(&files, self.language).unwrap();
        Codebook { lexicon: Lexicon::new(frames, modes, &self.grammar), speech }
    }

    fn back_off(&self, codebook: &Codebook) -> BackOff {
        let vectors: Arc<Pipeline> = Arc::clone(&self.pipeline);
        BackOff::new(&codebook.lexicon, vectors).unwrap()
    }

    fn code(&self, text: &str, codebook: &Codebook, back_off: Option<&BackOff>) -> Coding {
        let doc = self.pipeline.annotate(text);
        let graph = Graph::new(&doc, &self.grammar);
        let clauses = Clauses::new(&graph, &self.grammar);
        let actors = depeche_actors::find(&doc, &graph, &self.directory, &[]);
        let times = self.recogniser.resolve(&self.recogniser.recognise(&doc), &Published::default(), &doc);
        let reading = Reading::new(&graph, &clauses, &self.grammar, &actors, &times, &[]);
        code(&reading, codebook, back_off, true)
    }
}

/// What the frames without the `hidden` words and their neighbours make of a text: an event a line, with the word that back-off placed.
fn check(stages: &Stages, hidden: &[&str], text: &str, expected: Expect) {
    let codebook = stages.codebook(hidden);
    let coding = stages.code(text, &codebook, Some(&stages.back_off(&codebook)));
    let side = |side: &[Participant]| side.iter().map(|one| one.text.clone()).collect::<Vec<_>>().join(" + ");
    let line = |event: &Event| {
        let word = event.explain.as_ref().and_then(|explain| explain.back_off.as_ref()).map_or("", |placing| placing.word.as_str());
        format!("{} {:?}: {} > {} {word}", event.kind, event.status, side(&event.actors), side(&event.recipients)).trim_end().to_owned()
    };
    expected.assert_eq(&coding.above(Some(0.0)).iter().map(line).collect::<Vec<_>>().join("\n"));
}

#[test]
fn french_words_are_placed_by_their_neighbours() {
    let check = |hidden: &[&str], text, expected| check(&FRENCH, hidden, text, expected);
    check(&["fustiger"], "La Norvège a fustigé la Biélorussie.", expect!["ACCUSE Occurred: Norvège > Biélorussie fustiger"]);
    check(&["bombarder"], "L'armée russe a bombardé l'Ukraine mardi.", expect!["ASSAULT Occurred: armée russe > Ukraine bombarder"]);
    check(&["fustiger"], "La Norvège n'a pas fustigé la Biélorussie.", expect![""]);
    check(
        &["invasion"],
        "L'invasion de la Norvège par la Suède a commencé en février.",
        expect!["ASSAULT Occurred: Suède > Norvège invasion"],
    );
    // Nobody political, a verb of speech, a verb that a frame names: nothing.
    check(&["fustiger"], "Le boulanger a fustigé la pluie.", expect![""]);
    check(&[], "Le ministre norvégien a déclaré que la Biélorussie avait froid.", expect![""]);
    // What is told anyway is not told twice.
    check(&["blâmer"], "La Norvège a condamné et blâmé la Biélorussie.", expect!["ACCUSE Occurred: Norvège > Biélorussie"]);
}

#[test]
fn english_words_are_placed_by_their_neighbours() {
    let check = |hidden: &[&str], text, expected| check(&ENGLISH, hidden, text, expected);
    check(&["denounce"], "Norway denounced Belarus.", expect!["ACCUSE Occurred: Norway > Belarus denounce"]);
    check(&["condemn"], "Belarus was condemned by the Swedish minister.", expect!["ACCUSE Occurred: Swedish minister > Belarus condemn"]);
    check(&["arrest"], "The Russian army did not arrest the Norwegian minister.", expect![""]);
    check(
        &["detain"],
        "Belarus may detain the Norwegian ambassador.",
        expect!["COERCE Hypothetical: Belarus > Norwegian ambassador detain"],
    );
    check(&["denounce"], "The baker denounced the rain.", expect![""]);
    check(&[], "Norway said that Belarus was cold.", expect![""]);
}

#[derive(Debug)]
struct NoVectors;

impl WordVectors for NoVectors {
    fn vector_and_row(&self, _: &str) -> Option<(u32, &[f32])> {
        None
    }
}

/// Vectors that cannot be compared: of no length, of two widths, of no number.
#[derive(Debug)]
struct StrangeVectors;

impl WordVectors for StrangeVectors {
    fn vector_and_row(&self, form: &str) -> Option<(u32, &[f32])> {
        let vector: &[f32] = match form.len() % 4 {
            0 => &[0.0, 0.0],
            1 => &[f32::NAN, 1.0],
            2 => &[1.0, 2.0, 3.0],
            _ => &[f32::INFINITY, -1.0],
        };
        Some((form.len() as u32, vector))
    }
}

#[test]
fn without_vectors_back_off_is_silent() {
    assert!(BackOff::new(&FRENCH.codebook(&[]).lexicon, Arc::new(NoVectors)).is_none());
}

#[test]
fn vectors_of_any_numbers_are_borne() {
    let codebook = FRENCH.codebook(&["fustiger"]);
    let back_off = BackOff::new(&codebook.lexicon, Arc::new(StrangeVectors));
    let coding = FRENCH.code("La Norvège a fustigé la Biélorussie, qui a grondé la Suède.", &codebook, back_off.as_ref());
    assert!(coding.placed.iter().all(|event| (0.0..=1.0).contains(&event.confidence)));
}

#[test]
fn fewer_events_are_numbered_anew_and_frames_are_told() {
    let codebook = FRENCH.codebook(&[]);
    let coding = FRENCH.code("La Norvège a condamné la Biélorussie. Des sanctions ont été évoquées par la Suède.", &codebook, None);
    assert!(coding.placed.is_empty() && !coding.named.is_empty());
    assert!(coding.named.iter().all(|event| event.explain.as_ref().is_some_and(|explain| !explain.frame.is_empty())));
    let least = coding.named.iter().map(|event| event.confidence).fold(1.0, f64::min);
    assert!(coding.clone().above(Some(least + 0.001)).len() < coding.named.len());
    assert_eq!(coding.clone().above(None), coding.above(Some(least)));
}

static WHOLE: LazyLock<(Codebook, BackOff)> = LazyLock::new(|| {
    let codebook = FRENCH.codebook(&["condamner", "frapper", "rencontrer"]);
    let back_off = FRENCH.back_off(&codebook);
    (codebook, back_off)
});

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn confidence_is_a_share_and_the_same_each_time(words in prop::collection::vec(prop::sample::select(vec![
        "La Norvège", "l'armée russe", "le ministre suédois", "Minsk", "a condamné", "a frappé", "rencontre", "grondera", "la colère de", "et",
        "aurait muselé", "selon", "hier", "n'a pas", ",", ".", "« ", " »", "que", "à",
    ]), 0..24), least in 0.0..1.0_f64) {
        let (codebook, back_off) = &*WHOLE;
        let text = words.join(" ");
        let coding = FRENCH.code(&text, codebook, Some(back_off));
        prop_assert_eq!(&FRENCH.code(&text, codebook, Some(back_off)).above(Some(0.0)), &coding.clone().above(Some(0.0)));
        prop_assert_eq!(&FRENCH.code(&text, codebook, Some(&FRENCH.back_off(codebook))).above(Some(0.0)), &coding.clone().above(Some(0.0)));
        let named = FRENCH.code(&text, codebook, None).named;
        prop_assert_eq!(&named, &coding.named);
        let all = coding.named.len() + coding.placed.len();
        let kept = coding.above(Some(least));
        prop_assert!(kept.len() <= all && kept.iter().all(|event| event.confidence >= least && event.confidence <= 1.0));
        let ids: Vec<String> = (1..=kept.len()).map(|number| format!("v{number}")).collect();
        prop_assert!(kept.iter().map(|event| &event.id).eq(&ids));
    }
}
