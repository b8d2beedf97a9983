//! `frames/*.toml`: which predicates mean which event, and who is who in it.
//!
//! A file reads like a chapter of a codebook: one `[[frame]]` a meaning, the words that carry it, the arguments that are its actor and its
//! recipient, and examples of what it must and must not give. Here it is only read and checked for form; what it means is for the coder.
//!
//! Selectors, in `actor`, `recipient` and `also`, name arguments and are tried in order:
//!
//! | selector | it picks |
//! | --- | --- |
//! | `subject`, `object`, `indirect` | that argument; of a noun, what `genitive` says its complement is |
//! | a preposition (`à`, `avec`, `with`) | the argument it marks |
//! | `A/of` | the complement or nationality of argument `A` |
//! | `A/*` | whoever is named within argument `A` |
//! | `content/subject`, `content/*` | the subject of the clause that is said, asked or wanted; whoever is named in it |
//! | `clause/subject` | of a noun: the subject of the clause it stands in |
//! | `rest` | whoever else is named in the clause after the predicate |

use crate::{PackError, PackFile, PackFiles};
use depeche_record::{Context, EventType, Mode, Status};
use serde::Deserialize;
use std::collections::HashMap;
use toml::Spanned;

/// All frames of one language, in the order of their files.
#[derive(Debug, Clone, Default)]
pub struct Frames {
    /// The frames; a later one replaces an earlier one of the same id.
    pub all: Vec<Frame>,
}

/// A meaning and the words that carry it.
#[derive(Debug, Clone)]
pub struct Frame {
    /// Unique in its language.
    pub id: String,
    /// PLOVER type.
    pub kind: EventType,
    /// PLOVER mode.
    pub mode: Option<Mode>,
    /// PLOVER contexts.
    pub contexts: Vec<Context>,
    /// Verbs, by lemma; a reflexive one with its pronoun as the language's dictionary writes it.
    pub verbs: Vec<String>,
    /// Nouns, by lemma.
    pub nouns: Vec<String>,
    /// Adjectives that a copula or its like links to their subject, by lemma.
    pub adjectives: Vec<String>,
    /// A verb and a word among its arguments.
    pub phrases: Vec<[String; 2]>,
    /// Who does it.
    pub actor: Vec<Selector>,
    /// To whom.
    pub recipient: Vec<Selector>,
    /// What the complement of one of its nouns is.
    pub genitive: Genitive,
    /// Constraints.
    pub needs: Needs,
    /// What it is when negated.
    pub negated: Negated,
    /// Its status where the clause's own is to be set aside.
    pub status: Option<Status>,
    /// Whether both sides do the same to each other.
    pub reciprocal: bool,
    /// Texts with what they must give.
    pub examples: Vec<Example>,
    /// The file it stands in.
    pub file: PackFile,
    /// Its place in the file.
    pub span: std::ops::Range<usize>,
}

/// What the complement of a noun is to the event it names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Genitive {
    /// « la visite de X »: who does it.
    #[default]
    Subject,
    /// « l'arrestation de X »: to whom it is done.
    Object,
}

/// What a frame becomes when its clause is negative.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Negated {
    /// The same event, denied.
    #[default]
    Denied,
    /// No event.
    Nothing,
    /// The same event, unchanged: the negation is part of its meaning.
    Same,
}

/// What must be there for a frame to apply.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Needs {
    /// A political recipient.
    pub recipient: bool,
    /// A political actor.
    pub actor: bool,
    /// A negative clause.
    pub negation: bool,
    /// An affirmative clause.
    pub affirmation: bool,
    /// Lemmas of which one is the object.
    pub object: Vec<String>,
    /// Lemmas of which one is the subject.
    pub subject: Vec<String>,
    /// Lemmas or forms of which one stands under the predicate.
    pub words: Vec<String>,
    /// Lemmas or forms of which none stands under the predicate.
    pub no_words: Vec<String>,
    /// The noun is stated by a verb or has a party of its own, and is not merely mentioned.
    pub stated: bool,
    /// An infinitive or a content clause.
    pub content: bool,
    /// An infinitive: “told X to leave”, not “told X that …”.
    pub infinitive: bool,
    /// No infinitive and no content clause.
    pub no_content: bool,
    /// The two sides are of different countries.
    pub other: bool,
    /// The clause is of the present.
    pub present: bool,
    /// A clause of the future, or told as one in the past.
    pub future: bool,
    /// So many different parties on both sides together.
    pub parties: usize,
    /// PLOVER sectors of which the actor has one.
    pub actor_sector: Vec<String>,
}

/// The path to an argument.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Selector {
    /// The argument.
    pub argument: Pick,
    /// What of it.
    pub part: Part,
}

/// An argument by its role or preposition.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "told in the table at the head of the module")]
pub enum Pick {
    Subject,
    Object,
    Indirect,
    Content,
    Clause,
    Rest,
    Speaker,
    Preposition(String),
}

/// Which part of an argument.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The argument itself.
    Itself,
    /// Its complement or nationality.
    Of,
    /// Whoever is named in it.
    Within,
    /// The subject of the clause that it is.
    Subject,
    /// The object of the clause that it is.
    Object,
}

/// A text and the events it must give.
#[derive(Debug, Clone, PartialEq)]
pub struct Example {
    /// The text.
    pub text: String,
    /// Every event that it must give; none where it must give none.
    pub expected: Vec<Expected>,
    /// Where it stands in the file.
    pub span: std::ops::Range<usize>,
}

/// An event that an example must give.
#[derive(Debug, Clone, PartialEq)]
pub struct Expected {
    /// Its type.
    pub kind: EventType,
    /// Its mode, where the example says.
    pub mode: Option<Mode>,
    /// Countries of its actors, sorted; none where the example does not say.
    pub actors: Option<Vec<String>>,
    /// Countries of its recipients, sorted.
    pub recipients: Option<Vec<String>>,
    /// Its status; `occurred` where the example does not say.
    pub status: Status,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    frame: Vec<Spanned<Row>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    id: Spanned<String>,
    #[serde(rename = "type")]
    kind: Spanned<String>,
    mode: Option<Spanned<String>>,
    #[serde(default)]
    contexts: Vec<Spanned<String>>,
    #[serde(default)]
    verbs: Vec<String>,
    #[serde(default)]
    nouns: Vec<String>,
    #[serde(default)]
    adjectives: Vec<String>,
    #[serde(default)]
    phrases: Vec<[String; 2]>,
    #[serde(default)]
    actor: Vec<Spanned<String>>,
    #[serde(default)]
    recipient: Vec<Spanned<String>>,
    #[serde(default)]
    genitive: Genitive,
    #[serde(default)]
    needs: Needs,
    #[serde(default)]
    negated: Negated,
    status: Option<Status>,
    #[serde(default)]
    reciprocal: bool,
    #[serde(default)]
    examples: Vec<Spanned<String>>,
}

impl Frames {
    /// Reads `<language>/frames/*.toml` of every layer.
    ///
    /// # Errors
    /// When a file does not have this form, names what the ontology does not have, or has a frame without words or examples.
    pub fn load(files: &PackFiles, language: &str) -> Result<Frames, PackError> {
        let mut frames = Frames::default();
        let mut places: HashMap<String, (usize, String)> = HashMap::new();
        for file in files.read_folder(&format!("{language}/frames"))? {
            let parsed: File = file.parse()?;
            for row in parsed.frame {
                let frame = read(row, &file)?;
                match places.get(&frame.id) {
                    Some((_, other)) if *other == file.name => {
                        return Err(file.error(frame.span, format!("a second frame is called `{}`; give each its own id", frame.id)));
                    }
                    Some((at, _)) => frames.all[*at] = frame,
                    None => {
                        places.insert(frame.id.clone(), (frames.all.len(), file.name.clone()));
                        frames.all.push(frame);
                    }
                }
            }
        }
        Ok(frames)
    }
}

fn read(row: Spanned<Row>, file: &PackFile) -> Result<Frame, PackError> {
    let span = row.span();
    let row = row.into_inner();
    let at = row.id.span();
    let id = row.id.into_inner();
    let kind: EventType = named(row.kind, file)?;
    let mode = row.mode.map(|mode| named::<Mode>(mode, file)).transpose()?;
    if row.verbs.is_empty() && row.nouns.is_empty() && row.adjectives.is_empty() && row.phrases.is_empty() {
        return Err(file.error(at, format!("frame `{id}` has no word; give it `verbs`, `nouns`, `adjectives` or `phrases`")));
    }
    if row.examples.is_empty() {
        return Err(file.error(at, format!("frame `{id}` has no example; give it at least one: `\"text => {kind} …\"`")));
    }
    let contexts = row.contexts.into_iter().map(|name| named::<Context>(name, file)).collect::<Result<_, _>>()?;
    let selectors = |list: Vec<Spanned<String>>| {
        list.into_iter()
            .map(|selector| {
                let span = selector.span();
                Selector::read(selector.get_ref()).map_err(|message| file.error(span, message))
            })
            .collect::<Result<Vec<_>, _>>()
    };
    Ok(Frame {
        id,
        kind,
        mode,
        contexts,
        verbs: row.verbs,
        nouns: row.nouns,
        adjectives: row.adjectives,
        phrases: row.phrases,
        actor: selectors(row.actor)?,
        recipient: selectors(row.recipient)?,
        genitive: row.genitive,
        needs: row.needs,
        negated: row.negated,
        status: row.status,
        reciprocal: row.reciprocal,
        examples: row.examples.into_iter().map(|example| Example::read(example, file)).collect::<Result<_, _>>()?,
        file: file.clone(),
        span,
    })
}

pub(crate) fn named<T: std::str::FromStr<Err = depeche_record::Unknown>>(name: Spanned<String>, file: &PackFile) -> Result<T, PackError> {
    let span = name.span();
    name.get_ref().parse().map_err(|error: depeche_record::Unknown| file.error(span, error.to_string()))
}

impl Selector {
    fn read(text: &str) -> Result<Selector, String> {
        let (argument, part) = match text.split_once('/') {
            None => (text, Part::Itself),
            Some((argument, "of")) => (argument, Part::Of),
            Some((argument, "*")) => (argument, Part::Within),
            Some((argument, "subject")) => (argument, Part::Subject),
            Some((argument, "object")) => (argument, Part::Object),
            Some((_, part)) => return Err(format!("`{part}` is no part of an argument; write `of`, `*`, `subject` or `object`")),
        };
        let argument = match argument.trim() {
            "" => return Err("an empty selector".to_owned()),
            "subject" => Pick::Subject,
            "object" => Pick::Object,
            "indirect" => Pick::Indirect,
            "content" => Pick::Content,
            "clause" => Pick::Clause,
            "rest" => Pick::Rest,
            "speaker" => Pick::Speaker,
            preposition => Pick::Preposition(preposition.to_owned()),
        };
        Ok(Selector { argument, part })
    }
}

impl Example {
    /// `text => TYPE [mode] [ACTORS > RECIPIENTS] [status]; …`, or `text => nothing`. Country codes are joined by commas; `-` is nobody.
    pub(crate) fn read(example: Spanned<String>, file: &PackFile) -> Result<Example, PackError> {
        let span = example.span();
        let fail = |message: String| file.error(span.clone(), message);
        let Some((text, expected)) = example.get_ref().rsplit_once("=>") else {
            return Err(fail("an example has the form `text => TYPE mode ACTORS > RECIPIENTS status`".to_owned()));
        };
        let expected = match expected.trim() {
            "nothing" => Vec::new(),
            list => list.split(';').map(|one| Expected::read(one.trim())).collect::<Result<_, _>>().map_err(fail)?,
        };
        Ok(Example { text: text.trim().to_owned(), expected, span })
    }
}

impl Expected {
    fn read(text: &str) -> Result<Expected, String> {
        let mut words = text.split_whitespace();
        let kind: EventType = words.next().unwrap_or_default().parse().map_err(|error: depeche_record::Unknown| error.to_string())?;
        let mut expected = Expected { kind, mode: None, actors: None, recipients: None, status: Status::Occurred };
        let mut after_arrow = false;
        for word in words {
            if word == ">" {
                after_arrow = true;
                expected.actors.get_or_insert_default();
                expected.recipients.get_or_insert_default();
            } else if word == "-" {
            } else if let Some(status) = Status::named(word) {
                expected.status = status;
            } else if word.chars().all(|c| c.is_ascii_uppercase() || c == ',') {
                let mut codes: Vec<String> = word.split(',').map(str::to_owned).collect();
                codes.sort();
                if after_arrow {
                    expected.recipients = Some(codes);
                } else {
                    expected.actors = Some(codes);
                }
            } else {
                expected.mode = Some(word.parse().map_err(|error: depeche_record::Unknown| error.to_string())?);
            }
        }
        Ok(expected)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn load(text: &str) -> Result<Frame, PackError> {
        let file = PackFile { name: "own.toml".into(), text: text.into(), built_in: false };
        let parsed: File = file.parse()?;
        read(parsed.frame.into_iter().next().expect("a frame"), &file)
    }

    #[test]
    fn a_frame_is_read_with_its_example() {
        let frame = load(
            r#"
            [[frame]]
            id = "go"
            type = "CONSULT"
            mode = "visit"
            verbs = ["se rendre"]
            actor = ["subject"]
            recipient = ["à", "object/of"]
            examples = ["X s'est rendu à Rome. => CONSULT visit FRA > ITA planned"]
            "#,
        )
        .unwrap();
        assert_eq!(frame.recipient[1], Selector { argument: Pick::Object, part: Part::Of });
        let expected = &frame.examples[0].expected[0];
        assert_eq!((expected.actors.as_deref(), expected.status), (Some(&["FRA".to_owned()][..]), Status::Planned));
    }

    #[test]
    fn what_is_wrong_is_told_with_its_line() {
        let broken = "[[frame]]\nid = \"go\"\ntype = \"PICNIC\"\nverbs = [\"x\"]\nexamples = [\"x => nothing\"]\n";
        assert_eq!(load(broken).unwrap_err().to_string(), "own.toml:3: PLOVER has no event type `PICNIC`");
        let silent = "[[frame]]\nid = \"go\"\ntype = \"AID\"\nverbs = [\"x\"]\n";
        assert!(load(silent).unwrap_err().to_string().contains("no example"));
    }
}
