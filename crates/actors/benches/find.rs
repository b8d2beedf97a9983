//! How many dispatches a second the actor stage reads.
//!
//! The passages of the tests, parsed ahead, are laid one after the other to texts of a dispatch's length. `DEPECHE_BENCH_ANNOTATED` names a
//! file of `annotate --mend --to jsonl` in French to read instead, a dispatch a line.

use depeche_actors::{Directory, find};
use depeche_nlp::{Annotation, Doc, EntityAnnotation, TokenAnnotation};
use depeche_packs::{PackFiles, Syntax};
use depeche_predicates::{Grammar, Graph};

fn main() {
    divan::main();
}

#[derive(serde::Deserialize)]
struct Passage {
    text: String,
    #[serde(flatten)]
    annotation: Annotation,
}

/// Words of a dispatch, about.
const LENGTH: usize = 400;

fn dispatches(lines: &str, length: usize) -> Vec<Doc> {
    let mut dispatches = Vec::new();
    let (mut text, mut all) = (String::new(), Annotation::default());
    for line in lines.lines() {
        let Ok(passage) = serde_json::from_str::<Passage>(line) else { continue };
        let (characters, tokens) = (text.chars().count(), all.tokens.len());
        all.tokens.extend(passage.annotation.tokens.into_iter().map(|token| TokenAnnotation {
            start: token.start + characters,
            end: token.end + characters,
            head: token.head + tokens,
            ..token
        }));
        let entity =
            |entity: EntityAnnotation| EntityAnnotation { start: entity.start + characters, end: entity.end + characters, ..entity };
        all.ents.extend(passage.annotation.ents.into_iter().map(entity));
        text.push_str(&passage.text);
        if all.tokens.len() >= length {
            dispatches.push(Doc::from_annotation(&text, &std::mem::take(&mut all)));
            text.clear();
        } else {
            text.push(' ');
        }
    }
    dispatches
}

#[divan::bench]
fn find_actors(bencher: divan::Bencher) {
    let dispatches = match std::env::var("DEPECHE_BENCH_ANNOTATED").map(std::fs::read_to_string) {
        Ok(Ok(lines)) => dispatches(&lines, 1),
        _ => dispatches(include_str!("../tests/passages/fr.jsonl"), LENGTH),
    };
    let files = PackFiles::built_in();
    let (Ok(directory), Ok(syntax)) = (Directory::load(&files, "fr"), Syntax::load(&files, "fr")) else { return };
    let grammar = Grammar::new(&syntax);
    bencher.counter(divan::counter::ItemsCount::new(dispatches.len())).bench_local(|| {
        let mentions = |doc: &Doc| find(doc, &Graph::new(doc, &grammar), &directory, &[]).mentions.len();
        dispatches.iter().map(mentions).sum::<usize>()
    });
}
