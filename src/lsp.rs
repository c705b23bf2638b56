//! The Language Server Protocol (version 3.17), through which editors use [`crate::editor`]. Messages come from standard input, or
//! from the preview page.

mod messages;
mod position;

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result};
use camino::{Utf8Path, Utf8PathBuf};
use lsp_server::{Connection, ErrorCode, Message, Notification, Request, Response};
use serde_json::{Value as Json, json};

use crate::diagnostics::Diagnostic;
use crate::editor::{Diagnosis, Fix, Workspace, fix};
use crate::glyphs::Coverage;
use crate::source::normalized;

pub use position::{path_of, uri_of};

use messages::Params;

/// The name of the server in messages.
const NAME: &str = "packetpress";

/// Answers what an editor asks.
pub struct Service {
    workspace: Workspace,
    /// The open files, each with its version.
    open: BTreeMap<Utf8PathBuf, i64>,
    /// The quick fixes of the last reports of a file, each with its report.
    fixes: BTreeMap<Utf8PathBuf, Vec<(Json, Fix)>>,
    /// Whether the editor understands snippets.
    snippets: bool,
}

/// The reports of one file.
#[derive(Debug, Clone, PartialEq)]
pub struct Published {
    /// The file.
    pub path: Utf8PathBuf,
    /// Its version, if it is open.
    pub version: Option<i64>,
    /// The reports, as the protocol has them.
    pub diagnostics: Vec<Json>,
}

/// Why a request isn't answered.
#[derive(Debug)]
pub enum Refusal {
    /// There is no such request.
    UnknownMethod,
    /// Something is wrong with what was asked.
    Invalid(String),
    /// Something is wrong with the disk.
    Failed(anyhow::Error),
}

impl From<anyhow::Error> for Refusal {
    fn from(error: anyhow::Error) -> Self {
        Self::Failed(error)
    }
}

impl Service {
    /// A service without open files, for an editor that doesn't understand snippets.
    pub fn new(coverage: Coverage) -> Self {
        let (open, fixes) = (BTreeMap::new(), BTreeMap::new());
        Self { workspace: Workspace::new(coverage), open, fixes, snippets: false }
    }

    /// The title of the quick fix of a report, if it has one.
    pub fn fix_of(&self, path: &Utf8Path, report: &Json) -> Option<&str> {
        let fixes = self.fixes.get(path)?;
        fixes.iter().find(|(known, _)| known == report).map(|(_, fix)| fix.title.as_str())
    }

    /// The lessons with their unsaved text.
    pub fn workspace(&mut self) -> &mut Workspace {
        &mut self.workspace
    }

    /// Sets the text of an open file.
    pub fn set(&mut self, path: &Utf8Path, text: &str, version: i64) {
        self.workspace.edit(path, normalized(text.to_owned()));
        self.open.insert(path.to_owned(), version);
    }

    /// Opens these files with this text, and closes all others. The fixes of their last reports stay, since a file that is closed
    /// because it was saved still has the same reports.
    pub fn set_all(&mut self, texts: BTreeMap<Utf8PathBuf, String>) {
        for path in std::mem::take(&mut self.open).keys().filter(|path| !texts.contains_key(*path)) {
            self.workspace.close(path);
        }
        texts.iter().for_each(|(path, text)| self.set(path, text, 0));
    }

    /// Forgets an open file.
    pub fn close(&mut self, path: &Utf8Path) {
        self.workspace.close(path);
        self.open.remove(path);
        self.fixes.remove(path);
    }

    /// What the server can do, in reply to `initialize`.
    pub fn capabilities(&mut self, params: &Json) -> Json {
        let snippets = "/capabilities/textDocument/completion/completionItem/snippetSupport";
        self.snippets = params.pointer(snippets).and_then(Json::as_bool).unwrap_or(false);
        json!({
            "capabilities": {
                "positionEncoding": "utf-16",
                "textDocumentSync": {"openClose": true, "change": 1, "save": true},
                "completionProvider": {"triggerCharacters": ["@", "[", " ", "-"], "resolveProvider": false},
                "hoverProvider": true,
                "definitionProvider": true,
                "referencesProvider": true,
                "documentSymbolProvider": true,
                "foldingRangeProvider": true,
                "documentFormattingProvider": true,
                "renameProvider": {"prepareProvider": true},
                "codeActionProvider": {"codeActionKinds": ["quickfix"]},
            },
            "serverInfo": {"name": NAME, "version": env!("CARGO_PKG_VERSION")},
        })
    }

    /// Answers a request about a file.
    ///
    /// # Errors
    /// If there is no such request, or it can't be answered.
    pub fn answer(&mut self, method: &str, params: &Json) -> Result<Json, Refusal> {
        let params = Params::of(params);
        let path = params.path().ok_or_else(|| Refusal::Invalid("the request names no file".to_owned()))?;
        let text = self.workspace.text(&path);
        let at = || params.offset(&text).ok_or_else(|| Refusal::Invalid("the request names no position".to_owned()));
        Ok(match method {
            "textDocument/completion" => {
                let found = self.workspace.completions(&path, at()?);
                let items = found.iter().enumerate();
                let items: Vec<Json> =
                    items.map(|(rank, found)| messages::completion(found, rank, &text, self.snippets)).collect();
                json!({"isIncomplete": false, "items": items})
            }
            "textDocument/hover" => match self.workspace.hover(&path, at()?) {
                Some(hover) => json!({
                    "contents": {"kind": "markdown", "value": hover.markdown},
                    "range": position::range(&text, &hover.range),
                }),
                None => Json::Null,
            },
            "textDocument/definition" => {
                let found = self.workspace.definitions(&path, at()?);
                self.locations(&found)
            }
            "textDocument/references" => {
                let found = self.workspace.references(&path, at()?, params.with_definitions());
                self.locations(&found)
            }
            "textDocument/documentSymbol" => {
                let symbols = self.workspace.symbols(&path);
                symbols.iter().map(|symbol| messages::symbol(symbol, &text)).collect()
            }
            "textDocument/foldingRange" => {
                let folds = self.workspace.folds(&path).into_iter();
                folds.map(|(first, last)| json!({"startLine": first, "endLine": last})).collect()
            }
            "textDocument/formatting" => {
                let formatted = crate::editor::formatted(&text);
                messages::difference(&text, &formatted).map_or_else(|| json!([]), |edit| json!([edit]))
            }
            "textDocument/prepareRename" => match self.workspace.renamable(&path, at()?) {
                Some(range) => json!({"range": position::range(&text, &range), "placeholder": &text[range]}),
                None => Json::Null,
            },
            "textDocument/rename" => {
                let new = params.new_name().ok_or_else(|| Refusal::Invalid("the request has no new name".to_owned()))?;
                let edits = self.workspace.rename(&path, at()?, new).map_err(|reason| Refusal::Invalid(reason.0))?;
                let mut changes = serde_json::Map::new();
                for (path, edits) in edits {
                    let text = self.workspace.text(&path);
                    let edits = edits.iter().map(|edit| messages::edit(edit, &text)).collect();
                    changes.insert(uri_of(&path), edits);
                }
                json!({"changes": changes})
            }
            "textDocument/codeAction" => self.actions(&path, &text, &params),
            _ => return Err(Refusal::UnknownMethod),
        })
    }

    /// Checks a file and those that belong to it, and returns the reports of each.
    ///
    /// # Errors
    /// If a file or folder can't be read.
    pub fn diagnose(&mut self, path: &Utf8Path) -> Result<Vec<Published>> {
        let Diagnosis { sources, diagnostics } = self.workspace.diagnose(path)?;
        let mut reports: BTreeMap<Utf8PathBuf, Vec<&Diagnostic>> = BTreeMap::new();
        // Files without reports are published too, so that old reports go away.
        for file in checked_with(path) {
            reports.entry(file).or_default();
        }
        let sorted = diagnostics.sorted();
        for diagnostic in sorted {
            reports.entry(sources.file(diagnostic.place.file).path().to_owned()).or_default().push(diagnostic);
        }
        let mut published = Vec::new();
        for (path, reports) in reports {
            let mut fixes = Vec::new();
            let mut diagnostics = Vec::new();
            for report in reports {
                let text = sources.file(report.place.file).text();
                let message = messages::diagnostic(report, &sources);
                let fix = fix(report, text);
                fixes.extend(fix.map(|fix| (message.clone(), fix)));
                diagnostics.push(message);
            }
            self.fixes.insert(path.clone(), fixes);
            published.push(Published { version: self.open.get(&path).copied(), path, diagnostics });
        }
        Ok(published)
    }

    /// The quick fixes for a range.
    fn actions(&self, path: &Utf8Path, text: &str, params: &Params<'_>) -> Json {
        let Some((first, last)) = params.lines() else { return json!([]) };
        let is_here = |report: &Json| {
            let line = |end: &str| report["range"][end]["line"].as_u64().unwrap_or(0);
            line("start") <= last && first <= line("end")
        };
        let fixes = self.fixes.get(path).into_iter().flatten().filter(|(report, _)| is_here(report));
        let action = |(report, fix): &(Json, Fix)| {
            let edits: Vec<Json> = fix.edits.iter().map(|edit| messages::edit(edit, text)).collect();
            json!({
                "title": fix.title,
                "kind": "quickfix",
                "diagnostics": [report],
                "isPreferred": true,
                "edit": {"changes": {uri_of(path): edits}},
            })
        };
        fixes.map(action).collect()
    }

    fn locations(&self, found: &[crate::editor::Location]) -> Json {
        let location = |location: &crate::editor::Location| {
            let text = self.workspace.text(&location.path);
            json!({"uri": uri_of(&location.path), "range": position::range(&text, &location.range)})
        };
        found.iter().map(location).collect()
    }
}

/// The files that are checked together with a file: the file itself, its lesson or teacher file, the issue, and the series.
fn checked_with(path: &Utf8Path) -> BTreeSet<Utf8PathBuf> {
    let name = path.file_name().unwrap_or_default();
    let stem = name.strip_suffix(".yaml").unwrap_or(name);
    let mut files = BTreeSet::from([path.to_owned()]);
    if let Some(lesson) = stem.strip_suffix(".teacher") {
        files.insert(path.with_file_name(format!("{lesson}.yaml")));
    } else if stem != "series" && stem != "issue" {
        files.insert(path.with_file_name(format!("{stem}.teacher.yaml")));
    }
    files
}

/// Serves an editor over standard input and output until it says goodbye.
///
/// # Errors
/// If the editor doesn't follow the protocol, or hangs up.
pub fn serve_stdio(coverage: Coverage) -> Result<()> {
    let (connection, threads) = Connection::stdio();
    let (id, params) = connection.initialize_start().context("the editor didn't start the conversation")?;
    let mut service = Service::new(coverage);
    let capabilities = service.capabilities(&params);
    connection.initialize_finish(id, capabilities).context("the editor didn't start the conversation")?;
    converse(&connection, &mut service)?;
    drop(connection);
    threads.join().context("the editor hung up")
}

fn converse(connection: &Connection, service: &mut Service) -> Result<()> {
    let mut changed: BTreeSet<Utf8PathBuf> = BTreeSet::new();
    loop {
        // While more messages wait, checking would only be late.
        let message = match connection.receiver.try_recv() {
            Ok(message) => message,
            Err(_) => {
                for path in std::mem::take(&mut changed) {
                    publish(connection, service, &path)?;
                }
                let Ok(message) = connection.receiver.recv() else { return Ok(()) };
                message
            }
        };
        match message {
            Message::Request(request) => {
                if connection.handle_shutdown(&request).context("the editor hung up")? {
                    return Ok(());
                }
                // Quick fixes belong to the reports of the text as it is now.
                if request.method == "textDocument/codeAction" {
                    for path in std::mem::take(&mut changed) {
                        publish(connection, service, &path)?;
                    }
                }
                let response = respond(service, request);
                connection.sender.send(response.into()).context("the editor hung up")?;
            }
            Message::Notification(notification) => changed.extend(notified(service, &notification)),
            Message::Response(_) => {}
        }
    }
}

fn respond(service: &mut Service, request: Request) -> Response {
    match service.answer(&request.method, &request.params) {
        Ok(result) => Response::new_ok(request.id, result),
        Err(Refusal::UnknownMethod) => {
            let message = format!("{NAME} has no {}", request.method);
            Response::new_err(request.id, ErrorCode::MethodNotFound as i32, message)
        }
        Err(Refusal::Invalid(reason)) => Response::new_err(request.id, ErrorCode::InvalidParams as i32, reason),
        Err(Refusal::Failed(error)) => Response::new_err(request.id, ErrorCode::RequestFailed as i32, format!("{error:#}")),
    }
}

/// Takes in what changed, and returns the files to check again.
fn notified(service: &mut Service, notification: &Notification) -> Vec<Utf8PathBuf> {
    let params = Params::of(&notification.params);
    let Some(path) = params.path() else { return Vec::new() };
    match notification.method.as_str() {
        "textDocument/didOpen" | "textDocument/didChange" => {
            let Some(text) = params.text() else { return Vec::new() };
            service.set(&path, text, params.version());
            // Other open files may refer to this one.
            service.open.keys().filter(|other| other.parent() == path.parent()).cloned().collect()
        }
        "textDocument/didSave" => vec![path],
        "textDocument/didClose" => {
            service.close(&path);
            vec![path]
        }
        _ => Vec::new(),
    }
}

fn publish(connection: &Connection, service: &mut Service, path: &Utf8Path) -> Result<()> {
    // A file that was deleted has nothing to report.
    let Ok(published) = service.diagnose(path) else { return Ok(()) };
    for Published { path, version, diagnostics } in published {
        let mut params = json!({"uri": uri_of(&path), "diagnostics": diagnostics});
        if let Some(version) = version {
            params["version"] = version.into();
        }
        let message = Notification::new("textDocument/publishDiagnostics".to_owned(), params);
        connection.sender.send(message.into()).context("the editor hung up")?;
    }
    Ok(())
}
