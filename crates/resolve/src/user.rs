//! What a user decided, which no recoding undoes.
//!
//! Splits and merges name forms ([`crate::FormId`]), which are the same after recoding as long as a dispatch presents the actor alike.

use crate::FormId;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Splits and merges of actors. A pair stands in either order; of a pair in both lists the split counts.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct UserDecisions {
    /// Forms that are one actor's.
    pub merges: BTreeSet<(FormId, FormId)>,
    /// Forms that are not.
    pub splits: BTreeSet<(FormId, FormId)>,
}

impl UserDecisions {
    /// The forms that a form is merged with.
    pub(crate) fn merged_with(&self, id: &FormId) -> Vec<FormId> {
        let other = |(one, other): &(FormId, FormId)| match (one == id, other == id) {
            (true, _) => Some(other.clone()),
            (_, true) => Some(one.clone()),
            _ => None,
        };
        self.merges.iter().filter_map(other).collect()
    }
}
