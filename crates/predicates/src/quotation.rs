//! Where quotations begin and end: by their marks, whatever the language's habit, never across a blank line.

use depeche_nlp::Doc;

/// A quoted run of tokens, its marks outside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quotation {
    /// The first token inside.
    pub start: usize,
    /// Past the last token inside.
    pub end: usize,
    /// Whether a closing mark was found; one that is left open ends with its paragraph.
    pub closed: bool,
}

/// The quotations of a document in order, without overlap; one inside another belongs to the outer.
pub fn quotations(doc: &Doc) -> Vec<Quotation> {
    let mut found = Vec::new();
    let mut open: Option<(usize, char)> = None;
    for token in doc.tokens() {
        let text = token.text();
        if let Some((start, _)) = open
            && token.is_space()
            && text.contains('\n')
        {
            found.push(Quotation { start, end: token.index(), closed: false });
            open = None;
            continue;
        }
        let Some(mark) = text.chars().next().filter(|_| text.chars().nth(1).is_none()) else { continue };
        match (open, mark) {
            (None, '«') => open = Some((token.index() + 1, '»')),
            (None, '“') => open = Some((token.index() + 1, '”')),
            (None, '„') => open = Some((token.index() + 1, '“')),
            (None, '"') => open = Some((token.index() + 1, '"')),
            (Some((start, close)), mark) if mark == close => {
                found.push(Quotation { start, end: token.index(), closed: true });
                open = None;
            }
            _ => {}
        }
    }
    if let Some((start, _)) = open {
        found.push(Quotation { start, end: doc.len(), closed: false });
    }
    found.retain(|quotation| quotation.start < quotation.end);
    found
}
