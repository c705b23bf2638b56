// Connects VS Code with Packetpress: its language server, and the preview.

const path = require("node:path");
const vscode = require("vscode");
const { LanguageClient } = require("vscode-languageclient/node");

let client;
const previews = new Map();

/** The program, as the settings name it. */
function program() {
  return vscode.workspace.getConfiguration("packetpress").get("path", "packetpress");
}

/** Whether a file is in a lessons folder: its folder, or the one above, has a series.yaml. */
async function isLesson(uri) {
  if (uri?.scheme !== "file" || !uri.fsPath.endsWith(".yaml")) return false;
  for (const folder of ["..", "../.."]) {
    const series = vscode.Uri.joinPath(uri, folder, "series.yaml");
    const found = await vscode.workspace.fs.stat(series).then(() => true, () => false);
    if (found) return true;
  }
  return false;
}

async function start() {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath;
  const server = { command: program(), args: ["lsp", "--stdio"], options: { cwd: folder } };
  client = new LanguageClient("packetpress", "Packetpress", server, {
    documentSelector: [{ scheme: "file", language: "yaml", pattern: "**/lessons/**/*.yaml" }],
  });
  try {
    await client.start();
  } catch {
    const help = "Packetpress isn't installed, or isn't where the setting packetpress.path says.";
    vscode.window.showErrorMessage(help);
  }
}

/** Opens the preview of the lesson in the browser; unsaved text is saved first. */
async function preview() {
  const document = vscode.window.activeTextEditor?.document;
  if (!document || !(await isLesson(document.uri))) {
    vscode.window.showInformationMessage("Open the file of a lesson first.");
    return;
  }
  await document.save();
  const folder = path.dirname(path.dirname(document.uri.fsPath));
  const known = previews.get(folder);
  if (known && known.exitStatus === undefined) known.dispose();
  const terminal = vscode.window.createTerminal({
    name: "Packetpress preview",
    cwd: folder,
    shellPath: program(),
    shellArgs: ["preview", path.basename(document.uri.fsPath)],
  });
  previews.set(folder, terminal);
}

async function activate(context) {
  context.subscriptions.push(
    vscode.commands.registerCommand("packetpress.preview", preview),
    vscode.commands.registerCommand("packetpress.restart", async () => {
      await client?.stop();
      await start();
    }),
    vscode.window.onDidChangeActiveTextEditor(async (editor) => {
      const is = await isLesson(editor?.document.uri);
      vscode.commands.executeCommand("setContext", "packetpress.isLesson", is);
    }),
  );
  const is = await isLesson(vscode.window.activeTextEditor?.document.uri);
  vscode.commands.executeCommand("setContext", "packetpress.isLesson", is);
  await start();
}

function deactivate() {
  return client?.stop();
}

module.exports = { activate, deactivate };
