//! Clauses, predicates and their arguments over a parse, in no language's terms.
