//! Clauses, predicates and their arguments over a parse, in no language's terms.
//!
//! In goes a [`depeche_nlp::Doc`] and a [`Grammar`], the compiled `syntax.toml` of its language. [`Graph`] turns the parser's tree, whatever its treebank,
//! into neutral relations; [`Clauses`] says when, in what mood and whether; [`predicate`] says of whom. [`quotations`] bounds what is quoted.
//! Nothing here knows a word of any language, nor what a predicate means.

mod arguments;
mod clauses;
mod grammar;
mod graph;
mod misplaced;
mod nominal;
mod quotation;
mod shared;

pub use arguments::{Argument, Predicate, Role, has_auxiliary, predicate};
pub use clauses::{Clause, Clauses};
pub use depeche_packs::{Mood, Relation, Tense};
pub use grammar::{Grammar, WordClasses};
pub use graph::Graph;
pub use nominal::{attribute, counted, counting};
pub use quotation::{Quotation, quotations};
pub use shared::is_undergoing;
