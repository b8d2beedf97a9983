//! The values of a feed's elements: text, or markup in one of the ways in which feeds carry it.
//!
//! In go the pieces of an element's content, in order; out comes a [`Value`], which gives itself as markup or as a line of text. References to
//! characters are read; those to entities that neither XML nor HTML knows stay as they are written, so that nothing swells.

use quick_xml::escape::resolve_html5_entity;
use std::borrow::Cow;

/// The elements that have no end in HTML.
const VOID: [&str; 14] = ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"];

/// The content of an element.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Value {
    words: String,
    /// Whether there are elements in it, so that its words are markup.
    nested: bool,
    /// Whether it says that it is text and no markup.
    plain: bool,
}

impl Value {
    /// An empty value of an Atom element with this `type`; elements of RSS have none and may carry either.
    pub(crate) fn new(kind: Option<&str>, atom: bool) -> Value {
        let plain = match kind {
            None => atom,
            Some(kind) => kind.eq_ignore_ascii_case("text") || kind.eq_ignore_ascii_case("text/plain"),
        };
        Value { plain, ..Value::default() }
    }

    pub(crate) fn push_text(&mut self, text: &str) {
        if self.nested { escape_into(&mut self.words, text) } else { self.words.push_str(text) }
    }

    /// A reference `&name;`.
    pub(crate) fn push_reference(&mut self, name: &str) {
        match resolve(name) {
            Some(text) => self.push_text(&text),
            None => self.push_text(&format!("&{name};")),
        }
    }

    /// The tag that opens an element; `attributes` stand as they are written.
    pub(crate) fn push_opening(&mut self, name: &str, attributes: &str) {
        if !self.nested {
            self.nested = true;
            let mut escaped = String::with_capacity(self.words.len());
            escape_into(&mut escaped, &self.words);
            self.words = escaped;
        }
        self.words.push('<');
        self.words.push_str(local(name));
        self.words.push_str(attributes.trim_end().trim_end_matches('/'));
        self.words.push('>');
    }

    pub(crate) fn push_closing(&mut self, name: &str) {
        let name = local(name);
        if !VOID.contains(&name) {
            self.words.push_str("</");
            self.words.push_str(name);
            self.words.push('>');
        }
    }

    pub(crate) fn is_blank(&self) -> bool {
        self.words.trim().is_empty()
    }

    /// As markup, whatever it was.
    pub(crate) fn markup(&self) -> Cow<'_, str> {
        if self.nested || (!self.plain && has_tag(&self.words)) {
            return Cow::Borrowed(&self.words);
        }
        let text = if self.plain { Cow::Borrowed(self.words.as_str()) } else { unescape(&self.words) };
        let mut markup = String::with_capacity(text.len() + 16);
        for paragraph in text.replace("\r\n", "\n").split("\n\n").filter(|paragraph| !paragraph.trim().is_empty()) {
            markup.push_str("<p>");
            escape_into(&mut markup, paragraph.trim());
            markup.push_str("</p>");
        }
        Cow::Owned(markup)
    }

    /// As text on one line, without tags; `None` where there is none.
    pub(crate) fn line(&self) -> Option<String> {
        let is_markup = self.nested || (!self.plain && has_tag(&self.words));
        let text = if is_markup { without_tags(&self.words) } else { self.words.clone() };
        let text = if self.plain && !self.nested { Cow::Borrowed(text.as_str()) } else { unescape(&text) };
        let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
        Some(line).filter(|line| !line.is_empty())
    }
}

/// A name without its prefix.
pub(crate) fn local(name: &str) -> &str {
    name.rsplit_once(':').map_or(name, |(_, local)| local)
}

/// The character or characters that a reference stands for.
fn resolve(name: &str) -> Option<Cow<'static, str>> {
    let Some(number) = name.strip_prefix('#') else { return resolve_html5_entity(name).map(Cow::Borrowed) };
    let code = match number.strip_prefix(['x', 'X']) {
        Some(hexadecimal) => u32::from_str_radix(hexadecimal, 16),
        None => number.parse(),
    };
    char::from_u32(code.ok()?).filter(|&character| character != '\0').map(|character| Cow::Owned(character.to_string()))
}

/// Text with the references that stand in it resolved.
pub(crate) fn unescape(text: &str) -> Cow<'_, str> {
    const LONGEST: usize = 34;
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let mut resolved = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        let (before, reference) = rest.split_at(at);
        resolved.push_str(before);
        let end = reference.bytes().take(LONGEST).position(|byte| byte == b';');
        match end.and_then(|end| Some((resolve(reference.get(1..end)?)?, end))) {
            Some((character, end)) => {
                resolved.push_str(&character);
                rest = reference.get(end + 1..).unwrap_or_default();
            }
            None => {
                resolved.push('&');
                rest = reference.get(1..).unwrap_or_default();
            }
        }
    }
    resolved.push_str(rest);
    Cow::Owned(resolved)
}

/// Text as markup that shows it.
pub(crate) fn escape_into(markup: &mut String, text: &str) {
    for character in text.chars() {
        match character {
            '&' => markup.push_str("&amp;"),
            '<' => markup.push_str("&lt;"),
            '>' => markup.push_str("&gt;"),
            other => markup.push(other),
        }
    }
}

fn begins_tag(after: &str) -> bool {
    after.starts_with(|character: char| character.is_ascii_alphabetic() || matches!(character, '/' | '!'))
}

/// Whether there is a tag in some words, or what would be one.
fn has_tag(words: &str) -> bool {
    words.split('<').skip(1).any(begins_tag) && words.contains('>')
}

/// Markup with a blank in the place of each tag that breaks words.
fn without_tags(markup: &str) -> String {
    const INSIDE_WORDS: [&str; 9] = ["a", "b", "em", "i", "span", "strong", "sub", "sup", "u"];
    let mut text = String::with_capacity(markup.len());
    let mut rest = markup;
    while let Some(at) = rest.find('<') {
        let (before, tag) = rest.split_at(at);
        text.push_str(before);
        let after = tag.get(1..).unwrap_or_default();
        match after.find('>').filter(|_| begins_tag(after)) {
            Some(end) => {
                let name = after.trim_start_matches('/').split(|character: char| !character.is_ascii_alphanumeric()).next();
                if !name.is_some_and(|name| INSIDE_WORDS.contains(&name)) {
                    text.push(' ');
                }
                rest = after.get(end + 1..).unwrap_or_default();
            }
            None => {
                text.push('<');
                rest = after;
            }
        }
    }
    text.push_str(rest);
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(words: &str, kind: Option<&str>, markup: &str, line: &str) {
        let mut value = Value::new(kind, kind.is_some());
        value.push_text(words);
        assert_eq!((value.markup().as_ref(), value.line().unwrap_or_default().as_str()), (markup, line), "{words}");
    }

    #[test]
    fn values() {
        check("Rain & snow", None, "<p>Rain &amp; snow</p>", "Rain & snow");
        check("Rain &amp; snow &#8217;t&eacute;", None, "<p>Rain &amp; snow ’té</p>", "Rain & snow ’té");
        check("One.\r\n\r\nTwo,\nstill.", None, "<p>One.</p><p>Two,\nstill.</p>", "One. Two, still.");
        check("<b>R</b>ain<br/>in &lt;Oslo&gt;", None, "<b>R</b>ain<br/>in &lt;Oslo&gt;", "Rain in <Oslo>");
        check("2 < 3 > 1", None, "<p>2 &lt; 3 &gt; 1</p>", "2 < 3 > 1");
        check("<b> &amp;", Some("text"), "<p>&lt;b&gt; &amp;amp;</p>", "<b> &amp;");
        check("<b>x</b> &amp; y", Some("html"), "<b>x</b> &amp; y", "x & y");
        check(
            "&nonsense; & &#0; &#xD800; &;",
            Some("html"),
            "<p>&amp;nonsense; &amp; &amp;#0; &amp;#xD800; &amp;;</p>",
            "&nonsense; & &#0; &#xD800; &;",
        );
        check("a<", None, "<p>a&lt;</p>", "a<");
        check("", None, "", "");
    }

    #[test]
    fn nested_elements() {
        let mut value = Value::new(Some("xhtml"), true);
        value.push_text("1 < 2");
        value.push_opening("x:p", " class=\"a\" ");
        value.push_reference("amp");
        value.push_reference("lol");
        value.push_opening("br", "/");
        value.push_closing("br");
        value.push_closing("x:p");
        assert_eq!(value.markup(), "1 &lt; 2<p class=\"a\">&amp;&amp;lol;<br></p>");
        assert_eq!(value.line().as_deref(), Some("1 < 2 &&lol;"));
    }
}
