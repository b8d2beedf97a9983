//! Pairs of names as data: which are one, which are two, and what holds for all.

use depeche_names::{Index, Kind, MAX_TOKENS, Matcher};
use depeche_packs::{NameWords, PackFiles};
use proptest::prelude::*;
use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization;

static MATCHER: LazyLock<Matcher> = LazyLock::new(|| Matcher::new(&NameWords::load(&PackFiles::built_in()).unwrap_or_default()));

fn score(one: &str, other: &str, kind: Option<Kind>) -> f64 {
    MATCHER.score(&MATCHER.name(one, kind), &MATCHER.name(other, kind))
}

/// Checks that all pairs score at least 0.5, or all below.
fn check(pairs: &[(&str, &str)], kind: Option<Kind>, same: bool) {
    let wrong: Vec<String> = pairs
        .iter()
        .filter_map(|&(one, other)| {
            let score = score(one, other, kind);
            ((score >= 0.5) != same).then(|| format!("{one} / {other}: {score:.3}"))
        })
        .collect();
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn one_person_in_many_spellings() {
    let pairs = [
        ("Farhad Baqirzadeh", "Farhad Bagherzade"),
        ("Ivana Đurić", "Ivana Djuric"),
        ("Ivana Đurić", "Ivana Đuric"),
        ("Ivana Đurić", "Ivana Djouritch"),
        ("Ivana Đurić", "Ivana Duric"),
        ("Goran Vučić", "Goran Vucic"),
        ("Goran Vučić", "Goran Vutchitch"),
        ("Goran Vučić", "Goran Voutchitch"),
        ("Ivan Dačić", "Ivan Dacic"),
        ("Ivan Dačić", "Ivan Datchitch"),
        ("Zoran Đinđić", "Zoran Djindjic"),
        ("Zoran Đinđić", "Zoran Djindjitch"),
        ("Vesna Karadžić", "Vesna Karadzic"),
        ("Vesna Karadžić", "Vesna Karadjitch"),
        ("Ante Gašić", "Ante Gasic"),
        ("Ante Gašić", "Ante Gachitch"),
        ("Marko Tuđman", "Marko Tudjman"),
        ("Marko Tuđman", "Marko Tudman"),
        ("Petar Žižek", "Petar Jijek"),
        ("Petar Jurić", "Petar Juric"),
        ("Petar Jurić", "Petar Youritch"),
        ("Zoltán Orbán", "Zoltan Orban"),
        ("Selim Erdoğan", "Selim Erdogan"),
        ("Selim Türk", "Selim Turk"),
        ("Selim Çavuşoğlu", "Selim Cavusoglu"),
        ("Selim Çavuşoğlu", "Selim Tchavouchoglou"),
        ("Selim Kılıçdaroğlu", "Selim Kilitchdaroglou"),
        ("Nguyễn Văn Đạt", "Nguyen Van Dat"),
        ("Éric Marchand", "Erik Marchand"),
        ("Choukri Ghoulam", "Shukri Ghulam"),
        ("Djamel Tchaïbi", "Jamal Chaibi"),
        ("Yuri Kozhukhov", "Iouri Kojoukhov"),
        ("Yuri Kozhukhov", "Юрий Кожухов"),
        ("Serge Choïkou", "Серж Шойку"),
        ("Farid Arasteh-Tchi", "Фарид Арастехчи"),
        ("Uladzimir Karatkevich", "Владимир Короткевич"),
        ("Mykola Hrytsenko", "Николай Гриценко"),
        ("Sabir Quliyev", "Сабир Гулиев"),
        ("Xalid Cəfərov", "Khalid Jafarov"),
        ("Mesut Çağlar", "Massoud Tchaglar"),
        ("Parviz Nowruzi", "پرویز نوروزی"),
        ("Khaled Sharqawi", "خالد الشرقاوي"),
        ("Abd al-Wahid Sarraf", "عبد الواحد صراف"),
        ("Abd al-Wahid Sarraf", "Abdelouahed Sarraf"),
        ("Yossef Ben-Shalom", "יוסף בן שלום"),
        ("Kostas Papadakis", "Κώστας Παπαδάκης"),
        ("Li Weiming", "李伟明"),
        ("Lee Jae-sung", "Jae Sung Lee"),
        ("M. Sarraf", "Karim Sarraf"),
        ("Dr. Karim Sarraf", "Karim Sarraf"),
        ("SARRAF, Karim", "Karim Sarraf"),
        ("K. Benoudjit", "Karim Benoudjit"),
        ("Viktor Pavlovich Loginov", "Viktor Loginov"),
        ("ViktorLoginov", "Viktor Loginov"),
        ("Vіktor Lоginov", "Viktor Loginov"),
        ("Гиорги Цулая", "Giorgi Tsulaia"),
        ("გიორგი წულაია", "Giorgi Tsulaia"),
        ("Nizam Tabrizi", "Nizamuddin Tabrizi"),
        ("Marat Olegovich Sukhlin", "Marat Suhlin"),
        ("Rezaqoli Farzanegan", "Farzanegan Qoli Reza"),
    ];
    check(&pairs, Some(Kind::Person), true);
}

#[test]
fn two_persons_with_much_in_common() {
    let pairs = [
        ("Karim Benoudjit", "Selma Benoudjit"),
        ("Karim Benoudjit", "Karim Lakhdari"),
        ("Ilhan Sezer", "Ilham Sezer"),
        ("Hassan Vaziri", "Hossein Vaziri"),
        ("Viktor Pavlovich Loginov", "Viktor Andreevich Loginov"),
        ("Viktor Pavlovich Loginov", "Viktor Pavlovich Samoylov"),
        ("Oleg Loginov", "Igor Loginov"),
        ("Mohammad Taheri", "Mohammad Taher Kermani"),
        ("A. Loginov", "Viktor Loginov"),
        ("", "Viktor Loginov"),
        ("…", "…"),
        ("Eric A. Wendeler", "Josh A. Wendeler"),
    ];
    check(&pairs, Some(Kind::Person), false);
}

#[test]
fn bodies_by_what_is_their_own() {
    let same = [
        ("Nordhavn Bank AG", "Nordhavn Bank Aktiengesellschaft"),
        ("OOO Severnaya Verf", "Severnaya Verf LLC"),
        ("The Halden Group, Inc.", "Halden Group Inc"),
        ("H.K.L. Trading", "HKL Trading"),
    ];
    check(&same, Some(Kind::Organisation), true);
    let different = [
        ("Nordhavn Shipping Ltd", "Sydhavn Shipping Ltd"),
        ("Ministry of Fisheries", "Ministry of Railways"),
        ("Halden Capital Fund", "Borre Capital Fund"),
    ];
    check(&different, Some(Kind::Organisation), false);
}

#[test]
fn titles_and_particles_are_set_aside() {
    let name = MATCHER.name("Dr. Karim von Sarraf", None);
    assert_eq!(name.aside().collect::<Vec<_>>(), ["Dr", "von"]);
    assert_eq!(name.tokens().len(), 2);
    assert_eq!(MATCHER.name("Nordhavn Bank", None).kind(), Kind::Organisation);
}

#[test]
fn a_reason_names_what_is_aligned_and_what_is_left() {
    let told = MATCHER.explain(&MATCHER.name("Viktor Loginov", None), &MATCHER.name("Oleg Loguinov", None));
    assert_eq!(
        told.aligned.iter().map(|aligned| (aligned.one.as_str(), aligned.other.as_str())).collect::<Vec<_>>(),
        [("Loginov", "Loguinov")]
    );
    assert_eq!(told.left, [vec!["Viktor".to_owned()], vec!["Oleg".to_owned()]]);
    assert_eq!(told.veto, Some(depeche_names::Veto::GivenNames));
}

#[test]
fn an_index_finds_a_name_among_others() {
    let names = ["Юрий Кожухов", "Karim Sarraf", "Nordhavn Bank AG", "Yuri Kozhin", ""];
    let index = Index::new(&MATCHER, names.map(|name| (name, None)));
    assert_eq!(index.len(), 5);
    let found = index.find(&MATCHER.name("Iouri Kojoukhov", None), 0.5);
    assert_eq!(found.iter().map(|candidate| index.name(candidate.at)).collect::<Vec<_>>(), [Some("Юрий Кожухов")]);
    assert_eq!(index.find(&MATCHER.name("", None), 0.0), []);
}

#[test]
fn names_without_end_are_cut() {
    let long = "Abdul Rahman ".repeat(1000);
    assert!(MATCHER.name(&long, None).tokens().len() <= MAX_TOKENS);
    assert_eq!(score(&long, &long, None), 1.0);
    assert!(score(&"x".repeat(10_000), &"y".repeat(10_000), None) < 0.5);
}

proptest! {
    #[test]
    fn scores_are_symmetric_and_within_bounds(one in "\\PC{0,30}", other in "\\PC{0,30}") {
        let (there, back) = (score(&one, &other, None), score(&other, &one, None));
        prop_assert!((0.0..=1.0).contains(&there));
        prop_assert!((there - back).abs() < 1e-9, "{} {}", there, back);
    }

    #[test]
    fn names_of_letters_are_symmetric(
        one in "[A-Z]?[a-zéïşəкхгЖшاحقنبو]{1,8}( al-| abd |, | )[A-Za-zкхгшاحقنبو]{1,8}( [A-Z]?[a-z]{1,5})?",
        other in "[A-Z]?[a-zéïşəкхгЖшاحقنبو]{1,8}( abu | )[A-Za-zкхгшاحقنبو]{1,8}( [a-z]{1,5})?",
    ) {
        let (there, back) = (score(&one, &other, None), score(&other, &one, None));
        prop_assert!((there - back).abs() < 1e-9, "{} {}", there, back);
    }

    #[test]
    fn a_name_is_itself(name in "\\PC{0,30}") {
        let letters = !MATCHER.name(&name, None).tokens().is_empty();
        prop_assert!(!letters || score(&name, &name, None) == 1.0);
    }

    #[test]
    fn normalisation_changes_nothing(one in "\\PC{0,20}", other in "[A-Zéèüşğ]{1,9} [А-яёй]{1,9}") {
        let (composed, decomposed): (String, String) = (one.nfc().collect(), one.nfd().collect());
        prop_assert_eq!(score(&composed, &other, None), score(&decomposed, &other, None));
        let (composed, decomposed): (String, String) = (other.nfc().collect(), other.nfd().collect());
        prop_assert_eq!(score(&composed, &one, None), score(&decomposed, &one, None));
    }
}
