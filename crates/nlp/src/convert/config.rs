//! The little that is read of a pipeline's `config.cfg`: which components it has, from which factory, and which are off.

use crate::error::{Error, ErrorKind};
use serde_json::Value;
use std::collections::HashMap;

/// A configuration: sections of keys with JSON values.
#[derive(Debug, Default)]
pub(super) struct Config {
    values: HashMap<(String, String), Value>,
}

impl Config {
    /// Reads the text of a `config.cfg`. Values that are no JSON, such as references, are kept as strings.
    pub(super) fn parse(text: &str) -> Config {
        let mut config = Config::default();
        let mut section = String::new();
        let mut open: Option<(String, String)> = None;
        for line in text.lines() {
            let trimmed = line.trim();
            if trimmed.is_empty() || trimmed.starts_with(['#', ';']) {
                continue;
            }
            if let (true, Some((_, value))) = (line.starts_with([' ', '\t']), &mut open) {
                value.push(' ');
                value.push_str(trimmed);
                continue;
            }
            config.close(&section, open.take());
            if let Some(name) = trimmed.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
                section = name.to_owned();
            } else if let Some((key, value)) = trimmed.split_once('=') {
                open = Some((key.trim().to_owned(), value.trim().to_owned()));
            }
        }
        config.close(&section, open);
        config
    }

    fn close(&mut self, section: &str, open: Option<(String, String)>) {
        if let Some((key, value)) = open {
            let value = serde_json::from_str(&value).unwrap_or(Value::String(value));
            self.values.insert((section.to_owned(), key), value);
        }
    }

    /// The value of a key.
    pub(super) fn get(&self, section: &str, key: &str) -> Option<&Value> {
        self.values.get(&(section.to_owned(), key.to_owned()))
    }

    fn text(&self, section: &str, key: &str) -> Option<&str> {
        self.get(section, key).and_then(Value::as_str)
    }

    fn names(&self, section: &str, key: &str) -> Vec<String> {
        let list = self.get(section, key).and_then(Value::as_array);
        list.into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
    }

    /// The pipeline's language.
    pub(super) fn language(&self) -> &str {
        self.text("nlp", "lang").unwrap_or("")
    }

    /// The components that run, in order, each with its factory.
    pub(super) fn components(&self) -> Result<Vec<(String, String)>, Error> {
        let disabled = self.names("nlp", "disabled");
        let names = self.names("nlp", "pipeline");
        if names.is_empty() {
            return Err(Error::new(ErrorKind::NotAModel, "", "`config.cfg` names no pipeline"));
        }
        let factory = |name: &String| self.text(&format!("components.{name}"), "factory").unwrap_or(name).to_owned();
        Ok(names.into_iter().filter(|name| !disabled.contains(name)).map(|name| (name.clone(), factory(&name))).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn components_in_order_without_the_disabled() {
        let config = Config::parse(
            "[nlp]\nlang = \"xx\"\npipeline = [\"a\",\n  \"b\", \"c\"]\ndisabled = [\"b\"]\n\n[components.a]\nfactory = \"tok2vec\"\nwidth = ${components.c:width}\n",
        );
        assert_eq!(config.language(), "xx");
        let components = config.components().expect("components");
        assert_eq!(components, [("a".to_owned(), "tok2vec".to_owned()), ("c".to_owned(), "c".to_owned())]);
        assert_eq!(Config::parse("nothing").components().expect_err("empty").kind(), ErrorKind::NotAModel);
    }
}
