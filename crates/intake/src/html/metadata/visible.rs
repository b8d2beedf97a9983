//! What a page says of itself where readers see it.
//!
//! In go the elements of a page in their order; out come claims of headings, of `time` elements and of microdata, and, where these are silent,
//! of the lines around the first heading that give a day or an author by their words or the names of their classes. Nothing far from the heading
//! is looked at, so that dates of other articles stay out.

use super::dates;
use super::plain_words::{of_element, squashed};
use super::{Claims, Field, Origin};
use crate::html::tree::{NodeId, Tree};
use crate::pages::{Pages, fold};
use depeche_record::BlockKind;
use html5ever::local_name;

/// Longer words are no title, in bytes.
const LONGEST_TITLE: usize = 400;
/// Shorter words are no title, in bytes.
const SHORTEST_TITLE: usize = 12;
/// Longer words are no author line, in bytes.
const LONGEST_BYLINE: usize = 120;
/// Longer words are no date line, in bytes.
const LONGEST_DATELINE: usize = 160;
/// Longer words are no line of a day and its time, in bytes.
const LONGEST_CLOCKED: usize = 64;
/// How many headings of a page may be its title.
const MOST_HEADINGS: usize = 8;
/// How many nodes of a page without a heading are searched for its title.
const MOST_SEARCHED: usize = 20_000;
/// How many nodes before the heading are looked at, and after.
const NEAR: (usize, usize) = (120, 500);

/// What is met on the way through a page.
#[derive(Default)]
pub(super) struct Seen {
    /// The headings of the first rank.
    headings: Vec<NodeId>,
    times: Vec<NodeId>,
    /// Elements with a property of microdata or a relation that is of use here.
    properties: Vec<(NodeId, Field)>,
    /// The heading of the page's article.
    main: Option<NodeId>,
    /// The first element that holds an article.
    article: Option<NodeId>,
}

impl Seen {
    /// Takes note of an element of the body.
    pub(super) fn take(&mut self, tree: &Tree, element: NodeId) {
        const MOST: usize = 64;
        match tree.name(element) {
            Some(&local_name!("h1")) if self.headings.len() < MOST_HEADINGS => self.headings.push(element),
            Some(&local_name!("time")) if self.times.len() < MOST => self.times.push(element),
            Some(&local_name!("article") | &local_name!("main")) if self.article.is_none() => self.article = Some(element),
            _ => {}
        }
        if self.properties.len() >= MOST {
            return;
        }
        for (name, value) in tree.attributes(element) {
            let field = match (name, value) {
                ("itemprop", "headline") => Field::Title,
                ("itemprop", "datePublished") => Field::Published,
                ("itemprop", "dateModified") => Field::Updated,
                ("itemprop", "author") | ("rel", "author") => Field::Byline,
                _ => continue,
            };
            self.properties.push((element, field));
            return;
        }
    }

    /// The words of the headings, in the forms by which titles are compared.
    pub(super) fn heading_keys(&self, tree: &Tree) -> Vec<String> {
        self.headings.iter().filter_map(|heading| of_element(tree, *heading, LONGEST_TITLE)).map(|words| squashed(&words)).collect()
    }

    /// Adds the headings to the claims of titles, and settles which of them stands for the page: one that is a title claimed before, one that its
    /// markup calls so, the first in an article, the first.
    pub(super) fn titles(&mut self, tree: &Tree, claims: &mut Claims) {
        let claimed: Vec<String> = claims.of(Field::Title).map(|claim| squashed(&claim.value)).collect();
        let worded: Vec<(NodeId, String)> = self
            .headings
            .iter()
            .filter_map(|heading| Some((*heading, of_element(tree, *heading, LONGEST_TITLE)?)))
            .filter(|(_, words)| !words.is_empty())
            .collect();
        let is_claimed = |words: &str| {
            let words = squashed(words);
            words.len() >= SHORTEST_TITLE && claimed.iter().any(|title| title.starts_with(&words) || title.ends_with(&words))
        };
        let is_named = |heading: NodeId| tree.attribute(heading, "itemprop").is_some_and(|property| property.contains("headline"));
        let is_in_article = |heading: NodeId| {
            tree.ancestors(heading).any(|around| matches!(tree.name(around), Some(&local_name!("article") | &local_name!("main"))))
        };
        let main = worded
            .iter()
            .find(|(_, words)| is_claimed(words))
            .or_else(|| worded.iter().find(|(heading, _)| is_named(*heading)))
            .or_else(|| worded.iter().find(|(heading, _)| is_in_article(*heading)))
            .or(worded.first());
        self.main = main.map(|(heading, _)| *heading);
        for (heading, words) in &worded {
            claims.add(Field::Title, words, Origin::Heading, if Some(*heading) == self.main { 80 } else { 20 });
        }
        for (element, _) in self.properties.iter().filter(|(_, field)| *field == Field::Title).take(1) {
            if let Some(words) = of_element(tree, *element, LONGEST_TITLE) {
                claims.add(Field::Title, &words, Origin::Microdata, 60);
            }
        }
    }

    /// Where the article begins, as far as can be told: its heading, else the words of a title that is claimed, else the element around it.
    fn start(&self, tree: &Tree, claims: &Claims) -> usize {
        if let Some(heading) = self.main {
            return heading.index();
        }
        let titles: Vec<&str> = claims.of(Field::Title).map(|claim| claim.value.as_str()).collect();
        let is_title =
            |text: &str| text.len() >= SHORTEST_TITLE && titles.iter().any(|title| title.contains(text) && text.len() * 2 >= title.len());
        let body = tree.descendants(tree.root()).skip_while(|node| tree.name(*node).is_none_or(|name| *name != local_name!("body")));
        let mut titled = body.take(MOST_SEARCHED).filter(|node| tree.text(*node).is_some_and(|text| is_title(text.trim())));
        titled.next().or(self.article).map_or(0, NodeId::index)
    }

    /// Adds the dates and authors that markup names.
    pub(super) fn marked(&self, tree: &Tree, claims: &mut Claims) {
        for (element, field) in &self.properties {
            match field {
                Field::Published | Field::Updated => {
                    let stated = ["content", "datetime"].into_iter().find_map(|name| tree.attribute(*element, name));
                    if let Some(words) = stated.map(str::to_owned).or_else(|| of_element(tree, *element, LONGEST_DATELINE)) {
                        claims.add(*field, &words, Origin::Microdata, 75);
                    }
                }
                Field::Byline => {
                    let name = tree
                        .descendants(*element)
                        .take(16)
                        .find(|inner| tree.attribute(*inner, "itemprop") == Some("name"))
                        .unwrap_or(*element);
                    let stated = tree.attribute(name, "content").map(str::to_owned).or_else(|| of_element(tree, name, LONGEST_BYLINE));
                    if let Some(words) = stated.filter(|words| is_author(words)) {
                        claims.add(Field::Byline, &words, Origin::Microdata, 50);
                    }
                }
                _ => {}
            }
        }
        let from = self.main.or(self.article).map_or(0, NodeId::index);
        for element in &self.times {
            let is_marked = tree.attribute(*element, "pubdate").is_some()
                || tree.attribute(*element, "class").is_some_and(|class| class.contains("publish") || class.contains("entry-date"));
            let is_of_change = tree.attribute(*element, "class").is_some_and(|class| class.contains("updat") || class.contains("modif"));
            let is_near = element.index() + NEAR.0 >= from && element.index() <= from + NEAR.1;
            let weight = match (is_marked, is_near) {
                (true, true) => 60,
                (false, true) => 45,
                (true, false) => 35,
                (false, false) => continue,
            };
            let field = if is_of_change && !is_marked { Field::Updated } else { Field::Published };
            let stated = tree.attribute(*element, "datetime").map(str::to_owned).or_else(|| of_element(tree, *element, LONGEST_DATELINE));
            if let Some(words) = stated {
                claims.add(field, &words, Origin::TimeElement, weight);
            }
        }
    }

    /// Adds what the lines near the heading say: a second look, for pages whose markup says nothing.
    pub(super) fn lines(&self, tree: &Tree, wants: (bool, bool), month_first: bool, pages: &Pages, claims: &mut Claims) {
        let (mut wants_day, mut wants_author) = wants;
        let from = self.start(tree, claims);
        let (mut before, mut clocked): (Option<String>, Option<String>) = (None, None);
        for node in tree.descendants(tree.root()).skip_while(|node| node.index() + NEAR.0 < from).take(NEAR.0 + NEAR.1) {
            if !wants_day && !wants_author {
                break;
            }
            let is_before = node.index() < from;
            if let Some(text) = tree.text(node).map(str::trim) {
                let may_be_day = wants_day && text.len() <= LONGEST_DATELINE && text.bytes().any(|byte| byte.is_ascii_digit());
                let Some(moment) = may_be_day.then(|| dates::within(text, month_first, pages)).flatten() else { continue };
                if is_dateline(tree, node, text, pages) {
                    if is_before {
                        before = Some(text.to_owned());
                    } else {
                        claims.add(Field::Published, text, Origin::Visible, 30);
                        wants_day = false;
                    }
                } else if !is_before && clocked.is_none() && moment.time.is_some() && text.len() <= LONGEST_CLOCKED {
                    clocked = Some(text.to_owned());
                }
            } else if wants_author
                && !is_before
                && tree.attribute(node, "class").is_some_and(is_of_author)
                && let Some(words) = of_element(tree, node, LONGEST_BYLINE)
                && is_author(&words)
                && is_name(&words, pages)
                && !is_in_comment(tree, node)
            {
                claims.add(Field::Byline, words.trim_matches(|character: char| !character.is_alphanumeric()), Origin::Visible, 30);
                wants_author = false;
            }
        }
        if let Some(line) = before.or(clocked).filter(|_| wants_day) {
            claims.add(Field::Published, &line, Origin::Visible, 25);
        }
    }
}

fn is_dateline(tree: &Tree, node: NodeId, text: &str, pages: &Pages) -> bool {
    let is_called_so = |class: &str| ["date", "publish", "time", "posted"].into_iter().any(|part| class.contains(part));
    let called = || tree.ancestors(node).take(2).any(|around| tree.attribute(around, "class").is_some_and(is_called_so));
    called()
        || pages.opener(&fold(text)).is_some_and(|(_, kind)| kind == BlockKind::Dateline)
        || pages.kind_of(text) == Some(BlockKind::Dateline)
}

fn is_of_author(class: &str) -> bool {
    class.split_ascii_whitespace().any(|name| {
        let name = name.to_ascii_lowercase();
        (name.contains("byline") || name.contains("author"))
            && !["bio", "box", "comment", "image", "photo", "avatar", "date", "social"].into_iter().any(|part| name.contains(part))
    })
}

/// Whether an element is part of what readers wrote.
fn is_in_comment(tree: &Tree, node: NodeId) -> bool {
    let is_called_so = |name: &str| name.contains("comment");
    tree.ancestors(node)
        .take(8)
        .any(|around| ["class", "id"].into_iter().any(|name| tree.attribute(around, name).is_some_and(is_called_so)))
}

/// Whether a line that nothing but the name of its class calls an author's has the look of one: two words or more, none of them a button's.
fn is_name(words: &str, pages: &Pages) -> bool {
    let capitals =
        words.split(' ').filter(|word| word.chars().next().is_some_and(|first| first.is_alphabetic() && !first.is_lowercase())).count();
    capitals >= 2 && matches!(pages.kind_of(words), None | Some(BlockKind::Byline))
}

/// Whether words can name who wrote: few of them, letters, no figures.
pub(super) fn is_author(words: &str) -> bool {
    words.chars().any(char::is_alphabetic)
        && !words.chars().any(char::is_numeric)
        && words.split(' ').count() <= 12
        && !words.contains("://")
}
