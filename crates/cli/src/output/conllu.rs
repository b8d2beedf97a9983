//! `annotate --to conllu`: a document in CoNLL-U, a block a sentence.
//!
//! White-space tokens, which spaCy keeps, have no place in the format: they are left out, and words count without them. Labels are the
//! model's; a root's relation is `root`. Entities stand in the last column as `Entity=B-PER`.

use depeche::nlp::{Doc, Token};
use std::io::{self, Write};
use std::ops::Range;

/// Writes `doc`, whose text is called `id`.
pub(crate) fn write(out: &mut impl Write, id: &str, doc: &Doc) -> io::Result<()> {
    writeln!(out, "# newdoc id = {}", one_line(id))?;
    let entities = entity_marks(doc);
    let sentences = doc.sentences().into_iter().filter(|tokens| !words(doc, tokens).is_empty());
    for (number, tokens) in sentences.enumerate() {
        let words = words(doc, &tokens);
        writeln!(out, "# sent_id = {}-{}", one_line(id), number + 1)?;
        writeln!(out, "# text = {}", one_line(doc.slice(tokens)))?;
        for (at, &word) in words.iter().enumerate() {
            let head = head_of(word);
            let (head, relation) = match words.iter().position(|other| other.index() == head.index()) {
                Some(place) if place != at => (place + 1, word.dep()),
                _ => (0, "root"),
            };
            let mut misc: Vec<String> = entities.get(word.index()).into_iter().flatten().map(|mark| format!("Entity={mark}")).collect();
            if !word.space_after() {
                misc.push("SpaceAfter=No".to_owned());
            }
            let misc = misc.join("|");
            let columns = [word.text(), word.lemma(), word.pos(), word.tag(), word.morph()].map(filled);
            writeln!(out, "{}\t{}\t{head}\t{}\t_\t{}", at + 1, columns.join("\t"), filled(relation), filled(&misc))?;
        }
        writeln!(out)?;
    }
    Ok(())
}

/// The tokens of a sentence that are not white space.
fn words<'doc>(doc: &'doc Doc, tokens: &Range<usize>) -> Vec<Token<'doc>> {
    tokens.clone().map(|index| doc.token(index)).filter(|token| !token.is_space()).collect()
}

/// The nearest head that is a word; the token itself where there is none.
fn head_of(word: Token<'_>) -> Token<'_> {
    let mut head = word.head();
    // A chain of white space ends at its root, and no chain is longer than the sentence.
    while head.is_space() && !head.is_root() {
        head = head.head();
    }
    if head.is_space() { word } else { head }
}

/// What to call every token's place in an entity: `B-` for its first token, `I-` for the others.
fn entity_marks(doc: &Doc) -> Vec<Option<String>> {
    let mut marks = vec![None; doc.len()];
    for span in doc.ents() {
        let label = doc.label(span.label);
        for index in span.start..span.end {
            if let Some(mark) = marks.get_mut(index as usize) {
                *mark = Some(format!("{}-{label}", if index == span.start { "B" } else { "I" }));
            }
        }
    }
    marks
}

fn filled(text: &str) -> String {
    if text.is_empty() { "_".to_owned() } else { one_line(text) }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
