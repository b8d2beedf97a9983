//! An entry of a feed to an item.
//!
//! In goes what an entry's elements say; out comes an article of HTML, its title first, with what the entry and its feed state about it. An
//! entry that says nothing is refused by whoever asks.

use super::feed_text::{Value, escape_into};
use crate::reader::{Content, Stated};
use jiff::Zoned;
use jiff::fmt::rfc2822::DateTimeParser;

/// What a feed says of all its entries.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct FeedSays {
    pub(crate) title: Option<String>,
    pub(crate) language: Option<String>,
    pub(crate) authors: Vec<String>,
    /// When a crawler fetched it.
    pub(crate) fetched: Option<String>,
}

/// What one entry says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Entry {
    pub(crate) title: Value,
    pub(crate) content: Value,
    pub(crate) summary: Value,
    pub(crate) link: Option<String>,
    /// Its identifier, where that is said to be an address.
    pub(crate) permalink: Option<String>,
    pub(crate) published: Option<String>,
    pub(crate) updated: Option<String>,
    pub(crate) authors: Vec<String>,
    /// The feed it was taken over from.
    pub(crate) source: Option<String>,
    pub(crate) language: Option<String>,
}

impl Entry {
    pub(crate) fn is_blank(&self) -> bool {
        self.title.is_blank() && self.content.is_blank() && self.summary.is_blank()
    }

    /// The entry as an article.
    pub(crate) fn content(&self) -> Content {
        let mut article = "<article>".to_owned();
        if let Some(title) = self.title.line() {
            article.push_str("<h1>");
            escape_into(&mut article, &title);
            article.push_str("</h1>");
        }
        let body = if self.content.is_blank() { &self.summary } else { &self.content };
        article.push_str(&body.markup());
        article.push_str("</article>");
        Content::Fragment(article)
    }

    /// What it states, with what its feed does where it says nothing itself.
    pub(crate) fn stated(&self, feed: &FeedSays) -> Stated {
        let authors = if self.authors.is_empty() { &feed.authors } else { &self.authors };
        Stated {
            title: self.title.line(),
            byline: Some(authors.join(", ")).filter(|names| !names.is_empty()),
            url: self.link.clone().or_else(|| self.permalink.clone()),
            published: self.published.as_deref().or(self.updated.as_deref()).map(date_time),
            publisher: self.source.clone().or_else(|| feed.title.clone()),
            language: self.language.clone().or_else(|| feed.language.clone()),
            fetched: feed.fetched.clone(),
        }
    }
}

/// A date as feeds write it, of RFC 2822 or of ISO 8601, as ISO 8601 at its own offset; as it stands where it is neither.
fn date_time(words: &str) -> String {
    static PARSER: DateTimeParser = DateTimeParser::new().relaxed_weekday(true);
    let words = words.trim();
    match PARSER.parse_zoned(words.strip_suffix("UTC").map_or_else(|| words.to_owned(), |rest| format!("{rest}GMT"))) {
        Ok(zoned) => iso(&zoned),
        Err(_) => words.to_owned(),
    }
}

fn iso(zoned: &Zoned) -> String {
    let offset = zoned.offset().seconds();
    let (sign, minutes) = (if offset < 0 { '-' } else { '+' }, offset.unsigned_abs() / 60);
    let time = zoned.datetime();
    let (date, hour, minute, second) = (time.date(), time.hour(), time.minute(), time.second());
    format!("{date}T{hour:02}:{minute:02}:{second:02}{sign}{:02}:{:02}", minutes / 60, minutes % 60)
}

/// The name that an author's element gives: without an address of mail, which may stand before or behind it.
pub(crate) fn author(words: &str) -> Option<String> {
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let name = match words.split_once(" (").and_then(|(address, name)| Some((address, name.strip_suffix(')')?))) {
        Some((address, name)) if address.contains('@') => name,
        _ => words.split_once(" <").filter(|(_, address)| address.contains('@')).map_or(words.as_str(), |(name, _)| name),
    };
    let name = name.trim();
    let address = name.contains('@') && !name.contains(' ');
    (!name.is_empty() && !address).then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates() {
        let check = |words: &str, expected: &str| assert_eq!(date_time(words), expected, "{words}");
        check("Mon, 03 May 2021 18:05:00 +0200", "2021-05-03T18:05:00+02:00");
        check("Tue, 3 May 2021 18:05:00 GMT", "2021-05-03T18:05:00+00:00");
        check("3 May 2021 18:05 EST", "2021-05-03T18:05:00-05:00");
        check("Mon, 03 May 2021 18:05:00 UTC", "2021-05-03T18:05:00+00:00");
        check(" 2021-05-03T18:05:00Z ", "2021-05-03T18:05:00Z");
        check("yesterday", "yesterday");
    }

    #[test]
    fn authors() {
        let check = |words: &str, expected: Option<&str>| assert_eq!(author(words).as_deref(), expected, "{words}");
        check("Kari  Nordmann", Some("Kari Nordmann"));
        check("desk@example.org (Kari Nordmann)", Some("Kari Nordmann"));
        check("Kari Nordmann <desk@example.org>", Some("Kari Nordmann"));
        check("Kari Nordmann (Oslo)", Some("Kari Nordmann (Oslo)"));
        check("desk@example.org", None);
        check("—desk@example.org", None);
        check(" ", None);
    }
}
