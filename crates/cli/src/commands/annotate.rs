//! `depeche annotate`: the linguistic layer alone.

use crate::Outcome;
use crate::arguments::{AnnotateArguments, AnnotateOutput};
use crate::diagnostics::{Diagnostic, Failure, tell};
use crate::inputs::{self, Written};
use crate::models::catalogue;
use crate::output::conllu;
use depeche::nlp::{Doc, EntityAnnotation, TokenAnnotation};
use depeche::record::Warning;
use depeche::{AnnotateError, Annotator, Item, Models, NoModel};
use serde::Serialize;
use std::collections::BTreeMap;
use std::io::{self, BufWriter, Write};

/// A line of `--to jsonl`.
#[derive(Serialize)]
struct Line<'text> {
    id: &'text str,
    text: &'text str,
    tokens: Vec<TokenAnnotation>,
    ents: Vec<EntityAnnotation>,
}

/// What became of a text.
enum Answer {
    Written { bytes: Vec<u8>, id: String, warnings: Vec<Warning> },
    NoModel { id: String, language: String },
}

/// The texts that wanted a model that is not there.
struct Unanswered {
    first: String,
    others: usize,
}

pub(crate) fn run(arguments: &AnnotateArguments) -> Result<Outcome, Failure> {
    let annotator = Annotator::new(Models::default(), arguments.language.clone(), arguments.mend)?;
    let mut out = BufWriter::new(io::stdout().lock());
    let mut without_model: BTreeMap<String, Unanswered> = BTreeMap::new();
    let work = |items: Vec<Item>| {
        let items: Vec<Item> = items.into_iter().map(|item| annotator.text_of(item)).collect();
        let answers = annotator.annotate_batch(&items);
        items.iter().zip(answers).map(|(item, answer)| answer_of(arguments.to, item, answer)).collect()
    };
    let outcome = inputs::run(&arguments.input, Written::Along, work, |answer, teller| match answer {
        Answer::Written { bytes, id, warnings } => {
            teller.tell_warnings(&id, &warnings);
            out.write_all(&bytes).map_err(|error| Failure::of_output(&error))
        }
        Answer::NoModel { id, language } => {
            without_model.entry(language).and_modify(|texts| texts.others += 1).or_insert(Unanswered { first: id, others: 0 });
            Ok(())
        }
    })?;
    out.flush().map_err(|error| Failure::of_output(&error))?;
    for (language, texts) in &without_model {
        tell(&no_model(language, texts));
    }
    Ok(if without_model.is_empty() { outcome } else { Outcome::SomeRefused })
}

fn answer_of(to: AnnotateOutput, item: &Item, answer: Result<Doc, AnnotateError>) -> Result<Answer, Diagnostic> {
    match answer {
        Ok(doc) => match written(to, item, &doc) {
            Ok(bytes) => Ok(Answer::Written { bytes, id: item.id.clone(), warnings: item.warnings.clone() }),
            Err(error) => Err(Diagnostic::error(format!("{}: {error}", item.id))),
        },
        Err(AnnotateError::NoModel(NoModel::Missing { language })) => Ok(Answer::NoModel { id: item.id.clone(), language }),
        Err(error @ AnnotateError::NoModel(_)) => {
            Err(Diagnostic::error(format!("{}: {error}", item.id)).hint("remove that model and add it again"))
        }
        Err(error) => {
            Err(Diagnostic::error(format!("{}: {error}", item.id)).hint("state it with `--language`, or as `language` in a JSONL line"))
        }
    }
}

/// A document in the form asked for.
fn written(to: AnnotateOutput, item: &Item, doc: &Doc) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    match to {
        AnnotateOutput::Jsonl => {
            let annotation = doc.to_annotation();
            let line = Line { id: &item.id, text: item.content.as_str(), tokens: annotation.tokens, ents: annotation.ents };
            serde_json::to_writer(&mut bytes, &line)?;
            bytes.push(b'\n');
        }
        AnnotateOutput::Conllu => conllu::write(&mut bytes, &item.id, doc)?,
    }
    Ok(bytes)
}

/// One error for all texts of a language, with the command that mends it.
fn no_model(language: &str, texts: &Unanswered) -> Diagnostic {
    let others = match texts.others {
        0 => String::new(),
        number => format!(" and {number} more"),
    };
    Diagnostic::error(format!("{}{others}: there is no model for the language `{language}`", texts.first))
        .hint(catalogue::how_to_add(language))
}
