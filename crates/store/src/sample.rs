//! `sample`: a blind sheet of facts to check by hand.
//!
//! In go a number of facts and a seed; out come so many events, statements and offices, drawn without regard to what they are and in an order that tells nothing, each with its sentence and what was
//! made of it, and without confidence, outlet or dispatch, that whoever checks might be swayed by. The code of a row leads back to the fact, by the same draw. What was imported
//! has no sentence and is not drawn. The same record and seed give the same sheet, whatever the order in which the dispatches came.

use crate::coded::of_key;
use crate::error::StoreError;
use crate::evidence::{Evidence, of_event, of_statement, piece};
use crate::file::Reader;
use crate::rows::{dispatch_of, word};
use depeche_record::{CodedDispatch, Participant};
use serde::Serialize;
use std::collections::BinaryHeap;

/// A fact to be checked.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SampleRow {
    /// Leads back to the fact.
    pub code: String,
    /// `event`, `statement` or `office`.
    pub kind: String,
    /// What was made of the sentence, field by field.
    pub fact: Vec<(String, String)>,
    /// The sentence, and the characters in it that count.
    pub evidence: Evidence,
    /// The fact's id, which is not for the sheet.
    pub id: String,
    /// Its confidence where it has one, which is not for the sheet either.
    pub confidence: Option<f64>,
}

/// A fact in the draw: its lot first.
type Lot = (u64, String, &'static str, i64);

impl Reader {
    /// `count` facts, drawn by `seed`; all where there are fewer.
    ///
    /// # Errors
    /// When the file is damaged.
    pub fn sample(&self, count: usize, seed: u64) -> Result<Vec<SampleRow>, StoreError> {
        let mut lots: BinaryHeap<Lot> = BinaryHeap::new();
        let draws = [
            ("event", "SELECT e.event, d.id || '#' || e.id FROM events AS e JOIN dispatches AS d ON d.dispatch = e.event / 65536"),
            (
                "statement",
                "SELECT s.statement, d.id || '#' || s.id FROM statements AS s JOIN dispatches AS d ON d.dispatch = s.statement / 65536",
            ),
            (
                "office",
                "SELECT r.role, d.id || '#r' || (r.role % 65536 + 1) FROM roles AS r JOIN dispatches AS d ON d.dispatch = r.role / 65536",
            ),
        ];
        for (kind, sql) in draws {
            let mut statement = self.connection.prepare(sql)?;
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                let id: String = row.get(1)?;
                lots.push((lot(seed, &id), id, kind, row.get(0)?));
                if lots.len() > count {
                    lots.pop();
                }
            }
        }
        let drawn = lots.into_sorted_vec();
        drawn.into_iter().filter_map(|lot| self.sampled(lot).transpose()).collect()
    }

    fn sampled(&self, (lot, id, kind, key): Lot) -> Result<Option<SampleRow>, StoreError> {
        let coded = of_key(&self.connection, dispatch_of(key))?;
        let own = id.rsplit_once('#').map_or("", |(_, own)| own);
        let found = match kind {
            "event" => event(&coded, own),
            "statement" => statement(&coded, own),
            _ => office(&coded, own),
        };
        let row =
            |(fact, evidence, confidence)| SampleRow { code: format!("{lot:016x}"), kind: kind.to_owned(), fact, evidence, id, confidence };
        Ok(found.map(row))
    }
}

type Found = (Vec<(String, String)>, Evidence, Option<f64>);

fn event(coded: &CodedDispatch, id: &str) -> Option<Found> {
    let event = coded.events.iter().find(|event| event.id == id)?;
    let parties = |parties: &[Participant]| {
        let each = parties.iter().map(|party| match &party.country {
            Some(country) => format!("{} ({country})", party.text),
            None => party.text.clone(),
        });
        each.collect::<Vec<_>>().join("; ")
    };
    let fact = fields([
        ("type", event.kind.name().to_owned()),
        ("mode", event.mode.map(|mode| mode.name().to_owned()).unwrap_or_default()),
        ("status", event.status.name().to_owned()),
        ("actors", parties(&event.actors)),
        ("recipients", parties(&event.recipients)),
        ("place", event.place.as_ref().map(|place| place.text.clone()).unwrap_or_default()),
        ("when", event.when.as_ref().map(|when| when.value.clone()).unwrap_or_default()),
    ]);
    Some((fact, of_event(coded, id)?, Some(event.confidence)))
}

fn statement(coded: &CodedDispatch, id: &str) -> Option<Found> {
    let statement = coded.statements.iter().find(|statement| statement.id == id)?;
    let commitment = statement.commitment.as_ref();
    let country = |country: Option<&String>| country.cloned().unwrap_or_default();
    let fact = fields([
        ("speaker", statement.speaker.as_ref().map(|speaker| speaker.text.clone()).unwrap_or_default()),
        ("content", statement.content.text.clone()),
        ("claim", word(&statement.claim)),
        ("promisor", country(commitment.and_then(|commitment| commitment.promisor.as_ref()))),
        ("beneficiary", country(commitment.and_then(|commitment| commitment.beneficiary.as_ref()))),
        ("polarity", commitment.map(|commitment| word(&commitment.polarity)).unwrap_or_default()),
    ]);
    Some((fact, of_statement(coded, id)?, None))
}

fn office(coded: &CodedDispatch, id: &str) -> Option<Found> {
    let place: usize = id.strip_prefix('r')?.parse().ok()?;
    let role = coded.roles.get(place.checked_sub(1)?)?;
    let holder = coded.entities.iter().find(|entity| entity.id == role.entity)?;
    let fact = fields([
        ("holder", holder.name.clone()),
        ("office", role.office.clone()),
        ("body", role.body.clone().unwrap_or_default()),
        ("country", role.country.clone().unwrap_or_default()),
        ("as_of", role.as_of.clone().unwrap_or_default()),
    ]);
    Some((fact, piece(coded, id, role.span, None), None))
}

/// Those fields that say something.
fn fields<const COUNT: usize>(fields: [(&str, String); COUNT]) -> Vec<(String, String)> {
    fields.into_iter().filter(|(_, value)| !value.is_empty()).map(|(name, value)| (name.to_owned(), value)).collect()
}

/// The lot of a fact: FNV-1a over seed and id, stirred by splitmix64's last step so that ids that are alike do not lie together.
fn lot(seed: u64, id: &str) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for byte in seed.to_le_bytes().into_iter().chain(id.bytes()) {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    hash = (hash ^ (hash >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    hash = (hash ^ (hash >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    hash ^ (hash >> 31)
}
