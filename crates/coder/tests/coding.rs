//! Short dispatches and what must be coded of them, beyond what the packs' own examples say: several mentions of one event, time, place,
//! sources, status, statements.

#![expect(clippy::unwrap_used, reason = "built-in packs load, or the test fails")]

use depeche_actors::Directory;
use depeche_coder::{Codebook, Reading, events, statements};
use depeche_nlp::{Pipeline, model_path};
use depeche_packs::temporal::Temporal;
use depeche_packs::{PackFiles, Syntax};
use depeche_predicates::{Clauses, Grammar, Graph};
use depeche_record::{Block, BlockKind, CharSpan, Event, Participant, Published, Statement};
use depeche_time::Recogniser;
use expect_test::{Expect, expect};
use std::sync::LazyLock;

struct Stages {
    pipeline: Pipeline,
    grammar: Grammar,
    directory: Directory,
    recogniser: Recogniser,
    codebook: Codebook,
}

static FRENCH: LazyLock<Stages> = LazyLock::new(|| {
    let files = PackFiles::built_in();
    let path = model_path("fr");
    let pipeline = Pipeline::open(&path).unwrap_or_else(|error| panic!("{error}: obtain the models with `cargo xtask models`"));
    let grammar = Grammar::new(&Syntax::load(&files, "fr").unwrap());
    Stages {
        pipeline,
        directory: Directory::load(&files, "fr").unwrap(),
        recogniser: Recogniser::new(&Temporal::load(&files, "fr").unwrap()).unwrap(),
        codebook: Codebook::load(&files, "fr", &grammar).unwrap(),
        grammar,
    }
});

/// The blocks of a text whose first line is its title where a blank line follows it.
fn blocks(text: &str) -> Vec<Block> {
    let Some((title, _)) = text.split_once("\n\n") else { return Vec::new() };
    let (title, end) = (title.chars().count(), text.chars().count());
    vec![
        Block { kind: BlockKind::Title, span: CharSpan::new(0, title) },
        Block { kind: BlockKind::Lede, span: CharSpan::new(title + 2, end) },
    ]
}

fn code(text: &str) -> (Vec<Event>, Vec<Statement>) {
    let stages = &*FRENCH;
    let doc = stages.pipeline.annotate(text);
    let graph = Graph::new(&doc, &stages.grammar);
    let clauses = Clauses::new(&graph, &stages.grammar);
    let actors = depeche_actors::find(&doc, &graph, &stages.directory, &[]);
    let day = "2024-05-15".parse().ok();
    let published = Published { earliest: day, latest: day, ..Published::default() };
    let times = stages.recogniser.resolve(&stages.recogniser.recognise(&doc), &published, &doc);
    let blocks = blocks(text);
    let reading = Reading::new(&graph, &clauses, &stages.grammar, &actors, &times, &blocks);
    let events = events(&reading, &stages.codebook);
    let statements = statements(&reading, &stages.codebook, &events);
    (events, statements)
}

/// The events of `text`, a line each: type, sides, status, then what is known of time, place, number, sources and further mentions.
fn check(text: &str, expected: Expect) {
    let side = |side: &[Participant]| side.iter().map(|one| one.text.clone()).collect::<Vec<_>>().join(" + ");
    let lines: Vec<String> = code(text)
        .0
        .iter()
        .map(|event| {
            let mut line = format!("{} {:?}: {} > {}", event.kind, event.status, side(&event.actors), side(&event.recipients));
            if let Some(when) = &event.when {
                line = format!("{line} | {}", when.value);
            }
            if let Some(place) = &event.place {
                line = format!("{line} | at {}", place.text);
            }
            if let Some(count) = &event.count {
                line = format!("{line} | {} times", count.value);
            }
            for source in &event.attribution {
                line = format!("{line} | by {}", source.text);
            }
            if !event.also.is_empty() {
                line = format!("{line} | also {}", event.also.len());
            }
            line
        })
        .collect();
    expected.assert_eq(&lines.join("\n"));
}

#[test]
fn one_visit_told_twice_is_one_event() {
    check(
        "Le ministre grec de la Défense s'est rendu à Nicosie le 3 mai 2024. Cette visite a duré deux jours.",
        expect!["CONSULT Occurred: ministre grec de la Défense > Nicosie | 2024-05-03 | at Nicosie | also 1"],
    );
}

#[test]
fn time_and_place_are_what_the_text_says() {
    check("La Norvège a condamné la Biélorussie.", expect!["ACCUSE Occurred: Norvège > Biélorussie"]);
    check(
        "Mardi, les ministres suédois et finlandais se sont rencontrés à Riga.",
        expect!["CONSULT Occurred: ministres suédois et finlandais + ministres suédois et finlandais >  | 2024-05-14 | at Riga"],
    );
    check(
        "Le président kényan s'est rendu trois fois en Ouganda en 2023.",
        expect!["CONSULT Occurred: président kényan > Ouganda | 2023 | at Ouganda | 3 times"],
    );
}

#[test]
fn what_goes_on_meanwhile_lends_its_time() {
    check(
        "Lundi, Marie Keller, ministre autrichienne des Affaires étrangères, s'est entretenue avec son homologue tchèque. Au cours de ces discussions, l'Autriche s'est engagée à soutenir la Tchéquie.",
        expect![[r#"
            CONSULT Occurred: Marie Keller > homologue tchèque | 2024-05-13 | also 1
            AGREE Occurred: Autriche > Tchéquie | 2024-05-13"#]],
    );
    check(
        "Lors du sommet qui s'est tenu à Vienne samedi 4 mai, le président slovaque a condamné la Hongrie.",
        expect!["ACCUSE Occurred: président slovaque > Hongrie | 2024-05-04 | at Vienne"],
    );
}

#[test]
fn a_noun_has_the_date_that_is_told_of_it() {
    check(
        "Le ministre slovène a évoqué l'accord signé en février par la Slovénie et la Croatie.",
        expect!["SUPPORT Occurred: Slovénie + Croatie >  | 2024-02"],
    );
    check(
        "À l'invitation du président croate, le président slovène s'est rendu, le 3 mai 2024, à Zagreb.",
        expect!["CONSULT Occurred: président slovène > Zagreb | 2024-05-03 | at Zagreb"],
    );
    check(
        "Le président slovène a condamné la Hongrie à la suite des élections du 5 mai.",
        expect!["ACCUSE Occurred: président slovène > Hongrie"],
    );
    check(
        "La Slovénie a condamné la Hongrie, qui avait expulsé la semaine dernière un diplomate slovène.",
        expect![[r#"
            ACCUSE Occurred: Slovénie > Hongrie
            SANCTION Occurred: Hongrie > diplomate slovène | 2024-W19"#]],
    );
}

#[test]
fn a_title_has_the_date_of_the_sentence_under_it() {
    check(
        "La Norvège envoie du blé au Soudan.\n\nLa Norvège a fait partir lundi d'Oslo un navire chargé de blé pour le Soudan.",
        expect!["AID Occurred: Norvège > Soudan | 2024-05-13"],
    );
    // Another country's day is not lent.
    check("La Norvège envoie du blé au Soudan.\n\nUn navire italien a quitté Gênes lundi.", expect!["AID Occurred: Norvège > Soudan"]);
    check(
        "La Norvège enverrait du blé au Soudan.\n\nLa Norvège a fait partir lundi d'Oslo un navire chargé de blé pour le Soudan.",
        expect!["AID Alleged: Norvège > Soudan"],
    );
}

#[test]
fn a_pledge_is_made_when_it_is_said() {
    check(
        "Le Pérou ne livrera aucune arme à l'Ukraine, a répété mardi le ministre péruvien de la Défense.",
        expect!["REJECT Occurred: Pérou > Ukraine | 2024-05-14 | by ministre péruvien de la Défense"],
    );
    check(
        "Le ministre péruvien de la Défense a assuré le 3 mai que le Pérou n'enverrait pas de soldats en Haïti.",
        expect![[r#"
        AGREE Occurred: ministre péruvien de la Défense > soldats + Haïti | 2024-05-03
        REJECT Occurred: Pérou > Haïti | 2024-05-03 | by ministre péruvien de la Défense"#]],
    );
}

#[test]
fn what_is_welcomed_is_the_last_thing_told() {
    check(
        "Le Chili a libéré lundi deux pêcheurs. Le ministre péruvien des Affaires étrangères a salué ce geste.",
        expect![[r#"
        RETREAT Occurred: Chili > deux pêcheurs | 2024-05-13
        SUPPORT Occurred: ministre péruvien des Affaires étrangères > Chili"#]],
    );
}

#[test]
fn nothing_happens_in_the_country_of_an_office() {
    check(
        "Le roi de Bahreïn a reçu un appel téléphonique du président de la Finlande.",
        expect!["CONSULT Occurred: roi de Bahreïn > président de la Finlande"],
    );
}

#[test]
fn sources_are_told() {
    check(
        "Selon l'agence Tass, la Russie a expulsé deux diplomates de Lettonie.",
        expect!["SANCTION Occurred: Russie > deux diplomates de Lettonie | by agence Tass"],
    );
    check(
        "Le Qatar a reçu une délégation talibane, ont indiqué deux diplomates.",
        expect!["CONSULT Occurred: délégation talibane > Qatar | at Qatar | by deux diplomates"],
    );
}

#[test]
fn status_follows_mood_and_doubt() {
    check("La Turquie aurait livré des drones à l'Éthiopie.", expect!["AID Alleged: Turquie > Éthiopie"]);
    check("Si la Chine attaque Taïwan, les États-Unis puniront Pékin.", expect!["ASSAULT Hypothetical: Chine > Taïwan | at Taïwan"]);
    check("Le Premier ministre hongrois n'a pas rencontré le président ukrainien.", expect![[""]]);
    check("Le roi de Jordanie doit se rendre au Caire lundi.", expect!["CONSULT Planned: roi de Jordanie > Caire | 2024-05-20 | at Caire"]);
}

#[test]
fn what_is_cancelled_did_not_happen() {
    check("Le président polonais a annulé sa visite en Slovaquie.", expect!["REJECT Occurred: président polonais > Slovaquie"]);
}

#[test]
fn economy_and_weather_are_no_events() {
    check("La Bourse de Paris a reculé de 2 % mardi, et la pluie a frappé le nord du pays.", expect![[""]]);
}

#[test]
fn statements_have_speakers() {
    let told = |text: &str| {
        code(text)
            .1
            .iter()
            .map(|statement| {
                let speaker = statement.speaker.as_ref().map_or("nobody", |speaker| speaker.text.as_str());
                format!("{speaker} {:?} {:?}: {}", statement.kind, statement.claim, statement.content.text)
            })
            .collect::<Vec<_>>()
            .join("\n")
    };
    let check = |text: &str, expected: Expect| expected.assert_eq(&told(text));
    check(
        "Le ministre omanais a déclaré que son pays ne prendrait aucune part au conflit.",
        expect!["ministre omanais Indirect Position: son pays ne prendrait aucune part au conflit"],
    );
    // A future of need pledges nothing.
    check(
        "« Nous devrons vérifier ce rapport », a affirmé le président serbe.",
        expect!["président serbe Direct Position: Nous devrons vérifier ce rapport"],
    );
    check(
        "« Nous ne céderons jamais devant ces menaces », a affirmé le président serbe.",
        expect!["président serbe Direct Commitment: Nous ne céderons jamais devant ces menaces"],
    );
    check(
        "Selon le Kremlin, la rencontre portera sur le commerce du blé.",
        expect!["Kremlin Indirect Position: la rencontre portera sur le commerce du blé"],
    );
}
