//! Bytes to dispatches: readers, block kinds, metadata, language.
