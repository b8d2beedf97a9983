//! The readers of formats, over archives and feeds made in code.

mod archives;
mod bytes;
mod damage;
mod feeds;
mod pages;
mod warc;
