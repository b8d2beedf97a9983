//! What holds of the models themselves. They are data that the repository does not hold; where one is not there, the
//! test says how to obtain it.

use depeche_nlp::mend::Rules;
use depeche_nlp::{Doc, ErrorKind, ModelInfo, Pipeline, model_path};
use expect_test::{Expect, expect};
use proptest::prelude::*;
use std::sync::LazyLock;

static FRENCH: LazyLock<Pipeline> = LazyLock::new(|| open("fr"));
static ENGLISH: LazyLock<Pipeline> = LazyLock::new(|| open("en"));

#[track_caller]
fn open(language: &str) -> Pipeline {
    let path = model_path(language);
    match Pipeline::open(&path) {
        Ok(pipeline) => pipeline,
        Err(error) => panic!("{error}\nThe tests need the model {}: `cargo xtask models` obtains it.", path.display()),
    }
}

/// A line a token: the form, its part of speech, lemma, relation and head; then the entities.
fn table(doc: &Doc) -> String {
    let mut table = String::new();
    for token in doc.tokens() {
        let start = if token.sent_start() { "*" } else { " " };
        let line = [token.form(), token.pos(), token.lemma(), token.dep(), token.head().form()].join(" ");
        table.push_str(&format!("{start}{line}\n"));
    }
    for ent in doc.ents() {
        table.push_str(&format!("{} {}\n", doc.label(ent.label), doc.slice(ent.start as usize..ent.end as usize)));
    }
    table
}

fn check(pipeline: &Pipeline, text: &str, expected: Expect) {
    expected.assert_eq(&table(&pipeline.annotate(text)));
}

#[test]
fn french_answers() {
    check(
        &FRENCH,
        "La ministre a visité Lyon. Elle repart jeudi.",
        expect![[r#"
        *La DET le det ministre
         ministre NOUN ministre nsubj visité
         a AUX avoir aux:tense visité
         visité VERB visiter ROOT visité
         Lyon PROPN Lyon obj visité
         . PUNCT . punct visité
        *Elle PRON lui nsubj repart
         repart VERB repartir ROOT repart
         jeudi NOUN jeudi obl:mod repart
         . PUNCT . punct repart
        LOC Lyon
    "#]],
    );
}

#[test]
fn english_answers() {
    check(
        &ENGLISH,
        "Two envoys left Cairo yesterday, Reuters said.",
        expect![[r#"
        *Two NUM two nummod envoys
         envoys NOUN envoy nsubj left
         left VERB leave ccomp said
         Cairo PROPN Cairo dobj left
         yesterday NOUN yesterday npadvmod left
         , PUNCT , punct said
         Reuters PROPN Reuters nsubj said
         said VERB say ROOT said
         . PUNCT . punct said
        CARDINAL Two
        GPE Cairo
        DATE yesterday
        ORG Reuters
    "#]],
    );
}

#[test]
fn offsets_count_bytes_and_characters() {
    let doc = FRENCH.annotate("Été à Genève.");
    let last = doc.token(doc.len() - 1);
    assert_eq!((last.start(), last.end(), last.bytes()), (12, 13, 16..17));
}

#[test]
fn any_company_and_any_thread_gives_the_same_answer() {
    let texts: Vec<String> = (0..40)
        .map(|number| {
            let again = "Le maire de Nantes reçoit une délégation danoise. ".repeat(number % 7);
            format!("{again}Le train numéro {number} part pour Bruxelles, dit-on.\n\nSuite page {number}.")
        })
        .collect();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let alone: Vec<_> = texts.iter().map(|text| FRENCH.annotate(text).to_annotation()).collect();
    for size in [3, 40] {
        let batches = texts.chunks(size).flat_map(|batch| FRENCH.annotate_batch(batch));
        assert!(batches.map(|doc| doc.to_annotation()).eq(alone.iter().cloned()), "batches of {size}");
    }
    let fresh = open("fr");
    std::thread::scope(|scope| {
        let by_thread: Vec<_> = texts.chunks(10).map(|texts| scope.spawn(|| fresh.annotate_batch(texts))).collect();
        let docs = by_thread.into_iter().flat_map(|thread| thread.join().expect("a thread"));
        assert!(docs.map(|doc| doc.to_annotation()).eq(alone.iter().cloned()), "threads");
    });
}

#[test]
fn a_long_text_is_annotated_like_its_parts() {
    let sentence = "Le navire quitte le port de Gênes. ";
    let doc = FRENCH.annotate(&sentence.repeat(300));
    assert_eq!(doc.sentences().len(), 300);
    let forms = |sentence: usize| doc.sentences()[sentence].clone().map(|at| doc.token(at).pos()).collect::<Vec<_>>();
    assert_eq!(forms(100), forms(200));
}

#[test]
fn blocks_are_mended_and_bounded() {
    let text = "Visite à Rome\n\nMENU\n\nL’envoyé s’est rendu à Rome. Il y reste.";
    let [title, menu, body] = ["Visite", "MENU", "L’envoyé"].map(|start| text.find(start).expect("it is there"));
    let doc = FRENCH.annotate_mended(text, &[title..menu - 2, body..text.len()]);
    assert!(doc.tokens().all(|token| token.bytes().end < menu || token.bytes().start >= body));
    let starts: Vec<&str> = doc.sentences().iter().map(|sentence| doc.token(sentence.start).text()).collect();
    assert_eq!(starts, ["Visite", "L’", "Il"]);
    let elided = doc.tokens().find(|token| token.text() == "s’").expect("an elided pronoun");
    assert_eq!((elided.form(), elided.pos()), ("s'", "PRON"));
    let ents: Vec<_> = doc.ents().iter().map(|ent| doc.slice(ent.start as usize..ent.end as usize)).collect();
    assert_eq!(ents, ["Rome", "Rome"]);
    for token in doc.tokens() {
        let characters: String = text.chars().skip(token.start()).take(token.end() - token.start()).collect();
        assert_eq!(token.text(), characters);
    }
}

/// With phrases that are hidden from the parser.
static MENDED: LazyLock<Pipeline> = LazyLock::new(|| {
    let set = |words: &[&str]| words.iter().map(|&word| word.to_owned()).collect();
    let rules = Rules { insertions: set(&["pour sa part", "quant à lui"]), auxiliaries: set(&["a", "est"]), ..Rules::default() };
    open("fr").with_mending(rules)
});

#[test]
fn insertions_do_not_lead_the_parser_astray() {
    let text = "Lima cède. Le ministre a quant à lui salué l'accord de Quito. Il a pour sa part.";
    let doc = MENDED.annotate_mended(text, std::slice::from_ref(&(0..text.len())));
    let told: Vec<_> = doc.tokens().map(|token| (token.text(), doc.token(token.head_index()).text())).collect();
    let of = |word: &str| told.iter().find(|(text, _)| *text == word).map(|(_, head)| *head);
    assert_eq!([of("ministre"), of("salué"), of("a"), of("accord")], [Some("salué"); 4]);
    assert_eq!([of("quant"), of("à"), of("lui")], [Some("salué"); 3]);
    let starts: Vec<&str> = doc.sentences().iter().map(|sentence| doc.token(sentence.start).text()).collect();
    assert_eq!(starts, ["Lima", "Le", "Il"]);
    let ents: Vec<_> = doc.ents().iter().map(|ent| doc.slice(ent.start as usize..ent.end as usize)).collect();
    assert!(ents.contains(&"Quito"), "{ents:?}");
    // What no word follows stays where it is.
    assert_ne!(doc.tokens().rfind(|token| token.text() == "sa").map(|token| token.pos().to_owned()), Some("ADV".to_owned()));
}

#[test]
fn vectors_of_known_forms() {
    let of = |form| FRENCH.vector(form).unwrap_or_else(|| panic!("no vector of {form}"));
    let likeness = |left: &[f32], right: &[f32]| {
        let product = |one: &[f32], other: &[f32]| one.iter().zip(other).map(|(one, other)| one * other).sum::<f32>();
        product(left, right) / (product(left, left) * product(right, right)).sqrt()
    };
    assert!(likeness(of("rencontre"), of("réunion")) > likeness(of("rencontre"), of("fromage")));
    assert_eq!(FRENCH.vector("qzxqzxqzx"), None);
}

#[test]
fn a_model_says_what_it_is() {
    let info = ModelInfo::read(&model_path("fr")).expect("info");
    assert_eq!(&info, FRENCH.info());
    assert_eq!((info.full_name().as_str(), info.license.as_str()), ("fr_core_news_md", "LGPL-LR"));
    let none = Pipeline::open("/no/such/model").expect_err("none");
    assert_eq!(none.kind(), ErrorKind::Missing);
    assert!(none.to_string().starts_with("/no/such/model: "), "{none}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_text_has_an_annotation(text in any::<String>(), more in "([a-zéÉA-Z’' .,\n\t0-9«»-]{0,20}( a pour sa part | est quant à lui )?){0,10}", cut in 0usize..250) {
        for text in [&text, &more] {
            for pipeline in [&*FRENCH, &*ENGLISH, &*MENDED] {
                for doc in [pipeline.annotate(text), pipeline.annotate_mended(text, &[0..cut, cut / 2..text.len(), cut..cut / 3])] {
                    prop_assert_eq!(doc.text(), text.as_str());
                    let mut end = 0;
                    for token in doc.tokens() {
                        prop_assert!(token.bytes().start >= end && token.bytes().end <= text.len());
                        prop_assert!(token.head_index() < doc.len());
                        prop_assert_eq!(text[..token.bytes().start].chars().count(), token.start());
                        end = token.bytes().end;
                    }
                }
            }
        }
    }
}
