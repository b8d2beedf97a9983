//! Which layers of a coded dispatch are wanted.
//!
//! In goes a comma-separated list such as `time,events`; out comes a set of [`Layer`]s. A word that names no layer is refused.

use std::fmt;
use std::str::FromStr;

/// A layer of a coded dispatch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum Layer {
    /// Time expressions and the date of publication.
    Time,
    /// Mentions, entities and roles.
    Actors,
    /// Who did what to whom.
    Events,
    /// Who said what.
    Statements,
}

impl Layer {
    /// All of them.
    pub const ALL: [Layer; 4] = [Layer::Time, Layer::Actors, Layer::Events, Layer::Statements];

    /// The word by which `--layers` names it.
    pub fn name(self) -> &'static str {
        match self {
            Layer::Time => "time",
            Layer::Actors => "actors",
            Layer::Events => "events",
            Layer::Statements => "statements",
        }
    }
}

impl FromStr for Layer {
    type Err = UnknownLayer;

    fn from_str(word: &str) -> Result<Self, UnknownLayer> {
        Layer::ALL.into_iter().find(|layer| layer.name() == word).ok_or_else(|| UnknownLayer(word.to_owned()))
    }
}

/// A set of layers: what is not in it stays empty in a coded dispatch. Events and statements keep the identifiers of entities and time
/// expressions whose layers were left out, since these are stable.
///
/// ```
/// use depeche::{Layer, Layers};
/// let layers: Layers = "time,events".parse()?;
/// assert!(layers.has(Layer::Events) && !layers.has(Layer::Statements));
/// assert_eq!(Layers::default().to_string(), "time,actors,events,statements");
/// # Ok::<(), depeche::UnknownLayer>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Layers(u8);

impl Layers {
    /// None of them.
    pub const NONE: Layers = Layers(0);

    /// With one more.
    #[must_use]
    pub fn with(self, layer: Layer) -> Layers {
        Layers(self.0 | 1 << layer as u8)
    }

    /// Whether it is among them.
    pub fn has(self, layer: Layer) -> bool {
        self.0 & 1 << layer as u8 != 0
    }
}

impl Default for Layers {
    /// All of them.
    fn default() -> Self {
        Layers::from_iter(Layer::ALL)
    }
}

impl FromIterator<Layer> for Layers {
    fn from_iter<I: IntoIterator<Item = Layer>>(layers: I) -> Self {
        layers.into_iter().fold(Layers::NONE, Layers::with)
    }
}

impl FromStr for Layers {
    type Err = UnknownLayer;

    fn from_str(list: &str) -> Result<Self, UnknownLayer> {
        list.split(',').map(|word| word.trim().parse()).collect()
    }
}

impl fmt::Display for Layers {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<&str> = Layer::ALL.into_iter().filter(|layer| self.has(*layer)).map(Layer::name).collect();
        formatter.write_str(&names.join(","))
    }
}

/// A word that names no layer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownLayer(String);

impl fmt::Display for UnknownLayer {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "`{}` is no layer; there are {}", self.0, Layers::default().to_string().replace(',', ", "))
    }
}

impl std::error::Error for UnknownLayer {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_read_and_written() {
        assert_eq!("events, time".parse::<Layers>().unwrap().to_string(), "time,events");
        assert_eq!(
            "events,tea".parse::<Layers>().unwrap_err().to_string(),
            "`tea` is no layer; there are time, actors, events, statements"
        );
    }
}
