//! Codes of countries and points on the globe: the two values that cannot be written wrongly.
//!
//! In go the strings and pairs of the tables; out come [`CountryCode`] and [`Coordinates`]. A code that is not three capital letters and a
//! point that is not on the globe are refused.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// An ISO 3166-1 alpha-3 code, one of a past state, `XKX` for Kosovo, or [`CountryCode::IGO`] and [`CountryCode::NGO`] for bodies of no
/// country.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct CountryCode([u8; 3]);

impl CountryCode {
    /// What stands for the country of an intergovernmental organisation.
    pub const IGO: CountryCode = CountryCode(*b"IGO");
    /// What stands for the country of a non-governmental organisation that belongs to none.
    pub const NGO: CountryCode = CountryCode(*b"NGO");

    /// The code as text.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }

    /// Whether it is a country's, and not one of the two that stand for none.
    pub fn is_country(self) -> bool {
        self != Self::IGO && self != Self::NGO
    }
}

impl fmt::Display for CountryCode {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

impl fmt::Debug for CountryCode {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

/// A text that is no country code.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no country code: three capital letters are, such as FRA")]
pub struct NotACode(String);

impl FromStr for CountryCode {
    type Err = NotACode;

    fn from_str(text: &str) -> Result<Self, NotACode> {
        match <[u8; 3]>::try_from(text.as_bytes()) {
            Ok(bytes) if bytes.iter().all(u8::is_ascii_uppercase) => Ok(CountryCode(bytes)),
            _ => Err(NotACode(text.to_owned())),
        }
    }
}

impl TryFrom<String> for CountryCode {
    type Error = NotACode;

    fn try_from(text: String) -> Result<Self, NotACode> {
        text.parse()
    }
}

impl From<CountryCode> for String {
    fn from(code: CountryCode) -> String {
        code.as_str().to_owned()
    }
}

/// A point on the globe, in degrees (WGS 84); written `[latitude, longitude]` in the tables.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(try_from = "(f64, f64)")]
pub struct Coordinates {
    /// Degrees north, from -90 to 90.
    pub latitude: f64,
    /// Degrees east, from -180 to 180.
    pub longitude: f64,
}

impl TryFrom<(f64, f64)> for Coordinates {
    type Error = String;

    fn try_from((latitude, longitude): (f64, f64)) -> Result<Self, String> {
        if latitude.abs() <= 90.0 && longitude.abs() <= 180.0 {
            Ok(Coordinates { latitude, longitude })
        } else {
            Err(format!(
                "[{latitude}, {longitude}] is no point on the globe: latitude is between -90 and 90, longitude between -180 and 180"
            ))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_three_capitals() {
        assert_eq!("FRA".parse::<CountryCode>().unwrap().to_string(), "FRA");
        for wrong in ["", "FR", "fra", "FRAN", "Éa", "F1A"] {
            assert!(wrong.parse::<CountryCode>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_point_lies_on_the_globe() {
        assert!(Coordinates::try_from((48.86, 2.35)).is_ok());
        assert!(Coordinates::try_from((148.86, 2.35)).is_err());
        assert!(Coordinates::try_from((f64::NAN, 2.35)).is_err());
    }
}
