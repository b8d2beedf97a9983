//! A text coded without being kept.
//!
//! In goes a body: JSON with a text and what is known of it, plain text, or a page; out comes the coded dispatch. Packs and models are read when the first text comes, and only so many texts are
//! coded at a time. Where there is no model for a language that there are packs for, that is told instead.

use crate::error::ApiError;
use crate::options::Options;
use axum::http::StatusCode;
use depeche::packs::PackFiles;
use depeche::record::CodedDispatch;
use depeche::{Coder, CoderOptions, Format, Models, ReadOptions, Reader, warnings};
use serde::{Deserialize, Serialize};
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};
use tokio::sync::Semaphore;
use utoipa::ToSchema;

/// How many texts may wait for one that is being coded.
const MOST_WAITING: usize = 8;

/// A text and what is known of it.
#[derive(Debug, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Posted {
    /// The dispatch.
    text: String,
    /// ISO 639-1; told from the text otherwise.
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<String>,
    /// When it was published, as ISO 8601.
    #[serde(skip_serializing_if = "Option::is_none")]
    published: Option<String>,
    /// Who published it.
    #[serde(skip_serializing_if = "Option::is_none")]
    publisher: Option<String>,
    /// Where.
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
}

/// What codes, opened when it is first wanted.
#[derive(Debug)]
pub(crate) struct Coders {
    models: Option<PathBuf>,
    opened: Arc<OnceLock<Result<Coder, String>>>,
    turns: Arc<Semaphore>,
    places: Arc<Semaphore>,
}

impl Coders {
    pub(crate) fn new(options: &Options) -> Coders {
        Coders {
            models: options.models.clone(),
            opened: Arc::default(),
            turns: Arc::new(Semaphore::new(options.coders)),
            places: Arc::new(Semaphore::new(options.coders + MOST_WAITING)),
        }
    }

    /// Codes a body of a type of content.
    pub(crate) async fn code(&self, kind: &str, body: Vec<u8>) -> Result<CodedDispatch, ApiError> {
        let kind = kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        let (format, bytes) = match kind.as_str() {
            "application/json" => (Format::Jsonl, line(&body)?),
            "text/plain" => (Format::Text, body),
            "text/html" => (Format::Html, body),
            _ => {
                let cure = "send application/json, text/plain or text/html";
                return Err(ApiError::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "the body is of another type", cure));
            }
        };
        let _place = self.places.clone().try_acquire_owned().map_err(|_| ApiError::busy("texts to code"))?;
        let turn = self.turns.clone().acquire_owned().await.map_err(|_| ApiError::busy("texts to code"))?;
        let (opened, models) = (self.opened.clone(), self.models.clone());
        let coded = tokio::task::spawn_blocking(move || {
            let _turn = turn;
            let coder = opened.get_or_init(|| open(models)).as_ref().map_err(|error| ApiError::broken(error.clone()))?;
            code(coder, format, bytes)
        });
        coded.await.map_err(|error| ApiError::broken(format!("the coding ended in a fault: {error}")))?
    }
}

fn open(models: Option<PathBuf>) -> Result<Coder, String> {
    let models = models.map_or_else(Models::default, Models::in_folder);
    Coder::new(CoderOptions { models, ..CoderOptions::default() }).map_err(|error| error.to_string())
}

/// What was posted as a line of the intake.
fn line(body: &[u8]) -> Result<Vec<u8>, ApiError> {
    let wrong = |error: serde_json::Error| {
        ApiError::new(
            StatusCode::BAD_REQUEST,
            format!("the body cannot be read: {error}"),
            "send {\"text\": \"…\"} with what is known of it",
        )
    };
    let posted: Posted = serde_json::from_slice(body).map_err(wrong)?;
    serde_json::to_vec(&posted).map_err(wrong)
}

fn code(coder: &Coder, format: Format, bytes: Vec<u8>) -> Result<CodedDispatch, ApiError> {
    let options = ReadOptions { format: Some(format), ..ReadOptions::default() };
    let item = Reader::new(std::io::Cursor::new(bytes), "posted", options).next();
    let empty = || ApiError::new(StatusCode::BAD_REQUEST, "there is no text", "send some");
    let item = item.ok_or_else(empty)?.map_err(|error| ApiError::new(StatusCode::BAD_REQUEST, error.message, error.cure))?;
    let coded = coder.code(&item);
    let language = coded.dispatch.language.clone().unwrap_or_default();
    let lacks = |code: &str| coded.warnings.iter().any(|warning| warning.code == code);
    if lacks(warnings::BROKEN_MODEL) || (lacks(warnings::NO_MODEL) && PackFiles::built_in().languages().contains(&language)) {
        let error = format!("there is no model for the language `{language}`, so that nothing can be coded from its sentences");
        return Err(ApiError::new(StatusCode::SERVICE_UNAVAILABLE, error, format!("run `depeche models add {language}` on the server")));
    }
    Ok(coded)
}
