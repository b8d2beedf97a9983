//! Each construction that carries a predicate's arguments, read off the model's parse: who does it, to whom, when and whether.

use depeche_nlp::{Pipeline, model_path};
use depeche_packs::{PackFiles, Syntax};
use depeche_predicates::{Clauses, Grammar, Graph, Role, predicate};
use expect_test::{Expect, expect};
use std::sync::LazyLock;

struct Language {
    pipeline: Pipeline,
    grammar: Grammar,
}

fn language(name: &str) -> Language {
    let path = model_path(name);
    let pipeline = Pipeline::open(&path).unwrap_or_else(|error| panic!("{error}: obtain the models with `cargo xtask models`"));
    let syntax = Syntax::load(&PackFiles::built_in(), name).expect("the built-in syntax loads");
    Language { pipeline, grammar: Grammar::new(&syntax) }
}

static FRENCH: LazyLock<Language> = LazyLock::new(|| language("fr"));
static ENGLISH: LazyLock<Language> = LazyLock::new(|| language("en"));

/// What `word` says in `text`: its arguments, then tense, mood and polarity of its clause.
fn read(language: &Language, text: &str, word: &str) -> String {
    let doc = language.pipeline.annotate(text);
    let graph = Graph::new(&doc, &language.grammar);
    let clauses = Clauses::new(&graph, &language.grammar);
    let token = doc.tokens().find(|token| token.text() == word).expect("the word is in the text").index();
    let found = predicate(&graph, &clauses, &language.grammar, token);
    let mut lines: Vec<String> = found
        .arguments
        .iter()
        .filter(|argument| !argument.loose)
        .filter(|argument| !matches!(argument.role, Role::Content | Role::Complement | Role::Adverbial))
        .map(|argument| {
            let members: Vec<&str> = graph.coordinated(argument.token).into_iter().map(|member| doc.token(member).text()).collect();
            let preposition = argument.preposition.as_deref().map(|word| format!("{word} ")).unwrap_or_default();
            format!("{:?}: {preposition}{}", argument.role, members.join(" + "))
        })
        .collect();
    lines.sort();
    if let Some(clause) = found.clause.filter(|_| found.stated).map(|at| &clauses.all[at]) {
        let mut form = format!("{:?} {:?}", clause.mood, clause.tense);
        for (holds, name) in [(clause.negated, "negated"), (clause.possible, "possible"), (clause.conditional, "conditional")] {
            if holds {
                form = format!("{form} {name}");
            }
        }
        lines.push(form);
    }
    lines.join("\n")
}

fn french(text: &str, word: &str, expected: Expect) {
    expected.assert_eq(&read(&FRENCH, text, word));
}

fn english(text: &str, word: &str, expected: Expect) {
    expected.assert_eq(&read(&ENGLISH, text, word));
}

#[test]
fn active_and_passive_have_the_same_sides() {
    french(
        "La Suède a condamné la Hongrie.",
        "condamné",
        expect![[r#"
        Object: Hongrie
        Subject: Suède
        Indicative Past"#]],
    );
    french(
        "La Hongrie a été condamnée par la Suède.",
        "condamnée",
        expect![[r#"
        Object: Hongrie
        Subject: par Suède
        Indicative Past"#]],
    );
    english(
        "Sweden condemned Hungary.",
        "condemned",
        expect![[r#"
        Object: Hungary
        Subject: Sweden
        Indicative Past"#]],
    );
    english(
        "Hungary was condemned by Sweden.",
        "condemned",
        expect![[r#"
        Object: Hungary
        Subject: by Sweden
        Indicative Past"#]],
    );
}

#[test]
fn a_relative_clause_finds_its_noun() {
    french(
        "Le ministre, qui a rencontré le pape, reste à Rome.",
        "rencontré",
        expect![[r#"
        Object: pape
        Subject: ministre
        Indicative Past"#]],
    );
    english(
        "The minister who met the pope stays in Rome.",
        "met",
        expect![[r#"
        Object: pope
        Subject: minister
        Indicative Past"#]],
    );
}

#[test]
fn coordination_and_control_share_the_subject() {
    french(
        "La Chine a signé le traité et livré des avions.",
        "livré",
        expect![[r#"
        Object: avions
        Oblique: de avions
        Subject: Chine
        Participle Past"#]],
    );
    french(
        "Le Japon a promis d'aider le Népal.",
        "aider",
        expect![[r#"
        Object: Népal
        Subject: Japon
        Infinitive None"#]],
    );
    french(
        "Le Japon a demandé au Népal de fermer la frontière.",
        "fermer",
        expect![[r#"
        Object: frontière
        Subject: Népal
        Infinitive None"#]],
    );
    english(
        "Japan asked Nepal to close the border.",
        "close",
        expect![[r#"
        Object: border
        Subject: Nepal
        Infinitive None"#]],
    );
}

#[test]
fn a_participle_that_opens_a_sentence_has_its_subject() {
    french(
        "Arrivé à Tunis, le président a salué le roi.",
        "Arrivé",
        expect![[r#"
        Oblique: à Tunis
        Subject: président
        Participle Past"#]],
    );
}

#[test]
fn light_verbs_lend_their_arguments_to_the_noun() {
    french(
        "Le roi effectuera une visite au Portugal.",
        "visite",
        expect![[r#"
        Oblique: à Portugal
        Subject: roi
        Indicative Future"#]],
    );
    french(
        "Une réunion s'est tenue à Genève.",
        "réunion",
        expect![[r#"
        Oblique: à Genève
        Indicative Past"#]],
    );
    french(
        "Les menaces proférées par le Rwanda contre le Burundi inquiètent.",
        "menaces",
        expect![[r#"
        Oblique: contre Burundi
        Subject: par Rwanda"#]],
    );
    english(
        "The king paid a visit to Portugal.",
        "visit",
        expect![[r#"
        Oblique: to Portugal
        Subject: king
        Indicative Past"#]],
    );
}

#[test]
fn nouns_have_possessors_and_doers() {
    french("La visite du ministre en Grèce a duré deux jours.", "visite", expect!["Possessor: de ministre"]);
    english(
        "The minister's visit to Greece lasted two days.",
        "visit",
        expect![[r#"
            Oblique: to Greece
            Possessor: minister
            Indicative Past"#]],
    );
    english(
        "Norway-Iceland talks began on Monday.",
        "talks",
        expect![[r#"
        Modifier: Iceland
        Modifier: Norway
        Oblique: on Monday
        Indicative Past"#]],
    );
    english(
        "A Kenya-led mission began on Monday.",
        "mission",
        expect![[r#"
        Modifier: Kenya
        Modifier: led
        Oblique: on Monday
        Indicative Past"#]],
    );
}

#[test]
fn tense_mood_and_polarity_are_those_of_the_group() {
    french(
        "Le ministre aurait rencontré le roi.",
        "rencontré",
        expect![[r#"
        Object: roi
        Subject: ministre
        Conditional Past"#]],
    );
    french(
        "Le ministre va rencontrer le roi.",
        "rencontrer",
        expect![[r#"
            Object: roi
            Subject: ministre
            Indicative Future"#]],
    );
    french(
        "Le ministre n'a pas rencontré le roi.",
        "rencontré",
        expect![[r#"
        Object: roi
        Subject: ministre
        Indicative Past negated"#]],
    );
    french(
        "Le ministre n'a effectué qu'une visite.",
        "effectué",
        expect![[r#"
        Object: visite
        Subject: ministre
        Indicative Past"#]],
    );
    english(
        "The minister will not meet the king.",
        "meet",
        expect![[r#"
            Object: king
            Subject: minister
            Indicative Future negated"#]],
    );
    english(
        "The minister may meet the king.",
        "meet",
        expect![[r#"
        Object: king
        Subject: minister
        Infinitive None possible"#]],
    );
    english(
        "Chad accuses Sudan of supporting the rebels.",
        "supporting",
        expect![[r#"
        Object: rebels
        Subject: Sudan
        Participle Present"#]],
    );
}

#[test]
fn some_verbs_take_the_passive_auxiliary_for_their_perfect() {
    french(
        "Un général malien est arrivé mardi à Alger.",
        "arrivé",
        expect![[r#"
        Oblique: mardi
        Oblique: à Alger
        Subject: général
        Indicative Past"#]],
    );
    french(
        "Arrivé dimanche à Tunis, le ministre croate a parlé de pêche.",
        "Arrivé",
        expect![[r#"
        Object: dimanche
        Oblique: à Tunis
        Subject: ministre
        Participle Past"#]],
    );
    french(
        "La France a officiellement restitué au Bénin vingt-six trésors.",
        "restitué",
        expect![[r#"
        Oblique: trésors
        Oblique: à Bénin
        Subject: France
        Indicative Past"#]],
    );
}

#[test]
fn whoever_undergoes_it_stands_before_or_above() {
    french(
        "Séoul s'est vu refuser par Pékin l'accès à ses eaux.",
        "refuser",
        expect![[r#"
        IndirectObject: Séoul
        Object: accès
        Subject: par Pékin
        Infinitive None"#]],
    );
    french(
        "Invitée par le gouvernement grec, la ministre est attendue à Oslo.",
        "Invitée",
        expect![[r#"
        Object: ministre
        Subject: par gouvernement
        Participle Past"#]],
    );
    french(
        "Le ministre a évoqué l'accord signé par la Croatie.",
        "signé",
        expect![[r#"
        Object: accord
        Subject: par Croatie
        Participle Past"#]],
    );
    french(
        "Le Mali a été la cible d'une attaque russe.",
        "attaque",
        expect![[r#"
        Modifier: russe
        Object: Mali
        Indicative Present"#]],
    );
    french(
        "L'armée malienne a essuyé des tirs.",
        "tirs",
        expect![[r#"
        Object: armée
        Indicative Past"#]],
    );
}

#[test]
fn what_the_parse_hangs_elsewhere_is_found() {
    french(
        "Moscou expulse deux diplomates norvégiens.",
        "expulse",
        expect![[r#"
        Object: diplomates
        Subject: Moscou
        Indicative Present"#]],
    );
    french(
        "Dans un communiqué conjoint, Berlin et Londres ont sommé Téhéran de coopérer.",
        "sommé",
        expect![[r#"
        Object: Téhéran
        Subject: Berlin + Londres
        Indicative Past"#]],
    );
    french(
        "Le chef de la diplomatie malienne a rencontré en marge de l'Assemblée générale son homologue algérien.",
        "rencontré",
        expect![[r#"
            Object: homologue
            Oblique: en marge de Assemblée
            Subject: chef
            Indicative Past"#]],
    );
    french(
        "Le ministre chypriote des Transports, Nikos Petrou, recevra mardi son homologue maltais.",
        "recevra",
        expect![[r#"
        Object: homologue
        Oblique: mardi
        Subject: ministre + Nikos
        Indicative Future"#]],
    );
    french(
        "Le ministre montra jeudi une carte.",
        "montra",
        expect![[r#"
            Object: carte
            Object: jeudi
            Subject: ministre
            Indicative Past"#]],
    );
    french(
        "Recevant mardi à Turku le conseiller du roi de Norvège, le ministre finlandais a salué un ami.",
        "Recevant",
        expect![[r#"
        Object: conseiller
        Object: mardi
        Oblique: à Turku
        Subject: ministre
        Participle Present"#]],
    );
    french(
        "Recevant mardi à Turku Jens Holm, conseiller du roi de Norvège, le ministre finlandais a salué un ami.",
        "salué",
        expect![[r#"
            Object: ami
            Subject: ministre
            Indicative Past"#]],
    );
    french(
        "Le ministre finlandais a reçu, jeudi, à Turku, son homologue letton.",
        "reçu",
        expect![[r#"
        Object: homologue
        Oblique: jeudi
        Oblique: à Turku + homologue
        Subject: ministre
        Indicative Past"#]],
    );
    french(
        "L'Équateur a rappelé, lundi 4 mars, son ambassadeur au Mexique.",
        "rappelé",
        expect![[r#"
        Object: ambassadeur
        Oblique: lundi
        Subject: Équateur
        Indicative Past"#]],
    );
    french(
        "Le navire a quitté, selon les gardes-côtes, la zone économique.",
        "quitté",
        expect![[r#"
        Object: zone
        Oblique: selon gardes-côtes
        Subject: navire
        Indicative Past"#]],
    );
}

#[test]
fn a_series_is_what_it_measures() {
    french(
        "L'armée turque a mené une série de frappes sur la ville.",
        "frappes",
        expect![[r#"
        Subject: armée
        Indicative Past"#]],
    );
}
