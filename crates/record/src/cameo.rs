//! CAMEO's codes, read as PLOVER's types and modes.
//!
//! In goes a code as GDELT and ICEWS write it; out come a type and, where the code tells it, a mode. The table is `data/cameo.toml`. A code that no row begins is refused, as are the public
//! statements that PLOVER has no type for.

use crate::{EventType, Mode, Quad};
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// What a CAMEO code is in PLOVER's terms.
///
/// ```
/// use depeche_record::{EventType, of_cameo};
/// let (kind, mode) = of_cameo("1952").unwrap();
/// assert_eq!((kind, mode.unwrap().name()), (EventType::Assault, "drone"));
/// assert_eq!(of_cameo("010"), None);
/// ```
pub fn of_cameo(code: &str) -> Option<(EventType, Option<Mode>)> {
    if !is_cameo(code) {
        return None;
    }
    (2..=code.len()).rev().find_map(|length| CODES.get(code.get(..length)?)).copied()
}

/// Whether it is written as CAMEO's codes are: two to four digits, of which the first two are one of its twenty roots.
pub fn is_cameo(code: &str) -> bool {
    let root = code.get(..2).and_then(|root| root.parse::<u8>().ok());
    (2..=4).contains(&code.len()) && code.bytes().all(|byte| byte.is_ascii_digit()) && root.is_some_and(|root| (1..=20).contains(&root))
}

/// The quad class of a CAMEO code, by its root as GDELT and ICEWS have it: which is not always that of the PLOVER type.
pub fn quad_of_cameo(code: &str) -> Option<Quad> {
    if !is_cameo(code) {
        return None;
    }
    match code.get(..2)?.parse::<u8>().ok()? {
        1..=5 => Some(Quad::VerbalCooperation),
        6..=8 => Some(Quad::MaterialCooperation),
        9..=13 => Some(Quad::VerbalConflict),
        _ => Some(Quad::MaterialConflict),
    }
}

#[derive(serde::Deserialize)]
struct File {
    codes: BTreeMap<String, String>,
}

static CODES: LazyLock<BTreeMap<String, (EventType, Option<Mode>)>> = LazyLock::new(|| {
    // Part of the program, as the ontology is; the tests below read it.
    let file: File = toml::from_str(include_str!("../data/cameo.toml")).expect("data/cameo.toml is well formed");
    let read = |told: &str| {
        let (kind, mode) = told.split_once(' ').map_or((told, None), |(kind, mode)| (kind, Some(mode)));
        (kind.parse().expect("a type of PLOVER"), mode.map(|mode| mode.parse().expect("a mode of PLOVER")))
    };
    file.codes.into_iter().map(|(code, told)| (code, read(&told))).collect()
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_read_by_their_longest_beginning() {
        let check = |code: &str, expected: &str| {
            let told = of_cameo(code).map(|(kind, mode)| format!("{kind} {}", mode.map_or("", |mode| mode.name())));
            assert_eq!(told.as_deref().unwrap_or("-").trim_end(), expected, "{code}");
        };
        check("042", "CONSULT visit");
        check("043", "CONSULT visit");
        check("046", "CONSULT");
        check("0234", "REQUEST assist");
        check("1411", "PROTEST demo");
        check("20", "ASSAULT unconventional");
        check("0831", "CONCEDE");
        check("015", "-");
        check("21", "-");
        check("00", "-");
        check("4", "-");
        check("04299", "-");
        check("0é", "-");
        check("---", "-");
    }

    #[test]
    fn modes_belong_to_their_types_and_types_come_back() {
        for (code, (kind, mode)) in CODES.iter() {
            assert!(mode.is_none_or(|mode| kind.modes().any(|known| known == mode)), "{code}: {kind} has no {mode:?}");
        }
        for kind in EventType::ALL {
            let (code, _) = kind.scale(None);
            assert_eq!(of_cameo(code).map(|(back, _)| back), Some(kind), "{kind}");
            for mode in kind.modes() {
                let (code, _) = kind.scale(Some(&mode));
                assert!(of_cameo(code).is_some() && quad_of_cameo(code).is_some(), "{kind} {mode}: {code}");
            }
        }
    }
}
