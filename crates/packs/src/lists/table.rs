//! Lists as CSV.
//!
//! In goes a table with a header of the columns `name`, `aliases` (parted by `;`), `kind`, `country`, `office`, `body`, `start`, `end`,
//! `sector` and `wikidata`, of which only `name` must be there; out come its rows. A person with several offices has a row for each. Refused
//! as a whole: a table with another column, with one twice, or without `name`.

use super::row::{Fields, OfficeFields, Wrong};
use super::{Collector, ListedCodes};
use csv::{ByteRecord, ReaderBuilder, Trim};

const COLUMNS: [&str; 10] = ["name", "aliases", "kind", "country", "office", "body", "start", "end", "sector", "wikidata"];

/// Where each of [`COLUMNS`] stands in the table.
type Places = [Option<usize>; COLUMNS.len()];

pub(super) fn read(bytes: &[u8], codes: &ListedCodes, found: &mut Collector<'_>) {
    let mut reader = ReaderBuilder::new().has_headers(false).flexible(true).trim(Trim::All).from_reader(bytes);
    let mut record = ByteRecord::new();
    let mut header: Option<(Places, usize)> = None;
    while reader.read_byte_record(&mut record).unwrap_or(false) {
        let line = record.position().map_or(0, csv::Position::line);
        match header {
            None => match columns(&record) {
                Ok(places) => header = Some((places, record.len())),
                Err(wrong) => return found.refuse(line, wrong),
            },
            Some((places, width)) => {
                let row = fields(&record, &places, width).and_then(|fields| fields.read(codes));
                found.take(line, row);
            }
        }
    }
}

fn columns(header: &ByteRecord) -> Result<Places, Wrong> {
    let mut places = Places::default();
    for (at, name) in header.iter().enumerate() {
        let name = String::from_utf8_lossy(name).to_lowercase();
        let cure = || format!("the columns are {}; aliases are parted by `;`, columns by `,`", COLUMNS.join(", "));
        let place = COLUMNS.iter().position(|column| *column == name).and_then(|column| places.get_mut(column));
        match place {
            None => return Err(Wrong::new(format!("the header has a column `{name}`, which there is not"), cure())),
            Some(Some(_)) => return Err(Wrong::new(format!("the header has the column `{name}` twice"), cure())),
            Some(place) => *place = Some(at),
        }
    }
    match places {
        [Some(_), ..] => Ok(places),
        _ => Err(Wrong::new("the header has no column `name`", "begin the table with a row of the names of its columns")),
    }
}

fn fields(record: &ByteRecord, places: &Places, width: usize) -> Result<Fields, Wrong> {
    if record.len() != width {
        let message = format!("the row has {} fields, the header {width}", record.len());
        return Err(Wrong::new(message, "put a field that holds a comma in quotation marks"));
    }
    let mut texts: [String; COLUMNS.len()] = Default::default();
    for (text, place) in texts.iter_mut().zip(places) {
        let bytes = place.and_then(|place| record.get(place)).unwrap_or_default();
        match std::str::from_utf8(bytes) {
            Ok(field) => field.clone_into(text),
            Err(_) => return Err(Wrong::new("the row is not in UTF-8", "convert the file to UTF-8")),
        }
    }
    let [name, aliases, kind, country, office, body, start, end, sector, wikidata] = texts;
    if name.is_empty() {
        return Err(Wrong::new("the row has no name", "write the `name`"));
    }
    let names = std::iter::once(name).chain(aliases.split(';').map(str::to_owned)).collect();
    let held = OfficeFields { office, country: String::new(), body, start, end };
    let is_held = !held.office.is_empty() || !held.start.is_empty() || !held.end.is_empty();
    Ok(Fields { names, kind, country, sector, wikidata, offices: if is_held { vec![held] } else { Vec::new() } })
}
