//! Predicates to PLOVER events, with status, time, place and attribution.
