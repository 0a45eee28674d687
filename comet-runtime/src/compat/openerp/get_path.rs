//! Where to poll, as the client asks for it: a JSON-RPC 2.0 call (<https://www.jsonrpc.org/specification>).

use std::collections::HashMap;

use axum_core::body::Body;
use axum_core::response::Response;
use http::StatusCode;
use serde_json::value::RawValue;
use serde_json::{Value, json};

use crate::app::Host;
use crate::error::Error;
use crate::transport::{self, problem};

/// Where the client asks, below the mount.
pub(super) const PATH: &str = "/web/longpolling/get_path";

/// What a call has; of interest is its `id` alone, which the answer has again.
type Members = HashMap<String, Box<RawValue>>;

/// Answers with the path to poll below, mount included.
pub(super) async fn answer(host: Host<'_>, prefix: &str, body: Body) -> Response {
    let body = match host.read(body, None).await {
        Ok(body) => body,
        Err(error) => return problem(None, &error),
    };
    let Ok(members) = serde_json::from_slice::<Members>(&body) else { return refuse() };
    let path = format!("{}{prefix}", host.mount());
    transport::json(
        json!({ "jsonrpc": "2.0", "id": members.get("id"), "result": path }).to_string(),
    )
}

fn refuse() -> Response {
    let message = "the body is no JSON-RPC request";
    Error::new(StatusCode::BAD_REQUEST, message).log();
    let error = json!({ "code": -32700, "message": message });
    let body = json!({ "jsonrpc": "2.0", "id": Value::Null, "error": error }).to_string();
    let mut response = transport::json(body);
    *response.status_mut() = StatusCode::BAD_REQUEST;
    response
}
