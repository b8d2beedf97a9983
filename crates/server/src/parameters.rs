//! The parameters of the queries, told once: they are read and described by the same table.
//!
//! In goes a query string; out come the values of the parameters that the question takes. One that it does not take, that is given twice where one is taken, or that cannot be read is refused.

use crate::error::ApiError;
use axum::extract::FromRequestParts;
use axum::http::StatusCode;
use axum::http::request::Parts;
use depeche::record::{Date, EventType, Status};
use depeche_store::Filter;
use std::collections::BTreeMap;
use std::marker::PhantomData;
use utoipa::IntoParams;
use utoipa::openapi::path::{ParameterBuilder, ParameterIn};
use utoipa::openapi::schema::{ArrayBuilder, KnownFormat, ObjectBuilder, Schema, SchemaFormat, SchemaType, Type};
use utoipa::openapi::{RefOr, Required};

/// The most bytes of one value.
const LONGEST: usize = 2000;
/// The most values of one parameter.
const MOST_VALUES: usize = 50;
/// How many rows a page has where nobody says.
const USUAL_ROWS: usize = 50;
/// The most rows of a page.
const MOST_ROWS: usize = 500;

/// What a value is.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Kind {
    /// Any text but an empty one.
    Text,
    /// `YYYY-MM-DD`.
    Day,
    /// Two with a comma between.
    Pair,
    /// A number of rows.
    Rows,
    /// One of these.
    OneOf(fn() -> Vec<&'static str>),
}

/// A parameter.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Parameter {
    name: &'static str,
    told: &'static str,
    kind: Kind,
    repeats: bool,
    required: bool,
}

impl Parameter {
    pub(crate) const fn new(name: &'static str, kind: Kind, told: &'static str) -> Parameter {
        Parameter { name, told, kind, repeats: false, required: false }
    }

    const fn repeats(self) -> Parameter {
        Parameter { repeats: true, ..self }
    }

    pub(crate) const fn required(self) -> Parameter {
        Parameter { required: true, ..self }
    }
}

/// What narrows any list.
pub(crate) const FILTER: &[Parameter] = &[
    Parameter::new(
        "actor",
        Kind::Text,
        "Who takes part: a country's code, an actor's id, or a name in any spelling; of several any will do",
    )
    .repeats(),
    Parameter::new("between", Kind::Pair, "Between whom: two with a comma between, each as in `actor`"),
    Parameter::new("type", Kind::OneOf(types), "PLOVER types; of several any will do").repeats(),
    Parameter::new("status", Kind::OneOf(statuses), "Whether it took place; of several any will do").repeats(),
    Parameter::new("since", Kind::Day, "Nothing that ended before this day"),
    Parameter::new("until", Kind::Day, "Nothing that began after this day"),
    Parameter::new("place", Kind::Text, "Where: a place's name or a country's code"),
    Parameter::new("topic", Kind::Text, "Words of what it was about"),
    Parameter::new("source", Kind::Text, "Who reports it: a publisher's id or name"),
];
/// Words, where they narrow.
pub(crate) const TEXT: Parameter = Parameter::new("text", Kind::Text, "Words of a dispatch that reports it");
/// Words, where they are what is asked.
pub(crate) const WORDS: Parameter = Parameter::new(
    "text",
    Kind::Text,
    "The words: `word*` for a beginning, `\"several words\"` for these in a row, `-word` for one that must not be there",
)
.required();
/// Pages of a list.
pub(crate) const PAGES: &[Parameter] = &[
    LIMIT,
    Parameter::new("cursor", Kind::Text, "The `next` of the page before"),
    Parameter::new("format", Kind::OneOf(formats), "`csv` for rows with a header instead of JSON"),
];
/// How many.
pub(crate) const LIMIT: Parameter = Parameter::new("limit", Kind::Rows, "At most so many; 50 where nothing is said");

fn types() -> Vec<&'static str> {
    EventType::ALL.map(EventType::name).to_vec()
}

fn statuses() -> Vec<&'static str> {
    Status::ALL.map(Status::name).to_vec()
}

fn formats() -> Vec<&'static str> {
    vec!["json", "csv"]
}

/// What a question takes.
pub(crate) trait Takes: Send + Sync + 'static {
    /// The tables of its parameters.
    const TABLES: &'static [&'static [Parameter]];
}

/// The parameters of a question.
#[derive(Debug)]
pub(crate) struct Query<Of> {
    values: BTreeMap<&'static str, Vec<String>>,
    of: PhantomData<fn() -> Of>,
}

impl<Of: Takes> Query<Of> {
    fn read(text: &str) -> Result<Query<Of>, ApiError> {
        let mut values: BTreeMap<&'static str, Vec<String>> = BTreeMap::new();
        for (name, value) in url::form_urlencoded::parse(text.as_bytes()) {
            let known = parameters::<Of>().find(|parameter| parameter.name == name);
            let Some(parameter) = known else {
                let shown: String = name.chars().take(100).collect();
                let names: Vec<&str> = parameters::<Of>().map(|parameter| parameter.name).collect();
                let cure = if names.is_empty() { "leave it out".to_owned() } else { format!("there are {}", names.join(", ")) };
                return Err(ApiError::new(StatusCode::BAD_REQUEST, format!("there is no parameter `{shown}`"), cure));
            };
            if value.len() > LONGEST {
                return Err(ApiError::parameter(parameter.name, format!("it has more than {LONGEST} bytes"), "give less"));
            }
            check(parameter, &value)?;
            let list = values.entry(parameter.name).or_default();
            if !list.is_empty() && !parameter.repeats {
                return Err(ApiError::parameter(parameter.name, "it is given twice", "give it once"));
            }
            if list.len() == MOST_VALUES {
                return Err(ApiError::parameter(parameter.name, format!("it is given more than {MOST_VALUES} times"), "give fewer"));
            }
            list.push(value.into_owned());
        }
        if let Some(missing) = parameters::<Of>().find(|parameter| parameter.required && !values.contains_key(parameter.name)) {
            return Err(ApiError::parameter(missing.name, "it is not given", format!("give it: {}", missing.told)));
        }
        Ok(Query { values, of: PhantomData })
    }

    /// The value of a parameter.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.values.get(name).and_then(|values| values.first()).map(String::as_str)
    }

    fn all(&self, name: &str) -> &[String] {
        self.values.get(name).map(Vec::as_slice).unwrap_or_default()
    }

    /// How many rows a page has.
    pub(crate) fn rows(&self) -> usize {
        self.get("limit").and_then(|limit| limit.parse().ok()).unwrap_or(USUAL_ROWS)
    }

    /// The filter without a limit.
    pub(crate) fn filter(&self) -> Filter {
        let day = |name: &str| self.get(name).and_then(|day| day.parse::<Date>().ok());
        Filter {
            actors: self.all("actor").to_vec(),
            between: self.get("between").and_then(pair),
            types: self.all("type").iter().filter_map(|name| name.parse().ok()).collect(),
            statuses: self.all("status").iter().filter_map(|name| Status::named(name)).collect(),
            since: day("since"),
            until: day("until"),
            place: self.get("place").map(str::to_owned),
            topic: self.get("topic").map(str::to_owned),
            source: self.get("source").map(str::to_owned),
            text: self.get("text").map(str::to_owned),
            limit: None,
        }
    }

    /// The filter of a page.
    pub(crate) fn page_filter(&self) -> Filter {
        Filter { limit: Some(self.rows()), ..self.filter() }
    }
}

fn parameters<Of: Takes>() -> impl Iterator<Item = &'static Parameter> {
    Of::TABLES.iter().copied().flatten()
}

fn pair(text: &str) -> Option<(String, String)> {
    let (one, other) = text.split_once(',')?;
    let (one, other) = (one.trim(), other.trim());
    (!one.is_empty() && !other.is_empty()).then(|| (one.to_owned(), other.to_owned()))
}

/// That a value is what its parameter takes.
fn check(parameter: &Parameter, value: &str) -> Result<(), ApiError> {
    let shown: String = value.chars().take(100).collect();
    let wrong = |cure: String| Err(ApiError::parameter(parameter.name, format!("`{shown}` cannot be read"), cure));
    match parameter.kind {
        Kind::Text if value.trim().is_empty() => wrong("give some text, or leave it out".to_owned()),
        Kind::Day if value.len() != 10 || value.parse::<Date>().is_err() => {
            wrong("give a day as YYYY-MM-DD, such as 2026-03-01".to_owned())
        }
        Kind::Pair if pair(value).is_none() => wrong("give two with a comma between, such as IRN,AZE".to_owned()),
        Kind::Rows if !value.parse::<usize>().is_ok_and(|rows| (1..=MOST_ROWS).contains(&rows)) => {
            wrong(format!("give a number from 1 to {MOST_ROWS}"))
        }
        Kind::OneOf(all) if !all().contains(&value) => wrong(format!("there are {}", all().join(", "))),
        _ => Ok(()),
    }
}

impl<Of: Takes, S: Send + Sync> FromRequestParts<S> for Query<Of> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Query<Of>, ApiError> {
        Query::read(parts.uri.query().unwrap_or_default())
    }
}

impl<Of: Takes> IntoParams for Query<Of> {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<utoipa::openapi::path::Parameter> {
        parameters::<Of>().map(described).collect()
    }
}

fn described(parameter: &Parameter) -> utoipa::openapi::path::Parameter {
    let text = || ObjectBuilder::new().schema_type(SchemaType::Type(Type::String));
    let one = match parameter.kind {
        Kind::Text => text().min_length(Some(1)).max_length(Some(LONGEST / 4)),
        Kind::Pair => text().pattern(Some("^[^,]+,[^,]+$")),
        Kind::Day => text().format(Some(SchemaFormat::KnownFormat(KnownFormat::Date))),
        Kind::Rows => ObjectBuilder::new().schema_type(SchemaType::Type(Type::Integer)).minimum(Some(1)).maximum(Some(MOST_ROWS as f64)),
        Kind::OneOf(all) => text().enum_values(Some(all())),
    };
    let one = RefOr::T(Schema::Object(one.build()));
    let schema =
        if parameter.repeats { RefOr::T(Schema::Array(ArrayBuilder::new().items(one).max_items(Some(MOST_VALUES)).build())) } else { one };
    ParameterBuilder::new()
        .name(parameter.name)
        .parameter_in(ParameterIn::Query)
        .description(Some(parameter.told))
        .required(if parameter.required { Required::True } else { Required::False })
        .schema(Some(schema))
        .build()
}
