//! Answers that were given, for whoever asks the same of the same state of the record.
//!
//! In goes a tag; out comes the answer that bears it, where it is still kept. The oldest go when there are too many bytes.

use crate::answer::Body;
use std::collections::{HashMap, VecDeque};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// The most bytes of all.
const MOST: usize = 64 << 20;
/// The most bytes of one.
const MOST_OF_ONE: usize = 2 << 20;

/// Answers by their tags.
#[derive(Debug, Default)]
pub(crate) struct Kept(Mutex<Shelf>);

#[derive(Debug, Default)]
struct Shelf {
    answers: HashMap<String, Body>,
    order: VecDeque<String>,
    bytes: usize,
}

impl Kept {
    /// The answer with a tag.
    pub(crate) fn get(&self, tag: &str) -> Option<Body> {
        self.shelf().answers.get(tag).cloned()
    }

    /// Keeps an answer, if it is not too large.
    pub(crate) fn keep(&self, tag: &str, body: &Body) {
        let mut shelf = self.shelf();
        if body.bytes.len() > MOST_OF_ONE || shelf.answers.contains_key(tag) {
            return;
        }
        shelf.bytes += body.bytes.len();
        shelf.answers.insert(tag.to_owned(), body.clone());
        shelf.order.push_back(tag.to_owned());
        while shelf.bytes > MOST {
            let Some(oldest) = shelf.order.pop_front() else { break };
            if let Some(gone) = shelf.answers.remove(&oldest) {
                shelf.bytes -= gone.bytes.len();
            }
        }
    }

    fn shelf(&self) -> MutexGuard<'_, Shelf> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
