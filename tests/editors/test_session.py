"""A session with pytest-lsp, which checks every message against the types of the protocol.

.ci/editors runs it, with PACKETPRESS in the environment.
"""

import os
from pathlib import Path

import pytest_lsp
from lsprotocol import types
from pytest_lsp import ClientServerConfig, LanguageClient

LESSON = "title: War\nreeding: |\n  It began. {#start}\ndiscussion:\n  - {ask: Why?, see: start}\n"


@pytest_lsp.fixture(config=ClientServerConfig(server_command=[os.environ["PACKETPRESS"], "lsp", "--stdio"]))
async def client(lsp_client: LanguageClient):
    params = types.InitializeParams(capabilities=pytest_lsp.client_capabilities("visual-studio-code"))
    await lsp_client.initialize_session(params)
    yield
    await lsp_client.shutdown_session()


async def test_session(client: LanguageClient, tmp_path: Path):
    lessons = tmp_path / "lessons"
    (lessons / "one").mkdir(parents=True)
    (lessons / "series.yaml").write_text("name: Test\nlanguage: en-US\npaper: letter\n")
    (lessons / "one/issue.yaml").write_text("lessons: [war]\n")
    file = lessons / "one/war.yaml"
    file.write_text(LESSON)
    uri = file.as_uri()

    def change(text: str, version: int):
        client.text_document_did_change(
            types.DidChangeTextDocumentParams(
                types.VersionedTextDocumentIdentifier(version=version, uri=uri),
                [types.TextDocumentContentChangeWholeDocument(text)],
            )
        )

    async def reports(count: int):
        """Waits until the file has this many reports; those of the files around it come, too."""
        while len(client.diagnostics.get(uri, [None] * 99)) != count:
            await client.wait_for_notification("textDocument/publishDiagnostics")
        return client.diagnostics[uri]

    client.text_document_did_open(
        types.DidOpenTextDocumentParams(types.TextDocumentItem(uri=uri, language_id="yaml", version=1, text=LESSON))
    )
    (report,) = await reports(1)
    assert report.code == "unknown-key" and report.message.startswith("unknown key `reeding`")
    document = types.TextDocumentIdentifier(uri)

    actions = await client.text_document_code_action_async(
        types.CodeActionParams(document, report.range, types.CodeActionContext([report]))
    )
    assert [action.title for action in actions] == ["Write reading"]
    (edit,) = actions[0].edit.changes[uri]
    assert edit.new_text == "reading"
    fixed = LESSON.replace("reeding", "reading")
    change(fixed, 2)
    assert not await reports(0)

    label = types.Position(2, 16)
    place = await client.text_document_prepare_rename_async(types.PrepareRenameParams(text_document=document, position=label))
    assert place.placeholder == "start"
    changes = await client.text_document_rename_async(types.RenameParams(document, label, "beginning"))
    assert [edit.new_text for edit in changes.changes[uri]] == ["beginning", "beginning"]

    symbols = await client.text_document_document_symbol_async(types.DocumentSymbolParams(document))
    assert [symbol.name for symbol in symbols] == ["title", "reading", "discussion"]
    folds = await client.text_document_folding_range_async(types.FoldingRangeParams(document))
    assert [(fold.start_line, fold.end_line) for fold in folds] == [(1, 2), (3, 4)]
    references = await client.text_document_references_async(
        types.ReferenceParams(types.ReferenceContext(True), document, label)
    )
    assert len(references) == 2
    hover = await client.text_document_hover_async(types.HoverParams(document, types.Position(0, 1)))
    assert "The title" in hover.contents.value
    change(fixed + "min\n", 3)
    found = await client.text_document_completion_async(types.CompletionParams(document, types.Position(5, 3)))
    assert found.items[0].label == "minutes"
    edits = await client.text_document_formatting_async(
        types.DocumentFormattingParams(document, types.FormattingOptions(2, True))
    )
    assert not edits
