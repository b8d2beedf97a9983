//! Mentions, offices, coreference and names.
