//! An inference engine for spaCy-format pipelines.

pub mod doc;

pub use doc::{Annotation, Doc, EntityAnnotation, Label, Labels, Span, Token, TokenAnnotation};
