//! What a page says of itself in the elements of its head.
//!
//! In goes one `meta` or `link`; out come the claims that its name stands for. Names are compared without case and signs, since hundreds of
//! spellings of a few are in use. Values that cannot be a claim of their field (an address as an author) are refused.

use super::{Claims, Field, Origin};
use crate::html::tree::{NodeId, Tree};

/// Longer names are none.
const MOST_BYTES: usize = 64;

/// Adds what a `meta` says.
pub(super) fn meta(tree: &Tree, element: NodeId, claims: &mut Claims) {
    let (mut content, mut name, mut is_microdata) = (None, None, false);
    for (attribute, value) in tree.attributes(element) {
        match attribute {
            "content" => content = Some(value),
            "property" | "name" | "http-equiv" if name.is_none() || is_microdata => (name, is_microdata) = (Some(value), false),
            "itemprop" if name.is_none() => (name, is_microdata) = (Some(value), true),
            _ => {}
        }
    }
    let (Some(name), Some(content)) = (name, content) else { return };
    let content = content.trim();
    if content.is_empty() || name.len() > MOST_BYTES {
        return;
    }
    let name = bare(name);
    if let Some((field, origin, weight)) = meaning(&name, is_microdata) {
        let is_address = content.contains("://") || content.starts_with("www.") || content.starts_with('@');
        let is_name = field != Field::Byline || content.chars().any(char::is_alphabetic);
        if (!is_address || field == Field::Url) && is_name {
            claims.add(field, content, origin, weight);
        }
    }
    match name.as_str() {
        "ogsitename" | "applicationname" | "twittersite" | "alandroidappname" | "aliosappname" | "applemobilewebapptitle" | "publisher" => {
            claims.name_site(content.trim_start_matches('@'));
        }
        "description" | "ogdescription" | "twitterdescription" => claims.describe(content),
        "ogtype" => claims.is_article |= content.eq_ignore_ascii_case("article"),
        _ => {}
    }
}

/// Adds what a `link` says.
pub(super) fn link(tree: &Tree, element: NodeId, claims: &mut Claims) {
    if let Some(address) = tree.attribute(element, "href")
        && tree.attribute(element, "rel").is_some_and(|relation| relation.eq_ignore_ascii_case("canonical"))
    {
        claims.add(Field::Url, address, Origin::Link, 100);
    }
}

/// A name in small letters, without signs and the prefixes of vocabularies.
fn bare(name: &str) -> String {
    let name = name.rsplit('/').next().unwrap_or(name);
    name.chars().filter(char::is_ascii_alphanumeric).map(|character| character.to_ascii_lowercase()).collect()
}

fn meaning(name: &str, is_microdata: bool) -> Option<(Field, Origin, u8)> {
    use Origin::{Meta, Microdata, OpenGraph, TwitterCard};
    Some(match name {
        "ogtitle" => (Field::Title, OpenGraph, 90),
        "twittertitle" | "twittertexttitle" => (Field::Title, TwitterCard, 70),
        "headline" if is_microdata => (Field::Title, Microdata, 60),
        "title" | "headline" | "dctitle" | "dctermstitle" | "parselytitle" | "sailthrutitle" | "citationtitle" => (Field::Title, Meta, 50),
        "ogsitename" => (Field::Publisher, OpenGraph, 80),
        "applicationname" | "dcpublisher" | "publisher" | "citationpublisher" => (Field::Publisher, Meta, 50),
        "author" if is_microdata => (Field::Byline, Microdata, 80),
        "author" | "byl" | "articleauthor" | "parselyauthor" | "dccreator" | "dctermscreator" | "sailthruauthor" | "cxenseparseauthor"
        | "citationauthor" | "rnewsauthor" | "articleauthorname" | "authors" => {
            (Field::Byline, Meta, if name == "articleauthor" { 55 } else { 60 })
        }
        "ogurl" => (Field::Url, OpenGraph, 80),
        "twitterurl" | "parselylink" => (Field::Url, Meta, 40),
        "oglocale" => (Field::Language, OpenGraph, 60),
        "contentlanguage" | "language" | "dclanguage" | "dctermslanguage" | "lang" => (Field::Language, Meta, 50),
        "inlanguage" if is_microdata => (Field::Language, Microdata, 60),
        "articlesection" if is_microdata => (Field::Section, Microdata, 70),
        "articlesection" | "ogsection" | "ogarticlesection" => (Field::Section, OpenGraph, 80),
        "section" | "parselysection" | "cxenseparserecssection" | "sectionname" | "category" => (Field::Section, Meta, 50),
        name => return date(name, is_microdata),
    })
}

/// The many names of two dates.
fn date(name: &str, is_microdata: bool) -> Option<(Field, Origin, u8)> {
    let holds = |part: &str| name.contains(part);
    let ends = |parts: &[&str]| parts.iter().any(|part| name.ends_with(part));
    if holds("expir") || holds("unpublish") || holds("relatedcontent") || holds("event") {
        return None;
    }
    let is_of_article = matches!(name, "articlepublishedtime" | "ogarticlepublishedtime" | "articlemodifiedtime" | "ogarticlemodifiedtime");
    let (origin, weight) = if is_of_article {
        (Origin::OpenGraph, 95)
    } else if name.starts_with("og") {
        (Origin::OpenGraph, 80)
    } else if is_microdata {
        (Origin::Microdata, 80)
    } else {
        (Origin::Meta, 70)
    };
    let is_of_change = holds("modif") || holds("updat") || holds("lastmod") || holds("revis") || holds("lastpub");
    if is_of_change && (holds("date") || holds("time") || ends(&["modified", "updated", "lastmod", "revised"])) {
        return Some((Field::Updated, origin, weight));
    }
    let is_publication =
        (holds("publish") || holds("publication")) && (holds("date") || holds("time") || ends(&["published", "firstpublished"]));
    if is_publication || holds("pubdate") || holds("datepub") || ends(&["releasedate"]) {
        return Some((Field::Published, origin, weight));
    }
    let is_creation = holds("datecreated")
        || holds("createdate")
        || holds("creationdate")
        || holds("firstcreate")
        || ends(&["dccreated", "dctermscreated"]);
    let is_of_dublin_core = holds("dateissued") || holds("dateavailable") || ends(&["dctermsissued", "dcdate", "dctermsdate"]);
    let is_plain = matches!(
        name,
        "date"
            | "articledate"
            | "articledateoriginal"
            | "displaydate"
            | "sailthrudate"
            | "citationdate"
            | "issued"
            | "postdate"
            | "articlepostdate"
            | "cxenseparsearticledate"
    );
    (is_creation || is_of_dublin_core || is_plain).then_some((Field::Published, origin, weight - 10))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_dates() {
        let cases = [
            ("article:published_time", Some(Field::Published)),
            ("http://ogp.me/ns/article#published_time", Some(Field::Published)),
            ("DC.date.issued", Some(Field::Published)),
            ("dcterms.created", Some(Field::Published)),
            ("parsely-pub-date", Some(Field::Published)),
            ("publish_date", Some(Field::Published)),
            ("cXenseParse:recs:publishtime", Some(Field::Published)),
            ("sailthru.date", Some(Field::Published)),
            ("date", Some(Field::Published)),
            ("og:updated_time", Some(Field::Updated)),
            ("last-modified", Some(Field::Updated)),
            ("DC.date.modified", Some(Field::Updated)),
            ("article:expiration_time", None),
            ("article:publisher", None),
            ("publishid", None),
            ("viewport", None),
        ];
        for (name, expected) in cases {
            assert_eq!(meaning(&bare(name), false).map(|(field, ..)| field), expected, "{name}");
        }
    }
}
