//! The nouns of depeche: dispatches, mentions, times, events, statements; the ontology as data.
