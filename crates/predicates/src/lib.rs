//! Clauses, predicates and their arguments over a parse, in no language's terms.
//!
//! In goes a [`depeche_nlp::Doc`] and a [`Grammar`], the compiled `syntax.toml` of its language. [`Graph`] turns the parser's tree, whatever its treebank,
//! into neutral relations. Nothing here knows a word of any language, nor what a predicate means.

mod grammar;
mod graph;

pub use depeche_packs::{Mood, Relation, Tense};
pub use grammar::{Grammar, WordClasses};
pub use graph::Graph;
