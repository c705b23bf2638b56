//! `packetpress lsp`: a whole session with an editor, over standard input and output.

use std::io::BufReader;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use lsp_server::{Message, Notification, Request, RequestId};
use serde_json::{Value as Json, json};

use crate::project::{LESSON, Project};

/// An editor that started the server.
struct Client {
    process: Child,
    to: ChildStdin,
    from: BufReader<ChildStdout>,
    last: i32,
    version: i32,
}

impl Client {
    fn start(project: &Project) -> Self {
        let mut process = Command::new(env!("CARGO_BIN_EXE_packetpress"))
            .args(["lsp", "--stdio"])
            .current_dir(project.path(""))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the program can be run");
        let to = process.stdin.take().expect("its input is piped");
        let from = BufReader::new(process.stdout.take().expect("its output is piped"));
        let mut client = Self { process, to, from, last: 0, version: 0 };
        let snippets = json!({"textDocument": {"completion": {"completionItem": {"snippetSupport": true}}}});
        let known = client.ask("initialize", json!({"processId": null, "rootUri": null, "capabilities": snippets}));
        assert_eq!(known["capabilities"]["renameProvider"]["prepareProvider"], true);
        client.tell("initialized", json!({}));
        client
    }

    fn send(&mut self, message: Message) {
        message.write(&mut self.to).expect("the server listens");
    }

    fn tell(&mut self, method: &str, params: Json) {
        self.send(Notification::new(method.to_owned(), params).into());
    }

    fn read(&mut self) -> Message {
        Message::read(&mut self.from).expect("the server follows the protocol").expect("the server is there")
    }

    fn ask(&mut self, method: &str, params: Json) -> Json {
        self.try_ask(method, params).unwrap_or_else(|refusal| panic!("{method} was refused: {refusal}"))
    }

    fn try_ask(&mut self, method: &str, params: Json) -> Result<Json, String> {
        self.last += 1;
        let id = RequestId::from(self.last);
        self.send(Request::new(id.clone(), method.to_owned(), params).into());
        loop {
            if let Message::Response(response) = self.read() {
                assert_eq!(response.id, id);
                return serde_json::to_value(response)
                    .map(|response| match response.get("error") {
                        Some(error) => Err(error["message"].to_string()),
                        None => Ok(response["result"].clone()),
                    })
                    .expect("it is plain data");
            }
        }
    }

    /// Types the whole text of a file, and waits for the reports about it.
    fn type_in(&mut self, uri: &str, text: &str) -> Vec<Json> {
        self.version += 1;
        let version = self.version;
        if version == 1 {
            self.tell(
                "textDocument/didOpen",
                json!({"textDocument": {"uri": uri, "languageId": "yaml", "version": 1, "text": text}}),
            );
        } else {
            let document = json!({"uri": uri, "version": version});
            self.tell("textDocument/didChange", json!({"textDocument": document, "contentChanges": [{"text": text}]}));
        }
        loop {
            if let Message::Notification(Notification { method, params }) = self.read()
                && method == "textDocument/publishDiagnostics"
                && params["uri"] == uri
                && params["version"] == version
            {
                return params["diagnostics"].as_array().expect("reports are a list").clone();
            }
        }
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Makes the edits of a file, from the last to the first.
fn edited(text: &str, edits: &Json) -> String {
    let offset = |position: &Json| {
        let number = |name: &str| usize::try_from(position[name].as_u64().expect("a number")).expect("a small number");
        text.split_inclusive('\n').take(number("line")).map(str::len).sum::<usize>() + number("character")
    };
    let mut text_after = text.to_owned();
    for edit in edits.as_array().expect("edits are a list").iter().rev() {
        let range = offset(&edit["range"]["start"])..offset(&edit["range"]["end"]);
        text_after.replace_range(range, edit["newText"].as_str().expect("text"));
    }
    text_after
}

#[test]
fn a_session_with_an_editor() {
    let project = Project::with_lesson(LESSON);
    let uri = format!("file://{}", project.path("lessons/one/war.yaml").display());
    let document = json!({"uri": uri});
    let mut client = Client::start(&project);

    // A mistake is reported as it is typed.
    let text = "title: War\nreeding: |\n  It began. {#start}\ndiscussion:\n  - {ask: Why?, see: start}\n";
    let reports = client.type_in(&uri, text);
    let first = reports.first().expect("there is a mistake");
    assert_eq!((first["code"].as_str(), first["severity"].as_i64()), (Some("unknown-key"), Some(1)));
    assert_eq!(first["message"], "unknown key `reeding`\ndid you mean `reading`?");
    assert_eq!(first["range"]["start"], json!({"line": 1, "character": 0}));

    // Its quick fix is accepted.
    let here = json!({"start": {"line": 1, "character": 0}, "end": {"line": 1, "character": 0}});
    let actions =
        client.ask("textDocument/codeAction", json!({"textDocument": document, "range": here, "context": {"diagnostics": []}}));
    assert_eq!(actions[0]["title"], "Write reading");
    let text = edited(text, &actions[0]["edit"]["changes"][&uri]);
    assert!(client.type_in(&uri, &text).is_empty());

    // A label is renamed.
    let label = json!({"line": 2, "character": 16});
    let at = json!({"textDocument": document, "position": label});
    assert_eq!(client.ask("textDocument/prepareRename", at.clone())["placeholder"], "start");
    let mut rename = at.clone();
    rename["newName"] = "beginning".into();
    let changes = client.ask("textDocument/rename", rename.clone());
    let text = edited(&text, &changes["changes"][&uri]);
    assert!(text.contains("{#beginning}") && text.contains("see: beginning"), "{text}");
    assert!(client.type_in(&uri, &text).is_empty());
    rename["newName"] = "Not an id".into();
    assert!(client.try_ask("textDocument/rename", rename).expect_err("it isn't an id").contains("not-an-id"));

    // What else an editor asks.
    assert_eq!(client.ask("textDocument/definition", at.clone())[0]["uri"], uri);
    let mut references = at.clone();
    references["context"] = json!({"includeDeclaration": true});
    assert_eq!(client.ask("textDocument/references", references).as_array().map(Vec::len), Some(2));
    let key = json!({"textDocument": document, "position": {"line": 0, "character": 2}});
    assert!(client.ask("textDocument/hover", key)["contents"]["value"].as_str().is_some_and(|text| text.contains("The title")));
    let symbols = client.ask("textDocument/documentSymbol", json!({"textDocument": document}));
    assert_eq!(symbols[1]["name"], "reading");
    let folds = client.ask("textDocument/foldingRange", json!({"textDocument": document}));
    assert_eq!(folds[0], json!({"startLine": 1, "endLine": 2}));
    let messy = text.replace("title: War", "title: War   ");
    client.type_in(&uri, &messy);
    let edits =
        client.ask("textDocument/formatting", json!({"textDocument": document, "options": {"tabSize": 2, "insertSpaces": true}}));
    assert_eq!(edited(&messy, &edits), text);
    let half = "title: War\nrea\n";
    client.type_in(&uri, half);
    let found = client.ask("textDocument/completion", json!({"textDocument": document, "position": {"line": 1, "character": 3}}));
    assert_eq!(found["items"][0]["textEdit"]["newText"], "reading: |\n  $0");

    // What it doesn't know is refused, and the session continues.
    assert!(client.try_ask("textDocument/nonsense", json!({"textDocument": document})).is_err());
    assert!(client.try_ask("textDocument/hover", json!({})).is_err());
    assert_eq!(client.ask("shutdown", Json::Null), Json::Null);
    client.tell("exit", Json::Null);
    assert!(client.process.wait().expect("it ends").success());
}
