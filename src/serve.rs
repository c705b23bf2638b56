//! Shows a folder of built files to browsers on this machine: parts of files as PDF readers ask for them, right content types, and nothing from outside the folder.
#![expect(clippy::disallowed_methods, reason = "it shows a folder that is there")]

use std::net::SocketAddr;

use anyhow::{Context, Result};
use axum::Router;
use axum::extract::{Request, State};
use axum::http::header::{CACHE_CONTROL, X_CONTENT_TYPE_OPTIONS};
use axum::http::{HeaderValue, StatusCode};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{Html, IntoResponse, Response};
use axum::serve::ListenerExt;
use camino::{Utf8Path, Utf8PathBuf};
use percent_encoding::percent_decode_str;
use tokio::net::TcpListener;
use tower_http::services::ServeDir;
use tower_http::set_header::SetResponseHeaderLayer;

/// Serves a folder at an address until somebody asks to stop; `ready` gets the address as it is, when it can be opened.
///
/// # Errors
/// If the folder is not there, or the address cannot be had.
pub fn serve(folder: &Utf8Path, address: SocketAddr, ready: impl FnOnce(SocketAddr) -> Result<()>) -> Result<()> {
    let folder = folder.canonicalize_utf8().with_context(|| format!("cannot open the folder {folder}"))?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_io().build().context("cannot begin to serve")?;
    runtime.block_on(async {
        let listener = TcpListener::bind(address).await.with_context(|| format!("cannot listen at {address}"))?;
        ready(listener.local_addr().with_context(|| format!("cannot listen at {address}"))?)?;
        // Else the second half of each answer waits 40 ms for word that the first has come.
        let listener = listener.tap_io(|stream| drop(stream.set_nodelay(true)));
        let stop = async {
            // If it cannot be listened for, the process can still be killed.
            if tokio::signal::ctrl_c().await.is_err() {
                std::future::pending::<()>().await;
            }
        };
        tokio::select! {
            served = axum::serve(listener, router(folder)).into_future() => served.context("cannot go on serving"),
            () = stop => Ok(()),
        }
    })
}

fn router(folder: Utf8PathBuf) -> Router {
    let header = SetResponseHeaderLayer::overriding;
    Router::new()
        .fallback_service(ServeDir::new(&folder))
        .layer(from_fn_with_state(folder, inside))
        .layer(header(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")))
        // The next build may write another file of the same name.
        .layer(header(CACHE_CONTROL, HeaderValue::from_static("no-cache")))
}

/// Lets a request pass if it asks for a file of the folder: no hidden one, and none to which a link leads out of it.
async fn inside(State(folder): State<Utf8PathBuf>, request: Request, next: Next) -> Response {
    let is_inside = percent_decode_str(request.uri().path()).decode_utf8().is_ok_and(|path| is_inside(&folder, &path));
    if is_inside {
        return next.run(request).await;
    }
    // As hosts of static pages do it.
    match std::fs::read_to_string(folder.join("404.html")) {
        Ok(page) => (StatusCode::NOT_FOUND, Html(page)).into_response(),
        Err(_) => (StatusCode::NOT_FOUND, "There is nothing at this address.\n").into_response(),
    }
}

fn is_inside(folder: &Utf8Path, path: &str) -> bool {
    let mut parts = path.split('/').filter(|part| !part.is_empty());
    if !parts.all(|part| !part.starts_with('.') && !part.contains(['\\', ':', '\0'])) {
        return false;
    }
    folder.join(path.trim_start_matches('/')).canonicalize_utf8().is_ok_and(|file| file.starts_with(folder))
}
