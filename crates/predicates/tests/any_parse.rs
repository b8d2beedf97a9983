//! However damaged a parse is, reading it ends and never panics.

use depeche_nlp::{Annotation, Doc, TokenAnnotation};
use depeche_packs::{PackFiles, Syntax};
use depeche_predicates::{Clauses, Grammar, Graph, predicate, quotations};
use proptest::prelude::*;

const RELATIONS: [&str; 14] =
    ["ROOT", "nsubj", "obj", "obl:arg", "nmod", "case", "conj", "acl:relcl", "ccomp", "xcomp", "flat:name", "aux:pass", "prep", "pobj"];
const PARTS: [&str; 7] = ["VERB", "NOUN", "PROPN", "ADP", "ADV", "PRON", "AUX"];

proptest! {
    #[test]
    fn reading_ends(shape in proptest::collection::vec((0usize..40, 0usize..14, 0usize..7, any::<bool>()), 0..40), language in 0usize..2) {
        let text = "mot ".repeat(shape.len());
        let tokens = shape
            .iter()
            .enumerate()
            .map(|(at, &(head, relation, part, start))| TokenAnnotation {
                start: at * 4,
                end: at * 4 + 3,
                pos: PARTS[part].into(),
                dep: RELATIONS[relation].into(),
                lemma: "mot".into(),
                head,
                sent_start: start || at == 0,
                ..TokenAnnotation::default()
            })
            .collect();
        let doc = Doc::from_annotation(&text, &Annotation { tokens, ents: Vec::new() });
        let syntax = Syntax::load(&PackFiles::built_in(), ["fr", "en"][language]).unwrap();
        let grammar = Grammar::new(&syntax);
        let graph = Graph::new(&doc, &grammar);
        let clauses = Clauses::new(&graph, &grammar);
        for token in 0..doc.len() {
            let _ = predicate(&graph, &clauses, &grammar, token);
            prop_assert!(graph.ancestors(token).count() <= doc.len());
        }
        prop_assert!(quotations(&doc).iter().all(|quotation| quotation.start < quotation.end));
    }
}
