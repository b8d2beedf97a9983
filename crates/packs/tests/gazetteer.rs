//! What the built-in tables of countries, places, bodies and offices promise, and how their names are found in text.

#![expect(clippy::unwrap_used, reason = "the functions here that write what was found are parts of tests")]

use depeche_packs::{CountryCode, Gazetteer, NameRole, NameTarget, OfficeModifier, OfficeTerm, Offices, PackFiles, Standing};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

static FRENCH: LazyLock<Gazetteer> = LazyLock::new(|| load("fr"));
static ENGLISH: LazyLock<Gazetteer> = LazyLock::new(|| load("en"));

fn load(language: &str) -> Gazetteer {
    Gazetteer::load(&PackFiles::built_in(), language).unwrap_or_else(|error| panic!("{error}"))
}

fn languages() -> [(&'static str, &'static Gazetteer); 2] {
    [("fr", &FRENCH), ("en", &ENGLISH)]
}

fn offices(language: &str) -> Offices {
    Offices::load(&PackFiles::built_in(), language).unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn every_member_of_the_united_nations_has_names_people_and_a_capital() {
    for (language, gazetteer) in languages() {
        let members: Vec<_> = gazetteer.countries.iter().filter(|country| country.standing == Standing::Member).collect();
        assert_eq!(members.len(), 193);
        for country in members {
            assert!(country.alpha2.is_some() && country.capital_at.is_some(), "{}", country.code);
            for (what, words) in [("names", &country.names), ("adjectives", &country.adjectives), ("capitals", &country.capitals)] {
                assert!(!words.is_empty(), "{language} {} has no {what}", country.code);
            }
        }
    }
}

/// Every code of ISO 3166-1, Kosovo's and the past states.
#[test]
fn every_code_has_a_name() {
    for (_, gazetteer) in languages() {
        let of = |past: bool| gazetteer.countries.iter().filter(move |country| (country.standing == Standing::Past) == past);
        assert_eq!(of(false).filter(|country| country.alpha2.is_some()).count(), 250);
        assert!(of(true).all(|country| country.until.is_some()));
    }
}

#[test]
fn every_language_names_the_same_things() {
    for country in FRENCH.countries.iter() {
        let other = ENGLISH.countries.get(country.code).unwrap();
        assert!(!country.names.is_empty() && !other.names.is_empty(), "{}", country.code);
    }
    for (place, other) in FRENCH.places.iter().zip(ENGLISH.places.iter()) {
        assert!(!place.names.is_empty() && !other.names.is_empty(), "{}", place.id);
    }
    for (body, other) in FRENCH.bodies.iter().zip(ENGLISH.bodies.iter()) {
        assert!(!body.names.is_empty() && !other.names.is_empty(), "{}", body.id);
    }
}

#[test]
fn codes_in_the_tables_are_countries() {
    let codes: BTreeSet<CountryCode> = FRENCH.countries.iter().map(|country| country.code).collect();
    let known = |code: CountryCode| !code.is_country() || codes.contains(&code);
    for country in FRENCH.countries.iter() {
        assert!(country.predecessors.iter().chain(&country.part_of).all(|&code| known(code)), "{}", country.code);
    }
    for place in FRENCH.places.iter() {
        assert!(place.country.is_none_or(known), "{}", place.id);
    }
    for body in FRENCH.bodies.iter() {
        assert!(known(body.country) && body.members.iter().all(|&code| known(code)), "{}", body.id);
        assert!(body.part_of.as_ref().is_none_or(|id| FRENCH.bodies.get(id).is_some()), "{}", body.id);
    }
}

/// Of several things that a name may mean, at most one is meant without support from the context. A place and a body stand for the country
/// they are in, an organ of a state for any state's organ of that name.
#[test]
fn no_name_belongs_to_two_entries_unless_flagged() {
    for (language, gazetteer) in languages() {
        let mut certain: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
        let mut claim = |words: &'static [String], ambiguous: &[String], owner: String| {
            for word in words.iter().filter(|word| !ambiguous.contains(word)) {
                certain.entry(word).or_default().insert(owner.clone());
            }
        };
        for country in gazetteer.countries.iter() {
            for words in [&country.names, &country.adjectives, &country.capitals, &country.metonyms] {
                claim(words, &country.ambiguous, country.code.to_string());
            }
        }
        for place in gazetteer.places.iter() {
            let owner = place.country.map_or_else(|| place.id.clone(), |code| code.to_string());
            claim(&place.names, &place.ambiguous, owner.clone());
            claim(&place.adjectives, &place.ambiguous, owner);
        }
        for body in gazetteer.bodies.iter() {
            let owner = if body.country.is_country() { body.country.to_string() } else { body.id.clone() };
            claim(&body.names, &body.ambiguous, owner.clone());
            claim(&body.adjectives, &body.ambiguous, owner);
        }
        let shared: Vec<_> = certain.iter().filter(|(_, owners)| owners.len() > 1).collect();
        assert!(shared.is_empty(), "{language}: {shared:#?}");
    }
}

#[test]
fn offices_name_bodies_that_there_are() {
    for (language, gazetteer) in languages() {
        for office in offices(language).offices() {
            let known = |id: &String| gazetteer.bodies.get(id).is_some() || gazetteer.bodies.generic().iter().any(|body| body.id == *id);
            assert!(office.body.as_ref().is_none_or(known), "{language}: {} in {:?}", office.id, office.body);
        }
    }
}

/// Writes every name found as `surface=target`, where a target that wants context has a question mark.
fn names(gazetteer: &Gazetteer, text: &str) -> String {
    let mut written = Vec::new();
    for found in gazetteer.find(text) {
        let mut targets: Vec<String> = Vec::new();
        for entry in found.values {
            let name = match entry.target {
                NameTarget::Country(code) => code.to_string(),
                NameTarget::Place(_) => gazetteer.place(entry.target).unwrap().id.clone(),
                NameTarget::Body(_) => gazetteer.body(entry.target).unwrap().id.clone(),
                NameTarget::GenericBody(_) => format!("[{}]", gazetteer.generic_body(entry.target).unwrap().id),
            };
            let role = match entry.role {
                NameRole::Name => "",
                NameRole::Adjective => " adjective",
                NameRole::Prefix => " prefix",
                NameRole::Capital => " capital",
                NameRole::Metonym => " metonym",
            };
            targets.push(format!("{name}{role}{}", if entry.needs_context { "?" } else { "" }));
        }
        written.push(format!("{}={}", &text[found.bytes], targets.join("/")));
    }
    written.join("; ")
}

#[track_caller]
fn check(gazetteer: &Gazetteer, text: &str, expected: &str) {
    assert_eq!(names(gazetteer, text), expected, "{text}");
}

#[test]
fn french_names() {
    check(&FRENCH, "Des Etats-Unis à l’Iran", "Etats-Unis=USA; Iran=IRN");
    check(&FRENCH, "la République islamique d’Iran", "République islamique d’Iran=IRN");
    check(&FRENCH, "un accord irano-turc signé à TÉHÉRAN", "irano-=IRN prefix; turc=TUR adjective; TÉHÉRAN=IRN capital");
    check(
        &FRENCH,
        "le ministère sud-africain, les Sud-Africains",
        "ministère=[ministry]; sud-africain=ZAF adjective; Sud-Africains=ZAF adjective",
    );
    check(&FRENCH, "la RDC et la Corée du Nord", "RDC=COD; Corée du Nord=PRK");
    check(&FRENCH, "nigérien, nigérian", "nigérien=NER adjective; nigérian=NGA adjective");
    check(&FRENCH, "au Congo", "Congo=COD?/COG?");
    check(&FRENCH, "l'armée de l'air à Goma", "armée de l'air=[air force]; Goma=goma");
    check(&FRENCH, "le Conseil de sécurité", "Conseil de sécurité=un-security-council?/[security council]?");
    check(&FRENCH, "le Conseil de sécurité des Nations unies", "Conseil de sécurité des Nations unies=un-security-council");
    check(&FRENCH, "l'Elysée et le Kremlin", "Elysée=elysee; Kremlin=kremlin");
    check(&FRENCH, "Malienne, maliens, Malines", "Malienne=MLI adjective; maliens=MLI adjective");
    check(&FRENCH, "mer Rouge, détroit d’Ormuz", "mer Rouge=red-sea; détroit d’Ormuz=hormuz");
}

#[test]
fn english_names() {
    check(&ENGLISH, "Iranians met U.S. officials in Muscat", "Iranians=IRN adjective; U.S.=USA; Muscat=OMN capital");
    check(&ENGLISH, "Jordan's army", "Jordan=JOR?; army=[armed forces]");
    check(&ENGLISH, "the UN Security Council", "UN Security Council=un-security-council");
    check(&ENGLISH, "Sino-Russian talks in Geneva", "Sino-=CHN prefix; Russian=RUS adjective; Geneva=geneva");
}

#[test]
fn countries_by_adjective_prefix_and_capital() {
    let code = |text: &str| text.parse::<CountryCode>().unwrap();
    assert_eq!(FRENCH.countries.of_adjective("Azéris"), [code("AZE")]);
    assert_eq!(FRENCH.countries.of_adjective("congolaise"), [code("COD"), code("COG")]);
    assert_eq!(FRENCH.countries.of_prefix("sino-"), [code("CHN")]);
    assert_eq!(FRENCH.countries.of_capital("Kyiv"), [code("UKR")]);
    assert_eq!(ENGLISH.countries.of_adjective("Filipinos"), [code("PHL")]);
    for (form, of) in [("libyenne", "LBY"), ("uruguayennes", "URY"), ("féroïenne", "FRO"), ("burkinabè", "BFA"), ("grecques", "GRC")] {
        assert_eq!(FRENCH.countries.of_adjective(form), [code(of)], "{form}");
    }
    assert!(FRENCH.countries.of_adjective("martien").is_empty());
}

/// Writes every office term found as `surface=term`.
fn terms(offices: &Offices, text: &str) -> String {
    let mut written = Vec::new();
    for found in offices.find(text) {
        let terms: Vec<String> = found
            .values
            .iter()
            .map(|&term| match term {
                OfficeTerm::Mandate(_) => "mandate".to_owned(),
                OfficeTerm::Office(_) => offices.office(term).unwrap().id.clone(),
                OfficeTerm::Portfolio(_) => format!("+{}", offices.portfolio(term).unwrap().id),
                OfficeTerm::Modifier(modifier) => format!("{modifier:?}"),
                OfficeTerm::Counterpart => "counterpart".into(),
                OfficeTerm::Honorific => "honorific".into(),
                OfficeTerm::Group(_) => format!("*{}", offices.group(term).unwrap().id),
            })
            .collect();
        written.push(format!("{}={}", &text[found.bytes], terms.join("/")));
    }
    written.join("; ")
}

#[test]
fn french_offices() {
    let offices = offices("fr");
    let check = |text: &str, expected: &str| assert_eq!(terms(&offices, text), expected, "{text}");
    check("L’ancien ministre des Affaires étrangères", "ancien=Former; ministre=minister; des Affaires étrangères=+foreign affairs");
    check("le Premier ministre par intérim", "Premier ministre=prime minister; par intérim=Acting");
    check("la cheffe de la diplomatie et son homologue", "cheffe de la diplomatie=minister of foreign affairs; homologue=counterpart");
    check("le général de brigade", "général de brigade=brigadier general");
    check("M. Durand, chef d'état-major", "M.=honorific; chef d'état-major=chief of the general staff");
    check("des troupes", "troupes=*troops");
}

#[test]
fn offices_have_one_name_in_the_record() {
    for language in ["fr", "en"] {
        let offices = offices(language);
        let minister = offices.offices().iter().find(|office| office.id == "minister").unwrap();
        let foreign = offices.portfolios().iter().find(|portfolio| portfolio.id == "foreign affairs").unwrap();
        assert_eq!(offices.canonical(minister, Some(foreign)), "minister of foreign affairs");
        assert_eq!(offices.canonical(minister, None), "minister");
        let diplomacy = offices.offices().iter().find(|office| office.portfolio.as_deref() == Some("foreign affairs")).unwrap();
        assert_eq!(offices.canonical(diplomacy, None), "minister of foreign affairs");
        for modifier in [OfficeModifier::Former, OfficeModifier::Acting, OfficeModifier::Deputy] {
            assert!(offices.modifiers(modifier).next().is_some(), "{language} {modifier:?}");
        }
    }
}

#[test]
fn a_folder_laid_over_the_tables_adds_and_replaces() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("fr")).unwrap();
    std::fs::write(
        folder.path().join("fr/countries.toml"),
        "[FRA]\nmetonyms = ['Gaule']\n\n[MLI]\nreplace = true\nnames = ['Soudan français']\n",
    )
    .unwrap();
    std::fs::write(folder.path().join("places.toml"), "brigadoon = { kind = 'city', country = 'GBR', at = [56.0, -4.5] }\n").unwrap();
    std::fs::write(folder.path().join("fr/places.toml"), "brigadoon = { names = ['Brigadoon'] }\n").unwrap();
    let gazetteer = Gazetteer::load(&PackFiles::built_in().overlay(folder.path()).unwrap(), "fr").unwrap();
    check(
        &gazetteer,
        "La Gaule, Paris, le Mali, le Soudan français, Brigadoon",
        "Gaule=FRA metonym; Paris=FRA capital; Soudan français=MLI; Brigadoon=brigadoon",
    );
}

#[test]
fn a_table_that_contradicts_itself_is_refused() {
    let refuse = |path: &str, text: &str, expected: &str| {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
        let error = Gazetteer::load(&PackFiles::built_in().overlay(folder.path()).unwrap(), "fr").unwrap_err();
        assert!(error.to_string().contains(expected), "{error}");
    };
    refuse("countries.toml", "FRA = { capital = [148.0, 2.0] }", "no point on the globe");
    refuse("countries.toml", "france = { standing = 'member' }", "no country code");
    refuse("countries.toml", "QQQ = {}", "standing");
    refuse("fr/countries.toml", "[QQQ]\nnames = ['Nulle part']", "not in countries.toml");
    refuse("fr/places.toml", "geneva = { ambiguous = ['Calvingrad'] }", "none of its words");
    refuse("fr/bodies.toml", "[body]\nnowhere = { names = ['Rien'] }", "not in bodies.toml");
    refuse("bodies.toml", "[body]\nx = { kind = 'igo', country = 'IGO', sector = 'XYZ' }", "unknown variant");
}
