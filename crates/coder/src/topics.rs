//! What an event is about: « un entretien sur le commerce », « discuter de la sécurité régionale ».
//!
//! In goes a predicate; out come the noun phrases that a preposition of topic marks, and those that a verb of talking has for its object or
//! complement. Names of persons and countries, times and places are no topics.

use crate::reading::Reading;
use depeche_predicates::{Predicate, Role, WordClasses};
use depeche_record::{EventType, MentionKind, Quoted};

/// So many are kept of one event.
pub(crate) const MOST_TOPICS: usize = 8;

/// A noun alone of so few characters says too little.
const SHORTEST: usize = 4;

/// The topics of an event, in order of the text.
pub(crate) fn topics(reading: &Reading<'_>, kind: EventType, predicate: &Predicate) -> Vec<Quoted> {
    let classes = |preposition: &Option<String>| preposition.as_deref().map(|word| reading.grammar.classes(word)).unwrap_or_default();
    let talks = kind == EventType::Consult;
    let is_verb = reading.is_verb(predicate.token);
    let about = predicate.arguments.iter().filter(|argument| {
        let marked = classes(&argument.preposition);
        match argument.role {
            Role::Oblique => {
                marked.has(WordClasses::TOPIC_PREPOSITION)
                    || talks && is_verb && !argument.loose && marked.has(WordClasses::GENITIVE_PREPOSITION)
            }
            Role::Object => talks && is_verb && argument.preposition.is_none(),
            _ => false,
        }
    });
    let mut tokens: Vec<usize> =
        about.flat_map(|argument| reading.graph.coordinated(argument.token)).filter(|&token| is_thing(reading, token)).collect();
    tokens.sort_unstable();
    tokens.dedup();
    let phrases = tokens.into_iter().map(|token| reading.nominal(token)).filter(|tokens| !tokens.contains(&predicate.token));
    let quoted = phrases.map(|tokens| Quoted { span: reading.span(tokens.clone()), text: reading.doc.slice(tokens).to_owned() });
    quoted.filter(|topic| topic.text.chars().count() >= SHORTEST).take(MOST_TOPICS).collect()
}

/// Whether a word names a matter: a common noun that stands for nobody, no time and no place.
fn is_thing(reading: &Reading<'_>, token: usize) -> bool {
    let is_actor = |mention: &depeche_actors::MentionId| {
        let mention = reading.actors.mention(*mention);
        mention.head == token && (mention.political || matches!(mention.kind, MentionKind::Per | MentionKind::Org))
    };
    reading.doc.token(token).pos() == "NOUN"
        && reading.timex_of(token).is_none()
        && reading.actors.place(token).is_none()
        && !reading.grammar.classes(&reading.lemma(token)).has(WordClasses::SITE_NOUN)
        && !reading.actors.denoted(token).iter().any(is_actor)
}
