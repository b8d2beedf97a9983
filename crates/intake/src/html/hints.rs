//! What a page says of its article outside the text that is read: titles, the description, the article once more for machines.

use super::tree::Tree;
use crate::pages::fold;
use crate::scoring::features::{Hints, shingles};
use serde_json::Value;

/// What the head of a page says of its article.
pub(crate) fn hints(tree: &Tree) -> Hints {
    let mut hints = Hints::default();
    for node in tree.descendants(tree.root()) {
        let Some(name) = tree.name(node) else { continue };
        match &**name {
            "title" | "h1" => hints.titles.push(fold(&tree.text_content(node))),
            "meta" => {
                let key = tree.attribute(node, "property").or_else(|| tree.attribute(node, "name")).unwrap_or_default();
                let content = tree.attribute(node, "content").unwrap_or_default();
                match key {
                    "og:title" | "twitter:title" => hints.titles.push(fold(content)),
                    "description" | "og:description" | "twitter:description" => hints.description.extend(shingles(content)),
                    _ => {}
                }
            }
            "script" => {
                if let Ok(value) = serde_json::from_str::<Value>(&tree.text_content(node)) {
                    article_body(&value, &mut hints);
                }
            }
            _ => {}
        }
    }
    hints.titles.retain(|title| !title.is_empty());
    hints
}

fn article_body(value: &Value, hints: &mut Hints) {
    match value {
        Value::Object(map) => {
            for (key, value) in map {
                match (key.as_str(), value) {
                    ("articleBody", Value::String(body)) if body.len() > 200 => hints.article.extend(shingles(body)),
                    ("headline", Value::String(title)) => hints.titles.push(fold(title)),
                    _ => article_body(value, hints),
                }
            }
        }
        Value::Array(list) => list.iter().for_each(|value| article_body(value, hints)),
        _ => {}
    }
}
