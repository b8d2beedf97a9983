//! What a page says of its article outside the text that is read: titles, the description, the article once more for machines.

use super::metadata::{Field, Metadata};
use crate::pages::fold;
use crate::scoring::features::{Hints, shingles};

/// Bytes below which a copy of the article is an extract.
const LEAST_COPY: usize = 200;

impl Hints {
    /// What the scorer may know of a page's claims.
    pub(crate) fn of(metadata: &Metadata) -> Hints {
        let claimed = metadata.all.iter().filter(|stating| stating.field == Field::Title).map(|stating| &stating.value);
        let mut titles: Vec<String> = claimed.chain(&metadata.title).map(|title| fold(title)).filter(|title| !title.is_empty()).collect();
        titles.dedup();
        let copy = metadata.article.as_deref().filter(|article| article.len() >= LEAST_COPY).unwrap_or_default();
        Hints {
            titles,
            description: metadata.descriptions.iter().flat_map(|description| shingles(description)).collect(),
            article: shingles(copy).collect(),
        }
    }
}
