//! The answers of a record as rows of cells, as tables and CSV have them.
//!
//! In goes an answer; out come its cells under the names of its columns. Several values of one cell are parted by `; `. JSON has the answers as they are.

use depeche_store::{
    ActorRow, CommitmentRow, Decision, DensityRow, DisagreementRow, DispatchRow, NetworkEdge, OfficeRow, Party, PlaceRow, ReportRef,
    SearchHit, SeriesRow, StoryRow, Suggestion, TimelineEntry, TimelineRow,
};

/// An answer as a row.
pub trait Cells {
    /// The names of the columns.
    const COLUMNS: &'static [&'static str];
    /// A cell for each.
    fn cells(&self) -> Vec<String>;
}

fn joined(values: impl IntoIterator<Item = String>) -> String {
    values.into_iter().collect::<Vec<_>>().join("; ")
}

fn or_blank(value: &Option<String>) -> String {
    value.clone().unwrap_or_default()
}

fn names(parties: &[Party]) -> String {
    joined(parties.iter().map(|party| party.name.clone()))
}

fn countries(parties: &[Party]) -> String {
    joined(parties.iter().map(|party| or_blank(&party.country)))
}

/// The event that a report is.
pub fn event_id(report: &ReportRef) -> String {
    format!("{}#{}", report.dispatch, report.event)
}

impl Cells for TimelineEntry {
    const COLUMNS: &'static [&'static str] = &[
        "id",
        "type",
        "mode",
        "status",
        "actors",
        "actor_countries",
        "recipients",
        "recipient_countries",
        "place",
        "place_country",
        "when",
        "earliest",
        "latest",
        "reports",
        "independent",
        "disagreements",
        "evidence",
    ];

    fn cells(&self) -> Vec<String> {
        let when = self.when.as_ref();
        vec![
            self.id.clone(),
            self.kind.clone(),
            or_blank(&self.mode),
            self.status.clone(),
            names(&self.actors),
            countries(&self.actors),
            names(&self.recipients),
            countries(&self.recipients),
            self.place.as_ref().map(|place| place.name.clone()).unwrap_or_default(),
            self.place.as_ref().and_then(|place| place.country.clone()).unwrap_or_default(),
            when.map(|when| when.value.clone()).unwrap_or_default(),
            when.and_then(|when| when.earliest.clone()).unwrap_or_default(),
            when.and_then(|when| when.latest.clone()).unwrap_or_default(),
            self.reports.len().to_string(),
            self.reports.iter().filter(|report| report.independent).count().to_string(),
            self.disagreements.to_string(),
            joined(self.reports.iter().map(event_id)),
        ]
    }
}

impl Cells for ActorRow {
    const COLUMNS: &'static [&'static str] = &["id", "kind", "name", "country", "dispatches", "happenings", "offices", "names"];

    fn cells(&self) -> Vec<String> {
        vec![
            self.id.clone(),
            self.kind.clone(),
            self.name.clone(),
            or_blank(&self.country),
            self.dispatches.to_string(),
            self.happenings.to_string(),
            joined(self.offices.clone()),
            joined(self.names.clone()),
        ]
    }
}

impl Cells for OfficeRow {
    const COLUMNS: &'static [&'static str] = &["country", "office", "body", "holder", "earliest", "latest", "according_to", "evidence"];

    fn cells(&self) -> Vec<String> {
        let mut publishers: Vec<String> = self.evidence.iter().filter_map(|evidence| evidence.publisher.clone()).collect();
        publishers.sort();
        publishers.dedup();
        vec![
            or_blank(&self.country),
            self.office.clone(),
            or_blank(&self.body),
            self.holder.name.clone(),
            or_blank(&self.earliest),
            or_blank(&self.latest),
            joined(publishers),
            joined(self.evidence.iter().map(|evidence| format!("{} {}..{}", evidence.dispatch, evidence.start, evidence.end))),
        ]
    }
}

impl Cells for SeriesRow {
    const COLUMNS: &'static [&'static str] = &[
        "from",
        "to",
        "period",
        "verbal_cooperation",
        "material_cooperation",
        "verbal_conflict",
        "material_conflict",
        "goldstein_mean",
        "happenings",
        "reports",
        "dispatches",
    ];

    fn cells(&self) -> Vec<String> {
        let counts = [self.verbal_cooperation, self.material_cooperation, self.verbal_conflict, self.material_conflict];
        let denominators = [self.happenings, self.reports, self.dispatches];
        let head = [self.from.clone(), self.to.clone(), or_blank(&self.period)];
        let mean = format!("{:.3}", self.goldstein_mean);
        head.into_iter()
            .chain(counts.map(|count| count.to_string()))
            .chain([mean])
            .chain(denominators.map(|count| count.to_string()))
            .collect()
    }
}

impl Cells for CommitmentRow {
    const COLUMNS: &'static [&'static str] = &[
        "id",
        "when",
        "promisor",
        "voiced_by",
        "beneficiary",
        "polarity",
        "object",
        "restates",
        "widens",
        "narrows",
        "contradicts",
        "evidence",
    ];

    fn cells(&self) -> Vec<String> {
        vec![
            self.id.clone(),
            self.when.as_ref().map(|when| when.value.clone()).unwrap_or_default(),
            or_blank(&self.promisor),
            or_blank(&self.voiced_by),
            or_blank(&self.beneficiary),
            self.polarity.clone(),
            self.object.clone(),
            joined(self.restates.clone()),
            joined(self.widens.clone()),
            joined(self.narrows.clone()),
            joined(self.contradicts.clone()),
            joined(self.statements.iter().map(|statement| format!("{}#{}", statement.dispatch, statement.statement))),
        ]
    }
}

impl Cells for StoryRow {
    const COLUMNS: &'static [&'static str] = &["id", "story", "report", "publisher", "published", "title"];

    fn cells(&self) -> Vec<String> {
        vec![
            self.id.clone(),
            self.story.clone(),
            self.report.clone(),
            or_blank(&self.publisher),
            or_blank(&self.published),
            or_blank(&self.title),
        ]
    }
}

impl Cells for DisagreementRow {
    const COLUMNS: &'static [&'static str] = &["happening", "field", "values"];

    fn cells(&self) -> Vec<String> {
        let values = self.values.iter().map(|value| {
            let reports: Vec<String> = value.reports.iter().map(event_id).collect();
            format!("{} ({})", value.value, reports.join(", "))
        });
        vec![self.happening.clone(), self.field.clone(), joined(values)]
    }
}

impl Cells for SearchHit {
    const COLUMNS: &'static [&'static str] = &["dispatch", "start", "end", "score", "snippet"];

    fn cells(&self) -> Vec<String> {
        vec![self.dispatch.clone(), self.start.to_string(), self.end.to_string(), format!("{:.2}", self.score), self.snippet.clone()]
    }
}

impl Cells for TimelineRow {
    const COLUMNS: &'static [&'static str] = TimelineEntry::COLUMNS;

    fn cells(&self) -> Vec<String> {
        self.entry.cells()
    }
}

impl Cells for DispatchRow {
    const COLUMNS: &'static [&'static str] =
        &["id", "title", "publisher", "published", "first", "language", "url", "story", "report", "copy"];

    fn cells(&self) -> Vec<String> {
        let fields =
            [&self.title, &self.publisher, &self.published, &self.first, &self.language, &self.url, &self.story, &self.report, &self.copy];
        std::iter::once(self.id.clone()).chain(fields.map(or_blank)).collect()
    }
}

impl Cells for DensityRow {
    const COLUMNS: &'static [&'static str] =
        &["period", "happenings", "verbal_cooperation", "material_cooperation", "verbal_conflict", "material_conflict"];

    fn cells(&self) -> Vec<String> {
        let counts = [self.happenings, self.verbal_cooperation, self.material_cooperation, self.verbal_conflict, self.material_conflict];
        std::iter::once(self.period.clone()).chain(counts.map(|count| count.to_string())).collect()
    }
}

impl Cells for PlaceRow {
    const COLUMNS: &'static [&'static str] = &["name", "country", "lat", "lon", "happenings", "types"];

    fn cells(&self) -> Vec<String> {
        let degrees = |value: Option<f64>| value.map(|value| value.to_string()).unwrap_or_default();
        vec![
            self.name.clone(),
            or_blank(&self.country),
            degrees(self.lat),
            degrees(self.lon),
            self.happenings.to_string(),
            joined(self.types.iter().map(|(name, count)| format!("{name} {count}"))),
        ]
    }
}

impl Cells for NetworkEdge {
    const COLUMNS: &'static [&'static str] = &[
        "source",
        "target",
        "happenings",
        "goldstein_mean",
        "verbal_cooperation",
        "material_cooperation",
        "verbal_conflict",
        "material_conflict",
    ];

    fn cells(&self) -> Vec<String> {
        let counts = [self.verbal_cooperation, self.material_cooperation, self.verbal_conflict, self.material_conflict];
        let head = [self.source.clone(), self.target.clone(), self.happenings.to_string(), format!("{:.3}", self.goldstein_mean)];
        head.into_iter().chain(counts.map(|count| count.to_string())).collect()
    }
}

impl Cells for Decision {
    const COLUMNS: &'static [&'static str] = &["verdict", "one", "one_name", "other", "other_name"];

    fn cells(&self) -> Vec<String> {
        [&self.verdict, &self.one, &self.one_name, &self.other, &self.other_name].map(String::clone).to_vec()
    }
}

impl Cells for Suggestion {
    const COLUMNS: &'static [&'static str] = &["kind", "id", "name", "country", "happenings"];

    fn cells(&self) -> Vec<String> {
        vec![self.kind.clone(), self.id.clone(), self.name.clone(), or_blank(&self.country), self.happenings.to_string()]
    }
}
