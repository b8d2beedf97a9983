//! Texts and what they must give: extents, values, bounds, datings, and properties over all dates and random strings.

mod english;

use crate::OfficeClaim;
use crate::examples::plain_doc;
use crate::{Outlook, Recogniser, Temporal, check_examples, when};
use depeche_nlp::{Annotation, Doc, TokenAnnotation};
use depeche_packs::PackFiles;
use depeche_record::{Block, BlockKind, CharSpan, Date, DatingMethod, Dispatch, Published};
use expect_test::{Expect, expect};
use std::sync::LazyLock;

mod properties;

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
    check(
        &FRENCH,
        "2024-05-15",
        "Le 30 février 2024, le 99/99/9999, le 5 mai 99999, le 5 mai 0. Le 32 mai 2024, le 31 Dey 1397, le 31 moharram.",
        expect![[r#"
        Le 30 février 2024 = null [.. ..] none
        le 99/99/9999 = null [.. ..] none
        le 5 mai 99999 = null [.. ..] none
        le 5 mai 0 = null [.. ..] none
        Le 32 mai 2024 = null [.. ..] none
        le 31 Dey 1397 = null [.. ..] none
        le 31 moharram = null [.. ..] none
    "#]],
    );
    check(
        &ENGLISH,
        "2024-05-15",
        "On February 30, on February 29, 2023, on May 5, 99999, on 2026-13-45.",
        expect![[r#"
        February 30 = null [.. ..] none
        February 29, 2023 = null [.. ..] none
        May 5, 99999 = null [.. ..] none
        2026-13-45 = null [.. ..] none
    "#]],
    );
    let doc = plain_doc("Le 31 février, puis le 5 mai, puis 2026-13-45.");
    assert_eq!(FRENCH.resolve(&FRENCH.recognise(&doc), &published("2024-05-15"), &doc).impossible, [0, 2]);
}

#[test]
fn a_number_after_a_date_need_not_be_its_year() {
    let text = "Le 5 mai 15000 manifestants sont venus.";
    assert_eq!(values(&FRENCH, text), vec![Some("2024-05-05".to_owned())]);
}

#[test]
fn holidays_look_where_the_verb_looks() {
    check(
        &FRENCH,
        "2024-05-15",
        "Il viendra la veille de Noël, comme le dernier ramadan et le ramadan 1440.",
        expect![[r#"
        la veille de Noël = 2024-12-24 [2024-12-24 2024-12-24] published when 2024-12-24
        le dernier ramadan = null [2024-03-11 2024-04-09] published when 2024-03-11/2024-04-09
        le ramadan 1440 = null [2019-05-06 2019-06-03] none when 2019-05-06/2019-06-03
    "#]],
    );
    let of = |text| report(&FRENCH, &plain_doc(text), "2024-05-15");
    assert!(of("Il est venu la veille de Noël").starts_with("la veille de Noël = 2023-12-24"));
    assert!(of("Il viendra la veille de Noël").starts_with("la veille de Noël = 2024-12-24"));
}

#[test]
fn dates_of_other_calendars() {
    check(
        &FRENCH,
        "2019-01-20",
        "Signé le 26 Dey 1397 (16 janvier 2019), rendu public en Dey 1397 puis l'an 1398 de l'hégire solaire, le mercredi 26 Dey.",
        expect![[r#"
        le 26 Dey 1397 = 2019-01-16 [2019-01-16 2019-01-16] none when 2019-01-16
        16 janvier 2019 = 2019-01-16 [2019-01-16 2019-01-16] none when 2019-01-16
        Dey 1397 = null [2018-12-22 2019-01-20] none when 2018-12-22/2019-01-20
        l'an 1398 de l'hégire solaire = null [2019-03-21 2020-03-19] none when 2019-03-21/2020-03-19
        le mercredi 26 Dey = 2019-01-16 [2019-01-16 2019-01-16] published when 2019-01-16
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
        "Le groupe des 5+1 et l'alliance des 4+2",
        "Le vol AF 2019 et le Boeing 737",
        "Un Airbus A320, un Su-24, un Mirage 2000",
        "La résolution 2231 du Conseil de sécurité",
        "L'article 5 du traité et l'article 1949 du code",
        "Le dossier n° 2021 et la page 2020",
        "Le score de 3-2 puis de 21-17",
        "Un missile S-300 et un char T-72",
        "Il habite au 12 rue du 8 mai",
        "L'agence Mehr cite M. Bahman et M. Rajab",
        "Deux tirs de mortier",
        "L'ascension du parti",
        "L'île de Pâques",
        "Un garçon de huit ans et une fille de dix ans",
        "Une population de 2500 habitants",
    ] {
        assert_eq!(report(&FRENCH, &plain_doc(text), "2024-05-15"), "", "{text}");
    }
    for text in [
        "On the agenda for the first time",
        "A 45-year-old woman, aged 45, who is 45 years old",
        "The 3+3 format and H.R. 1",
        "Page 347229279346511",
        "Flight MH370 and a Boeing 737",
        "An F-16, a Su-24 and a Mirage 2000",
        "Resolution 2231 of the Security Council",
        "Article 5 of the treaty",
        "They may march on",
        "The Mehr agency quoted Mr Bahman and Mr Rajab",
        "The Good Friday Agreement",
        "The Christmas tree",
        "A score of 21-17",
        "S-300 missiles and T-72 tanks",
    ] {
        assert_eq!(report(&ENGLISH, &plain_doc(text), "2024-05-15"), "", "{text}");
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
        looks(&FRENCH, "Le ministre s’est rendu mardi à Bakou.", Outlook::Back);
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
        looks(&ENGLISH, "The plans announced in January cost more.", Outlook::Back);
        looks(&ENGLISH, "She plans to leave in January.", Outlook::Ahead);
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
    let published = FRENCH.date_dispatch(&dispatch, &doc, &FRENCH.recognise(&doc), &[]);
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
    assert_eq!(FRENCH.date_dispatch(&dispatch, &doc, &FRENCH.recognise(&doc), &[]), dispatch.published);
}

/// The values that a text gives.
fn values(recogniser: &Recogniser, text: &str) -> Vec<Option<String>> {
    let doc = plain_doc(text);
    let resolved = recogniser.resolve(&recogniser.recognise(&doc), &published("2024-05-15"), &doc);
    resolved.timexes.into_iter().map(|timex| timex.value).collect()
}

/// What a text of which nothing says when it was written is dated to, with these stretches of office.
fn dated(text: &str, terms: &[(&str, Option<&str>)]) -> (Option<String>, Option<String>, DatingMethod) {
    let day = |text: &str| text.parse::<Date>().expect("a date");
    let claim =
        |(first, last): &(&str, Option<&str>)| OfficeClaim { days: vec![(day(first), last.map(day))], spans: vec![CharSpan::new(0, 2)] };
    let claims: Vec<OfficeClaim> = terms.iter().map(claim).collect();
    let doc = plain_doc(text);
    let published = FRENCH.date_dispatch(&Dispatch::default(), &doc, &FRENCH.recognise(&doc), &claims);
    (published.earliest.map(|day| day.to_string()), published.latest.map(|day| day.to_string()), published.method)
}

#[test]
fn those_in_office_bound_the_day_of_publication() {
    let expected = |first: &str, last: Option<&str>, method| (Some(first.to_owned()), last.map(str::to_owned), method);
    let text = "Elle a reçu le 3 juin la délégation.";
    let (long, short, open) = (("2010-05-01", Some("2016-04-30")), ("2015-02-10", Some("2015-11-30")), ("2014-01-01", None));
    assert_eq!(dated(text, &[]), (None, None, DatingMethod::None));
    assert_eq!(dated(text, &[long, short, open]), expected("2015-06-03", Some("2015-06-10"), DatingMethod::Offices));
    // Of several years nothing picks one.
    assert_eq!(dated(text, &[long]), expected("2010-05-01", Some("2016-04-30"), DatingMethod::Offices));
    assert_eq!(dated(text, &[open]), expected("2014-01-01", None, DatingMethod::Offices));
    // One mistaken claim does not undo two that agree.
    assert_eq!(
        dated(text, &[("1990-01-01", Some("1991-01-01")), short, open]),
        expected("2015-06-03", Some("2015-06-10"), DatingMethod::Offices)
    );
    // What the text tells in full is stronger.
    let full = "Elle a reçu le 3 juin 2019 la délégation.";
    assert_eq!(dated(full, &[short]), expected("2019-06-04", None, DatingMethod::Text));
}

#[test]
fn full_dates_with_a_weekday_or_told_as_of_this_day_are_recent() {
    let text = |text| {
        let (first, last, _) = dated(text, &[]);
        (first.expect("a floor"), last.expect("a ceiling"))
    };
    assert_eq!(text("Elle a reçu le lundi 3 juin 2019 la délégation."), ("2019-06-03".to_owned(), "2019-06-10".to_owned()));
    assert_eq!(text("Elle a reçu ce 3 juin 2019 la délégation."), ("2019-06-03".to_owned(), "2019-06-05".to_owned()));
}
