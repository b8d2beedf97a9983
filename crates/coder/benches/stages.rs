//! How fast the stages over a parse are: how many dispatches a second have their actors found, and how many sentences their clauses, events and
//! statements coded, once parse, actors and times are known.
//!
//! The passages of the actors' tests are laid one after the other to texts of a dispatch's length. `DEPECHE_BENCH_ANNOTATED` names a file of
//! `annotate --mend --to jsonl` in French to code instead, a dispatch a line.

use depeche_actors::{Actors, Directory, find};
use depeche_coder::{self as coder, BackOff, Codebook, Reading, statements};
use depeche_nlp::{Annotation, Doc, EntityAnnotation, Pipeline, TokenAnnotation, model_path};
use depeche_packs::temporal::Temporal;
use depeche_packs::{PackError, PackFiles, Syntax};
use depeche_predicates::{Clauses, Grammar, Graph};
use depeche_record::Published;
use depeche_time::{Recogniser, Resolved};
use std::sync::Arc;

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

/// The packs that coding in French needs.
struct French {
    grammar: Grammar,
    directory: Directory,
    recogniser: Recogniser,
    codebook: Codebook,
}

impl French {
    fn load() -> Result<French, PackError> {
        let files = PackFiles::built_in();
        let grammar = Grammar::new(&Syntax::load(&files, "fr")?);
        Ok(French {
            directory: Directory::load(&files, "fr")?,
            recogniser: Recogniser::new(&Temporal::load(&files, "fr")?)?,
            codebook: Codebook::load(&files, "fr", &grammar)?,
            grammar,
        })
    }
}

fn texts() -> Vec<Doc> {
    match std::env::var("DEPECHE_BENCH_ANNOTATED").map(std::fs::read_to_string) {
        Ok(Ok(lines)) => dispatches(&lines, 1),
        _ => dispatches(include_str!("../../actors/tests/passages/fr.jsonl"), LENGTH),
    }
}

#[divan::bench]
fn find_actors(bencher: divan::Bencher) {
    let dispatches = texts();
    let Ok(French { grammar, directory, .. }) = French::load() else { return };
    bencher.counter(divan::counter::ItemsCount::new(dispatches.len())).bench_local(|| {
        let mentions = |doc: &Doc| find(doc, &Graph::new(doc, &grammar), &directory, &[]).mentions.len();
        dispatches.iter().map(mentions).sum::<usize>()
    });
}

/// With back-off where the French model is at hand.
#[divan::bench(args = [false, true])]
fn code(bencher: divan::Bencher, backs_off: bool) {
    let dispatches = texts();
    let Ok(French { grammar, directory, recogniser, codebook }) = French::load() else { return };
    let back_off = match Pipeline::open(model_path("fr")) {
        Ok(pipeline) if backs_off => BackOff::new(&codebook.lexicon, Arc::new(pipeline)),
        _ => None,
    };
    let sentences: usize = dispatches.iter().map(|doc| doc.sentences().len()).sum();
    let read: Vec<(Graph<'_>, Actors, Resolved)> = dispatches
        .iter()
        .map(|doc| {
            let graph = Graph::new(doc, &grammar);
            let actors = find(doc, &graph, &directory, &[]);
            let times = recogniser.resolve(&recogniser.recognise(doc), &Published::default(), doc);
            (graph, actors, times)
        })
        .collect();
    bencher.counter(divan::counter::ItemsCount::new(sentences)).bench_local(|| {
        let coded = read.iter().map(|(graph, actors, times)| {
            let clauses = Clauses::new(graph, &grammar);
            let reading = Reading::new(graph, &clauses, &grammar, actors, times, &[]);
            let coding = coder::code(&reading, &codebook, back_off.as_ref(), false);
            statements(&reading, &codebook, &coding.named).len() + coding.above(None).len()
        });
        coded.sum::<usize>()
    });
}
