//! The stages over a parse, in their order.
//!
//! In go a [`Doc`], its language's pack and a dispatch with its blocks; the layers asked for are filled. Times are recognised; mentions are found and
//! linked; the dispatch is dated, by times and offices; times are resolved; then events and statements are coded. Each stage sees only what those
//! before it gave.

use crate::language::Language;
use crate::offices;
use crate::warnings::{self, warning};
use crate::{Layer, Layers};
use depeche_coder::{BackOff, Reading};
use depeche_nlp::Doc;
use depeche_predicates::{Clauses, Graph};
use depeche_record::{CharSpan, CodedDispatch, DatingMethod, Dispatch, Warning};
use depeche_time::{Recogniser, Resolved};

/// How the events are coded.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct EventOptions<'a> {
    /// What places predicates that no frame names.
    pub(crate) back_off: Option<&'a BackOff>,
    /// The least confidence of an event; without one, back-off has a floor of its own.
    pub(crate) min_confidence: Option<f64>,
    /// Whether every event tells why it was coded.
    pub(crate) explain: bool,
}

/// A dispatch of which nothing is coded yet.
pub(crate) fn uncoded(id: String, source_sha256: String, dispatch: Dispatch) -> CodedDispatch {
    CodedDispatch {
        id,
        source_sha256,
        dispatch,
        sentences: Vec::new(),
        mentions: Vec::new(),
        entities: Vec::new(),
        roles: Vec::new(),
        timexes: Vec::new(),
        events: Vec::new(),
        statements: Vec::new(),
        warnings: Vec::new(),
    }
}

/// The sentences of a parse as the record has them.
pub(crate) fn sentences(doc: &Doc) -> Vec<CharSpan> {
    doc.sentences().into_iter().map(|tokens| doc.chars(tokens).into()).collect()
}

/// Fills the time layer of `coded` from a text that no model has read. What the full way answers of times is the same, but for the sentences, which the parser
/// has a say in there.
pub(crate) fn code_times(doc: &Doc, recogniser: &Recogniser, coded: &mut CodedDispatch) {
    coded.sentences = recogniser.sentences(doc);
    let expressions = recogniser.recognise(doc);
    coded.dispatch.published = recogniser.date_dispatch(&coded.dispatch, doc, &expressions, &[]);
    let times = recogniser.resolve(&expressions, &coded.dispatch.published, doc);
    coded.warnings.extend(impossible_dates(&times));
    coded.timexes = times.timexes;
}

/// Fills `layers` of `coded` from the parse of its text.
pub(crate) fn code(doc: &Doc, language: &Language, layers: Layers, events: &EventOptions<'_>, coded: &mut CodedDispatch) {
    let Language { grammar, recogniser, directory, codebook, .. } = language;
    coded.sentences = sentences(doc);
    let expressions = recogniser.recognise(doc);
    let codes = layers.has(Layer::Events) || layers.has(Layer::Statements);
    let graph = Graph::new(doc, grammar);
    // A dispatch without a date is dated by those whom it names, whatever is asked for.
    let is_dated = coded.dispatch.published.method != DatingMethod::None;
    let actors =
        (codes || layers.has(Layer::Actors) || !is_dated).then(|| depeche_actors::find(doc, &graph, directory, &coded.dispatch.blocks));
    let claims = match &actors {
        Some(actors) if !is_dated => offices::claims(actors, directory, &expressions, &coded.sentences),
        _ => Vec::new(),
    };
    coded.dispatch.published = recogniser.date_dispatch(&coded.dispatch, doc, &expressions, &claims);
    let times = recogniser.resolve(&expressions, &coded.dispatch.published, doc);
    coded.warnings.extend(impossible_dates(&times));
    if let Some(actors) = actors {
        let clauses = Clauses::new(&graph, grammar);
        let reading = Reading::new(&graph, &clauses, grammar, &actors, &times, &coded.dispatch.blocks);
        if codes {
            // What a statement does is told by its events, so that these are coded for either.
            let coding = depeche_coder::code(&reading, codebook, events.back_off, events.explain);
            if layers.has(Layer::Statements) {
                coded.statements = depeche_coder::statements(&reading, codebook, &coding.named);
            }
            if layers.has(Layer::Events) {
                coded.events = coding.above(events.min_confidence);
            }
        }
        if layers.has(Layer::Actors) {
            (coded.mentions, coded.entities, coded.roles) =
                actors.records(|role| offices::as_of(role, &reading, &coded.dispatch.published));
        }
    }
    if layers.has(Layer::Time) {
        coded.timexes = times.timexes;
    }
}

/// One warning for all dates of a text that no calendar has; it names the first.
fn impossible_dates(times: &Resolved) -> Option<Warning> {
    let first = times.timexes.get(*times.impossible.first()?)?;
    let others = match times.impossible.len() - 1 {
        0 => String::new(),
        1 => "; so is one other".to_owned(),
        count => format!("; so are {count} others"),
    };
    let message = format!("`{}` at character {} is a date that no calendar has, and has no value{others}", first.text, first.span.start);
    Some(warning(warnings::IMPOSSIBLE_DATE, message))
}

#[cfg(test)]
mod tests {
    use super::*;
    use depeche_record::{Timex, TimexKind};

    fn check(impossible: &[usize], expected: Option<&str>) {
        let timex = |start: usize, text: &str| Timex {
            id: String::new(),
            span: CharSpan::new(start, start + text.len()),
            text: text.to_owned(),
            kind: TimexKind::Date,
            value: None,
            modifier: None,
            earliest: None,
            latest: None,
            anchor: "none".to_owned(),
        };
        let timexes = vec![timex(3, "2026-02-31"), timex(20, "2026-13-45"), timex(40, "32/32/2026")];
        let times = Resolved { timexes, impossible: impossible.to_vec(), ..Resolved::default() };
        let warning = impossible_dates(&times);
        assert_eq!(warning.as_ref().map(|warning| warning.message.as_str()), expected);
        assert!(warning.is_none_or(|warning| warning.code == "W205"));
    }

    #[test]
    fn dates_of_no_calendar_are_told_once() {
        check(&[], None);
        check(&[9], None);
        check(&[1], Some("`2026-13-45` at character 20 is a date that no calendar has, and has no value"));
        check(&[0, 2], Some("`2026-02-31` at character 3 is a date that no calendar has, and has no value; so is one other"));
        check(&[0, 1, 2], Some("`2026-02-31` at character 3 is a date that no calendar has, and has no value; so are 2 others"));
    }
}
