//! Serves a folder of built files to browsers, with range requests for PDF viewers, correct content types, and nothing from outside
//! the folder.
#![expect(clippy::disallowed_methods, reason = "it serves a folder on disk")]

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

/// Serves a folder until Ctrl-C; `ready` receives the actual address once it can be opened.
///
/// # Errors
/// If the folder doesn't exist, or the address isn't available.
pub fn serve(folder: &Utf8Path, address: SocketAddr, ready: impl FnOnce(SocketAddr) -> Result<()>) -> Result<()> {
    let folder = folder.canonicalize_utf8().with_context(|| format!("cannot open the folder {folder}"))?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_io().build().context("cannot start the server")?;
    runtime.block_on(async {
        let listener = TcpListener::bind(address).await.with_context(|| format!("cannot listen on {address}"))?;
        ready(listener.local_addr().with_context(|| format!("cannot listen on {address}"))?)?;
        // Otherwise the second half of each response waits 40 ms for an acknowledgment of the first.
        let listener = listener.tap_io(|stream| drop(stream.set_nodelay(true)));
        let stop = async {
            // If Ctrl-C can't be handled, the process can still be killed.
            if tokio::signal::ctrl_c().await.is_err() {
                std::future::pending::<()>().await;
            }
        };
        tokio::select! {
            served = axum::serve(listener, router(folder)).into_future() => served.context("the server stopped"),
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
        // The next build may replace files.
        .layer(header(CACHE_CONTROL, HeaderValue::from_static("no-cache")))
}

/// Passes on requests for files inside the folder, but not hidden files or links that lead out of it.
async fn inside(State(folder): State<Utf8PathBuf>, request: Request, next: Next) -> Response {
    let is_inside = percent_decode_str(request.uri().path()).decode_utf8().is_ok_and(|path| is_inside(&folder, &path));
    if is_inside {
        return next.run(request).await;
    }
    // Like static site hosts.
    match std::fs::read_to_string(folder.join("404.html")) {
        Ok(page) => (StatusCode::NOT_FOUND, Html(page)).into_response(),
        Err(_) => (StatusCode::NOT_FOUND, "Page not found.\n").into_response(),
    }
}

fn is_inside(folder: &Utf8Path, path: &str) -> bool {
    let mut parts = path.split('/').filter(|part| !part.is_empty());
    if !parts.all(|part| !part.starts_with('.') && !part.contains(['\\', ':', '\0'])) {
        return false;
    }
    folder.join(path.trim_start_matches('/')).canonicalize_utf8().is_ok_and(|file| file.starts_with(folder))
}
