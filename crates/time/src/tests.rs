//! Texts and what they must give: extents, values, bounds, datings, and properties over all dates and random strings.

mod english;

use crate::examples::plain_doc;
use crate::{Outlook, Recogniser, Temporal, check_examples, when};
use depeche_nlp::{Annotation, Doc, TokenAnnotation};
use depeche_packs::PackFiles;
use depeche_record::{Block, BlockKind, CharSpan, Date, DatingMethod, Dispatch, Published};
use expect_test::{Expect, expect};
use proptest::prelude::*;
use std::sync::LazyLock;

static FRENCH: LazyLock<Recogniser> = LazyLock::new(|| recogniser("fr"));
static ENGLISH: LazyLock<Recogniser> = LazyLock::new(|| recogniser("en"));

fn recogniser(language: &str) -> Recogniser {
    let temporal = Temporal::load(&PackFiles::built_in(), language).expect("the pack is read");
    Recogniser::new(&temporal).expect("the patterns are read")
}

fn published(interval: &str) -> Published {
    let mut ends = interval.split('/').filter_map(|day| day.parse::<Date>().ok());
    let earliest = ends.next();
    let latest = ends.next().or(earliest);
    Published { earliest, latest, method: DatingMethod::Stated, ..Published::default() }
}

/// What a document gives, a line each: text, value, days, anchor, and what it says of its event's time.
fn report(recogniser: &Recogniser, doc: &Doc, interval: &str) -> String {
    let resolved = recogniser.resolve(&recogniser.recognise(doc), &published(interval), doc);
    let mut lines = String::new();
    for (timex, bound) in resolved.timexes.iter().zip(&resolved.bounds) {
        let day = |day: Option<Date>| day.map_or_else(|| "..".to_owned(), |day| day.to_string());
        let event = when(*bound, timex).map_or_else(String::new, |when| format!(" when {}", when.value));
        lines.push_str(&format!(
            "{} = {} [{} {}] {}{event}\n",
            timex.text,
            timex.value.as_deref().unwrap_or("null"),
            day(timex.earliest),
            day(timex.latest),
            timex.anchor
        ));
    }
    lines
}

fn check(recogniser: &Recogniser, interval: &str, text: &str, expected: Expect) {
    expected.assert_eq(&report(recogniser, &plain_doc(text), interval));
}

#[test]
fn the_examples_of_the_packs_hold() {
    for language in ["fr", "en"] {
        let temporal = Temporal::load(&PackFiles::built_in(), language).expect("the pack is read");
        let failures = check_examples(&temporal).expect("the patterns are read");
        let told: Vec<String> = failures.iter().map(ToString::to_string).collect();
        assert!(told.is_empty(), "{}", told.join("\n"));
    }
}

#[test]
fn prepositions_open_intervals() {
    check(
        &FRENCH,
        "2024-05-15",
        "Il y travaille depuis le mois d’août 2016.",
        expect![[r#"
        le mois d’août 2016 = 2016-08 [2016-08-01 2016-08-31] none when 2016-08/..
    "#]],
    );
    check(
        &FRENCH,
        "2024-05-15",
        "Réuni du 3 au 6 mai, puis avant le 12 mai et jusqu'en 2026.",
        expect![[r#"
        3 = 2024-05-03 [2024-05-03 2024-05-03] published when 2024-05-03/..
        6 mai = 2024-05-06 [2024-05-06 2024-05-06] published when ../2024-05-06
        le 12 mai = 2024-05-12 [2024-05-12 2024-05-12] published when ../2024-05-11
        2026 = 2026 [2026-01-01 2026-12-31] none when ../2026
    "#]],
    );
    check(
        &ENGLISH,
        "2024-05-15",
        "Open since March 2019 and until 2026.",
        expect![[r#"
        March 2019 = 2019-03 [2019-03-01 2019-03-31] none when 2019-03/..
        2026 = 2026 [2026-01-01 2026-12-31] none when ../2026
    "#]],
    );
}

#[test]
fn an_interval_of_publication_gives_what_all_its_days_agree_on() {
    check(
        &FRENCH,
        "2024-05-15/2024-05-18",
        "Le mois dernier, puis hier, ce mercredi 15 mai.",
        expect![[r#"
        Le mois dernier = 2024-04 [2024-04-01 2024-04-30] published when 2024-04
        hier = null [2024-05-14 2024-05-17] published when 2024-05-14/2024-05-17
        ce mercredi 15 mai = 2024-05-15 [2024-05-15 2024-05-15] published when 2024-05-15
    "#]],
    );
    check(
        &FRENCH,
        "",
        "Le 4 mai, puis la veille, en 2019.",
        expect![[r#"
        Le 4 mai = XXXX-05-04 [.. ..] none when XXXX-05-04
        la veille = null [.. ..] none
        2019 = 2019 [2019-01-01 2019-12-31] none when 2019
    "#]],
    );
}

#[test]
fn the_narrative_counts_from_the_last_day_told() {
    let text = "Le 28 février 2020, il arrive. Le lendemain, il repart à 18h30. Trois ans plus tard, le même jour, il revient.";
    check(
        &FRENCH,
        "2024-05-15",
        text,
        expect![[r#"
        Le 28 février 2020 = 2020-02-28 [2020-02-28 2020-02-28] none when 2020-02-28
        Le lendemain = 2020-02-29 [2020-02-29 2020-02-29] t1 when 2020-02-29
        18h30 = 2020-02-29T18:30 [2020-02-29 2020-02-29] t2 when 2020-02-29T18:30
        Trois ans = P3Y [.. ..] none
        le même jour = 2020-02-29 [2020-02-29 2020-02-29] t2 when 2020-02-29
    "#]],
    );
}

#[test]
fn what_is_no_date_keeps_its_text() {
    check(
        &FRENCH,
        "2024-05-15",
        "Le 31 février 2024, le 30/02/2024, 2026-13-45 et 0000-00-00.",
        expect![[r#"
        Le 31 février 2024 = null [.. ..] none
        le 30/02/2024 = null [.. ..] none
        2026-13-45 = null [.. ..] none
        0000-00-00 = null [.. ..] none
    "#]],
    );
}

#[test]
fn what_is_no_time_is_not_tagged() {
    for text in [
        "Inscrit à l'ordre du jour pour la première fois",
        "Une femme de 45 ans a été élue",
        "Le format 3+3 et la page 347229279346511",
        "Le robot est sur Mars",
        "La loi H.R. 1",
    ] {
        assert_eq!(report(&FRENCH, &plain_doc(text), "2024-05-15"), "", "{text}");
    }
}

/// Which way the verb of a text's first expression looks.
#[track_caller]
fn looks(recogniser: &Recogniser, text: &str, expected: Outlook) {
    let expressions = recogniser.recognise(&plain_doc(text));
    assert_eq!(expressions.first().map(|expression| expression.outlook), Some(expected), "{text}");
}

#[test]
fn french_forms_say_which_way() {
    for text in [
        "Le roi a longuement visité mardi la caserne",
        "Mardi, les deux reines se sont écrit",
        "Un pont fermé mardi par la crue",
        "Elle n'était pas sortie en mars",
        "Ils arrivèrent mardi sans bagages",
        "Le bateau, parti mardi de Gênes, coulera bientôt",
        "Elle est venue mardi, qui pleurera ?",
    ] {
        looks(&FRENCH, text, Outlook::Back);
    }
    for text in [
        "Le roi visitera mardi la caserne",
        "Le bal, prévu mardi, a été payé",
        "Les joueurs vont se retrouver mardi",
        "Elle dit qu'il mangerait mardi",
        "La reine devait choisir mardi",
        "Mardi, la reine devra choisir",
        "Le train, que des grévistes ont bloqué, partira mardi",
    ] {
        looks(&FRENCH, text, Outlook::Ahead);
    }
    looks(&FRENCH, "Le musée est ouvert mardi", Outlook::Present);
    looks(&FRENCH, "La ville compte mille âmes depuis mardi", Outlook::Present);
    looks(&FRENCH, "Le portrait du souhait, mardi", Outlook::Unknown);
}

#[test]
fn english_forms_say_which_way() {
    for text in [
        "The queen visited the barracks on Tuesday",
        "On Tuesday, the two kings had not yet eaten",
        "A bridge closed Tuesday by floods",
        "The ship, which left Tuesday, will sink soon",
    ] {
        looks(&ENGLISH, text, Outlook::Back);
    }
    for text in [
        "The queen will have visited it by Tuesday",
        "The players aren't tired and are going to meet Tuesday",
        "The ball is scheduled for Tuesday",
        "It won't rain on Tuesday",
        "He said that it would open Tuesday",
    ] {
        looks(&ENGLISH, text, Outlook::Ahead);
    }
    looks(&ENGLISH, "The museum opens Tuesday", Outlook::Present);
    looks(&ENGLISH, "He could read Tuesday", Outlook::Unknown);
}

#[test]
fn the_verb_decides_between_behind_and_ahead() {
    let on = |text: &str| values(&FRENCH, text).into_iter().flatten().next().unwrap_or_default();
    assert_eq!(on("Il est rentré vendredi"), "2024-05-10");
    assert_eq!(on("Il rentrera vendredi"), "2024-05-17");
    assert_eq!(on("Il est rentré en septembre"), "2023-09");
    assert_eq!(on("Il rentrera en septembre"), "2024-09");
}

#[test]
fn a_participle_is_no_season_and_a_paper_no_time() {
    for text in ["Le pont a également été peint", "Ils n'auraient pas été vus", "Le roi a passé la porte", "L'hebdomadaire ferme"] {
        assert_eq!(report(&FRENCH, &plain_doc(text), "2024-05-15"), "", "{text}");
    }
    assert_eq!(values(&FRENCH, "En été, ils mangent dehors").len(), 1);
    assert_eq!(values(&ENGLISH, "The second quarter of 2020 was wet"), [Some("2020-Q2".to_owned())]);
}

fn date(text: &str, blocks: &[(BlockKind, &str)], expected: Expect) {
    let spans = |kind: BlockKind, part: &str| {
        let byte = text.find(part).expect("the block is in the text");
        let start = text[..byte].chars().count();
        Block { kind, span: CharSpan::new(start, start + part.chars().count()) }
    };
    let blocks = blocks.iter().map(|&(kind, part)| spans(kind, part)).collect();
    let dispatch = Dispatch { text: text.to_owned(), blocks, ..Dispatch::default() };
    let doc = plain_doc(text);
    let published = FRENCH.date_dispatch(&dispatch, &doc, &FRENCH.recognise(&doc));
    let day = |day: Option<Date>| day.map_or_else(|| "..".to_owned(), |day| day.to_string());
    let evidence: Vec<String> = published.evidence.iter().map(|span| text.chars().skip(span.start).take(span.len()).collect()).collect();
    let found = format!("{:?} {}/{} {evidence:?}", published.method, day(published.earliest), day(published.latest));
    expected.assert_eq(&found);
}

#[test]
fn a_dispatch_is_dated_by_what_stands_in_it() {
    date("Titre\nLe 3 mai 2024\nIl a signé.", &[], expect![[r#"Dateline 2024-05-03/2024-05-03 ["Le 3 mai 2024"]"#]]);
    date(
        "Reçu ce jeudi 14 mars à Tunis.\nPhoto prise le 14 mars 2024.",
        &[(BlockKind::Caption, "Photo prise le 14 mars 2024.")],
        expect![[r#"Text 2024-03-14/2024-03-16 ["ce jeudi 14 mars", "le 14 mars 2024"]"#]],
    );
    date("Il pleut sur la ville.", &[], expect!["None ../.. []"]);
    date("Le 6 août, il a reçu le ministre.", &[], expect!["None ../.. []"]);
}

#[test]
fn what_is_stated_stays() {
    let dispatch = Dispatch { published: published("2020-01-02"), ..Dispatch::default() };
    let doc = plain_doc("Titre\nLe 3 mai 2024\n");
    assert_eq!(FRENCH.date_dispatch(&dispatch, &doc, &FRENCH.recognise(&doc)), dispatch.published);
}

const FRENCH_MONTHS: [&str; 12] =
    ["janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"];
const ENGLISH_MONTHS: [&str; 12] =
    ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

/// The values that a text gives.
fn values(recogniser: &Recogniser, text: &str) -> Vec<Option<String>> {
    let doc = plain_doc(text);
    let resolved = recogniser.resolve(&recogniser.recognise(&doc), &published("2024-05-15"), &doc);
    resolved.timexes.into_iter().map(|timex| timex.value).collect()
}

#[test]
fn every_date_of_two_centuries_round_trips() {
    let mut day: Date = "1900-01-01".parse().expect("a date");
    let last: Date = "2100-12-31".parse().expect("a date");
    let mut turn = 0;
    while day <= last {
        let (year, month, number) = (day.year(), day.month(), day.day());
        let index = usize::from(month.unsigned_abs()) - 1;
        // The forms take turns.
        let (recogniser, text) = match turn % 8 {
            0 => (&*FRENCH, format!("{day}")),
            1 => (&*FRENCH, format!("{number:02}/{month:02}/{year}")),
            2 => (&*FRENCH, format!("{number}.{month}.{year}")),
            3 | 4 => (&*FRENCH, format!("le {number} {} {year}", FRENCH_MONTHS[index])),
            5 => (&*ENGLISH, format!("{month}/{number}/{year}")),
            6 => (&*ENGLISH, format!("{} {number}, {year}", ENGLISH_MONTHS[index])),
            _ => (&*ENGLISH, format!("{number} {} {year}", ENGLISH_MONTHS[index])),
        };
        assert_eq!(values(recogniser, &text), vec![Some(day.to_string())], "{text}");
        day = day.tomorrow().expect("inside the calendar");
        turn += 1;
    }
}

proptest! {
    #[test]
    fn no_text_is_too_odd(text in ".{0,80}", interval in "(|2024-05-15|0001-01-01|9999-12-31|2020-01-01/2025-12-31)") {
        let doc = plain_doc(&text);
        for recogniser in [&*FRENCH, &*ENGLISH] {
            let expressions = recogniser.recognise(&doc);
            for pair in expressions.windows(2) {
                prop_assert!(pair[0].span.end <= pair[1].span.start);
            }
            recogniser.resolve(&expressions, &published(&interval), &doc);
            recogniser.date_dispatch(&Dispatch::default(), &doc, &expressions);
        }
    }

    #[test]
    fn times_are_the_same_however_the_text_is_cut(
        words in proptest::collection::vec(
            proptest::sample::select(vec![
                "Le", "bal", "a", "été", "payé.", "M.", "En", "mars", "lundi", "18h30", "après-midi", "d’août", "2024,", "\n", "\n\n", "partira",
                "aujourd'hui", "qui", "\u{200b}", "(3", "mai)", "!", "«", "»", "hier\u{ad}",
            ]),
            0..24,
        ),
        cuts in proptest::collection::vec(1..5_usize, 40),
    ) {
        let text = words.join(" ");
        let letters: Vec<char> = text.chars().collect();
        let mut tokens = Vec::new();
        let mut start = 0;
        for length in cuts.iter().cycle() {
            if start >= letters.len() {
                break;
            }
            let end = letters.len().min(start + length);
            if !letters[start..end].iter().all(|letter| letter.is_whitespace()) {
                tokens.push(TokenAnnotation { start, end, ..TokenAnnotation::default() });
            }
            start = end;
        }
        // What is before the first token or after the last is not read.
        let read = |span: CharSpan| tokens.first().is_some_and(|token| token.start <= span.start) && tokens.last().is_some_and(|token| token.end >= span.end);
        let other = Doc::from_annotation(&text, &Annotation { tokens: tokens.clone(), ents: Vec::new() });
        let facts = |doc: &Doc| -> Vec<_> {
            let expressions = FRENCH.recognise(doc);
            expressions.into_iter().map(|expression| (expression.span, expression.outlook, expression.sentence)).filter(|(span, ..)| read(*span)).collect()
        };
        prop_assert_eq!(facts(&plain_doc(&text)), facts(&other));
        prop_assert_eq!(FRENCH.sentences(&plain_doc(&text)).len(), FRENCH.sentences(&other).len());
    }

    #[test]
    fn no_heap_of_temporal_words_is_too_odd(
        words in proptest::collection::vec(
            proptest::sample::select(vec![
                "le", "31", "99999", "0", "février", "dernier", "il y a", "deux", "mille", "ans", "dans", "siècle", "fin", "de", "l'", "été",
                "2024", "lundi", "à", "24 h", "59", "la veille", "prochain", "depuis", "du", "au", "et", "-", "années", "60", "9999", "(", ")",
            ]),
            0..24,
        ),
        interval in "(|2024-05-15|0001-01-01|9999-12-31|2020-01-01/2025-12-31)",
    ) {
        let doc = plain_doc(&words.join(" "));
        let expressions = FRENCH.recognise(&doc);
        FRENCH.resolve(&expressions, &published(&interval), &doc);
        FRENCH.date_dispatch(&Dispatch::default(), &doc, &expressions);
    }
}
