//! A feed of RSS 2.0 (rssboard.org/rss-specification).
//!
//! In go happenings, the last reported first; out goes one channel with an item each: who does what to whom, the sentence that says it and who published it. What a filter's limit does not say ends
//! after a hundred. The day of an item is that of its first report; where none is known it has none.

use super::ftm::title;
use super::{Exported, Fault};
use crate::Countries;
use crate::tables::Visit;
use depeche_record::Date;
use depeche_store::{Filter, HappeningDetail, HappeningOrder};
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};
use std::io::{self, Write};

/// Items where a filter does not say how many.
const ITEMS: usize = 100;
/// Where the program is told of, since a record has no address of its own.
const LINK: &str = env!("CARGO_PKG_REPOSITORY");

/// Writes happenings.
pub(super) fn write(asked: &Visit<'_>, countries: &Countries, out: &mut impl Write) -> Result<Exported, Fault> {
    let filter = Filter { limit: Some(asked.filter.limit.unwrap_or(ITEMS)), ..asked.filter.clone() };
    let asked = Visit { filter: &filter, ..*asked };
    let mut xml = Writer::new_with_indent(out, b' ', 1);
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    let mut rss = BytesStart::new("rss");
    rss.push_attribute(("version", "2.0"));
    xml.write_event(Event::Start(rss))?;
    xml.write_event(Event::Start(BytesStart::new("channel")))?;
    element(&mut xml, "title", "depeche")?;
    element(&mut xml, "link", LINK)?;
    element(&mut xml, "description", "What happened, as dispatches report it")?;
    element(&mut xml, "generator", concat!("depeche ", env!("CARGO_PKG_VERSION")))?;
    let mut exported = Exported::default();
    asked.happenings(HappeningOrder::Reported, |happening| {
        item(&mut xml, &happening, countries)?;
        exported.answers += 1;
        exported.written += 1;
        Ok(())
    })?;
    for name in ["channel", "rss"] {
        xml.write_event(Event::End(BytesEnd::new(name)))?;
    }
    xml.get_mut().write_all(b"\n")?;
    Ok(exported)
}

fn item(xml: &mut Writer<impl Write>, happening: &HappeningDetail, countries: &Countries) -> io::Result<()> {
    xml.write_event(Event::Start(BytesStart::new("item")))?;
    element(xml, "title", &title(happening))?;
    let origin = happening.origin.as_ref();
    let url = happening.dispatches.iter().find_map(|dispatch| dispatch.url.as_deref()).or(origin.and_then(|origin| origin.url.as_deref()));
    if let Some(url) = url {
        element(xml, "link", url)?;
    }
    element(xml, "description", &description(happening, countries))?;
    let mut guid = BytesStart::new("guid");
    guid.push_attribute(("isPermaLink", "false"));
    xml.write_event(Event::Start(guid))?;
    xml.write_event(Event::Text(BytesText::new(&printable(&happening.entry.id))))?;
    xml.write_event(Event::End(BytesEnd::new("guid")))?;
    let first = happening.dispatches.iter().filter_map(|dispatch| dispatch.first.as_deref()).min();
    let first = first.or(origin.and_then(|origin| origin.published.as_deref())).and_then(|day| day.parse::<Date>().ok());
    if let Some(first) = first {
        // RFC 822 asks for a time; none is known.
        element(xml, "pubDate", &first.strftime("%a, %d %b %Y 00:00:00 GMT").to_string())?;
    }
    element(xml, "category", &happening.entry.kind)?;
    xml.write_event(Event::End(BytesEnd::new("item")))
}

/// The sentence, when and where, and who published it.
fn description(happening: &HappeningDetail, countries: &Countries) -> String {
    let entry = &happening.entry;
    let mut publishers: Vec<&str> = happening.dispatches.iter().filter_map(|dispatch| dispatch.publisher.as_deref()).collect();
    publishers.dedup();
    let place = entry.place.as_ref().map(|place| match place.country.as_deref() {
        Some(country) if countries.name(country) != place.name => format!("{} ({})", place.name, countries.name(country)),
        _ => place.name.clone(),
    });
    let facts = [Some(entry.status.clone()), entry.when.as_ref().map(|when| when.value.clone()), place, Some(publishers.join(", "))];
    let facts: Vec<String> = facts.into_iter().flatten().filter(|fact| !fact.is_empty()).collect();
    let facts = facts.join(" · ");
    match &happening.evidence {
        Some(evidence) => format!("{}\n{facts}", evidence.sentence.text),
        None => facts,
    }
}

fn element(xml: &mut Writer<impl Write>, name: &str, text: &str) -> io::Result<()> {
    xml.write_event(Event::Start(BytesStart::new(name)))?;
    xml.write_event(Event::Text(BytesText::new(&printable(text))))?;
    xml.write_event(Event::End(BytesEnd::new(name)))
}

/// A text without the characters that XML 1.0 does not have, escaped or not.
fn printable(text: &str) -> String {
    let has = |letter: char| !matches!(letter, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}');
    text.chars().filter(|&letter| has(letter)).collect()
}
