//! Which dispatches two files have in common.

use std::collections::{BTreeMap, BTreeSet};

/// The ids that the two do not share, or that one has twice.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Unpaired {
    /// Only in the first.
    pub only_first: Vec<String>,
    /// Only in the second.
    pub only_second: Vec<String>,
    /// More than once in one of them.
    pub repeated: Vec<String>,
}

/// Compares the ids of two files.
pub fn unpaired<'id>(first: impl IntoIterator<Item = &'id str>, second: impl IntoIterator<Item = &'id str>) -> Unpaired {
    let mut repeated = BTreeSet::new();
    let mut distinct = |ids: &mut dyn Iterator<Item = &'id str>| {
        let mut seen = BTreeMap::new();
        for id in ids {
            if seen.insert(id, ()).is_some() {
                repeated.insert(id.to_owned());
            }
        }
        seen
    };
    let (first, second) = (distinct(&mut first.into_iter()), distinct(&mut second.into_iter()));
    let only = |one: &BTreeMap<&str, ()>, other: &BTreeMap<&str, ()>| {
        one.keys().filter(|id| !other.contains_key(*id)).map(|&id| id.to_owned()).collect()
    };
    Unpaired { only_first: only(&first, &second), only_second: only(&second, &first), repeated: repeated.into_iter().collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_of_one_side_are_told() {
        let found = unpaired(["b", "a", "b"], ["c", "a"]);
        assert_eq!(found, Unpaired { only_first: vec!["b".into()], only_second: vec!["c".into()], repeated: vec!["b".into()] });
    }
}
