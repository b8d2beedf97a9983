//! Lists of actors as users write them: rows that are taken, and rows that are refused with their place and cure.

use super::*;
use crate::{Bodies, Holders, PackFiles};
use expect_test::{Expect, expect};
use proptest::prelude::*;
use std::fmt::Write;
use std::sync::LazyLock;

static CODES: LazyLock<ListedCodes> = LazyLock::new(|| ListedCodes::load(&PackFiles::built_in()).expect("the tables load"));

fn read(text: &[u8]) -> (ActorList, Vec<RowFault>) {
    ActorList::read(text, "own.list", &CODES)
}

/// What a list holds and what is wrong with it, a line each.
fn check(text: &str, expected: Expect) {
    let (list, faults) = read(text.as_bytes());
    let mut told = String::new();
    for person in &list.persons {
        let item = person.wikidata.as_deref().unwrap_or("-");
        let _ = write!(told, "{} {} {} {item}", person.names.join(" = "), person.country, person.sector);
        for term in &person.terms {
            let until = term.until.map_or("open".to_owned(), |until| until.to_string());
            let _ = write!(told, " | {} {} {}/{until} {}", term.office, term.country, term.from, term.body.as_deref().unwrap_or("-"));
        }
        told.push('\n');
    }
    for body in &list.bodies {
        let item = body.wikidata.as_deref().unwrap_or("-");
        let _ = writeln!(told, "{} {:?} {} {} {item}", body.names.join(" = "), body.kind, body.country, body.sector);
    }
    for fault in &faults {
        let _ = writeln!(told, "{fault} ({})", fault.cure);
    }
    expected.assert_eq(&told);
}

#[test]
fn a_table_needs_no_column_but_the_name() {
    check(
        "name,kind\nRiver Watch,ngo\nHarbour Line,company\n",
        expect![[r#"
        River Watch Ngo NGO NGO -
        Harbour Line Company NGO BUS -
    "#]],
    );
    check(
        "name,country\nAda Exemplar,fra\n",
        expect![[r#"
        Ada Exemplar FRA ELI -
    "#]],
    );
    check(
        "name,aliases,kind,country,office,body,start,end,sector,wikidata\n\
         Ada Exemplar,A. Exemplar; Ada B. Exemplar,person,FRA,Minister of Defence,,2019-03,2021-08-02,,Q42\n\
         Ada Exemplar,,,FRA,prime minister,,2021-08-02,,,\n\
         \"Harbour, Rail and Road\",HRR,state_body,NO,,,,,MIL,https://www.wikidata.org/wiki/Q7\n",
        expect![[r#"
            Ada Exemplar = A. Exemplar = Ada B. Exemplar FRA GOV Q42 | minister of defence FRA 2019-03/2021-08-02 -
            Ada Exemplar FRA GOV - | prime minister FRA 2021-08-02/open -
            Harbour, Rail and Road = HRR StateBody NOR MIL Q7
        "#]],
    );
}

#[test]
fn a_faulty_row_is_one_error_and_the_others_are_used() {
    check(
        "name,country,kind,office,start,end,sector,wikidata\n\
         Ada Exemplar,FRA,,,,,,\n\
         ,FRA,,,,,,\n\
         Bo Exemplar,Frankreich,,,,,,\n\
         Cy Exemplar,,,,,,,\n\
         Di Exemplar,FRA,wizard,,,,,\n\
         Ed Exemplar,FRA,,minister,last year,,,\n\
         Flo Exemplar,FRA,,minister,2020,2019,,\n\
         Gil Exemplar,FRA,,,2020,,,\n\
         Hal Exemplar,FRA,,,,,POLITICS,\n\
         Ida Exemplar,FRA,,,,,,42\n\
         Jo Exemplar,FRA,,minister,,2020,,\n\
         Kim,Exemplar,FRA,,,,,,\n\
         X,FRA,,,,,,\n\
         Lou Exemplar,FRA,,,,,,\n",
        expect![[r#"
            Ada Exemplar FRA ELI -
            Lou Exemplar FRA ELI -
            own.list:3: the row has no name (write the `name`)
            own.list:4: `Frankreich` is no country code (write the three letters of ISO 3166-1, such as FRA, or the two)
            own.list:5: a person wants a country (write its code, such as FRA; IGO for an official of an organisation)
            own.list:6: `wizard` is no kind of actor (write person, igo, format, ngo, armed_group, state_body, party, court, company or media)
            own.list:7: `last year` is no date (write YYYY, YYYY-MM or YYYY-MM-DD)
            own.list:8: the office ends on 2019 before it begins on 2020 (put `start` and `end` right)
            own.list:9: there are dates without an office (write the office in English, such as `minister of defence`)
            own.list:10: `POLITICS` is no sector (write a code of PLOVER, such as GOV, MIL, LEG, JUD, OPP, REB, BUS or MED)
            own.list:11: `42` is no item of Wikidata (write Q and its number, such as Q142, or leave the field empty)
            own.list:12: the office has an end and no beginning (write the `start` too, as YYYY, YYYY-MM or YYYY-MM-DD)
            own.list:13: the row has 9 fields, the header 8 (put a field that holds a comma in quotation marks)
            own.list:14: `X` has too few letters to be looked for (write the name in full)
        "#]],
    );
}

#[test]
fn a_table_of_other_columns_is_refused() {
    check(
        "name,land\nAda Exemplar,FRA\n",
        expect![[r#"
        own.list:1: the header has a column `land`, which there is not (the columns are name, aliases, kind, country, office, body, start, end, sector, wikidata; aliases are parted by `;`, columns by `,`)
    "#]],
    );
    check(
        "name,name\nAda,Exemplar\n",
        expect![[r#"
        own.list:1: the header has the column `name` twice (the columns are name, aliases, kind, country, office, body, start, end, sector, wikidata; aliases are parted by `;`, columns by `,`)
    "#]],
    );
    check(
        "country\nFRA\n",
        expect![[r#"
        own.list:1: the header has no column `name` (begin the table with a row of the names of its columns)
    "#]],
    );
    check(
        "name;country\nAda Exemplar;FRA\n",
        expect![[r#"
        own.list:1: the header has a column `name;country`, which there is not (the columns are name, aliases, kind, country, office, body, start, end, sector, wikidata; aliases are parted by `;`, columns by `,`)
    "#]],
    );
    check(
        " \n",
        expect![[r#"
        own.list:1: there is nothing in the list (give it rows, or leave it out)
    "#]],
    );
}

#[test]
fn follow_the_money() {
    check(
        r#"{"id": "o1", "schema": "Occupancy", "properties": {"holder": ["p1"], "post": ["m1"], "startDate": ["2019-05-03"], "endDate": ["2021"]}}
{"id": "p1", "schema": "Person", "properties": {"name": ["Ada Exemplar"], "alias": ["Ada B. Exemplar"], "country": ["fr"], "wikidataId": ["Q42"]}}
{"id": "m1", "schema": "Position", "properties": {"name": ["Minister of Defence"], "country": ["fr"]}}

{"id": "b1", "schema": "PublicBody", "properties": {"name": ["Harbour Office"], "jurisdiction": ["no"]}}
{"id": "b2", "schema": "Organization", "properties": {"name": ["Northern Column"], "country": ["xk"], "topics": ["crime.terror"]}}
{"id": "b3", "schema": "Company", "properties": {"name": ["Harbour Line"], "country": ["gb-sct"]}}
{"id": "s1", "schema": "Sanction", "properties": {"entity": ["p1"]}}
{"id": "p2", "schema": "Person", "properties": {"name": ["Bo Exemplar"], "position": ["mayor"], "nationality": ["suhh"]}}
"#,
        expect![[r#"
            Ada Exemplar = Ada B. Exemplar FRA GOV Q42 | minister of defence FRA 2019-05-03/2021 -
            Bo Exemplar SUN GOV -
            Harbour Office StateBody NOR GOV -
            Northern Column ArmedGroup XKX REB -
            Harbour Line Company GBR BUS -
        "#]],
    );
    check(
        r#"{"id": "p1", "schema": "Person", "properties": {"name": "Ada Exemplar"}}
{"id": "p2", "schema": "Person", "properties": {"name": ["Bo Exemplar"], "country": ["de"]}}
{"id": "o1", "schema": "Occupancy", "properties": {"holder": ["p9"], "post": ["m1"]}}
{"id": "o2", "schema": "Occupancy", "properties": {"holder": ["p2"], "post": ["m1"]}}
{"schema": "Person"}
["Person"]
{
"#,
        expect![[r#"
            Bo Exemplar DEU ELI -
            own.list:1: the line is no entity of FollowTheMoney: invalid type: string "Ada Exemplar", expected a sequence at column 70 (write an entity on a line: {"id": …, "schema": "Person", "properties": {"name": […]}})
            own.list:3: the occupancy's holder `p9` is not in the list (add the entity of that id, or leave the occupancy out)
            own.list:4: the occupancy's post `m1` is not in the list (add the entity of that id, or leave the occupancy out)
            own.list:5: the row has no name (write the `name`)
            own.list:6: the line is no entity of FollowTheMoney: invalid length 1, expected struct Entity with 3 elements at column 10 (write an entity on a line: {"id": …, "schema": "Person", "properties": {"name": […]}})
            own.list:7: the line is no entity of FollowTheMoney: EOF while parsing an object at column 1 (write an entity on a line: {"id": …, "schema": "Person", "properties": {"name": […]}})
        "#]],
    );
}

#[test]
fn only_so_many_faults_are_told() {
    let rows = "X\n".repeat(3 * MOST_FAULTS);
    let (list, faults) = read(format!("name\n{rows}").as_bytes());
    assert_eq!((list.len(), faults.len()), (0, MOST_FAULTS));
    assert!(faults.last().is_some_and(|fault| fault.message.ends_with("(and 200 more such rows)")));
}

#[test]
fn what_is_listed_is_known_as_the_tables_are() {
    let (list, faults) = read(
        "name,aliases,kind,country,office,start,end,wikidata\n\
         Ada Exemplar,Adélaïde Exemplar,,NOR,minister of defence,2019-03,2021,Q42\n\
         Ada Exemplar,,,NOR,prime minister,2021,,\n\
         Vladimir Putin,Wladimir Putin,,RUS,,,,Q7747\n\
         Harbour Office,,state_body,NOR,,,,Q7\n\
         NATO,Northern Club,igo,,,,,Q7184\n"
            .as_bytes(),
    );
    assert_eq!(faults, []);
    let files = PackFiles::built_in().with_actors(list);
    for language in ["fr", "en"] {
        let holders = Holders::load(&files, language).expect("the tables load");
        let norway = "NOR".parse().expect("a code");
        assert!(holders.public_person("adelaide exemplar", false).is_some_and(|person| person.country == norway));
        assert_eq!(holders.wikidata("Ada Exemplar", norway), Some("Q42"));
        assert_eq!(holders.tenures("Ada Exemplar", "minister of defence", norway).count(), 1);
        assert_eq!(holders.tenures_of("Ada Exemplar").count(), 2);
        let putin = holders.get("vladimir-putin").expect("he is in the table");
        assert_eq!(putin.wikidata.as_deref(), Some("Q7747"));
        assert!(!putin.terms.is_empty());
        let bodies = Bodies::load(&files, language).expect("the tables load");
        assert!(bodies.iter().any(|body| body.name() == "Harbour Office" && body.wikidata.as_deref() == Some("Q7")));
        assert!(bodies.iter().map(|body| &body.id).is_sorted());
    }
    let nato = Bodies::load(&files, "en").expect("the tables load").get("nato").cloned().expect("it is in the table");
    assert!(nato.names.contains(&"Northern Club".to_owned()) && !nato.members.is_empty());
}

proptest! {
    #[test]
    fn any_bytes_are_a_list_or_told(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let (_, faults) = read(&bytes);
        prop_assert!(faults.iter().all(|fault| fault.line > 0 && !fault.cure.is_empty()));
    }

    #[test]
    fn any_fields_are_a_row_or_told(fields in prop::collection::vec("[^\"]{0,12}", 10)) {
        let quoted: Vec<String> = fields.iter().map(|field| format!("\"{field}\"")).collect();
        let (list, faults) = read(format!("name,aliases,kind,country,office,body,start,end,sector,wikidata\n{}\n", quoted.join(",")).as_bytes());
        prop_assert_eq!(list.len() + faults.len(), 1);
    }
}
