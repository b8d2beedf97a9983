//! Countries under the codes of other people's tables.
//!
//! In goes a code or a name: FIPS 10-4 (GDELT's places), CAMEO (GDELT's actors), ISO 3166-1 alpha-2 (FollowTheMoney), a name in any language that has a pack (ICEWS); out comes ISO 3166-1 alpha-3,
//! which the record has, or the other way round. The names are the packs'; the codes are `data/fips.tsv` and `data/cameo_countries.tsv`. A code that stands for no one country, such as CAMEO's
//! regions, is none.

use depeche_packs::{Countries as PackCountries, PackError, PackFiles};
use std::collections::BTreeMap;

/// Countries by their codes and names.
#[derive(Debug, Clone)]
pub struct Countries {
    alpha2: BTreeMap<String, String>,
    names: BTreeMap<String, Vec<String>>,
    by_name: BTreeMap<String, String>,
    fips: BTreeMap<&'static str, &'static str>,
    by_fips: BTreeMap<&'static str, &'static str>,
    cameo: BTreeMap<&'static str, &'static str>,
    by_cameo: BTreeMap<&'static str, &'static str>,
}

/// Rows of two codes, the record's second; of several with one code the first is written.
fn pairs(table: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    table.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once('\t'))
}

fn both_ways(table: &'static str) -> (BTreeMap<&'static str, &'static str>, BTreeMap<&'static str, &'static str>) {
    let (mut there, mut back) = (BTreeMap::new(), BTreeMap::new());
    for (theirs, ours) in pairs(table) {
        there.entry(ours).or_insert(theirs);
        back.insert(theirs, ours);
    }
    (there, back)
}

impl Countries {
    /// Reads the countries of the packs in some languages, the first of which gives the usual names.
    ///
    /// # Errors
    /// When a pack cannot be read.
    pub fn load(files: &PackFiles, languages: &[&str]) -> Result<Countries, PackError> {
        let (fips, by_fips) = both_ways(include_str!("../data/fips.tsv"));
        let (cameo, by_cameo) = both_ways(include_str!("../data/cameo_countries.tsv"));
        let mut countries =
            Countries { alpha2: BTreeMap::new(), names: BTreeMap::new(), by_name: BTreeMap::new(), fips, by_fips, cameo, by_cameo };
        for language in languages {
            for country in PackCountries::load(files, language)?.iter() {
                let code = country.code.as_str();
                if let Some(alpha2) = &country.alpha2 {
                    countries.alpha2.insert(code.to_owned(), alpha2.to_lowercase());
                }
                for name in &country.names {
                    countries.by_name.entry(name.to_lowercase()).or_insert_with(|| code.to_owned());
                    countries.names.entry(code.to_owned()).or_default().push(name.clone());
                }
            }
        }
        Ok(countries)
    }

    /// Whether the record has a country of this code.
    pub fn has(&self, code: &str) -> bool {
        self.names.contains_key(code)
    }

    /// ISO 3166-1 alpha-2 in small letters.
    pub fn alpha2(&self, code: &str) -> Option<&str> {
        self.alpha2.get(code).map(String::as_str)
    }

    /// The names of a country, the usual one first.
    pub fn names(&self, code: &str) -> &[String] {
        self.names.get(code).map_or(&[], Vec::as_slice)
    }

    /// The usual name of a country; its code where it has none.
    pub fn name<'a>(&'a self, code: &'a str) -> &'a str {
        self.names(code).first().map_or(code, String::as_str)
    }

    /// The country of a name, or of a code that the record itself has.
    pub fn of_name(&self, name: &str) -> Option<&str> {
        let name = name.trim();
        match self.names.get_key_value(name) {
            Some((code, _)) => Some(code),
            None => self.by_name.get(&name.to_lowercase()).map(String::as_str),
        }
    }

    /// The FIPS 10-4 code of a country.
    pub fn fips(&self, code: &str) -> Option<&'static str> {
        self.fips.get(code).copied()
    }

    /// The country of a FIPS 10-4 code.
    pub fn of_fips(&self, code: &str) -> Option<&'static str> {
        self.by_fips.get(code).copied()
    }

    /// The CAMEO code of a country, which is ISO's but for those that CAMEO has of old; none of organisations and of what is no country.
    pub fn cameo<'a>(&'a self, code: &'a str) -> Option<&'a str> {
        self.cameo.get(code).copied().or_else(|| self.has(code).then_some(code))
    }

    /// The country of a CAMEO code.
    pub fn of_cameo<'a>(&'a self, code: &'a str) -> Option<&'a str> {
        self.by_cameo.get(code).copied().or_else(|| self.has(code).then_some(code))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn countries() -> Countries {
        Countries::load(&PackFiles::built_in(), &["en", "fr"]).unwrap()
    }

    #[test]
    fn codes_lead_to_the_records_and_back() {
        let countries = countries();
        let check = |code: &str, fips: &str, cameo: &str, alpha2: &str| {
            assert_eq!((countries.fips(code), countries.cameo(code), countries.alpha2(code)), (Some(fips), Some(cameo), Some(alpha2)));
            assert_eq!((countries.of_fips(fips), countries.of_cameo(cameo)), (Some(code), Some(code)));
        };
        check("DEU", "GM", "DEU", "de");
        check("ROU", "RO", "ROM", "ro");
        check("CHE", "SZ", "CHE", "ch");
        check("SWZ", "WZ", "SWZ", "sz");
        check("UKR", "UP", "UKR", "ua");
        check("AUS", "AS", "AUS", "au");
        check("ARM", "AM", "ARM", "am");
        assert_eq!(countries.of_cameo("AFR"), None);
        assert_eq!(countries.of_fips("ZZ"), None);
        assert_eq!(countries.of_cameo("WSB"), Some("PSE"));
        assert_eq!(countries.cameo("IGO"), None);
    }

    #[test]
    fn names_are_those_of_the_packs() {
        let countries = countries();
        assert_eq!(countries.of_name("Azerbaijan"), Some("AZE"));
        assert_eq!(countries.of_name(" norway "), Some("NOR"));
        assert_eq!(countries.of_name("JPN"), Some("JPN"));
        assert_eq!(countries.of_name("Atlantis"), None);
        assert_eq!(countries.name("NOR"), "Norway");
        assert_eq!(countries.name("IGO"), "IGO");
    }

    #[test]
    fn tables_have_only_countries_that_the_record_has() {
        let countries = countries();
        for (theirs, ours) in pairs(include_str!("../data/fips.tsv")).chain(pairs(include_str!("../data/cameo_countries.tsv"))) {
            assert!(countries.has(ours), "{theirs} is {ours}");
        }
        // Every member of the United Nations has a FIPS code.
        for country in PackCountries::load(&PackFiles::built_in(), "en").unwrap().iter() {
            let is_member = country.standing == depeche_packs::Standing::Member;
            assert!(!is_member || countries.fips(country.code.as_str()).is_some(), "{}", country.code.as_str());
        }
    }
}
