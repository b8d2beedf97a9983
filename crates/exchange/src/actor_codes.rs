//! What actors are, in CAMEO's roles and PLOVER's sectors.
//!
//! In goes a role code of GDELT or the words of an ICEWS sector; out comes the sector of PLOVER (codebook of 2024, table of sectors) that is nearest, or none. ICEWS's words are `data/icews_sectors.tsv`. Both have three letters and most of them
//! are the same, since PLOVER took CAMEO's over.

/// PLOVER's sectors that CAMEO has as roles of the same code.
const SAME: &[&str] = &[
    "GOV", "MIL", "REB", "OPP", "COP", "JUD", "SPY", "MED", "EDU", "BUS", "CRM", "CVL", "ELI", "HLH", "LAB", "LEG", "REF", "IGO", "NGO",
    "UNR", "AGR", "PTY", "REL", "DIP",
];

/// CAMEO's roles that PLOVER has under another code.
const OTHER: &[(&str, &str)] =
    &[("SEP", "REB"), ("UAF", "REB"), ("INS", "REB"), ("MNC", "BUS"), ("NGM", "NGO"), ("RAD", "REB"), ("DEV", "NGO")];

/// What ICEWS calls its sectors, and PLOVER's codes.
const ICEWS: &str = include_str!("../data/icews_sectors.tsv");

/// The sector of a CAMEO role.
pub(crate) fn sector_of_role(role: &str) -> Option<&'static str> {
    let same = SAME.iter().find(|known| **known == role).copied();
    same.or_else(|| OTHER.iter().find(|(known, _)| *known == role).map(|(_, sector)| *sector))
}

/// The CAMEO role of a sector; none of what CAMEO does not have.
pub(crate) fn role_of_sector(sector: &str) -> Option<&'static str> {
    match sector {
        "DIP" => Some("GOV"),
        other => SAME.iter().find(|known| **known == other).copied(),
    }
}

/// The sector of an ICEWS list of sectors: of the first that PLOVER has.
pub(crate) fn sector_of_icews(sectors: &str) -> Option<&'static str> {
    sectors.split(',').find_map(|told| {
        let told = told.trim().to_lowercase();
        ICEWS.lines().filter_map(|line| line.split_once('\t')).find(|(known, _)| *known == told).map(|(_, sector)| sector)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roles_and_sectors() {
        assert_eq!(sector_of_role("GOV"), Some("GOV"));
        assert_eq!(sector_of_role("SEP"), Some("REB"));
        assert_eq!(sector_of_role("XXX"), None);
        assert_eq!(role_of_sector("DIP"), Some("GOV"));
        assert_eq!(sector_of_icews("Foreign Ministry,Executive,Government"), Some("GOV"));
        assert_eq!(sector_of_icews("Space Agency, Military"), Some("MIL"));
        assert_eq!(sector_of_icews(""), None);
    }
}
