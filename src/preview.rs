//! The preview: a page on this computer that shows the packet of a lesson while the lesson is being written, and edits the lesson.
//!
//! `proofs` lays out the packet on threads of its own, `unsaved` reads and writes the lesson's files, and [`crate::lsp`] helps with
//! writing. Only a browser on this computer that knows the address, which has a random part, gets an answer.

mod proofs;
mod unsaved;
mod view;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use anyhow::{Context, Result};
use axum::Router;
use axum::body::Body;
use axum::extract::{DefaultBodyLimit, Query, Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::serve::ListenerExt;
use camino::{Utf8Path, Utf8PathBuf};
use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};
use tokio::net::TcpListener;

use crate::glyphs::Coverage;
use crate::lesson::Lesson;
use crate::lesson::series::{Edition, Format, Paper};
use crate::library::{Library, SERIES};
use crate::lsp::{self, Published, Refusal};
use crate::session::Session;
use crate::typeset::{Fonts, Templates};
use crate::watch::Watch;
use proofs::{Order, Proofs};
use unsaved::{Folder, MAX_BYTES};
use view::View;

/// How long a request for changes waits for one.
const LONG_POLL: Duration = Duration::from_secs(25);

/// The widest picture of a page, in pixels.
const MAX_WIDTH: u32 = 4000;

/// The most lessons whose titles are read for the list.
const MAX_TITLES: usize = 200;

/// What the page may do: only what this server sends it.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; \
                      base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// What the preview shows: the lessons, and what their packets are set with.
pub struct Project {
    lessons: Utf8PathBuf,
    series: Option<Utf8PathBuf>,
    fonts: Fonts,
    templates: Templates,
    coverage: Coverage,
}

impl Project {
    /// The lessons in a folder, with a series file elsewhere if there is one.
    ///
    /// # Errors
    /// If the folder can't be opened.
    pub fn new(lessons: &Utf8Path, series: Option<&Utf8Path>, fonts: Fonts, templates: Templates) -> Result<Self> {
        // Addresses of files need whole paths.
        let lessons = lessons.canonicalize_utf8().with_context(|| format!("cannot open the folder {lessons}"))?;
        let coverage = fonts.coverage();
        Ok(Self { lessons, series: series.map(Utf8Path::to_owned), fonts, templates, coverage })
    }

    fn series_file(&self) -> Cow<'_, Utf8Path> {
        self.series.as_deref().map_or_else(|| Cow::Owned(self.lessons.join(SERIES)), Cow::Borrowed)
    }
}

/// What all requests share.
struct Preview {
    project: Arc<Project>,
    proofs: Proofs,
    folder: Folder,
    language: Mutex<lsp::Service>,
    /// The random part of the address.
    token: String,
    /// The host and port in the address.
    host: String,
    /// The lesson that is shown first: its issue and name.
    first: (String, String),
    /// How often files changed on disk, and which ones changed last.
    changes: tokio::sync::watch::Receiver<Changes>,
}

/// The files that changed on disk.
#[derive(Debug, Clone, Default, Serialize)]
struct Changes {
    /// How often something changed.
    count: u64,
    /// The files that changed last, from the lessons folder.
    files: Vec<String>,
}

/// Shows a lesson until Ctrl-C; `ready` receives the address once it can be opened.
///
/// `first` is the issue and the name of the lesson.
///
/// # Errors
/// If the port isn't available, or a thread can't be started.
pub fn serve(project: Project, first: (String, String), port: u16, ready: impl FnOnce(&str) -> Result<()>) -> Result<()> {
    let runtime =
        tokio::runtime::Builder::new_current_thread().enable_io().enable_time().build().context("cannot start the server")?;
    let project = Arc::new(project);
    let stop = Arc::new(AtomicBool::new(false));
    let served = runtime.block_on(async {
        let listener = TcpListener::bind(SocketAddr::from(([127, 0, 0, 1], port)))
            .await
            .with_context(|| format!("cannot listen on port {port}; choose another with `--port`"))?;
        let host = listener.local_addr().context("cannot start the server")?.to_string();
        let token = token()?;
        let (told, changes) = tokio::sync::watch::channel(Changes::default());
        let preview = Arc::new(Preview {
            proofs: Proofs::start(Arc::clone(&project))?,
            folder: Folder::at(project.lessons.clone()),
            language: Mutex::new(lsp::Service::new(project.fonts.coverage())),
            token: token.clone(),
            host: host.clone(),
            first,
            changes,
            project: Arc::clone(&project),
        });
        watch_folders(&project, Arc::clone(&preview), told, Arc::clone(&stop))?;
        ready(&format!("http://{host}/{token}/"))?;
        // Otherwise the second half of each response waits 40 ms for an acknowledgment of the first.
        let listener = listener.tap_io(|stream| drop(stream.set_nodelay(true)));
        let interrupted = async {
            // If Ctrl-C can't be handled, the process can still be killed.
            if tokio::signal::ctrl_c().await.is_err() {
                std::future::pending::<()>().await;
            }
        };
        tokio::select! {
            served = axum::serve(listener, router(preview)).into_future() => served.context("the server stopped"),
            () = interrupted => Ok(()),
        }
    });
    stop.store(true, Ordering::Relaxed);
    served
}

/// A random part of an address, which nobody can guess.
fn token() -> Result<String> {
    let mut bytes = [0_u8; 16];
    getrandom::fill(&mut bytes).map_err(|error| anyhow::anyhow!("the system has no random numbers: {error}"))?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

/// Tells the page of files that change on disk.
fn watch_folders(
    project: &Arc<Project>,
    preview: Arc<Preview>,
    told: tokio::sync::watch::Sender<Changes>,
    stop: Arc<AtomicBool>,
) -> Result<()> {
    let watch = Watch::of(&[&project.lessons])?;
    let root = project.lessons.clone();
    let work = move || {
        while let Some(paths) = watch.wait(&stop) {
            if paths.iter().any(|path| path.extension() != Some("yaml")) {
                preview.proofs.forget_images();
            }
            let files = paths.iter().filter_map(|path| Some(path.strip_prefix(&root).ok()?.to_string())).collect();
            told.send_modify(|changes| *changes = Changes { count: changes.count + 1, files });
        }
    };
    std::thread::Builder::new().name("watch".to_owned()).spawn(work).context("cannot start a thread")?;
    Ok(())
}

fn router(preview: Arc<Preview>) -> Router {
    let at = |name: &str| format!("/{}/{name}", preview.token);
    let to_page = axum::response::Redirect::permanent(&at(""));
    Router::new()
        // Without the slash, the page's own addresses would lead elsewhere.
        .route(at("").trim_end_matches('/'), get(move || async { to_page }))
        .route(&at(""), get(|| asset("text/html", include_str!("preview/preview.html"))))
        .route(&at("preview.css"), get(|| asset("text/css", include_str!("preview/preview.css"))))
        .route(&at("preview.js"), get(|| asset("text/javascript", include_str!("preview/preview.js"))))
        .route(&at("editor.js"), get(|| asset("text/javascript", include_str!("preview/editor.js"))))
        .route(&at("lessons"), get(lessons))
        .route(&at("file"), get(file))
        .route(&at("typed"), post(typed))
        .route(&at("draw"), post(draw))
        .route(&at("settle"), post(settle))
        .route(&at("page"), get(picture))
        .route(&at("text"), get(text))
        .route(&at("packet.pdf"), get(pdf))
        .route(&at("save"), post(save))
        .route(&at("discard"), post(discard))
        .route(&at("check"), post(check))
        .route(&at("ask"), post(ask))
        .route(&at("changes"), get(changes))
        .layer(DefaultBodyLimit::max(4 * MAX_BYTES))
        .layer(from_fn_with_state(Arc::clone(&preview), guard))
        .with_state(preview)
}

/// Lets only requests through that come from the page itself, or from someone who opens it.
async fn guard(State(preview): State<Arc<Preview>>, request: Request, next: Next) -> Response {
    let headers = request.headers();
    let value = |name: header::HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    let port = preview.host.rsplit(':').next().unwrap_or_default();
    let hosts = [preview.host.clone(), format!("localhost:{port}")];
    // A name that leads to this computer by a trick isn't the one in the address.
    let is_own_host = value(header::HOST).is_some_and(|host| hosts.iter().any(|own| own == host));
    let is_own_origin =
        headers.get(header::ORIGIN).is_none_or(|origin| hosts.iter().any(|own| *origin == format!("http://{own}")));
    let site = headers.get("sec-fetch-site").and_then(|site| site.to_str().ok());
    let is_opened = request.method() == Method::GET && headers.get("sec-fetch-mode").is_some_and(|mode| mode == "navigate");
    let is_own_site = is_opened || site.is_none_or(|site| matches!(site, "same-origin" | "none"));
    let knows = request.uri().path().strip_prefix('/').is_some_and(|path| {
        let token = path.split('/').next().unwrap_or_default();
        token.len() == preview.token.len() && same(token.as_bytes(), preview.token.as_bytes())
    });
    let mut response = if is_own_host && is_own_origin && is_own_site && knows {
        next.run(request).await
    } else {
        (StatusCode::NOT_FOUND, "Not found. Open the address that `packetpress preview` printed.\n").into_response()
    };
    secure(response.headers_mut());
    response
}

/// Compares in the same time, wherever the first difference is.
fn same(one: &[u8], other: &[u8]) -> bool {
    one.iter().zip(other).fold(0, |found, (one, other)| found | (one ^ other)) == 0
}

fn secure(headers: &mut HeaderMap) {
    let fixed = [
        ("content-security-policy", POLICY),
        ("x-content-type-options", "nosniff"),
        ("x-frame-options", "DENY"),
        ("referrer-policy", "no-referrer"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
    ];
    for (name, value) in fixed {
        headers.insert(name, HeaderValue::from_static(value));
    }
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
}

async fn asset(kind: &'static str, text: &'static str) -> Response {
    ([(header::CONTENT_TYPE, format!("{kind}; charset=utf-8"))], text).into_response()
}

/// Why a request failed, for the page to show.
struct Trouble(StatusCode, String);

impl IntoResponse for Trouble {
    fn into_response(self) -> Response {
        (self.0, axum::Json(json!({"error": self.1}))).into_response()
    }
}

impl From<anyhow::Error> for Trouble {
    fn from(error: anyhow::Error) -> Self {
        Self(StatusCode::INTERNAL_SERVER_ERROR, format!("{error:#}"))
    }
}

fn check_size(text: &str) -> Result<(), Trouble> {
    if text.len() <= MAX_BYTES {
        return Ok(());
    }
    Err(Trouble(StatusCode::PAYLOAD_TOO_LARGE, "this file is too large for a lesson".to_owned()))
}

fn no_such_file(file: &str) -> Trouble {
    Trouble(StatusCode::FORBIDDEN, format!("`{file}` isn't a file of the lessons folder"))
}

impl Preview {
    fn path(&self, file: &str) -> Result<Utf8PathBuf, Trouble> {
        self.folder.path(file).ok_or_else(|| no_such_file(file))
    }

    /// Keeps text that isn't saved yet, and returns the path of its file.
    fn keep(&self, file: &str, text: &str) -> Result<Utf8PathBuf, Trouble> {
        check_size(text)?;
        let path = self.path(file)?;
        self.folder.keep(&path, text)?;
        Ok(path)
    }

    /// The text that isn't saved, of the series and the issue that is looked at.
    fn unsaved(&self, view: &View) -> BTreeMap<Utf8PathBuf, String> {
        if !view.is_inside() {
            return BTreeMap::new();
        }
        self.unsaved_in(&self.project.lessons.join(&view.issue))
    }

    /// The text that isn't saved, of the series and in the folder of an issue.
    fn unsaved_in(&self, issue: &Utf8Path) -> BTreeMap<Utf8PathBuf, String> {
        let mut unsaved = self.folder.unsaved(issue);
        unsaved.extend(self.folder.unsaved(&self.project.lessons));
        unsaved
    }

    /// Runs something with the language service, which may take a moment. The service knows the text that isn't saved of the files
    /// in this file's folder and in the series'.
    async fn with_language<R: Send + 'static>(
        self: &Arc<Self>,
        file: &Utf8Path,
        run: impl FnOnce(&mut lsp::Service) -> R + Send + 'static,
    ) -> Result<R, Trouble> {
        let preview = Arc::clone(self);
        let folder = file.parent().unwrap_or(file).to_owned();
        let work = move || {
            let unsaved = preview.unsaved_in(&folder);
            let mut service = preview.language.lock().unwrap_or_else(PoisonError::into_inner);
            service.set_all(unsaved);
            run(&mut service)
        };
        tokio::task::spawn_blocking(work).await.map_err(|error| Trouble(StatusCode::INTERNAL_SERVER_ERROR, error.to_string()))
    }

    /// Checks a file, and returns the reports by file.
    async fn reports(self: &Arc<Self>, path: Utf8PathBuf) -> Result<Json, Trouble> {
        let root = self.project.lessons.clone();
        let checked = path.clone();
        let reports = move |service: &mut lsp::Service| -> Result<Json> {
            let with_fix = |service: &lsp::Service, path: &Utf8Path, mut report: Json| {
                if let Some(title) = service.fix_of(path, &report) {
                    report["fix"] = title.into();
                }
                report
            };
            let published = service.diagnose(&path)?;
            let of_file = |Published { path, diagnostics, .. }: Published| {
                let file = path.strip_prefix(&root).map_or_else(|_| path.to_string(), ToString::to_string);
                let reports: Vec<Json> = diagnostics.into_iter().map(|report| with_fix(service, &path, report)).collect();
                json!({"file": file, "reports": reports})
            };
            Ok(published.into_iter().map(of_file).collect())
        };
        Ok(self.with_language(&checked, reports).await??)
    }
}

/// The lessons, and what can be chosen.
async fn lessons(State(preview): State<Arc<Preview>>) -> Result<axum::Json<Json>, Trouble> {
    let shared = Arc::clone(&preview);
    let found = tokio::task::spawn_blocking(move || listed(&shared)).await;
    found.map_err(|error| Trouble(StatusCode::INTERNAL_SERVER_ERROR, error.to_string()))?.map(axum::Json).map_err(Into::into)
}

fn listed(preview: &Preview) -> Result<Json> {
    let project = &preview.project;
    let mut session = Session::new(&project.coverage);
    let library = Library::index(&project.lessons, project.series.as_deref(), &mut session)?;
    let mut issues = Vec::new();
    let mut read = 0;
    for issue in library.iter().flat_map(|library| &library.issues) {
        let mut entries = Vec::new();
        for entry in issue.with_translations() {
            let (teacher, path) = (issue.folder.join(entry.teacher_file()), &entry.path);
            read += 1;
            let mut title = entry.name();
            if read <= MAX_TITLES
                && let (Some(file), _) = session.quietly(|session| session.load(path, &project.lessons))?
            {
                let (lesson, _) = session.quietly(|session| Ok(session.document::<Lesson>(file)))?;
                title = lesson.title.plain();
            }
            let files = [Some(entry.file()), teacher.is_file().then(|| entry.teacher_file())];
            entries.push(json!({
                "name": entry.name(),
                "lesson": entry.id,
                "language": entry.translation,
                "title": title,
                "files": files.into_iter().flatten().collect::<Vec<_>>(),
                "teacherFile": entry.teacher_file(),
            }));
        }
        issues.push(json!({"id": issue.id, "theme": issue.issue.theme.as_ref().map(|theme| theme.plain()), "lessons": entries}));
    }
    let parts = |edition: Edition| edition.parts().iter().map(|part| part.name()).collect::<Vec<_>>();
    let editions: Vec<Json> =
        Edition::ALL.into_iter().map(|edition| json!({"name": edition.name(), "parts": parts(edition)})).collect();
    let paper = library.as_ref().map_or(Paper::Letter, |library| library.series.paper);
    Ok(json!({
        "root": lsp::uri_of(&project.lessons),
        "first": {"issue": preview.first.0, "lesson": preview.first.1},
        "issues": issues,
        "editions": editions,
        "formats": Format::ALL.map(Format::name),
        "papers": [Paper::Letter.name(), Paper::A4.name()],
        "paper": paper.name(),
    }))
}

#[derive(Deserialize)]
struct FileQuery {
    file: String,
}

async fn file(State(preview): State<Arc<Preview>>, Query(query): Query<FileQuery>) -> Result<Response, Trouble> {
    let opened = preview.folder.open(&preview.path(&query.file)?)?;
    Ok(axum::Json(opened).into_response())
}

/// What the page asks to be laid out.
#[derive(Deserialize)]
struct Drawing {
    view: View,
    /// The file that is being edited, and its text.
    file: Option<String>,
    text: Option<String>,
    /// The page that is looked at, and its width in pixels.
    page: Option<usize>,
    width: Option<u32>,
}

async fn draw(State(preview): State<Arc<Preview>>, axum::Json(drawing): axum::Json<Drawing>) -> Result<Response, Trouble> {
    let mut checked = None;
    if let (Some(file), Some(text)) = (&drawing.file, &drawing.text) {
        checked = Some(preview.keep(file, text)?);
    }
    let unsaved = preview.unsaved(&drawing.view);
    let first = Some((drawing.page.unwrap_or(1), drawing.width.unwrap_or(800).clamp(50, MAX_WIDTH)));
    let order = Order { view: drawing.view, unsaved, first };
    let reports = async {
        match checked {
            Some(path) => preview.reports(path).await.map(Some),
            None => Ok(None),
        }
    };
    let (proof, reports) = tokio::join!(preview.proofs.draw(order), reports);
    let proof = proof.ok_or_else(stopped)?;
    Ok(axum::Json(json!({"proof": proof, "files": reports?})).into_response())
}

#[derive(Deserialize)]
struct Typing {
    file: String,
    text: String,
}

/// Takes in what was typed, before something is asked about it.
async fn typed(State(preview): State<Arc<Preview>>, axum::Json(typing): axum::Json<Typing>) -> Result<Response, Trouble> {
    preview.keep(&typing.file, &typing.text)?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

async fn settle(State(preview): State<Arc<Preview>>, axum::Json(drawing): axum::Json<Drawing>) -> Result<Response, Trouble> {
    let unsaved = preview.unsaved(&drawing.view);
    let order = Order { view: drawing.view, unsaved, first: None };
    match preview.proofs.settle(order).await {
        Some(proof) => Ok(axum::Json(json!({"proof": proof})).into_response()),
        // More was typed; the page asks again once typing stops.
        None => Ok(StatusCode::NO_CONTENT.into_response()),
    }
}

fn stopped() -> Trouble {
    Trouble(StatusCode::INTERNAL_SERVER_ERROR, "the preview stopped; start it again".to_owned())
}

#[derive(Deserialize)]
struct PictureQuery {
    page: usize,
    width: u32,
}

async fn picture(State(preview): State<Arc<Preview>>, Query(query): Query<PictureQuery>) -> Result<Response, Trouble> {
    let width = query.width.clamp(50, MAX_WIDTH);
    let missing = || Trouble(StatusCode::NOT_FOUND, "there is no such page".to_owned());
    let picture = preview.proofs.picture(query.page, width).await.ok_or_else(missing)?;
    let headers = [(header::CONTENT_TYPE, "image/png"), (header::CACHE_CONTROL, "private, max-age=3600")];
    Ok((headers, Body::from(picture.as_ref().clone())).into_response())
}

async fn text(State(preview): State<Arc<Preview>>) -> axum::Json<Vec<String>> {
    axum::Json(preview.proofs.text().await)
}

#[derive(Deserialize)]
struct PdfQuery {
    /// The view, as JSON.
    view: String,
}

async fn pdf(State(preview): State<Arc<Preview>>, Query(query): Query<PdfQuery>) -> Result<Response, Trouble> {
    let view: View = serde_json::from_str(&query.view)
        .map_err(|_| Trouble(StatusCode::BAD_REQUEST, "the address of the packet is incomplete".to_owned()))?;
    let unsaved = preview.unsaved(&view);
    let bytes = preview.proofs.pdf(Order { view, unsaved, first: None }).await?;
    Ok(([(header::CONTENT_TYPE, "application/pdf")], bytes).into_response())
}

#[derive(Deserialize)]
struct Saving {
    file: String,
    text: String,
    digest: String,
}

async fn save(State(preview): State<Arc<Preview>>, axum::Json(saving): axum::Json<Saving>) -> Result<Response, Trouble> {
    check_size(&saving.text)?;
    let path = preview.path(&saving.file)?;
    let saved = preview.folder.save(&path, &saving.text, &saving.digest)?;
    Ok(axum::Json(saved).into_response())
}

async fn discard(State(preview): State<Arc<Preview>>, axum::Json(query): axum::Json<FileQuery>) -> Result<Response, Trouble> {
    let path = preview.path(&query.file)?;
    preview.folder.discard(&path)?;
    Ok(axum::Json(preview.folder.open(&path)?).into_response())
}

async fn check(State(preview): State<Arc<Preview>>, axum::Json(query): axum::Json<FileQuery>) -> Result<Response, Trouble> {
    let path = preview.path(&query.file)?;
    Ok(axum::Json(json!({"files": preview.reports(path).await?})).into_response())
}

/// A request of the language server protocol.
#[derive(Deserialize)]
struct Asking {
    method: String,
    params: Json,
}

async fn ask(State(preview): State<Arc<Preview>>, axum::Json(asking): axum::Json<Asking>) -> Result<Response, Trouble> {
    let uri = asking.params.pointer("/textDocument/uri").and_then(Json::as_str).and_then(lsp::path_of);
    // Only files of the lessons folder are read.
    let inside = uri.as_ref().and_then(|path| path.strip_prefix(&preview.project.lessons).ok().map(ToString::to_string));
    let path = preview.path(&inside.unwrap_or_default())?;
    let answered = preview.with_language(&path, move |service| service.answer(&asking.method, &asking.params)).await?;
    match answered {
        Ok(result) => Ok(axum::Json(json!({"result": result})).into_response()),
        Err(Refusal::UnknownMethod) => Err(Trouble(StatusCode::NOT_FOUND, "there is no such request".to_owned())),
        Err(Refusal::Invalid(reason)) => Err(Trouble(StatusCode::BAD_REQUEST, reason)),
        Err(Refusal::Failed(error)) => Err(error.into()),
    }
}

#[derive(Deserialize)]
struct ChangesQuery {
    since: u64,
}

/// Answers once files changed on disk, or after a while.
async fn changes(State(preview): State<Arc<Preview>>, Query(query): Query<ChangesQuery>) -> axum::Json<Changes> {
    let mut changes = preview.changes.clone();
    let newer = changes.wait_for(|changes| changes.count > query.since);
    // After a while, the page asks again.
    let found = tokio::time::timeout(LONG_POLL, newer).await;
    let found = match found {
        Ok(Ok(changes)) => changes.clone(),
        _ => preview.changes.borrow().clone(),
    };
    axum::Json(found)
}
