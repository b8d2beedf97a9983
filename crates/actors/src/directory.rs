//! The packs of one language as this crate reads them.
//!
//! In go the pack files and a language; out comes a [`Directory`], made once and shared by all threads.

use depeche_packs::{Gazetteer, Holders, Offices, PackError, PackFiles, Reference};

/// What one language's packs say of names, offices and words of reference.
#[derive(Debug, Clone)]
pub struct Directory {
    /// Countries, places and bodies.
    pub gazetteer: Gazetteer,
    /// Offices, portfolios, titles, groups.
    pub offices: Offices,
    /// Persons whose country a text need not say.
    pub holders: Holders,
    /// Pronouns, determiners, nouns that point back.
    pub reference: Reference,
}

impl Directory {
    /// Reads the tables for `language`.
    ///
    /// # Errors
    /// When a table does not have its shape, with the file and line.
    pub fn load(files: &PackFiles, language: &str) -> Result<Directory, PackError> {
        Ok(Directory {
            gazetteer: Gazetteer::load(files, language)?,
            offices: Offices::load(files, language)?,
            holders: Holders::load(files, language)?,
            reference: Reference::load(files, language)?,
        })
    }
}
