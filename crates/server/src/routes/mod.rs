//! The routes, each described where it is written.

mod actors;
mod dispatches;
mod export;
mod happenings;
mod outside;
mod pairs;
mod posted;
mod record;

use crate::error::{ApiError, Refusal};
use crate::state::Room;
use crate::{guard, metrics, room};
use axum::Router;
use axum::extract::{FromRequestParts, Path};
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::middleware::from_fn_with_state;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use schemars::generate::SchemaSettings;
use serde_json::{Value, json};
use std::any::Any;
use std::sync::Arc;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{DefaultPredicate, NotForContentType, Predicate};
use utoipa::OpenApi;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// An id in a path.
pub(crate) struct Id(pub(crate) String);

impl<S: Send + Sync> FromRequestParts<S> for Id {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Id, ApiError> {
        let cure = "percent-encode it as UTF-8";
        let read = Path::<String>::from_request_parts(parts, state).await;
        read.map(|Path(id)| Id(id)).map_err(|_| ApiError::new(StatusCode::BAD_REQUEST, "the id in the path cannot be read", cure))
    }
}

#[derive(OpenApi)]
#[openapi(
    info(title = "depeche", description = "The record of who did what to whom, when and where, each fact with its evidence."),
    components(schemas(Refusal))
)]
struct Described;

fn api() -> OpenApiRouter<Arc<Room>> {
    OpenApiRouter::with_openapi(Described::openapi())
        .routes(routes!(record::record))
        .routes(routes!(happenings::happenings))
        .routes(routes!(happenings::happening))
        .routes(routes!(happenings::density))
        .routes(routes!(happenings::places))
        .routes(routes!(happenings::disagreements))
        .routes(routes!(dispatches::dispatches))
        .routes(routes!(dispatches::dispatch))
        .routes(routes!(dispatches::stories))
        .routes(routes!(dispatches::search))
        .routes(routes!(actors::actors))
        .routes(routes!(actors::actor))
        .routes(routes!(actors::offices))
        .routes(routes!(actors::commitments))
        .routes(routes!(actors::suggest))
        .routes(routes!(pairs::series))
        .routes(routes!(pairs::network))
        .routes(routes!(posted::sql))
        .routes(routes!(posted::code))
        .routes(routes!(record::stream))
        .routes(routes!(export::export))
}

/// All that is served.
pub(crate) fn router(shared: Arc<Room>) -> Router {
    let (api, _) = OpenApiRouter::new().nest("/api/v1", api()).split_for_parts();
    let compressed = CompressionLayer::new().compress_when(DefaultPredicate::new().and(NotForContentType::const_new("text/event-stream")));
    api.route("/api/v1/openapi.json", get(outside::openapi))
        .route("/healthz", get(outside::healthz))
        .route("/metrics", get(outside::metrics))
        .route("/login", get(outside::login_page).post(outside::login))
        .fallback(room::file)
        .method_not_allowed_fallback(room::not_allowed)
        .layer(compressed)
        .layer(CatchPanicLayer::custom(panicked))
        .layer(from_fn_with_state(shared.clone(), guard::guard))
        .layer(from_fn_with_state(shared.clone(), metrics::measure))
        .with_state(shared)
}

fn panicked(fault: Box<dyn Any + Send>) -> Response {
    let told = fault.downcast_ref::<String>().map(String::as_str).or_else(|| fault.downcast_ref::<&str>().copied());
    tracing::error!(fault = told.unwrap_or("unknown"), "a request ended in a fault");
    ApiError::broken("the request ended in a fault").into_response()
}

/// The description of the API. What a coded dispatch is stands in the record's own schema.
pub(crate) fn description() -> Value {
    let (_, described) = OpenApiRouter::<Arc<Room>>::with_openapi(Described::openapi()).nest("/api/v1", api()).split_for_parts();
    let mut described = serde_json::to_value(described).unwrap_or_default();
    described["info"]["version"] = json!(env!("CARGO_PKG_VERSION"));
    let mut generator =
        SchemaSettings::draft2020_12().with(|settings| settings.definitions_path = "/components/schemas".into()).into_generator();
    let coded = generator.subschema_for::<depeche::record::CodedDispatch>().to_value();
    for (name, schema) in generator.take_definitions(true) {
        described["components"]["schemas"][name] = schema;
    }
    described["components"]["schemas"]["DispatchInFull"]["properties"]["coded"] = coded.clone();
    described["paths"]["/api/v1/code"]["post"]["responses"]["200"]["content"]["application/json"]["schema"] = coded;
    add_csv(&mut described);
    described
}

/// What can be had as CSV is described so.
fn add_csv(described: &mut Value) {
    let paths = described["paths"].as_object_mut().into_iter().flat_map(|paths| paths.values_mut());
    for operation in paths.filter_map(|path| path.get_mut("get")) {
        let takes_format = |parameters: &Vec<Value>| parameters.iter().any(|parameter| parameter["name"] == "format");
        if operation["parameters"].as_array().is_some_and(takes_format) {
            operation["responses"]["200"]["content"]["text/csv"] = json!({"schema": {"type": "string"}});
        }
    }
}
