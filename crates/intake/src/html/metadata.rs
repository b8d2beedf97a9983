//! What a page says of itself.
//!
//! In go the tree of a page and, where they are known, its address and the day it was fetched; out comes a [`Metadata`]: every claim the page
//! makes of its title, authors, publisher, address, language, dates and section, each with where it was made, and the ones that are chosen
//! by vote. Refused are dates that cannot be and whatever is empty; a page that claims nothing gives an empty [`Metadata`].

mod address;
mod dates;
mod head;
mod json_ld;
mod loose_json;
mod plain_words;
mod titles;
mod visible;
mod vote;

use crate::html::tree::{NodeId, Tree};
use crate::language;
use crate::pages::Pages;
use depeche_record::{Published, Warning};
use html5ever::local_name;
use serde::Serialize;
use visible::Seen;

/// How many claims of one field are kept.
const MOST_CLAIMS: usize = 48;
/// How many descriptions are kept.
const MOST_DESCRIPTIONS: usize = 8;
/// How many names of the site are kept.
const MOST_NAMES: usize = 16;

/// What a claim is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Field {
    /// The headline.
    Title,
    /// Who wrote it.
    Byline,
    /// Who published it.
    Publisher,
    /// Its canonical address.
    Url,
    /// Its language.
    Language,
    /// When it was published.
    Published,
    /// When it was last changed.
    Updated,
    /// The section of the site.
    Section,
}

/// Where in a page a claim is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Origin {
    /// A script of linked data.
    JsonLd,
    /// A `meta` of OpenGraph.
    OpenGraph,
    /// A `meta` for Twitter's cards.
    TwitterCard,
    /// Another `meta`.
    Meta,
    /// A property of microdata.
    Microdata,
    /// A `link`.
    Link,
    /// The `title` of the document.
    TitleElement,
    /// A heading of the first rank.
    Heading,
    /// A `time` element.
    TimeElement,
    /// The language of the document's first element.
    HtmlLang,
    /// The words that a reader sees.
    Visible,
    /// The page's address.
    Address,
}

/// One claim that a page makes of itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Stating {
    /// What it is about.
    pub field: Field,
    /// What it says; dates in ISO 8601, as exact as they are given, languages as ISO 639-1.
    pub value: String,
    /// Where it is made.
    pub from: Origin,
    /// Whether it is the one that is believed.
    pub chosen: bool,
}

/// What a page says of itself: for each field what is believed, and all that is claimed.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Metadata {
    pub(crate) title: Option<String>,
    pub(crate) byline: Option<String>,
    pub(crate) publisher: Option<String>,
    pub(crate) url: Option<String>,
    pub(crate) language: Option<String>,
    /// The day, with how far it is to be believed.
    pub(crate) published: Published,
    /// The same, as exact as it is given: `2026-01-06T14:59:00+01:00`.
    pub(crate) published_at: Option<String>,
    pub(crate) updated_at: Option<String>,
    pub(crate) section: Option<String>,
    /// What it says that it is about.
    pub(crate) descriptions: Vec<String>,
    /// The article once more, where a page carries it for machines.
    pub(crate) article: Option<String>,
    /// Every claim, by field, the strongest first.
    pub(crate) all: Vec<Stating>,
    pub(crate) warnings: Vec<Warning>,
}

/// A claim before the vote, with how far it is believed, from 0 to 100.
#[derive(Debug)]
struct Claim {
    field: Field,
    value: String,
    from: Origin,
    weight: u8,
}

/// All claims of a page.
#[derive(Debug, Default)]
struct Claims {
    list: Vec<Claim>,
    /// What the site is called, in any spelling.
    site_names: Vec<String>,
    descriptions: Vec<String>,
    article: Option<String>,
    /// Whether the page calls itself news.
    is_news: bool,
    /// Whether it calls itself an article where it is shared.
    is_article: bool,
}

impl Claims {
    fn add(&mut self, field: Field, value: &str, from: Origin, weight: u8) {
        let value = plain_words::clean(value);
        let is_known = |claim: &Claim| claim.field == field && claim.from == from && claim.value == value;
        if !says_something(field, &value) || self.of(field).count() >= MOST_CLAIMS || self.list.iter().any(is_known) {
            return;
        }
        self.list.push(Claim { field, value, from, weight });
    }

    fn describe(&mut self, description: &str) {
        if self.descriptions.len() < MOST_DESCRIPTIONS {
            self.descriptions.push(plain_words::clean(description));
        }
    }

    fn name_site(&mut self, name: &str) {
        if !name.is_empty() && self.site_names.len() < MOST_NAMES && !self.site_names.iter().any(|known| known == name) {
            self.site_names.push(plain_words::clean(name));
        }
    }

    /// Whether a name is one of the site's.
    fn is_site_name(&self, name: &str) -> bool {
        let squashed = plain_words::squashed(name);
        self.site_names.iter().any(|site| plain_words::squashed(site) == squashed)
    }

    fn of(&self, field: Field) -> impl Iterator<Item = &Claim> {
        self.list.iter().filter(move |claim| claim.field == field)
    }

    /// The strongest claims first; of equals the one that the page makes first.
    fn ranked(&self, field: Field) -> Vec<&Claim> {
        let mut claims: Vec<&Claim> = self.of(field).collect();
        claims.sort_by_key(|claim| std::cmp::Reverse(claim.weight));
        claims
    }
}

impl Metadata {
    /// Reads what a page says. `address` is where it was got, `fetched` the day, or a date-time that begins with it: nothing is published later.
    pub(crate) fn read(tree: &Tree, address: Option<&str>, fetched: Option<&str>, pages: &Pages) -> Metadata {
        let mut claims = Claims::default();
        let mut seen = Seen::default();
        let mut scripts: Vec<NodeId> = Vec::new();
        let mut has_title = false;
        for element in tree.descendants(tree.root()) {
            let Some(name) = tree.name(element) else { continue };
            match *name {
                local_name!("html") => {
                    let stated = tree.attribute(element, "lang").or_else(|| tree.attribute(element, "xml:lang"));
                    claims.add(Field::Language, stated.unwrap_or_default(), Origin::HtmlLang, 80);
                }
                local_name!("title") if !has_title && is_of_document(tree, element) => {
                    has_title = true;
                    let words = plain_words::of_element(tree, element, plain_words::MOST_BYTES);
                    claims.add(Field::Title, words.as_deref().unwrap_or_default(), Origin::TitleElement, 60);
                }
                local_name!("meta") => head::meta(tree, element, &mut claims),
                local_name!("link") => head::link(tree, element, &mut claims),
                local_name!("script") => {
                    if scripts.len() < 64 && tree.attribute(element, "type").is_some_and(is_linked_data) {
                        scripts.push(element);
                    }
                }
                _ => seen.take(tree, element),
            }
        }
        let given = address.and_then(address::web);
        let stated = claims.ranked(Field::Url).iter().find_map(|claim| address::resolved(&claim.value, given.as_ref()));
        let page = given.as_ref().or(stated.as_ref());
        if let Some(host) = page.and_then(address::host) {
            claims.name_site(host);
            claims.name_site(address::owner(host));
        }
        let mut left = loose_json::MOST_BYTES;
        let mut values = Vec::new();
        for script in scripts {
            let content = tree.children(script).find_map(|child| tree.text(child)).unwrap_or_default();
            if content.len() <= left {
                left -= content.len();
                values.extend(loose_json::values(content));
            }
        }
        let mut titles: Vec<String> = claims.of(Field::Title).map(|claim| plain_words::squashed(&claim.value)).collect();
        titles.extend(seen.heading_keys(tree));
        let has_article = json_ld::claims(&values, page, &titles, &mut claims);
        // News that says so nowhere but to those who share it.
        claims.is_news |= !has_article && claims.is_article;
        seen.titles(tree, &mut claims);
        seen.marked(tree, &mut claims);
        let language = claims.ranked(Field::Language).first().map(|claim| claim.value.clone()).unwrap_or_default();
        let month_first = writes_month_first(&language, pages);
        let names_no_one = claims.of(Field::Byline).all(|claim| claims.is_site_name(&claim.value));
        let wants = (claims.of(Field::Published).next().is_none(), names_no_one);
        if wants.0 || wants.1 {
            seen.lines(tree, wants, month_first, pages, &mut claims);
        }
        let known = vote::Known { page: page.cloned(), given: given.is_some(), fetched: fetched.and_then(day_of), month_first };
        vote::metadata(&claims, &known, pages)
    }
}

/// Whether words can be a claim of a field: no value that a program left unset, and no address where a name belongs.
fn says_something(field: Field, value: &str) -> bool {
    let is_name = matches!(field, Field::Byline | Field::Publisher | Field::Section);
    let is_unset = matches!(value, "" | "undefined" | "null" | "NULL" | "None" | "[object Object]");
    let is_mail = value.contains('@') && !value.contains(' ');
    let is_login = field == Field::Byline && (is_mail || matches!(value, "admin" | "Admin" | "root"));
    let is_address = value.contains("://") || value.starts_with("www.");
    let is_misplaced = is_name && is_address;
    !(is_unset || is_login || is_misplaced)
}

/// Whether a `title` is not that of a drawing.
fn is_of_document(tree: &Tree, element: NodeId) -> bool {
    tree.ancestors(element).all(|around| tree.name(around).is_none_or(|name| *name != local_name!("svg")))
}

fn is_linked_data(kind: &str) -> bool {
    kind.trim().get(..19).is_some_and(|kind| kind.eq_ignore_ascii_case("application/ld+json"))
}

/// Whether a page in a language such as `en-GB` writes the month first: among English-speaking countries few do.
fn writes_month_first(language: &str, pages: &Pages) -> bool {
    let country = language.split(['-', '_']).nth(1).unwrap_or_default().to_ascii_uppercase();
    language::declared(language).is_some_and(|code| pages.writes_month_first(&code)) && matches!(country.as_str(), "" | "US" | "PH")
}

fn day_of(words: &str) -> Option<jiff::civil::Date> {
    words.get(..10)?.parse().ok()
}
#[cfg(test)]
mod tests;
