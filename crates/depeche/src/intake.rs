//! The intake with the packs it needs: items to dispatches.

use crate::{Content, ExplainedBlock, ExtractOptions, Extraction, Item, Pages};
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
    options: ExtractOptions,
}

impl Intake {
    /// Reads what the packs of all languages say of pages.
    ///
    /// # Errors
    /// When a pack's `page.toml` is wrong.
    pub fn new(packs: &PackFiles) -> Result<Intake, PackError> {
        Ok(Intake { pages: Pages::load(packs)?, options: ExtractOptions::default() })
    }

    /// The same with options.
    #[must_use]
    pub fn with(self, options: ExtractOptions) -> Intake {
        Intake { options, ..self }
    }

    /// The dispatch that an item holds, with all warnings about it.
    pub fn dispatch(&self, item: &Item) -> (Dispatch, Vec<Warning>) {
        let Extraction { dispatch, warnings, .. } = self.extract(item);
        (dispatch, warnings)
    }

    /// The dispatch that an item holds, and what its page says of itself.
    pub fn extract(&self, item: &Item) -> Extraction {
        depeche_intake::extract(item, self.options, &self.pages)
    }

    /// The same, and why each block is what it is.
    pub fn explain(&self, item: &Item) -> (Extraction, Vec<ExplainedBlock>) {
        depeche_intake::explain(item, &self.pages)
    }

    /// The language of a text, as ISO 639-1; none where nothing tells it.
    pub fn language_of(&self, text: &str) -> Option<String> {
        depeche_intake::language_of(text, &self.pages)
    }

    /// An item of markup as the text of its article; one of plain text as it is.
    pub fn as_text(&self, item: Item) -> Item {
        match item.content {
            Content::Text(_) => item,
            Content::Page(_) | Content::Fragment(_) => {
                let Extraction { dispatch, warnings, .. } = self.extract(&item);
                let mut text = Item { content: Content::Text(dispatch.text), warnings, ..item };
                text.stated.language = dispatch.language;
                text
            }
        }
    }
}
