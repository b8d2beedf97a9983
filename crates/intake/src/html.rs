//! Pages: HTML to a dispatch.

#[expect(dead_code, reason = "the stages over it follow")]
mod tree;
