//! Refusals: a status, what happened and what to do, as JSON.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use depeche_store::{StoreError, StoreErrorKind};
use serde::Serialize;
use std::collections::BTreeMap;
use std::fmt;
use utoipa::openapi::{RefOr, content::ContentBuilder, response::ResponseBuilder, schema::Ref};
use utoipa::{IntoResponses, ToSchema};

/// Why there is no answer.
#[derive(Debug, Clone)]
pub(crate) struct ApiError {
    pub(crate) status: StatusCode,
    pub(crate) error: String,
    pub(crate) cure: String,
}

/// What happened and what to do about it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Refusal {
    /// What happened.
    error: String,
    /// What to do.
    cure: String,
}

impl ApiError {
    pub(crate) fn new(status: StatusCode, error: impl Into<String>, cure: impl Into<String>) -> ApiError {
        ApiError { status, error: error.into(), cure: cure.into() }
    }

    /// A parameter that cannot be read.
    pub(crate) fn parameter(name: &str, error: impl fmt::Display, cure: impl Into<String>) -> ApiError {
        ApiError::new(StatusCode::BAD_REQUEST, format!("`{name}`: {error}"), cure)
    }

    /// An id that nothing has.
    pub(crate) fn unknown(what: &str, id: &str) -> ApiError {
        let shown: String = id.chars().take(200).collect();
        let cure = "give an id as the lists write it, percent-encoded";
        ApiError::new(StatusCode::NOT_FOUND, format!("the record has no {what} `{shown}`"), cure)
    }

    pub(crate) fn busy(what: &str) -> ApiError {
        ApiError::new(StatusCode::SERVICE_UNAVAILABLE, format!("too many {what} at once"), "ask again in a second")
    }

    pub(crate) fn too_long() -> ApiError {
        ApiError::new(StatusCode::REQUEST_TIMEOUT, "the request took too long and was stopped", "narrow the question, or send it faster")
    }

    pub(crate) fn too_large(most: usize) -> ApiError {
        let error = format!("the body has more than {most} bytes");
        ApiError::new(StatusCode::PAYLOAD_TOO_LARGE, error, "send less; `depeche ingest` takes what is larger")
    }

    pub(crate) fn broken(error: impl Into<String>) -> ApiError {
        ApiError::new(StatusCode::INTERNAL_SERVER_ERROR, error, "look into the log of `depeche serve`")
    }
}

impl fmt::Display for ApiError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} (hint: {})", self.error, self.cure)
    }
}

impl From<StoreError> for ApiError {
    fn from(error: StoreError) -> ApiError {
        use StoreErrorKind as Kind;
        let status = match error.kind {
            Kind::Question | Kind::Dispatch => StatusCode::BAD_REQUEST,
            Kind::Forbidden => StatusCode::FORBIDDEN,
            Kind::NotFound => StatusCode::NOT_FOUND,
            Kind::Timeout => StatusCode::REQUEST_TIMEOUT,
            Kind::Missing | Kind::NotARecord | Kind::Newer | Kind::Damaged | Kind::InUse | Kind::Full | Kind::ReadOnly => {
                StatusCode::SERVICE_UNAVAILABLE
            }
            _ => StatusCode::INTERNAL_SERVER_ERROR,
        };
        if status.is_server_error() {
            tracing::error!(error = %error, "the record cannot be asked");
        }
        ApiError::new(status, error.message, error.cure)
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let status = self.status;
        let body = serde_json::to_vec(&Refusal { error: self.error, cure: self.cure }).unwrap_or_default();
        let mut response = (status, [(header::CONTENT_TYPE, "application/json")], body).into_response();
        response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        match status {
            StatusCode::SERVICE_UNAVAILABLE | StatusCode::TOO_MANY_REQUESTS => {
                response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("1"));
            }
            StatusCode::UNAUTHORIZED => {
                response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
            }
            _ => {}
        }
        response
    }
}

/// Every way in which any request may be refused.
pub(crate) struct Refusals;

impl IntoResponses for Refusals {
    fn responses() -> BTreeMap<String, RefOr<utoipa::openapi::Response>> {
        let told = [
            ("400", "A parameter, cursor, date or body that cannot be read"),
            ("401", "No token, or a wrong one"),
            ("403", "A name of this server that it does not know, a request of another site, or SQL that does more than read"),
            ("404", "An id or a name that the record does not know"),
            ("405", "A method that there is not"),
            ("408", "A request that took too long"),
            ("413", "A body that is too large"),
            ("415", "A body of another type"),
            ("503", "Too many requests, a record that cannot be read, or a model that is not there; `Retry-After` says when to ask again"),
        ];
        let response = |description: &str| {
            let content = ContentBuilder::new().schema(Some(Ref::from_schema_name("Refusal"))).build();
            RefOr::T(ResponseBuilder::new().description(description).content("application/json", content).build())
        };
        told.into_iter().map(|(status, description)| (status.to_owned(), response(description))).collect()
    }
}
