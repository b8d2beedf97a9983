//! `depeche extract --near-duplicates`: which of the dispatches that are read say the same.
//!
//! In go the inputs and how similar is near; out comes a group a line, or a list to read, when all are read. Of each dispatch its id and its
//! fingerprint are kept and not its text: some 290 bytes and the id. Dispatches like no other, and those with no body, are not written.

use crate::Outcome;
use crate::arguments::{ExtractArguments, ExtractOutput};
use crate::diagnostics::{Diagnostic, Failure};
use crate::inputs::{self, Written};
use depeche::packs::PackFiles;
use depeche::record::Warning;
use depeche::{Fingerprint, Intake, near_duplicates};
use serde::Serialize;
use std::io::{self, BufWriter, Write};

/// A line of `--to jsonl`.
#[derive(Serialize)]
struct Group<'run> {
    /// Counted from 1.
    group: usize,
    kind: Kind,
    dispatches: Vec<Member<'run>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
enum Kind {
    /// All have the same words.
    Exact,
    Near,
}

/// A dispatch beside the first of its group.
#[derive(Serialize)]
struct Member<'run> {
    id: &'run str,
    similarity: f64,
    /// Whether it has the same words as the first: nearly all may be the same and a figure not.
    kind: Kind,
}

struct Answer {
    id: String,
    fingerprint: Option<Fingerprint>,
    warnings: Vec<Warning>,
}

pub(crate) fn run(arguments: &ExtractArguments, threshold: f64) -> Result<Outcome, Failure> {
    if arguments.to == ExtractOutput::Markdown {
        let diagnostic = Diagnostic::error("`--near-duplicates` has no form in Markdown");
        return Err(Failure::Usage(diagnostic.hint("ask for `--to jsonl` or `--to text`")));
    }
    let intake = Intake::new(&PackFiles::built_in())?;
    let work = |items: Vec<depeche::Item>| {
        let answers = items.into_iter().map(|item| {
            let (dispatch, warnings) = intake.dispatch(&item);
            Ok(Answer { id: item.id, fingerprint: Fingerprint::of(&dispatch), warnings })
        });
        answers.collect()
    };
    let (mut ids, mut fingerprints): (Vec<Box<str>>, Vec<Fingerprint>) = Default::default();
    let outcome = inputs::run(&arguments.input, Written::AtTheEnd, work, |answer: Answer, teller| {
        teller.tell_warnings(&answer.id, &answer.warnings);
        if let Some(fingerprint) = answer.fingerprint {
            ids.push(answer.id.into());
            fingerprints.push(fingerprint);
        }
        Ok(())
    })?;
    let groups = near_duplicates(&fingerprints, threshold);
    let groups = groups.iter().enumerate().map(|(at, places)| group(at + 1, places, &ids, &fingerprints));
    write(groups, arguments.to, &mut BufWriter::new(io::stdout().lock())).map_err(|error| Failure::of_output(&error))?;
    Ok(outcome)
}

fn group<'run>(group: usize, places: &[usize], ids: &'run [Box<str>], fingerprints: &[Fingerprint]) -> Group<'run> {
    let first = places.first().and_then(|&first| fingerprints.get(first));
    let member = |&place: &usize| {
        let (id, fingerprint) = (ids.get(place)?, fingerprints.get(place)?);
        let kind = if fingerprint.is_copy_of(first?) { Kind::Exact } else { Kind::Near };
        // More digits than an estimate has.
        Some(Member { id, similarity: (fingerprint.similarity(first?) * 1000.0).round() / 1000.0, kind })
    };
    let dispatches: Vec<Member> = places.iter().filter_map(member).collect();
    let kind = if dispatches.iter().all(|member| member.kind == Kind::Exact) { Kind::Exact } else { Kind::Near };
    Group { group, kind, dispatches }
}

fn write<'run>(groups: impl Iterator<Item = Group<'run>>, to: ExtractOutput, out: &mut impl Write) -> io::Result<()> {
    for group in groups {
        if to == ExtractOutput::Jsonl {
            serde_json::to_writer(&mut *out, &group)?;
            writeln!(out)?;
            continue;
        }
        let between = if group.group > 1 { "\n" } else { "" };
        let what = if group.kind == Kind::Exact { "copies" } else { "near-duplicates" };
        writeln!(out, "{between}group {}: {} {what}", group.group, group.dispatches.len())?;
        for (at, member) in group.dispatches.iter().enumerate() {
            match (at, member.kind) {
                (0, _) => writeln!(out, "        {}", member.id)?,
                (_, Kind::Exact) => writeln!(out, "  copy  {}", member.id)?,
                (_, Kind::Near) => writeln!(out, "  {:.2}  {}", member.similarity, member.id)?,
            }
        }
    }
    out.flush()
}
