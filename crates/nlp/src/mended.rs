//! Annotation of text as pages carry it: each block on its own, normalised before it is read, its sentences bounded,
//! its tokens mapped back, and the entities of all blocks made to agree.

use crate::doc::{Doc, Span, TokenData};
use crate::lemmas::append;
use crate::mend::{Insertion, Normalised, boundaries, keep_compounds, normalise, put_back, settle_entities, take_out};
use crate::pipeline::{Draft, Pipeline};
use std::ops::Range;
use std::sync::Arc;

impl Pipeline {
    /// Annotates the blocks of a text, given as ranges of its bytes in order, with what breaks spaCy mended.
    ///
    /// No sentence and no entity goes from one block to the next. Offsets are those of `text`; what the model read in
    /// place of the text is a token's [`form`](crate::Token::form). What lies between the blocks has no tokens.
    ///
    /// Ranges are cut to the text, to whole characters and to what no block before has.
    pub fn annotate_mended(&self, text: &str, segments: &[Range<usize>]) -> Doc {
        let mut end = 0;
        let blocks: Vec<Range<usize>> = segments.iter().filter_map(|segment| whole(text, segment, &mut end)).collect();
        let normalised: Vec<Normalised> = blocks.iter().map(|block| normalise(&text[block.clone()])).collect();
        let (mut drafts, insertions): (Vec<Draft<'_>>, Vec<_>) = normalised.iter().map(|block| self.bounded(&block.text)).unzip();
        self.run(&mut drafts);
        for (draft, insertions) in drafts.iter_mut().zip(&insertions) {
            put_back(draft, insertions, self.labels());
        }

        let mut doc = Doc {
            text: text.to_owned(),
            strings: String::new(),
            labels: Arc::clone(self.labels()),
            tokens: Vec::with_capacity(drafts.iter().map(|draft| draft.tokens.len()).sum()),
            ents: Vec::new(),
        };
        let (mut bytes, mut chars) = (0, 0);
        for ((block, normalised), draft) in blocks.iter().zip(&normalised).zip(&drafts) {
            chars += text[bytes..block.start].chars().count();
            bytes = block.start;
            merge(&mut doc, draft, normalised, (bytes, chars));
        }
        settle_entities(&mut doc, self.mending());
        doc
    }

    /// A draft of a normalised block, compounds kept and sentences bounded, with what was taken out of it.
    fn bounded<'text>(&self, text: &'text str) -> (Draft<'text>, Vec<Insertion>) {
        let mut raw = Vec::new();
        self.tokenizer().tokenize(text, &mut raw);
        keep_compounds(text, &mut raw, self.tokenizer(), self.mending(), |form| self.vector(form).is_some());
        let insertions = take_out(text, &mut raw, self.mending());
        let boundaries = boundaries(text, &raw, self.mending());
        (Draft { boundaries, ..Draft::new(text, raw) }, insertions)
    }
}

/// A range cut to the text, to whole characters and to what lies after `end`, which it moves; nothing when it is empty.
fn whole(text: &str, range: &Range<usize>, end: &mut usize) -> Option<Range<usize>> {
    let start = text.floor_char_boundary(range.start).max(*end);
    let stop = text.floor_char_boundary(range.end);
    (start < stop).then(|| {
        *end = stop;
        start..stop
    })
}

/// Adds the tokens and entities of a block that begins at `start`, given in bytes and characters.
fn merge(doc: &mut Doc, draft: &Draft<'_>, normalised: &Normalised, start: (usize, usize)) {
    let first = doc.tokens.len() as u32;
    for token in &draft.tokens {
        let range = |(from, to): (u32, u32)| from as usize..to as usize;
        let (bytes, chars) = normalised.original(range(token.bytes), range(token.chars));
        let bytes = bytes.start + start.0..bytes.end + start.0;
        let read = &draft.text[range(token.bytes)];
        let original = doc.text.get(bytes.clone()).unwrap_or("");
        let form = if read == original { (0, 0) } else { append(read, &mut doc.strings) };
        let lemma = append(&draft.strings[range(token.lemma)], &mut doc.strings);
        doc.tokens.push(TokenData {
            chars: ((chars.start + start.1) as u32, (chars.end + start.1) as u32),
            bytes: (bytes.start as u32, bytes.end as u32),
            form,
            lemma,
            head: token.head + first,
            space_after: doc.text.get(bytes.end..).unwrap_or("").starts_with(char::is_whitespace),
            ..*token
        });
    }
    doc.ents.extend(draft.ents.iter().map(|ent| Span { start: ent.start + first, end: ent.end + first, ..*ent }));
}

#[cfg(test)]
mod tests {
    use super::whole;

    #[test]
    fn ranges_are_cut_to_characters_and_do_not_overlap() {
        let text = "été là";
        let mut end = 0;
        assert_eq!(whole(text, &(0..1), &mut end), None);
        assert_eq!(whole(text, &(1..4), &mut end), Some(0..3));
        assert_eq!(whole(text, &(2..99), &mut end), Some(3..9));
        assert_eq!(whole(text, &(99..120), &mut end), None);
    }
}
