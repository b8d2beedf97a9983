//! What holds for any bytes and any text.

use depeche_intake::{Format, Pages, ReadOptions, Reader, dispatch};
use depeche_packs::PackFiles;
use depeche_record::{CharIndex, Dispatch};
use proptest::prelude::*;
use std::io::Cursor;
use std::sync::LazyLock;

static PAGES: LazyLock<Pages> = LazyLock::new(|| Pages::load(&PackFiles::built_in()).expect("the built-in packs load"));

/// Blocks in order, apart, inside the text, on what is not blank, and all of that.
fn blocks_are_sound(dispatch: &Dispatch) -> Result<(), TestCaseError> {
    let index = CharIndex::new(&dispatch.text);
    let mut before = 0;
    let mut covered = String::new();
    for block in &dispatch.blocks {
        prop_assert!(block.span.start >= before && block.span.start < block.span.end && block.span.end <= index.chars());
        covered.push_str(index.slice(&dispatch.text, block.span));
        before = block.span.end;
    }
    let letters = |text: &str| text.chars().filter(|character| character.is_alphanumeric()).collect::<String>();
    prop_assert_eq!(letters(&covered), letters(&dispatch.text));
    if let Some(publisher) = dispatch.publisher.as_ref().filter(|publisher| !publisher.span.is_empty()) {
        prop_assert_eq!(index.slice(&dispatch.text, publisher.span), publisher.name.as_str());
    }
    Ok(())
}

/// Lines such as pages have, in any order.
fn page() -> impl Strategy<Value = String> {
    let line = prop_oneof![
        Just(""),
        Just("  \u{A0} "),
        Just("Accueil"),
        Just("A / B / C"),
        Just("Lire aussi :"),
        Just("Partager"),
        Just("(AFP)"),
        Just("Source : Écho du Nord"),
        Just("Les ministres se rencontrent à Oslo"),
        Just("OSLO (AFP) — Les ministres se sont vus lundi à Oslo pour parler de pêche."),
        Just("3 min de lecture"),
        Just("Le port de Bergen en mai. (Photo : Mairie)"),
        Just("The two ministers met in Oslo on Monday to talk about the fish of the north."),
        Just("« Non », a-t-elle dit."),
        Just("12"),
    ];
    let ending = prop_oneof![Just("\n"), Just("\r\n"), Just("\r"), Just("\u{2028}")];
    prop::collection::vec((line, ending), 0..30).prop_map(|lines| lines.into_iter().flat_map(|(line, ending)| [line, ending]).collect())
}

proptest! {
    #[test]
    fn the_reader_takes_any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..300), format in prop::option::of(prop::sample::select(Format::ALL.to_vec()))) {
        for item in Reader::new(Cursor::new(bytes), "any", ReadOptions { format, ..ReadOptions::default() }).flatten() {
            blocks_are_sound(&dispatch(&item, &PAGES).0)?;
        }
    }

    #[test]
    fn the_reader_takes_any_text(text in "\\PC{0,200}|[\\{\\}\\[\\]\":,a-z\\\\u0-9d\\n]{0,120}") {
        for item in Reader::new(Cursor::new(text.into_bytes()), "any", ReadOptions::default()).flatten() {
            blocks_are_sound(&dispatch(&item, &PAGES).0)?;
        }
    }

    #[test]
    fn json_gives_back_its_text(text in "\\PC{1,80}[a-z]") {
        let line = serde_json::json!({"text": text}).to_string();
        let item = Reader::new(Cursor::new(line.into_bytes()), "any.jsonl", ReadOptions::default()).next();
        prop_assert_eq!(item.and_then(Result::ok).map(|item| item.content.as_str().to_owned()), Some(text));
    }

    #[test]
    fn blocks_cover_a_page(text in page()) {
        let line = serde_json::json!({"text": text}).to_string();
        for item in Reader::new(Cursor::new(line.into_bytes()), "any.jsonl", ReadOptions::default()).flatten() {
            let (dispatch, _) = dispatch(&item, &PAGES);
            prop_assert_eq!(&dispatch.text, &text);
            blocks_are_sound(&dispatch)?;
        }
    }
}
