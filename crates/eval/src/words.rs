//! Words as the scorers compare them: runs of letters, digits and underscores, in lower case.

/// The words of a text, in order.
pub(crate) fn words(text: &str) -> Vec<String> {
    let lower = text.to_lowercase();
    lower.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// The last word; empty where there is none.
pub(crate) fn last_word(text: &str) -> String {
    words(text).pop().unwrap_or_default()
}
