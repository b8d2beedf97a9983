//! What a page says of itself in JSON-LD.
//!
//! In go the values of its scripts, by the words of schema.org; out come the claims of the one object that is the page's article: the object
//! of that kind whose address or headline is the page's, else the first. Articles that are listed, commented, part of or related to another are
//! not looked at, nor what stands deeper than [`MOST_DEPTH`].

use super::address::{is_same_page, resolved};
use super::plain_words::{clean, squashed};
use super::{Claims, Field, Origin};
use serde_json::{Map, Value};
use url::Url;

type Object = Map<String, Value>;

/// How deep in a value an article may stand.
const MOST_DEPTH: usize = 8;
/// How many objects of a page are looked at.
const MOST_OBJECTS: usize = 256;

/// What an object of JSON-LD is to its page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    /// An article, which the page then is about.
    Article,
    /// The page itself.
    Page,
    /// Something else that a page can be about: a film, a recipe, a product.
    Work,
    /// Who publishes it.
    Owner,
    /// The path of sections to it.
    Path,
    /// None of these.
    Other,
}

/// Adds the claims of the page's article, and of the page where they are silent; tells whether there is an article. `titles` are those that are
/// claimed elsewhere, as they are compared.
pub(super) fn claims(values: &[Value], address: Option<&Url>, titles: &[String], claims: &mut Claims) -> bool {
    let mut objects = Vec::new();
    for value in values {
        gather(value, 0, &mut objects);
    }
    let of_kind = |part: Part| objects.iter().filter(move |(_, found)| *found == part).map(|(object, _)| *object);
    let is_of_this_page = |object: &Object| {
        let places = ["url", "@id", "mainEntityOfPage"].into_iter().filter_map(|name| identifier(object.get(name)?));
        let is_addressed =
            address.is_some_and(|page| places.filter_map(|place| resolved(place, Some(page))).any(|place| is_same_page(&place, page)));
        let headline = text(object.get("headline").or_else(|| object.get("name"))).map(|headline| squashed(&headline)).unwrap_or_default();
        let is_titled = !headline.is_empty() && titles.contains(&headline);
        (usize::from(is_titled), usize::from(is_addressed), usize::from(object.contains_key("datePublished")))
    };
    // The first of the best.
    let best = |part: Part| of_kind(part).rev().max_by_key(|object| is_of_this_page(object));
    let article = best(Part::Article);
    if let Some(article) = article {
        let (is_titled, is_addressed, _) = is_of_this_page(article);
        // One of many that nothing ties to the page is an item of its list.
        let is_own = is_titled + is_addressed > 0 || of_kind(Part::Article).count() == 1;
        claims.is_news = types(article).any(|name| name.contains("News"));
        let trust = match claims.is_news {
            _ if !is_own => 30,
            true => 100,
            false => 92,
        };
        of_article(article, &objects, trust, claims);
    } else if let Some(work) = best(Part::Work) {
        of_article(work, &objects, 60, claims);
    }
    if let Some(page) = best(Part::Page) {
        let trust = if article.is_some() { 50 } else { 70 };
        of_article(page, &objects, trust, claims);
    }
    for owner in of_kind(Part::Owner) {
        if let Some(name) = text(owner.get("name")) {
            claims.name_site(&name);
            claims.add(Field::Publisher, &name, Origin::JsonLd, 30);
        }
    }
    for path in of_kind(Part::Path) {
        if let Some(section) = section_of(path, titles) {
            claims.add(Field::Section, &section, Origin::JsonLd, 40);
        }
    }
    article.is_some()
}

fn gather<'value>(value: &'value Value, depth: usize, objects: &mut Vec<(&'value Object, Part)>) {
    if depth > MOST_DEPTH || objects.len() >= MOST_OBJECTS {
        return;
    }
    match value {
        Value::Array(items) => items.iter().take(MOST_OBJECTS).for_each(|item| gather(item, depth + 1, objects)),
        Value::Object(object) => {
            objects.push((object, part(object)));
            for name in ["@graph", "mainEntity", "mainEntityOfPage"] {
                if let Some(inner) = object.get(name) {
                    gather(inner, depth + 1, objects);
                }
            }
        }
        _ => {}
    }
}

/// The types of an object, without their vocabulary.
fn types(object: &Object) -> impl Iterator<Item = &str> {
    let types = match object.get("@type") {
        Some(Value::Array(types)) => types.as_slice(),
        Some(one) => std::slice::from_ref(one),
        None => &[],
    };
    types.iter().filter_map(Value::as_str).map(|name| name.rsplit(['/', ':', '#']).next().unwrap_or(name))
}

fn part(object: &Object) -> Part {
    let parts = types(object).map(|name| match name {
        "BlogPosting" | "LiveBlogPosting" | "SocialMediaPosting" | "DiscussionForumPosting" | "Report" | "NewsStory" => Part::Article,
        name if name.ends_with("Article") => Part::Article,
        "WebPage" | "ItemPage" | "AboutPage" | "FAQPage" | "QAPage" | "CreativeWork" => Part::Page,
        "VideoObject" | "AudioObject" | "PodcastEpisode" | "Recipe" | "Review" | "Event" | "Product" | "HowTo" | "Book" | "Movie"
        | "Course" => Part::Work,
        "WebSite" | "Organization" | "NewsMediaOrganization" | "Corporation" => Part::Owner,
        "BreadcrumbList" => Part::Path,
        _ => Part::Other,
    });
    parts.min_by_key(|part| *part as u8).unwrap_or(Part::Other)
}

fn of_article(article: &Object, objects: &[(&Object, Part)], trust: u8, claims: &mut Claims) {
    let mut add = |field, value: Option<String>, trust| {
        if let Some(value) = value {
            claims.add(field, &value, Origin::JsonLd, trust);
        }
    };
    match text(article.get("headline")) {
        Some(headline) => add(Field::Title, Some(headline), trust),
        None => add(Field::Title, text(article.get("name")), trust / 2),
    }
    let published = ["datePublished", "dateCreated", "uploadDate"].into_iter().find_map(|name| text(article.get(name)));
    add(Field::Published, published, trust);
    add(Field::Updated, text(article.get("dateModified")), trust);
    let authors =
        ["author", "creator"].into_iter().find_map(|name| Some(names(article.get(name)?, objects)).filter(|names| !names.is_empty()));
    add(Field::Byline, authors.map(|authors| authors.join(", ")), trust);
    let publisher = article.get("publisher").map(|publisher| names(publisher, objects)).unwrap_or_default();
    add(Field::Publisher, publisher.first().cloned(), trust);
    add(Field::Language, text(article.get("inLanguage")).or_else(|| identified(article.get("inLanguage"), "alternateName")), trust);
    add(Field::Section, text(article.get("articleSection")), trust);
    for name in ["mainEntityOfPage", "url"] {
        add(Field::Url, article.get(name).and_then(identifier).map(str::to_owned), trust);
    }
    if let Some(publisher) = publisher.first() {
        claims.name_site(publisher);
    }
    if let Some(Value::String(body)) = article.get("articleBody")
        && claims.article.is_none()
    {
        claims.article = Some(body.clone());
    }
}

/// A string, or the first of several, or one with its language beside it.
fn text(value: Option<&Value>) -> Option<String> {
    let value = match value? {
        Value::Array(items) => items.first()?,
        value => value,
    };
    match value {
        Value::String(text) => Some(clean(text)).filter(|text| !text.is_empty()),
        Value::Number(number) => Some(number.to_string()),
        Value::Object(object) => object.get("@value").and_then(Value::as_str).map(clean),
        _ => None,
    }
}

fn identified(value: Option<&Value>, name: &str) -> Option<String> {
    value?.as_object()?.get(name)?.as_str().map(clean)
}

/// The address that a value is or has.
fn identifier(value: &Value) -> Option<&str> {
    match value {
        Value::String(address) => Some(address),
        Value::Object(object) => object.get("@id").or_else(|| object.get("url")).and_then(Value::as_str),
        _ => None,
    }
}

/// The names of persons or organisations, one or several, given here or where another object has their identifier.
fn names(value: &Value, objects: &[(&Object, Part)]) -> Vec<String> {
    let each = match value {
        Value::Array(items) => items.as_slice(),
        one => std::slice::from_ref(one),
    };
    let mut names: Vec<String> = Vec::new();
    for item in each.iter().take(32) {
        let found = match item {
            Value::Object(object) => match object.get("name") {
                Some(Value::Array(several)) => several.iter().take(32).filter_map(|name| text(Some(name))).collect(),
                Some(name) => text(Some(name)).into_iter().collect(),
                None => {
                    let id = object.get("@id").and_then(Value::as_str);
                    let meant = id.and_then(|id| {
                        objects.iter().find(|(other, _)| other.contains_key("name") && other.get("@id").and_then(Value::as_str) == Some(id))
                    });
                    meant.and_then(|(meant, _)| text(meant.get("name"))).into_iter().collect()
                }
            },
            item => text(Some(item)).into_iter().collect::<Vec<_>>(),
        };
        for name in found {
            if !names.contains(&name) && !name.contains("://") && name.chars().any(char::is_alphabetic) {
                names.push(name);
            }
        }
    }
    names
}

/// The last section on the path to the page, the front page and the page itself left out.
fn section_of(path: &Object, titles: &[String]) -> Option<String> {
    let Some(Value::Array(items)) = path.get("itemListElement") else { return None };
    let names: Vec<String> = items
        .iter()
        .take(16)
        .filter_map(Value::as_object)
        .filter_map(|item| text(item.get("name")).or_else(|| identified(item.get("item"), "name")))
        .collect();
    names.into_iter().skip(1).rfind(|name| !titles.contains(&squashed(name)) && name.len() <= 60)
}

#[cfg(test)]
mod tests {
    use super::super::address::web;
    use super::super::loose_json::values;
    use super::*;
    use expect_test::{Expect, expect};
    use proptest::prelude::*;

    fn check(content: &str, expected: Expect) {
        let mut found = Claims::default();
        claims(&values(content), web("https://fjord.example/a/fish").as_ref(), &[squashed("Fish is back")], &mut found);
        let told: Vec<String> = found.list.iter().map(|claim| format!("{:?} {} {}\n", claim.field, claim.weight, claim.value)).collect();
        expected.assert_eq(&told.concat());
    }

    #[test]
    fn an_article_is_told_whole() {
        check(
            r#"{"@context": "https://schema.org", "@type": "NewsArticle", "headline": "Fish is &quot;back&quot;", "datePublished": "2021-05-03T08:00:00Z",
                "dateModified": "2021-05-04", "author": [{"@type": "Person", "name": "Ada Berg"}, "Odd Lie", {"name": "https://fjord.example/odd"}],
                "publisher": {"@type": "Organization", "name": "Fjord News"}, "inLanguage": "en-GB", "articleSection": ["Sea", "Food"],
                "mainEntityOfPage": {"@id": "https://fjord.example/a/fish"}}"#,
            expect![[r#"
                Title 100 Fish is "back"
                Published 100 2021-05-03T08:00:00Z
                Updated 100 2021-05-04
                Byline 100 Ada Berg, Odd Lie
                Publisher 100 Fjord News
                Language 100 en-GB
                Section 100 Sea
                Url 100 https://fjord.example/a/fish
            "#]],
        );
    }

    #[test]
    fn of_several_articles_the_pages_own_is_taken() {
        check(
            r#"[{"@type": "Article", "headline": "Other fish", "url": "/a/other"}, {"@type": "Article", "headline": "Fish is back", "url": "/a/fish"}]"#,
            expect![[r#"
                Title 92 Fish is back
                Url 92 /a/fish
            "#]],
        );
        check(
            r#"[{"@type": "Article", "headline": "Other fish"}, {"@type": "Article", "headline": "More fish"}]"#,
            expect![[r#"
                Title 30 Other fish
            "#]],
        );
    }

    #[test]
    fn what_an_article_refers_to_is_looked_up_and_what_it_lists_is_not() {
        check(
            r##"{"@graph": [{"@type": "WebPage", "name": "Fish is back - Fjord", "datePublished": "2021-05-03"},
                {"@type": ["Thing", "http://schema.org/BlogPosting"], "headline": "Fish is back", "author": {"@id": "#ada"},
                 "comment": {"@type": "Article", "headline": "No"}, "hasPart": [{"@type": "Article", "headline": "Part"}]},
                {"@type": "Person", "@id": "#ada", "name": "Ada Berg"},
                {"@type": "BreadcrumbList", "itemListElement": [{"name": "Home"}, {"item": {"name": "Sea"}}, {"name": "Fish is back"}]}]}"##,
            expect![[r#"
                Title 92 Fish is back
                Byline 92 Ada Berg
                Title 25 Fish is back - Fjord
                Published 50 2021-05-03
                Section 40 Sea
            "#]],
        );
    }

    proptest! {
        #[test]
        fn no_values_make_it_panic(content in r#"(\{|\}|\[|\]|,|:|"@type"|"Article"|"@graph"|"author"|"name"|"headline"|"@id"|1|null){0,40}"#) {
            claims(&values(&content), None, &[], &mut Claims::default());
        }
    }
}
