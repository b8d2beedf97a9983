//! What an element is to a reader: running text, a paragraph, a part of the page, or nothing to read.
//!
//! In goes an element's name; out comes its [`Element`]. Names that HTML does not know are divisions of the page.

use html5ever::LocalName;

/// What an element does with the text in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub(crate) enum Element {
    /// Its content is not read.
    Skipped,
    /// Part of a running text.
    Inline,
    Link,
    /// `br`.
    Break,
    Division,
    Paragraph,
    Heading,
    ListItem,
    List,
    Cell,
    Table,
    Quotation,
    Preformatted,
    Caption,
    Figure,
    Article,
    Main,
    Section,
    Aside,
    Navigation,
    Header,
    Footer,
    Form,
    Button,
    Details,
    Definition,
    Body,
}

/// How many there are.
pub(crate) const ELEMENTS: usize = Element::Body as usize + 1;

impl Element {
    /// What a name stands for.
    pub(crate) fn of(name: &LocalName) -> Element {
        match &**name {
            "a" => Element::Link,
            "span" | "b" | "strong" | "i" | "em" | "u" | "s" | "small" | "sub" | "sup" | "mark" | "abbr" | "acronym" | "cite" | "q"
            | "code" | "kbd" | "samp" | "var" | "time" | "font" | "big" | "tt" | "ins" | "del" | "dfn" | "bdi" | "bdo" | "data"
            | "ruby" | "rb" | "rt" | "strike" | "wbr" | "img" | "picture" | "source" | "nobr" | "blink" | "label" => Element::Inline,
            "br" => Element::Break,
            "p" => Element::Paragraph,
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => Element::Heading,
            "li" => Element::ListItem,
            "ul" | "ol" | "menu" | "dir" => Element::List,
            "td" | "th" => Element::Cell,
            "table" => Element::Table,
            "blockquote" => Element::Quotation,
            "pre" | "listing" | "plaintext" => Element::Preformatted,
            "figcaption" => Element::Caption,
            "figure" => Element::Figure,
            "article" => Element::Article,
            "main" => Element::Main,
            "section" => Element::Section,
            "aside" => Element::Aside,
            "nav" => Element::Navigation,
            "header" => Element::Header,
            "footer" => Element::Footer,
            "form" | "fieldset" => Element::Form,
            "button" => Element::Button,
            "details" | "dialog" => Element::Details,
            "dt" | "dd" => Element::Definition,
            "body" => Element::Body,
            "head" | "script" | "style" | "noscript" | "template" | "svg" | "math" | "iframe" | "object" | "embed" | "applet" | "audio"
            | "video" | "canvas" | "select" | "datalist" | "option" | "optgroup" | "input" | "textarea" | "progress" | "meter" | "map"
            | "noembed" | "noframes" | "rp" | "area" | "param" | "title" | "meta" | "link" | "base" => Element::Skipped,
            _ => Element::Division,
        }
    }

    /// Whether text goes on through it.
    pub(crate) fn is_inline(self) -> bool {
        matches!(self, Element::Inline | Element::Link | Element::Break)
    }
}
