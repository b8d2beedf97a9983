//! Loads, checks and compiles language packs and reference tables.
