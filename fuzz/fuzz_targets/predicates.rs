//! A parse of any shape, circles among them: clauses, predicates and quotations come out.
#![no_main]

use depeche_fuzz::AnyParse;
use depeche_packs::{PackFiles, Syntax};
use depeche_predicates::{Clauses, Grammar, Graph, predicate, quotations};
use libfuzzer_sys::fuzz_target;
use std::sync::LazyLock;

const FORMS: [&str; 14] =
    ["se", "est", "été", "fait", "visite", "Paris", "à", "de", "par", "que", "«", "»", "\"", "pas"];
const LABELS: [&str; 16] = [
    "ROOT", "nsubj", "nsubj:pass", "obj", "iobj", "obl:arg", "obl:agent", "nmod", "case", "aux:pass", "conj", "cc", "ccomp", "xcomp", "acl:relcl",
    "advcl",
];

static GRAMMAR: LazyLock<Grammar> =
    LazyLock::new(|| Grammar::new(&Syntax::load(&PackFiles::built_in(), "fr").expect("the built-in packs load")));

fuzz_target!(|parse: AnyParse| {
    let doc = parse.doc(&FORMS, &LABELS);
    let graph = Graph::new(&doc, &GRAMMAR);
    let clauses = Clauses::new(&graph, &GRAMMAR);
    for token in 0..doc.len() {
        for argument in predicate(&graph, &clauses, &GRAMMAR, token).arguments {
            assert!(argument.token < doc.len());
        }
        assert!(graph.ancestors(token).count() <= doc.len());
        assert!(graph.subtree(token).len() <= doc.len());
    }
    quotations(&doc);
});
