//! What resolution need not read again.
//!
//! In goes what was read or written; out it comes by its key. What is kept is always what the record has, within the transaction that writes: whoever writes tells it here too, and where a transaction comes to
//! nothing, or something else than what is new was written, all is laid down.

use crate::filed::FiledKeys;
use crate::rows::DispatchKey;
use depeche_resolve::{FiledPledge, FormId, Key, ReadDossier, ReadForm, pledge_keys};
use rustc_hash::FxHashMap;
use std::borrow::Borrow;
use std::hash::Hash;
use std::sync::Arc;

/// How many dossiers and forms a generation has: at least so many are kept at hand, and at most twice as many.
const DOSSIERS: usize = 6000;
const FORMS: usize = 80_000;

/// The most entries of lists, each of them a list or a thing in one.
const PLEDGES: usize = 50_000;
const FORM_KEYS: usize = 400_000;
const FORM_LINKS: usize = 400_000;

/// What was read or written not long ago: a new dispatch is mostly held against those of its days. What nobody asked for while a generation grew is laid down.
#[derive(Debug)]
struct Recent<Key, Thing> {
    most: usize,
    young: FxHashMap<Key, Arc<Thing>>,
    old: FxHashMap<Key, Arc<Thing>>,
}

impl<Key: Eq + Hash, Thing> Recent<Key, Thing> {
    fn new(most: usize) -> Self {
        Recent { most, young: FxHashMap::default(), old: FxHashMap::default() }
    }

    fn put(&mut self, key: Key, thing: Arc<Thing>) {
        if self.young.len() >= self.most {
            self.old = std::mem::take(&mut self.young);
        }
        self.young.insert(key, thing);
    }

    fn get<Asked: Eq + Hash + ToOwned<Owned = Key> + ?Sized>(&mut self, key: &Asked) -> Option<Arc<Thing>>
    where
        Key: Borrow<Asked>,
    {
        if let Some(found) = self.young.get(key) {
            return Some(Arc::clone(found));
        }
        let found = self.old.get(key).cloned()?;
        self.put(key.to_owned(), Arc::clone(&found));
        Some(found)
    }
}

/// Lists of what stands under keys, each whole. Where they grow too long together, all are laid down.
#[derive(Debug)]
pub(crate) struct Lists<Key, Thing> {
    most: usize,
    kept: usize,
    lists: FxHashMap<Key, Vec<Thing>>,
}

impl<Key: Eq + Hash, Thing> Lists<Key, Thing> {
    /// At most so many entries, each of them a list or a thing in one.
    pub(crate) fn new(most: usize) -> Self {
        Lists { most, kept: 0, lists: FxHashMap::default() }
    }

    pub(crate) fn clear(&mut self) {
        *self = Lists::new(self.most);
    }

    /// Puts a thing to the list of its key, where that is kept.
    pub(crate) fn add(&mut self, key: &Key, thing: Thing) {
        if let Some(list) = self.lists.get_mut(key) {
            list.push(thing);
            self.kept += 1;
        }
    }

    /// Keeps a list.
    pub(crate) fn put(&mut self, key: Key, list: Vec<Thing>) {
        if self.kept >= self.most {
            self.clear();
        }
        self.kept += 1 + list.len();
        self.lists.insert(key, list);
    }

    /// A list, where it is kept.
    pub(crate) fn get(&self, key: &Key) -> Option<&[Thing]> {
        self.lists.get(key).map(Vec::as_slice)
    }

    /// A list, which is read where it is not kept.
    pub(crate) fn of<Error>(&mut self, key: Key, read: impl FnOnce(&Key) -> Result<Vec<Thing>, Error>) -> Result<&[Thing], Error>
    where
        Key: Copy,
    {
        if !self.lists.contains_key(&key) {
            let list = read(&key)?;
            self.put(key, list);
        }
        Ok(self.get(&key).unwrap_or_default())
    }
}

/// Dossiers, forms and pledges that need not be read again, and what stands under keys.
#[derive(Debug)]
pub(crate) struct AtHand {
    dossiers: Recent<DispatchKey, ReadDossier>,
    /// The keys of dossiers by the ids of their dispatches.
    keys: FxHashMap<String, DispatchKey>,
    pub(crate) filed: FiledKeys,
    forms: Recent<FormId, ReadForm>,
    /// The forms under a code, each with its class.
    pub(crate) form_keys: Lists<i64, (FormId, Option<i64>)>,
    /// The links of forms, by the numbers of both.
    pub(crate) form_links: Lists<i64, (i64, f64)>,
    /// The pledges that are filed under a code.
    pub(crate) pledges: Lists<i64, Arc<FiledPledge>>,
}

impl Default for AtHand {
    fn default() -> AtHand {
        AtHand {
            dossiers: Recent::new(DOSSIERS),
            keys: FxHashMap::default(),
            filed: FiledKeys::default(),
            forms: Recent::new(FORMS),
            form_keys: Lists::new(FORM_KEYS),
            form_links: Lists::new(FORM_LINKS),
            pledges: Lists::new(PLEDGES),
        }
    }
}

impl AtHand {
    /// Lays all down, as what is at hand may no longer be what the record holds.
    pub(crate) fn clear(&mut self) {
        *self = AtHand::default();
    }

    /// Takes a new dossier, which is filed under these keys.
    pub(crate) fn put_new(&mut self, key: DispatchKey, dossier: Arc<ReadDossier>, keys: &[Key]) {
        self.filed.file(keys, key);
        self.put(key, dossier);
    }

    pub(crate) fn put(&mut self, key: DispatchKey, dossier: Arc<ReadDossier>) {
        if self.keys.len() >= 2 * DOSSIERS {
            self.keys.clear();
        }
        self.keys.insert(dossier.dossier().id.clone(), key);
        self.dossiers.put(key, dossier);
    }

    pub(crate) fn dossier(&mut self, key: DispatchKey) -> Option<Arc<ReadDossier>> {
        self.dossiers.get(&key)
    }

    pub(crate) fn key(&self, id: &str) -> Option<DispatchKey> {
        self.keys.get(id).copied()
    }

    /// Takes a new form, which is filed under these keys.
    pub(crate) fn put_new_form(&mut self, form: ReadForm, keys: &[Key]) {
        for key in keys {
            self.form_keys.add(&key.code, (form.form().id.clone(), form.class()));
        }
        self.put_form(Arc::new(form));
    }

    pub(crate) fn put_form(&mut self, form: Arc<ReadForm>) {
        self.forms.put(form.form().id.clone(), form);
    }

    pub(crate) fn form(&mut self, id: &str) -> Option<Arc<ReadForm>> {
        self.forms.get(id)
    }

    /// Puts new pledges to those that are kept of their codes.
    pub(crate) fn file(&mut self, pledges: Vec<FiledPledge>) {
        for filed in pledges.into_iter().map(Arc::new) {
            for key in pledge_keys(&filed.pledge) {
                self.pledges.add(&key.code, Arc::clone(&filed));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::convert::Infallible;

    #[test]
    fn a_list_is_read_once_and_told_what_comes() {
        let mut lists = Lists::new(4);
        let read = |_: &i64| Ok::<_, Infallible>(vec!['a']);
        let never = |_: &i64| -> Result<Vec<char>, Infallible> { panic!("read twice") };
        lists.add(&1, 'x');
        assert_eq!(lists.of(1, read), Ok(&['a'][..]));
        lists.add(&1, 'b');
        assert_eq!(lists.of(1, never), Ok(&['a', 'b'][..]));
        lists.add(&1, 'c');
        assert_eq!(lists.of(2, read), Ok(&['a'][..]));
        assert_eq!(lists.get(&1), None, "four entries are the most");
    }
}
