//! How often the engine annotates as a reference does on the same texts: tokens by their spans, and tags, lemmas, heads, relations and sentence starts of
//! those with the same span; entities by span and label. All shares are of the reference's tokens.

use crate::coded::or_default;
use crate::mistake::{Mistake, around};
use crate::{Agreement, Sheet, Table};
use depeche_record::{CharIndex, CharSpan};
use serde::Deserialize;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// A text with its annotation.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[serde(default)]
#[expect(missing_docs, reason = "the fields are those of the contract")]
pub struct Annotated {
    pub id: String,
    #[serde(deserialize_with = "or_default")]
    pub text: String,
    #[serde(deserialize_with = "or_default")]
    pub tokens: Vec<Token>,
    #[serde(deserialize_with = "or_default")]
    pub ents: Vec<Entity>,
}

/// A token.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[expect(missing_docs, reason = "the fields are those of the contract")]
pub struct Token {
    #[serde(flatten)]
    pub span: CharSpan,
    #[serde(default, deserialize_with = "or_default")]
    pub pos: String,
    #[serde(default, deserialize_with = "or_default")]
    pub morph: String,
    #[serde(default, deserialize_with = "or_default")]
    pub lemma: String,
    #[serde(default)]
    pub head: usize,
    #[serde(default, deserialize_with = "or_default")]
    pub dep: String,
    #[serde(default)]
    pub sent_start: Value,
}

/// A named entity.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default, Deserialize)]
#[expect(missing_docs, reason = "the fields are those of the contract")]
pub struct Entity {
    #[serde(flatten)]
    pub span: CharSpan,
    #[serde(default, deserialize_with = "or_default")]
    pub label: String,
}

/// What is compared of a token, in the order in which it is shown.
const FIELDS: [&str; 6] = ["pos", "morph", "lemma", "head", "dep", "sent"];

/// Compares annotations with a reference of the same ids; a text that was not annotated has nothing.
pub fn score(reference: &[Annotated], annotated: &[Annotated]) -> Sheet {
    let by_id: BTreeMap<&str, &Annotated> = annotated.iter().map(|text| (text.id.as_str(), text)).collect();
    let (mut sheet, none) = (Sheet::default(), Annotated::default());
    let (mut tokens, mut found, mut same) = (0, 0, [0; FIELDS.len()]);
    let (mut labels, mut by_pos) = (BTreeMap::<String, Agreement>::new(), BTreeMap::<String, [usize; FIELDS.len() + 2]>::new());
    for text in reference {
        let other = by_id.get(text.id.as_str()).copied().unwrap_or(&none);
        let index = CharIndex::new(&text.text);
        let by_span: BTreeMap<CharSpan, &Token> = other.tokens.iter().map(|token| (token.span, token)).collect();
        let mut mistake = |verdict, kind: &str, gold: &str, coded: &str, span: CharSpan| {
            let sentence = around(&text.text, &index, span, &[]);
            let (id, kind, gold, coded) = (text.id.clone(), kind.to_owned(), gold.to_owned(), coded.to_owned());
            sheet.mistakes.push(Mistake { verdict, id, kind, gold, coded, gold_span: Some(span), coded_span: None, sentence });
        };
        for token in &text.tokens {
            tokens += 1;
            let row = by_pos.entry(token.pos.clone()).or_default();
            row[0] += 1;
            let Some(own) = by_span.get(&token.span) else {
                mistake("token", &token.pos, index.slice(&text.text, token.span), "", token.span);
                continue;
            };
            found += 1;
            row[1] += 1;
            let head = |tokens: &[Token], head: usize| tokens.get(head).map(|head| head.span);
            let (head, own_head) = (head(&text.tokens, token.head), head(&other.tokens, own.head));
            let starts = [crate::coded::is_yes(&token.sent_start), crate::coded::is_yes(&own.sent_start)];
            let span = |span: Option<CharSpan>| span.map_or("", |span| index.slice(&text.text, span)).to_owned();
            let pairs = [
                (token.pos.clone(), own.pos.clone()),
                (token.morph.clone(), own.morph.clone()),
                (token.lemma.clone(), own.lemma.clone()),
                (span(head), span(own_head)),
                (token.dep.clone(), own.dep.clone()),
                (starts[0].to_string(), starts[1].to_string()),
            ];
            for (at, (field, (gold, coded))) in FIELDS.into_iter().zip(&pairs).enumerate() {
                // Heads are compared by place: the same word may stand twice.
                let right = if field == "head" { head == own_head } else { gold == coded };
                same[at] += usize::from(right);
                row[at + 2] += usize::from(right);
                if !right {
                    mistake(field, &token.pos, gold, coded, token.span);
                }
            }
        }
        let (wanted, given): (BTreeSet<&Entity>, BTreeSet<&Entity>) = (text.ents.iter().collect(), other.ents.iter().collect());
        for entity in &wanted {
            labels.entry(entity.label.clone()).or_default().gold += 1;
            if !given.contains(entity) {
                mistake("entity", &entity.label, index.slice(&text.text, entity.span), "", entity.span);
            }
        }
        for entity in &given {
            let row = labels.entry(entity.label.clone()).or_default();
            row.coded += 1;
            row.right += usize::from(wanted.contains(entity));
            if !wanted.contains(entity) {
                mistake("entity", &entity.label, "", index.slice(&text.text, entity.span), entity.span);
            }
        }
    }
    let share = |part: usize| part as f64 / tokens.max(1) as f64;
    let ents: Agreement = labels.values().copied().sum();
    let shares = [("found", share(found))].into_iter().chain(FIELDS.into_iter().zip(same.map(share))).chain([("ents", ents.f1())]);
    let mut shown = Vec::new();
    for (name, value) in shares {
        shown.push(format!("{name} {value:.4}"));
        sheet.figure(name, value);
    }
    sheet.headline = format!("tokens {tokens} | {}", shown.join(" "));
    let mut tags = Table::new("tags", &["pos", "tokens", "found", "pos right", "morph", "lemma", "head", "dep", "sent"]);
    tags.rows = by_pos.into_iter().map(|(pos, counts)| [pos].into_iter().chain(counts.map(|count| count.to_string())).collect()).collect();
    let mut entities = Table::new("entities", &["label", "gold", "coded", "right", "P", "R", "F1"]);
    entities.rows = labels.into_iter().map(|(label, counts)| [label].into_iter().chain(counts.cells()).collect()).collect();
    sheet.tables = vec![tags, entities];
    sheet
}
