//! The intake with the packs it needs: items to dispatches.

use crate::{Item, Pages};
use depeche_packs::{PackError, PackFiles};
use depeche_record::{Dispatch, Warning};

/// Turns items into dispatches.
///
/// ```
/// use depeche::{Intake, ReadOptions, Reader, packs::PackFiles};
/// let intake = Intake::new(&PackFiles::built_in())?;
/// let text: &[u8] = "La pluie tombe sur la ville depuis hier et les rues sont vides.\n".as_bytes();
/// for item in Reader::new(text, "rain.txt", ReadOptions::default()) {
///     let (dispatch, warnings) = intake.dispatch(&item?);
///     assert_eq!(dispatch.language.as_deref(), Some("fr"));
///     assert!(warnings.is_empty());
/// }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct Intake {
    pages: Pages,
}

impl Intake {
    /// Reads what the packs of all languages say of pages.
    ///
    /// # Errors
    /// When a pack's `page.toml` is wrong.
    pub fn new(packs: &PackFiles) -> Result<Intake, PackError> {
        Ok(Intake { pages: Pages::load(packs)? })
    }

    /// The dispatch that an item holds, with all warnings about it.
    pub fn dispatch(&self, item: &Item) -> (Dispatch, Vec<Warning>) {
        depeche_intake::dispatch(item, &self.pages)
    }
}
