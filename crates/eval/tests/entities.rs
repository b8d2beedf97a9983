//! The entity scorer on made-up dispatches: what is found, what is a coreference made, missed or made too far, and what a country is.

use depeche_eval::Mistake;
use depeche_eval::coded::Coded;
use depeche_eval::entities::{GoldDispatch, GoldEntity, Kind, Report, score};
use expect_test::{Expect, expect};
use proptest::prelude::*;
use serde_json::json;

/// Gold as `surface/kind/canonical/country` and coded entities as `country: surface/kind, surface/kind`, each parted by semicolons.
fn compare(gold: &str, coded: &str) -> Report {
    let parts = |text: &str| text.split(';').map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned).collect::<Vec<_>>();
    let country = |country: &str| Some(country.to_owned()).filter(|country| !country.is_empty() && country != "-");
    let gold_entities: Vec<_> = parts(gold)
        .iter()
        .map(|line| {
            let cells: Vec<&str> = line.split('/').collect();
            json!({"surface": cells[0], "kind": cells[1], "canonical": cells[2], "country": country(cells[3])})
        })
        .collect();
    let (mut entities, mut mentions) = (Vec::new(), Vec::new());
    for (number, line) in parts(coded).iter().enumerate() {
        let (of, names) = line.split_once(": ").expect("a country");
        let id = format!("e{number}");
        entities.push(json!({"id": id, "name": names, "country": country(of)}));
        for name in names.split(", ") {
            let (text, kind) = name.split_once('/').expect("a kind");
            mentions.push(json!({"text": text, "kind": kind, "entity": id}));
        }
    }
    let text = parts(gold).join(" ");
    let gold: GoldDispatch = serde_json::from_value(json!({"id": "a", "text": text, "entities": gold_entities})).expect("gold");
    let coded: Coded = serde_json::from_value(json!({"id": "a", "mentions": mentions, "entities": entities})).expect("coded");
    score(&[gold], &[coded])
}

fn check(gold: &str, coded: &str, expected: Expect) {
    let sheet = compare(gold, coded).sheet();
    let told = sheet.mistakes.iter().map(|Mistake { verdict, gold, coded, .. }| format!("\n{verdict} [{gold}] [{coded}]"));
    expected.assert_eq(
        &(sheet
            .headline
            .split(" | ")
            .filter(|part| !part.contains(" F1 ") || part.starts_with("entities"))
            .collect::<Vec<_>>()
            .join(" | ")
            + &told.collect::<String>()),
    );
}

#[test]
fn the_forms_of_a_name_are_one() {
    let gold = "Anna Lindqvist/PER/Anna Lindqvist/SWE; Lindqvist/PER/Anna Lindqvist/SWE";
    check(
        gold,
        "SWE: Anna Lindqvist/PER, Lindqvist/PER, Mme Lindqvist/PER, elle/PRONOUN",
        expect!["gold 1 coded 1 | entities P 1.000 R 1.000 F1 1.000 | country 1.000 of 1"],
    );
    check(
        gold,
        "SWE: Anna Lindqvist/PER; -: Lindqvist/PER",
        expect![[r#"
        gold 1 coded 2 | entities P 0.500 R 1.000 F1 0.667 | country 1.000 of 1
        spurious [] [Lindqvist]"#]],
    );
    check(gold, "SWE: Mme Lindqvist/PER", expect!["gold 1 coded 1 | entities P 1.000 R 1.000 F1 1.000 | country 1.000 of 1"]);
    check(
        gold,
        "-: la ministre/OFFICE",
        expect![[r#"
        gold 1 coded 0 | entities P 0.000 R 0.000 F1 0.000
        missed [Anna Lindqvist] []"#]],
    );
}

#[test]
fn two_names_of_one_thing_are_two_together_or_asunder() {
    let gold = "Suède/GPE/Sweden/SWE; Stockholm/GPE/Sweden/SWE; Malmö/GPE/Malmo/SWE";
    let all = || expect!["gold 3 coded 3 | entities P 1.000 R 1.000 F1 1.000 | country 1.000 of 3"];
    check(gold, "SWE: la Suède/GPE, Stockholm/GPE; SWE: Malmo/GPE", all());
    check(gold, "SWE: la Suède/GPE; SWE: Stockholm/GPE; SWE: Malmo/GPE", all());
    check(gold, "SWE: la Suède/GPE, Stockholm/GPE, Malmo/GPE", all());
    // What gold does not list is no mistake where the entity is right.
    check(
        "ONU/ORG/UN/IGO",
        "IGO: O.N.U./ORG, Nations unies/ORG",
        expect!["gold 1 coded 1 | entities P 1.000 R 1.000 F1 1.000 | country 1.000 of 1"],
    );
    check(
        "ONU/ORG/UN/IGO",
        "IGO: Nations unies/ORG, NU/ORG",
        expect![[r#"
        gold 1 coded 1 | entities P 0.000 R 0.000 F1 0.000
        missed [ONU] []
        spurious [] [Nations unies]"#]],
    );
}

#[test]
fn putting_two_things_together_costs() {
    check(
        "Norvège/GPE/Norway/NOR; Oslo/GPE/Norway/NOR; Suède/GPE/Sweden/SWE",
        "NOR: Suède/GPE, Norvège/GPE, Oslo/GPE",
        expect![[r#"
            gold 3 coded 3 | entities P 0.667 R 0.667 F1 0.667 | country 1.000 of 2
            merged [Suède (Sweden)] [Suède/GPE, Norvège/GPE, Oslo/GPE]"#]],
    );
    check(
        "Per Berg/PER/Per Berg/NOR; Eva Berg/PER/Eva Berg/NOR",
        "NOR: Per Berg/PER, Eva Berg/PER",
        expect![[r#"
            gold 2 coded 2 | entities P 0.500 R 0.500 F1 0.500 | country 1.000 of 1
            merged [Per Berg (Per Berg)] [Per Berg/PER, Eva Berg/PER]"#]],
    );
}

#[test]
fn kinds_and_countries_are_judged() {
    check(
        "Arctique/LOC/Arctic/-; Sextet/ORG/Sextet/-",
        "NOR: l’Arctique/LOC; -: Sextet/FORMAT",
        expect![[r#"
        gold 2 coded 2 | entities P 1.000 R 1.000 F1 1.000 | country 0.500 of 2
        country [none] [NOR]"#]],
    );
    check(
        "Arctique/LOC/Arctic/-",
        "-: Arctique/GPE",
        expect![[r#"
        gold 1 coded 1 | entities P 0.000 R 0.000 F1 0.000
        kind [Arctique] [GPE Arctique]
        spurious [] [Arctique]"#]],
    );
}

const SURFACES: [&str; 7] = ["Anna Lindqvist", "Lindqvist", "Suède", "la Suède", "Stockholm", "O.N.U.", "?"];

fn gold_dispatch() -> impl Strategy<Value = GoldDispatch> {
    let entity = (0..SURFACES.len(), 0_usize..4, 0_usize..3).prop_map(|(surface, kind, thing)| GoldEntity {
        surface: SURFACES[surface].to_owned(),
        kind: Kind::ALL[kind],
        canonical: ["", "one", "two"][thing].to_owned(),
        country: [None, Some("SWE"), Some("NOR")][thing].map(str::to_owned),
    });
    proptest::collection::vec(entity, 0..8).prop_map(|entities| GoldDispatch { id: "a".to_owned(), text: "Suède".to_owned(), entities })
}

/// Gold's own entities as the engine would code them.
fn as_coded(gold: &GoldDispatch) -> Coded {
    let things: Vec<(&str, &str, Option<&str>)> = {
        let mut seen = Vec::new();
        for entity in &gold.entities {
            let canonical = if entity.canonical.is_empty() { &entity.surface } else { &entity.canonical };
            let thing = (entity.kind.name(), canonical.as_str(), entity.country.as_deref());
            if !seen.contains(&thing) {
                seen.push(thing);
            }
        }
        seen
    };
    let of = |entity: &GoldEntity| {
        let canonical = if entity.canonical.is_empty() { &entity.surface } else { &entity.canonical };
        things.iter().position(|thing| thing.0 == entity.kind.name() && thing.1 == canonical).map(|at| format!("e{at}"))
    };
    let entities: Vec<_> =
        (0..).zip(&things).map(|(at, thing)| json!({"id": format!("e{at}"), "name": thing.1, "country": thing.2})).collect();
    let mentions: Vec<_> =
        gold.entities.iter().map(|entity| json!({"text": entity.surface, "kind": entity.kind.name(), "entity": of(entity)})).collect();
    serde_json::from_value(json!({"id": gold.id, "entities": entities, "mentions": mentions})).expect("coded")
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn figures_are_shares_and_gold_against_itself_is_right(gold in gold_dispatch(), other in gold_dispatch()) {
        let own = score(std::slice::from_ref(&gold), &[as_coded(&gold)]);
        let all = own.all_names();
        prop_assert_eq!((all.right, all.coded), (all.gold, all.gold));
        prop_assert_eq!(own.all_countries().right, all.gold);
        prop_assert!(own.mistakes.is_empty());

        let strange = score(std::slice::from_ref(&gold), &[as_coded(&other)]);
        for kind in Kind::ALL {
            let names = strange.names(kind);
            prop_assert!(names.right <= names.gold && names.right <= names.coded);
        }
    }
}
