//! Short passages, parsed ahead, with whom their words stand for.
//!
//! `passages/<language>.jsonl` holds our own sentences in the form of `annotate --to jsonl`, so that these tests need no model. A case names a
//! passage and words of it in their order; each is followed by those it stands for, as `surface COUNTRY`, joined by ` + `, or by nothing.

use depeche_actors::{Actors, Directory, find};
use depeche_nlp::{Annotation, Doc};
use depeche_packs::{PackFiles, Sector, Syntax};
use depeche_predicates::{Grammar, Graph};
use depeche_record::{Block, BlockKind, CharSpan, EntityKind};
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// A line of the files of passages.
#[derive(serde::Deserialize)]
struct Passage {
    id: String,
    text: String,
    #[serde(flatten)]
    annotation: Annotation,
}

struct Language {
    directory: Directory,
    grammar: Grammar,
    passages: BTreeMap<String, Doc>,
}

impl Language {
    fn load(language: &str, passages: &str) -> Language {
        let files = PackFiles::built_in();
        let directory = Directory::load(&files, language).unwrap_or_else(|error| panic!("{error}"));
        let syntax = Syntax::load(&files, language).unwrap_or_else(|error| panic!("{error}"));
        let passages = passages.lines().map(|line| {
            let Passage { id, text, annotation } = serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"));
            (id, Doc::from_annotation(&text, &annotation))
        });
        Language { directory, grammar: Grammar::new(&syntax), passages: passages.collect() }
    }

    fn read(&self, doc: &Doc) -> Actors {
        find(doc, &Graph::new(doc, &self.grammar), &self.directory, &[])
    }

    /// The members of the first format or organisation of a passage, each with the words that list it, or `table`.
    fn members(&self, id: &str) -> String {
        let doc = &self.passages[id];
        let (_, entities, _) = self.read(doc).records(|_| None);
        let text: Vec<char> = doc.text().chars().collect();
        let members =
            entities.into_iter().find(|entity| matches!(entity.kind, EntityKind::Format | EntityKind::Body)).map(|entity| entity.members);
        let told = members.unwrap_or_default().into_iter().map(|member| {
            let words: String = text.get(member.span.start..member.span.end).unwrap_or_default().iter().collect();
            format!("{} {}", member.country, if words.is_empty() { "table" } else { &words })
        });
        told.collect::<Vec<_>>().join(", ")
    }

    /// Checks one passage.
    fn check(&self, id: &str, expected: &[(&str, &str)]) {
        let doc = &self.passages[id];
        let actors = self.read(doc);
        let mut from = 0;
        for (word, whom) in expected {
            let token = (from..doc.len())
                .find(|&index| doc.token(index).text() == *word)
                .unwrap_or_else(|| panic!("{id}: there is no further `{word}`"));
            from = token + 1;
            let denoted: Vec<String> = actors
                .denoted(token)
                .iter()
                .map(|&mention| {
                    let participant = actors.participant(mention);
                    format!("{} {}", participant.text, participant.country.unwrap_or_default()).trim_end().to_owned()
                })
                .collect();
            assert_eq!(denoted.join(" + "), *whom, "{id}: `{word}`");
        }
    }
}

static FRENCH: LazyLock<Language> = LazyLock::new(|| Language::load("fr", include_str!("passages/fr.jsonl")));
static ENGLISH: LazyLock<Language> = LazyLock::new(|| Language::load("en", include_str!("passages/en.jsonl")));

#[test]
fn an_office_and_the_name_beside_it_are_one_person() {
    FRENCH.check("apposition", &[("ministre", "Orhan Kaya TUR"), ("général", "Orhan Kaya TUR"), ("Kaya", "Orhan Kaya TUR")]);
    ENGLISH.check("apposition", &[("Minister", "Orhan Kaya TUR"), ("Kaya", "Orhan Kaya TUR")]);
    ENGLISH.check("possessor", &[("minister", "Grace Otieno KEN"), ("Otieno", "Grace Otieno KEN"), ("She", "Grace Otieno KEN")]);
}

#[test]
fn an_office_without_a_country_is_of_the_state_whose_capital_the_dateline_names() {
    let doc = &ENGLISH.passages["dateline"];
    let country = |blocks: &[Block]| {
        let actors = find(doc, &Graph::new(doc, &ENGLISH.grammar), &ENGLISH.directory, blocks);
        let of = |word: &str| {
            let token = doc.tokens().find(|token| token.text() == word).expect("the word is in the passage").index();
            actors.denoted(token).first().and_then(|&mention| actors.participant(mention).country)
        };
        [of("Petrou"), of("Borg")]
    };
    let dateline = Block { kind: BlockKind::Dateline, span: CharSpan::new(0, 24) };
    let body = Block { kind: BlockKind::Lede, span: CharSpan::new(25, doc.text().chars().count()) };
    // An ambassador is another's.
    assert_eq!(country(&[dateline, body]), [Some("CYP".to_owned()), None]);
    assert_eq!(country(&[]), [None, None]);
}

#[test]
fn a_list_in_the_text_is_evidence_of_the_members() {
    let french = |id: &str, expected: &str| assert_eq!(FRENCH.members(id), expected, "{id}");
    french("members-brackets", "ARM Arménie, AZE Azerbaïdjan, GEO Géorgie, IRN Iran, RUS Russie, TUR Turquie");
    french("members-elsewhere", "TUR Turquie, AZE table, KAZ Kazakhstan, KGZ table, UZB Ouzbékistan");
    french("members-of-no-table", "FRA France, GBR Royaume-Uni, CAN Canada");
    assert_eq!(ENGLISH.members("members-brackets"), "POL Poland, CZE Czech Republic, SVK Slovakia, HUN Hungary");
}

#[test]
fn those_whom_a_body_meets_are_not_its_members() {
    for (language, id) in [(&*FRENCH, "members-guests"), (&*ENGLISH, "members-guests")] {
        let members = language.members(id);
        assert!(members.starts_with("ALB table") || members.contains("USA table"), "{members}");
        assert!(["JPN", "KOR", "AUS "].iter().all(|guest| !members.contains(guest)), "{members}");
    }
}

#[test]
fn a_counterpart_holds_the_same_office_elsewhere() {
    FRENCH.check("counterpart-named", &[("son", "Orhan Kaya TUR"), ("homologue", "Marco Bianchi ITA")]);
    FRENCH.check("counterpart-comma", &[("homologue", "Grace Otieno KEN"), ("Otieno", "Grace Otieno KEN")]);
    FRENCH.check("counterpart-bare", &[("homologue", "Anna Keller CHE")]);
    ENGLISH.check("apposition", &[("counterpart", "Marco Bianchi ITA")]);
    let actors = FRENCH.read(&FRENCH.passages["counterpart-comma"]);
    let offices: Vec<&str> = actors.roles.iter().map(|role| role.office.as_str()).collect();
    assert_eq!(offices, ["minister of foreign affairs", "minister of foreign affairs"]);
}

#[test]
fn a_surname_goes_back_to_the_full_name() {
    let same = |id: &str, one: usize, other: usize| {
        let actors = FRENCH.read(&FRENCH.passages[id]);
        let persons: Vec<_> = actors.mentions.iter().filter(|mention| mention.kind == depeche_record::MentionKind::Per).collect();
        persons[one].entity == persons[other].entity
    };
    assert!(same("surname", 0, 1));
    assert!(same("monsieur", 0, 1));
    assert!(same("surname-first", 0, 1));
    assert!(same("spelling", 0, 1));
    assert!(!same("given-name-clash", 0, 1));
    assert!(same("given-name-clash", 1, 2));
    FRENCH.check("surname", &[("Lima", "Lima PER"), ("Petrou", "Petrou GRC")]);
    FRENCH.check("spelling", &[("Bashkirov", "Bashkirov RUS")]);
}

#[test]
fn a_leaders_name_tells_the_country_that_the_text_does_not() {
    FRENCH.check("leaders", &[("Macron", "Emmanuel Macron FRA"), ("Poutine", "Vladimir Poutine RUS"), ("Netanyahou", "Netanyahou ISR")]);
    ENGLISH.check("leaders", &[("Starmer", "Keir Starmer GBR"), ("Putin", "Vladimir Putin RUS"), ("Netanyahu", "Netanyahu ISR")]);
    for language in [&FRENCH, &ENGLISH] {
        let actors = language.read(&language.passages["leaders"]);
        assert!(actors.roles.is_empty(), "{:?}", actors.roles);
    }
}

#[test]
fn a_leaders_name_is_known_whole_and_only_by_itself() {
    FRENCH.check("leader-named-as-a-country", &[("ministre", "Israël Katz ISR"), ("Katz", "Israël Katz ISR")]);
    let actors = FRENCH.read(&FRENCH.passages["leader-named-as-a-country"]);
    assert!(!actors.mentions.iter().any(|mention| mention.text.contains("Blair") && mention.country.is_some()));
    FRENCH.check("leaders-relative", &[("Poutine", "Leïla Poutine")]);
}

#[test]
fn a_leader_with_a_clerics_title_acts_for_the_state() {
    let actors = FRENCH.read(&FRENCH.passages["ayatollah"]);
    let khamenei = actors.mentions.iter().find(|mention| mention.text.ends_with("Khamenei")).unwrap();
    assert!(khamenei.political);
    assert_eq!(khamenei.sector, Some(Sector::Gov));
    assert_eq!(khamenei.country.map(|country| country.to_string()).as_deref(), Some("IRN"));
}

#[test]
fn a_leaders_namesake_stays_who_he_is() {
    FRENCH.check("namesake", &[("Michel", "Charles Michel CHL"), ("Johnson", "Mike Johnson")]);
    ENGLISH.check("namesake", &[("Johnson", "Mike Johnson")]);
}

#[test]
fn two_countries_make_two_holders() {
    let ministers = "ministres russe et turc des Affaires étrangères";
    FRENCH.check("two-adjectives", &[("ministres", &format!("{ministers} RUS + {ministers} TUR"))]);
    let presidents = "présidents du Chili et du Pérou";
    FRENCH.check("two-complements", &[("présidents", &format!("{presidents} CHL + {presidents} PER"))]);
}

#[test]
fn an_office_alone_stands_for_its_holder() {
    FRENCH.check("office-alone", &[("suédoise", "suédoise SWE"), ("ministre", "Karin Lund SWE")]);
    FRENCH.check("office-before-name", &[("chef", "Luis Vargas CHL"), ("général", "Luis Vargas CHL")]);
    FRENCH.check("president-of-country", &[("il", "Jan Nowak POL"), ("président", "président du pays CHL")]);
    ENGLISH.check("office-of", &[("president", "president of Chile CHL"), ("president", "Chilean president CHL")]);
}

#[test]
fn pronouns_go_back_to_the_subject() {
    FRENCH.check("he", &[("Il", "Matti Virtanen FIN")]);
    FRENCH.check("she", &[("Elle", "Eva Huber AUT")]);
    FRENCH.check("army", &[("Elle", "armée kényane KEN")]);
    FRENCH.check("authorities", &[("Elles", "autorités kényanes KEN")]);
    FRENCH.check("possessive", &[("son", "Kenya KEN"), ("ambassadeur", "ambassadeur KEN")]);
    ENGLISH.check("he", &[("He", "Matti Virtanen FIN")]);
    ENGLISH.check("it", &[("its", "Kenya KEN"), ("It", "Kenya KEN")]);
}

#[test]
fn plurals_go_back_to_several() {
    FRENCH.check("their", &[("Leurs", "Paul Durand FRA + Nikos Petrou GRC")]);
    FRENCH.check("they", &[("Ils", "Paul Durand + Nikos Petrou")]);
    FRENCH.check("two-countries", &[("leur", "Kenya KEN + Ouganda UGA"), ("pays", "Kenya KEN + Ouganda UGA")]);
    FRENCH.check("two-parties", &[("parties", "Orhan Kaya TUR + Marco Bianchi ITA")]);
    ENGLISH.check("two-sides", &[("sides", "Kenya KEN + Uganda UGA")]);
    ENGLISH.check("their", &[("Their", "Paul Durand + Nikos Petrou")]);
}

#[test]
fn nouns_point_back() {
    FRENCH.check("latter", &[("dernier", "Nikos Petrou GRC")]);
    FRENCH.check("the-country", &[("pays", "Kenya KEN")]);
}

#[test]
fn groups_and_bodies_take_the_country_beside_them() {
    FRENCH.check("ministry", &[("ministère", "ministère iranien de la Défense IRN"), ("parlement", "parlement turc TUR")]);
    FRENCH.check("victims", &[("civils", "Deux civils libanais LBN")]);
    FRENCH.check("quantity", &[("dizaine", "soldats ougandais UGA")]);
    FRENCH.check("peoples", &[("Kényans", "Kényans KEN")]);
    FRENCH.check("body", &[("ONU", "ONU IGO"), ("Kremlin", "Kremlin RUS")]);
    ENGLISH.check("army", &[("army", "Kenyan army KEN")]);
    ENGLISH.check("quantity", &[("Dozens", "Ugandan soldiers UGA"), ("soldiers", "Ugandan soldiers UGA")]);
}

#[test]
fn a_capital_is_a_government_or_a_place() {
    let doc = &FRENCH.passages["metonym"];
    let actors = FRENCH.read(doc);
    let kinds: Vec<_> =
        actors.mentions.iter().filter_map(|mention| mention.entity).map(|entity| actors.entities[entity.index()].kind).collect();
    assert_eq!(kinds, [depeche_record::EntityKind::Country, depeche_record::EntityKind::Place]);
    let place = actors.place(12).unwrap();
    assert_eq!((place.text.as_str(), place.country.as_deref()), ("Moscou", Some("RUS")));
    assert!(place.lat.is_some());
}

fn written(country: Option<depeche_packs::CountryCode>) -> String {
    country.map_or_else(|| "-".to_owned(), |country| country.to_string())
}

/// The persons of a passage by name, with their countries, in order of first mention.
fn persons(language: &Language, id: &str) -> Vec<String> {
    let actors = language.read(&language.passages[id]);
    let persons = actors.entities.iter().filter(|entity| entity.kind == depeche_record::EntityKind::Person);
    persons.map(|person| format!("{} {}", person.name, written(person.country))).collect()
}

/// The offices of a passage: holder, office, country, and `past` where they have left it.
fn offices(language: &Language, id: &str) -> Vec<String> {
    let actors = language.read(&language.passages[id]);
    let office = |role: &depeche_actors::RoleData| {
        let holder = &actors.entities[role.entity.index()].name;
        let country = written(role.country);
        format!("{holder}: {} {country}{}", role.office, if role.past { " past" } else { "" })
    };
    actors.roles.iter().map(office).collect()
}

#[test]
fn spellings_inside_one_text_are_one_person() {
    assert_eq!(persons(&FRENCH, "respelt"), ["Sergueï Bachkirov -"]);
    assert_eq!(persons(&FRENCH, "given-respelt"), ["Massoud Karimi -"]);
    assert_eq!(persons(&FRENCH, "caps"), ["Grace Otieno -"]);
    assert_eq!(persons(&FRENCH, "hyphen-name"), ["Kim Chol-su PRK"]);
    assert_eq!(persons(&FRENCH, "particles"), ["Mohammed ben Rachid al-Nouaimi -", "Ursula von der Berg -"]);
    assert_eq!(persons(&ENGLISH, "respelt"), ["Sergei Bashkirov -"]);
    assert_eq!(persons(&ENGLISH, "mr"), ["Nikos Petrou -"]);
}

#[test]
fn one_office_at_two_times_is_two_persons() {
    for language in [&FRENCH, &ENGLISH] {
        assert_eq!(persons(language, "succession"), ["Luis Vargas PER", "Diego Campos PER"]);
        let ministers = ["Luis Vargas: minister of defense PER", "Diego Campos: minister of defense PER"];
        assert_eq!(offices(language, "succession"), ministers);
    }
    FRENCH.check("former", &[("président", "Pablo Rojas CHL"), ("président", "président chilien CHL")]);
    ENGLISH.check("former", &[("president", "Pablo Rojas CHL"), ("president", "Chilean president CHL")]);
    FRENCH.check("two-ministers", &[("ministre", "Marco Bianchi ITA"), ("ministre", "Paolo Conti ITA"), ("ministre", "Paolo Conti ITA")]);
}

#[test]
fn an_office_may_be_past_or_for_the_time_being() {
    assert_eq!(offices(&FRENCH, "former"), ["Pablo Rojas: president CHL past", "président chilien: president CHL"]);
    assert_eq!(offices(&FRENCH, "ex"), ["Nikos Petrou: prime minister GRC past"]);
    assert_eq!(offices(&FRENCH, "late"), ["Jan Nowak: president - past"]);
    assert_eq!(offices(&FRENCH, "acting"), ["Karim Haddad: acting minister of foreign affairs -"]);
    assert_eq!(offices(&FRENCH, "new"), ["Olav Berg: minister of defense NOR"]);
    assert_eq!(offices(&ENGLISH, "former"), ["Pablo Rojas: president CHL past", "Chilean president: president CHL"]);
    assert_eq!(offices(&ENGLISH, "acting"), ["Karim Haddad: acting minister of foreign affairs -"]);
    for language in [&FRENCH, &ENGLISH] {
        assert_eq!(offices(language, "mandate"), ["Pablo Rojas: president -"]);
    }
}

#[test]
fn a_rank_is_told_once_and_goes_with_any_office() {
    assert_eq!(offices(&FRENCH, "title-surname"), ["Hamid Rostami: brigadier general IRN", "Hamid Rostami: minister of defense IRN"]);
    FRENCH.check("title-surname", &[("Rostami", "Hamid Rostami IRN"), ("Rostami", "Rostami IRN")]);
    FRENCH.check("commander", &[("commandant", "Hamid Rostami IRN")]);
    assert_eq!(offices(&ENGLISH, "rank"), ["Hamid Rostami: brigadier general IRN", "Hamid Rostami: minister of defense IRN"]);
    ENGLISH.check("rank", &[("minister", "Hamid Rostami IRN"), ("Rostami", "Rostami IRN")]);
}

#[test]
fn a_counterpart_is_found_sentences_later() {
    FRENCH.check("counterpart-later", &[("homologue", "Anna Keller CHE")]);
    assert_eq!(offices(&FRENCH, "counterpart-later"), ["Paul Otieno: president KEN", "Anna Keller: president CHE"]);
    FRENCH.check("counterpart-paragraph", &[("homologue", "Marco Keller CHE")]);
    ENGLISH.check("counterpart-comma", &[("counterpart", "Grace Otieno KEN")]);
    ENGLISH.check("counterpart-bare", &[("counterpart", "Anna Keller CHE")]);
}

#[test]
fn whoever_is_quoted_speaks_of_others() {
    FRENCH.check("quoted-office", &[("réunion", ""), ("secrétaire", "Armen Sarian ARM")]);
    ENGLISH.check("quoted-office", &[("meeting", ""), ("secretary", "Armen Sarian ARM")]);
    FRENCH.check("quoted-pronoun", &[("il", "Nikos Petrou GRC")]);
    ENGLISH.check("quoted-pronoun", &[("he", "Nikos Petrou GRC")]);
    for (language, speaker) in [(&FRENCH, "Igor Bachkirov"), (&ENGLISH, "Bashkirov")] {
        let doc = &language.passages["quoted-office"];
        let actors = language.read(doc);
        let inside = (0..doc.len()).rfind(|&token| ["réunion", "meeting"].contains(&doc.token(token).text())).unwrap();
        assert_eq!(actors.speaker_at(inside).map(|mention| actors.mention(mention).text.as_str()), Some(speaker));
        assert_eq!(actors.speaker_at(0), None);
    }
}

#[test]
fn the_body_in_an_offices_name_is_recorded_and_does_not_act() {
    for (language, id, body, office) in [
        (&FRENCH, "present-embedded", "Conseil de sécurité ukrainien", "secrétaire du Conseil de sécurité ukrainien"),
        (&ENGLISH, "quoted-office", "Security Council", "Russian Security Council Secretary"),
    ] {
        let doc = &language.passages[id];
        let actors = language.read(doc);
        let named = |text: &str| actors.mentions.iter().find(|mention| mention.text == text).unwrap_or_else(|| panic!("{id}: no {text}"));
        assert_eq!(named(body).kind, depeche_record::MentionKind::Org);
        let holder = actors.mentions.iter().find(|mention| mention.kind == depeche_record::MentionKind::Per).unwrap();
        assert_eq!(named(office).entity, holder.entity);
        for token in named(office).tokens.clone() {
            let acts = |mention: &depeche_actors::MentionId| actors.mention(*mention).kind != depeche_record::MentionKind::Org;
            assert!(actors.denoted(token).iter().all(acts), "{id}");
        }
    }
}

#[test]
fn a_citys_part_in_the_sentence_tells_place_from_government() {
    let kinds = |language: &Language, id: &str, city: &str| -> Vec<depeche_record::EntityKind> {
        let actors = language.read(&language.passages[id]);
        let of_city = actors.mentions.iter().filter(|mention| mention.text == city).filter_map(|mention| mention.entity);
        of_city.map(|entity| actors.entities[entity.index()].kind).collect()
    };
    use depeche_record::EntityKind::{Country, Place};
    assert_eq!(kinds(&FRENCH, "metonym-verb", "Ankara"), [Country, Place]);
    assert_eq!(kinds(&FRENCH, "metonym-pair", "Lima"), [Country]);
    assert_eq!(kinds(&FRENCH, "respelt", "Oslo"), [Place]);
    assert_eq!(kinds(&FRENCH, "envoy", "Doha"), [Place]);
    assert_eq!(kinds(&ENGLISH, "metonym", "Moscow"), [Country, Place]);
    assert_eq!(kinds(&ENGLISH, "acting", "Rabat"), [Place]);
    assert_eq!(kinds(&ENGLISH, "envoy", "Doha"), [Place]);
}

#[test]
fn nouns_and_pronouns_go_back_to_bodies_and_countries() {
    FRENCH.check("group-name", &[("mouvement", "Hamas PSE")]);
    FRENCH.check("republic", &[("pays", "République islamique IRN")]);
    FRENCH.check("these-two", &[("pays", "Norvège NOR + Suède SWE")]);
    FRENCH.check("both-presidents", &[("présidents", "Pablo Rojas CHL + Diego Campos PER")]);
    FRENCH.check("their-minister", &[("ministre", "Matti Virtanen FIN"), ("ambassadeur", "ambassadeur FIN")]);
    FRENCH.check("delegation", &[("Elle", "délégation turque TUR")]);
    FRENCH.check("envoy", &[("émissaire", "John Baker USA")]);
    FRENCH.check("apposed-after", &[("pape", "pape"), ("ministre", "Nikos Petrou GRC")]);
    FRENCH.check("company", &[("Norskol", "Norskol")]);
    ENGLISH.check("the-country", &[("country", "Kenya KEN")]);
    ENGLISH.check("both-presidents", &[("presidents", "Pablo Rojas CHL + Diego Campos PER")]);
    ENGLISH.check("authorities", &[("They", "Kenyan authorities KEN")]);
    ENGLISH.check("latter", &[("latter", "Nikos Petrou")]);
    ENGLISH.check("envoy", &[("envoy", "John Baker USA"), ("envoy", "John Baker USA")]);
    ENGLISH.check("apposed-after", &[("minister", "Nikos Petrou GRC"), ("pope", "pope"), ("minister", "Nikos Petrou GRC")]);
    ENGLISH.check("victims", &[("civilians", "Two Lebanese civilians LBN")]);
}

#[test]
fn a_body_of_two_countries_acts_for_both() {
    FRENCH.check("joint-body", &[("Commission", "Norvège NOR + Suède SWE")]);
    assert_eq!(FRENCH.members("joint-body"), "NOR Norvège, SWE Suède");
    let actors = FRENCH.read(&FRENCH.passages["joint-body"]);
    assert!(actors.mentions.iter().any(|mention| mention.text == "Commission mixte de défense Norvège-Suède"));
}

#[test]
fn pronouns_look_at_gender_and_at_who_can_be_meant() {
    FRENCH.check("inversion", &[("Elle", "Karin Lund SWE")]);
    FRENCH.check("she-she", &[("Celle", "Karin Lund")]);
    FRENCH.check("impersonal", &[("Il", "")]);
    ENGLISH.check("she", &[("She", "Eva Huber AUT")]);
    ENGLISH.check("succession", &[("it", "")]);
}

#[test]
fn the_record_has_ids_in_order_of_the_text() {
    for doc in FRENCH.passages.values().chain(ENGLISH.passages.values()) {
        let language = if FRENCH.passages.values().any(|other| std::ptr::eq(other, doc)) { &FRENCH } else { &ENGLISH };
        let (mentions, entities, roles) = language.read(doc).records(|_| None);
        for (number, mention) in (1..).zip(&mentions) {
            assert_eq!(mention.id, format!("m{number}"));
            assert!(mention.entity.as_ref().is_none_or(|entity| entities.iter().any(|known| known.id == *entity)));
        }
        assert!(mentions.windows(2).all(|pair| pair[0].span.start <= pair[1].span.start));
        assert!(roles.iter().all(|role| entities.iter().any(|entity| entity.id == role.entity)));
    }
}

/// Any tokens of the passages under any tree: what a damaged parse may look like.
fn damaged() -> impl Strategy<Value = (bool, usize, Vec<(usize, usize)>, Vec<usize>)> {
    (any::<bool>(), 0usize..64, prop::collection::vec((0usize..80, 0usize..64), 0..40), prop::collection::vec(0usize..80, 0..6))
}

proptest! {
    #[test]
    fn no_tree_makes_it_panic((french, passage, edits, starts) in damaged()) {
        let language = if french { &FRENCH } else { &ENGLISH };
        let doc = language.passages.values().nth(passage % language.passages.len()).unwrap();
        let mut annotation = doc.to_annotation();
        let count = annotation.tokens.len();
        let labels: Vec<(String, String)> = annotation.tokens.iter().map(|token| (token.dep.clone(), token.pos.clone())).collect();
        for (at, to) in edits {
            let (dep, pos) = labels[to % count].clone();
            let token = &mut annotation.tokens[at % count];
            token.head = to % count;
            token.dep = dep;
            token.pos = pos;
        }
        for start in starts {
            annotation.tokens[start % count].sent_start ^= true;
        }
        let damaged = Doc::from_annotation(doc.text(), &annotation);
        let actors = language.read(&damaged);
        prop_assert_eq!(&actors, &language.read(&damaged));
        for token in 0..damaged.len() {
            for &mention in actors.denoted(token) {
                let participant = actors.participant(mention);
                prop_assert!(!participant.text.is_empty());
            }
        }
    }
}
