//! `--to timeml`: the text of a dispatch with its time expressions marked inline, as TimeML 1.2.1.
//!
//! In goes a coded dispatch; out comes one `TimeML` element: `DOCID`, `DCT` with the date of publication as `t0`, `TITLE` where there is one, and `TEXT`, which is the text of the dispatch
//! with a `TIMEX3` around every expression, and without these the text to the character. What XML cannot hold, control characters, stands as U+FFFD. An expression or
//! publication that has no value has no `value`. One dispatch is a document; several stand in one `corpus` element, since a file of XML has one root.

use depeche::record::{CharIndex, CharSpan, CodedDispatch, Date, Published, Timex, TimexKind};
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesRef, BytesStart, BytesText, Event};
use std::io::{self, Write};

/// The schema that a document names.
const SCHEMA: &str = "http://timeml.org/timeMLdocs/TimeML_1.2.1.xsd";
/// What holds several documents.
const CORPUS: &str = "corpus";

/// Writes documents one after the other, within a `corpus` as soon as there is a second one.
pub(crate) struct Documents<W: Write> {
    out: W,
    /// The first document, until it is known whether another follows.
    first: Option<Vec<u8>>,
    many: bool,
}

impl<W: Write> Documents<W> {
    pub(crate) fn new(out: W) -> Documents<W> {
        Documents { out, first: None, many: false }
    }

    /// Writes what [`document`] made.
    pub(crate) fn add(&mut self, document: &[u8]) -> io::Result<()> {
        if !self.many && self.first.is_none() {
            self.first = Some(document.to_vec());
            return Ok(());
        }
        if let Some(first) = self.first.take() {
            self.declare()?;
            writeln!(self.out, "<{CORPUS}>")?;
            self.out.write_all(&first)?;
            self.many = true;
        }
        self.out.write_all(document)
    }

    /// Ends the stream. Nothing in, an empty `corpus` out.
    pub(crate) fn finish(mut self) -> io::Result<()> {
        match self.first.take() {
            Some(only) => {
                self.declare()?;
                self.out.write_all(&only)?;
            }
            None if self.many => writeln!(self.out, "</{CORPUS}>")?,
            None => {
                self.declare()?;
                writeln!(self.out, "<{CORPUS}/>")?;
            }
        }
        self.out.flush()
    }

    fn declare(&mut self) -> io::Result<()> {
        Writer::new(&mut self.out).write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
        writeln!(self.out)
    }
}

/// The `TimeML` element of a dispatch, with a line end.
pub(crate) fn document(coded: &CodedDispatch) -> io::Result<Vec<u8>> {
    let mut out = Document { writer: Writer::new(Vec::with_capacity(coded.dispatch.text.len() + 1024)) };
    let root = BytesStart::new("TimeML")
        .with_attributes([("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance"), ("xsi:noNamespaceSchemaLocation", SCHEMA)]);
    out.start(root)?;
    out.line_end()?;
    out.element("DOCID", |out| out.text(&coded.id))?;
    out.element("DCT", |out| out.publication(&coded.dispatch.published))?;
    if let Some(title) = &coded.dispatch.title {
        out.element("TITLE", |out| out.text(title))?;
    }
    out.element("TEXT", |out| out.marked(&coded.dispatch.text, &coded.timexes))?;
    out.end("TimeML")?;
    out.line_end()?;
    Ok(out.writer.into_inner())
}

struct Document {
    writer: Writer<Vec<u8>>,
}

impl Document {
    fn start(&mut self, tag: BytesStart<'_>) -> io::Result<()> {
        self.writer.write_event(Event::Start(tag))
    }

    fn end(&mut self, name: &str) -> io::Result<()> {
        self.writer.write_event(Event::End(BytesEnd::new(name)))
    }

    fn line_end(&mut self) -> io::Result<()> {
        self.writer.get_mut().write_all(b"\n")
    }

    /// An element on lines of its own.
    fn element(&mut self, name: &str, inside: impl FnOnce(&mut Document) -> io::Result<()>) -> io::Result<()> {
        self.start(BytesStart::new(name))?;
        inside(self)?;
        self.end(name)?;
        self.line_end()
    }

    /// Characters, such that a reader of XML gives them back.
    fn text(&mut self, text: &str) -> io::Result<()> {
        for (number, piece) in text.split('\r').enumerate() {
            if number > 0 {
                // Readers make a line feed of a carriage return that is not written so.
                self.writer.write_event(Event::GeneralRef(BytesRef::new("#13")))?;
            }
            if piece.contains(is_forbidden) {
                self.writer.write_event(Event::Text(BytesText::new(&piece.replace(is_forbidden, "\u{fffd}"))))?;
            } else {
                self.writer.write_event(Event::Text(BytesText::new(piece)))?;
            }
        }
        Ok(())
    }

    /// When the dispatch was published, as far as that is known.
    fn publication(&mut self, published: &Published) -> io::Result<()> {
        let day = |day: Option<Date>| day.map(|day| day.to_string()).unwrap_or_default();
        let (earliest, latest) = (day(published.earliest), day(published.latest));
        let text = match &published.value {
            Some(value) => value.clone(),
            None if earliest.is_empty() && latest.is_empty() => return Ok(()),
            None => format!("{earliest}/{latest}"),
        };
        let mut tag = BytesStart::new("TIMEX3");
        tag.push_attribute(("tid", "t0"));
        tag.push_attribute(("type", if text.contains('T') { "TIME" } else { "DATE" }));
        if let Some(value) = &published.value {
            tag.push_attribute(("value", value.as_str()));
        }
        tag.push_attribute(("temporalFunction", "false"));
        tag.push_attribute(("functionInDocument", "CREATION_TIME"));
        self.start(tag)?;
        self.text(&text)?;
        self.end("TIMEX3")
    }

    /// The text with its expressions, which stand in order and do not overlap.
    fn marked(&mut self, text: &str, timexes: &[Timex]) -> io::Result<()> {
        let index = CharIndex::new(text);
        let mut done = 0;
        for timex in timexes {
            let (Some(before), Some(inside)) = (
                timex.span.start.checked_sub(done).map(|_| CharSpan::new(done, timex.span.start)),
                (timex.span.start < timex.span.end).then_some(timex.span),
            ) else {
                continue;
            };
            self.text(index.slice(text, before))?;
            self.start(tag(timex))?;
            self.text(index.slice(text, inside))?;
            self.end("TIMEX3")?;
            done = timex.span.end;
        }
        let end = text.chars().count();
        self.text(index.slice(text, CharSpan::new(done.min(end), end)))
    }
}

/// The opening tag of an expression.
fn tag(timex: &Timex) -> BytesStart<'_> {
    let kind = match timex.kind {
        TimexKind::Date => "DATE",
        TimexKind::Time => "TIME",
        TimexKind::Duration => "DURATION",
        TimexKind::Set => "SET",
    };
    let mut tag = BytesStart::new("TIMEX3");
    tag.push_attribute(("tid", timex.id.as_str()));
    tag.push_attribute(("type", kind));
    if let Some(value) = &timex.value {
        tag.push_attribute(("value", value.as_str()));
    }
    if let Some(modifier) = &timex.modifier {
        tag.push_attribute(("mod", modifier.as_str()));
    }
    let anchor = match timex.anchor.as_str() {
        "published" => Some("t0"),
        anchor if anchor.starts_with('t') => Some(anchor),
        _ => None,
    };
    if let Some(anchor) = anchor {
        tag.push_attribute(("temporalFunction", "true"));
        tag.push_attribute(("anchorTimeID", anchor));
    }
    tag
}

/// Whether XML 1.0 has no way to write the character.
fn is_forbidden(character: char) -> bool {
    matches!(character, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use depeche::record::Dispatch;
    use expect_test::expect;
    use proptest::prelude::*;
    use quick_xml::Reader;

    fn coded(text: &str, timexes: Vec<Timex>) -> CodedDispatch {
        let day = "2024-05-15".parse::<Date>().ok();
        let published = Published { value: Some("2024-05-15".to_owned()), earliest: day, latest: day, ..Published::default() };
        CodedDispatch {
            id: "a & b".to_owned(),
            source_sha256: String::new(),
            dispatch: Dispatch { text: text.to_owned(), title: Some("Un <titre>".to_owned()), published, ..Dispatch::default() },
            sentences: Vec::new(),
            mentions: Vec::new(),
            entities: Vec::new(),
            roles: Vec::new(),
            timexes,
            events: Vec::new(),
            statements: Vec::new(),
            warnings: Vec::new(),
        }
    }

    fn timex(start: usize, end: usize, value: Option<&str>, anchor: &str) -> Timex {
        Timex {
            id: "t1".to_owned(),
            span: CharSpan::new(start, end),
            text: String::new(),
            kind: TimexKind::Date,
            value: value.map(str::to_owned),
            modifier: Some("START".to_owned()),
            earliest: None,
            latest: None,
            anchor: anchor.to_owned(),
        }
    }

    fn written(coded: &CodedDispatch) -> String {
        String::from_utf8(document(coded).unwrap()).unwrap()
    }

    /// The characters within the element of that name, as a reader of XML gives them.
    fn read(xml: &str, name: &str) -> String {
        let mut reader = Reader::from_str(xml);
        let (mut text, mut within) = (String::new(), false);
        loop {
            match reader.read_event().unwrap() {
                Event::Start(tag) => within |= tag.name().as_ref() == name,
                Event::End(tag) => within &= tag.name().as_ref() != name,
                Event::Text(piece) if within => text.push_str(&piece),
                Event::GeneralRef(reference) if within => match reference.resolve_char_ref().unwrap() {
                    Some(character) => text.push(character),
                    None => text.push_str(quick_xml::escape::resolve_predefined_entity(&reference).unwrap()),
                },
                Event::Eof => return text,
                _ => {}
            }
        }
    }

    #[test]
    fn a_document_is_written() {
        let dispatch = coded("Né début mai & parti.", vec![timex(3, 12, Some("2024-05"), "published")]);
        expect![[r#"
            <TimeML xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:noNamespaceSchemaLocation="http://timeml.org/timeMLdocs/TimeML_1.2.1.xsd">
            <DOCID>a &amp; b</DOCID>
            <DCT><TIMEX3 tid="t0" type="DATE" value="2024-05-15" temporalFunction="false" functionInDocument="CREATION_TIME">2024-05-15</TIMEX3></DCT>
            <TITLE>Un &lt;titre&gt;</TITLE>
            <TEXT>Né <TIMEX3 tid="t1" type="DATE" value="2024-05" mod="START" temporalFunction="true" anchorTimeID="t0">début mai</TIMEX3> &amp; parti.</TEXT>
            </TimeML>
        "#]]
        .assert_eq(&written(&dispatch));
    }

    #[test]
    fn what_is_not_known_is_left_out() {
        let mut dispatch = coded("le 31 février", vec![timex(0, 13, None, "none")]);
        dispatch.dispatch.published = Published::default();
        let xml = written(&dispatch);
        assert!(xml.contains("<DCT></DCT>") && xml.contains(r#"<TIMEX3 tid="t1" type="DATE" mod="START">le 31"#), "{xml}");
        dispatch.dispatch.published.earliest = "2024-05-15".parse().ok();
        assert!(written(&dispatch).contains(">2024-05-15/</TIMEX3></DCT>"));
    }

    #[test]
    fn several_documents_have_one_root() {
        let stream = |documents: &[&str]| {
            let mut out = Vec::new();
            let mut stream = Documents::new(&mut out);
            documents.iter().for_each(|document| stream.add(document.as_bytes()).unwrap());
            stream.finish().unwrap();
            String::from_utf8(out).unwrap()
        };
        let declaration = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
        assert_eq!(stream(&[]), format!("{declaration}<corpus/>\n"));
        assert_eq!(stream(&["<a/>\n"]), format!("{declaration}<a/>\n"));
        assert_eq!(stream(&["<a/>\n", "<b/>\n", "<c/>\n"]), format!("{declaration}<corpus>\n<a/>\n<b/>\n<c/>\n</corpus>\n"));
    }

    proptest! {
        #[test]
        fn without_its_tags_the_text_is_the_text(
            text in r"([a-cé<>&'\x22\r\n\]\x00\x0b\u{fffe}\u{85}\u{2028} ]|(?s).){0,40}",
            spans in proptest::collection::vec((0..50_usize, 0..8_usize), 0..6),
        ) {
            let length = text.chars().count();
            // Any spans: those that overlap or are outside must do no harm.
            let timexes = spans.iter().map(|(start, long)| timex((*start).min(length), (start + long).min(length), None, "t9")).collect();
            let xml = written(&coded(&text, timexes));
            prop_assert_eq!(read(&xml, "TEXT"), text.replace(is_forbidden, "\u{fffd}"));
        }
    }
}
