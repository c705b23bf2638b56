// The preview page: chooses a packet, shows its pages while its lesson is being written, and lists what is wrong with it.

import { Editor, offsetOf, positionOf } from "./editor.js";

// How long nobody types before the pages are laid out as they print, in milliseconds.
const STILL = 700;

// Pictures of pages are at most this many times as sharp as the screen's points.
const MAX_SHARPNESS = 2;

const find = (id) => document.getElementById(id);
const status = find("status");
const pages = find("pages");
const sheets = find("sheets");

const state = {
  root: "",
  issues: [],
  editions: [],
  paper: "letter",
  view: null,
  // The file that is being edited: its name, and a digest of its text on disk.
  file: null,
  digest: "",
  isUnsaved: false,
  // The reports of each file.
  reports: new Map(),
  warnings: [],
  shown: [],
  // Counts what was typed, to tell which answer is the last.
  typed: 0,
  drawn: -1,
  isDrawing: false,
  asText: false,
};

/** Sends a request, and returns what it answers. */
async function ask(path, body, options = {}) {
  const init = body === undefined ? {} : { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body), ...options };
  let response;
  try {
    response = await fetch(path, init);
  } catch {
    throw new Error("The preview was stopped. Your text is kept in this browser; start packetpress preview again, and open its new address.");
  }
  if (response.status === 204) return null;
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw new Error(answer.error ?? `The preview answered with ${response.status}.`);
  return answer;
}

function say(text) {
  if (status.textContent !== text) status.textContent = text;
}

/** Shows a message above the text, with things to do about it. */
function notify(text, actions = {}) {
  const notice = find("notice");
  notice.replaceChildren();
  if (!text) return;
  const message = document.createElement("p");
  message.textContent = text;
  notice.append(message);
  for (const [label, act] of Object.entries(actions)) notice.append(button(label, act));
}

function button(label, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = label;
  made.addEventListener("click", act);
  return made;
}

const uriOf = (file) => `${state.root}/${file.split("/").map(encodeURIComponent).join("/")}`;
const fileOf = (uri) => decodeURIComponent(uri.slice(state.root.length + 1));

// What was typed is kept in the browser until the preview has it.
const kept = (file) => `typed:${state.root}/${file}`;

function keep(file, text) {
  try {
    localStorage.setItem(kept(file), text);
  } catch {
    // The browser keeps nothing; the preview does.
  }
}

const editor = new Editor(find("scroller"), {
  changed: (text) => {
    state.typed++;
    keep(state.file, text);
    setUnsaved(true);
    draw();
  },
  moved: () => explainSoon(),
  offer: async (offset) => offers(offset),
  fix: () => fixHere(),
  save: () => save(),
  rename: () => rename(),
  definition: () => definition(),
  next: (by) => nextMistake(by),
  say,
});

/** Asks the language service about a place in the text. */
async function about(method, offset, more = {}) {
  const params = { textDocument: { uri: uriOf(state.file) }, ...more };
  if (offset !== undefined) params.position = positionOf(editor.text, offset);
  return (await ask("ask", { method, params })).result;
}

/** Waits until the preview has what was typed. */
async function typed() {
  if (state.drawn !== state.typed) await draw();
}

async function offers(offset) {
  await ask("typed", { file: state.file, text: editor.text }).catch(() => {});
  const found = await about("textDocument/completion", offset).catch(() => null);
  return (found?.items ?? []).map((item) => {
    const { range, newText } = item.textEdit;
    return {
      label: item.label,
      meaning: (item.detail ? `${item.detail}. ` : "") + (item.documentation?.value ?? "").replaceAll(/[*`]/g, ""),
      from: offsetOf(editor.text, range.start),
      to: offsetOf(editor.text, range.end),
      text: newText,
      stop: item.data?.stop,
    };
  });
}

let explaining;

function explainSoon() {
  clearTimeout(explaining);
  explaining = setTimeout(explain, 250);
}

/** Says what the key, word, or name at the cursor means. */
async function explain() {
  const hover = await about("textDocument/hover", editor.offset).catch(() => null);
  const lines = (hover?.contents.value ?? "").split("\n\n").filter(Boolean);
  find("about").replaceChildren(...lines.map(paragraph));
}

/** A paragraph with bold words and code, as in the explanations. */
function paragraph(text) {
  const made = document.createElement("p");
  for (const part of text.split(/(\*\*[^*]+\*\*|`[^`]+`)/)) {
    if (/^\*\*.+\*\*$/.test(part)) {
      const bold = document.createElement("b");
      bold.textContent = part.slice(2, -2);
      made.append(bold);
    } else if (/^`.+`$/.test(part)) {
      const code = document.createElement("code");
      code.textContent = part.slice(1, -1);
      made.append(code);
    } else {
      made.append(part);
    }
  }
  return made;
}

/** The reports in the file that is being edited, in order, with their places. */
function ownReports() {
  const reports = state.reports.get(state.file) ?? [];
  const placed = reports.map((report) => {
    const from = offsetOf(editor.text, report.range.start);
    return { report, from, to: Math.max(from, offsetOf(editor.text, report.range.end)) };
  });
  return placed.sort((one, other) => one.from - other.from);
}

function takeReports(files) {
  for (const { file, reports } of files ?? []) state.reports.set(file, reports);
  showReports();
}

function showReports() {
  editor.mark(ownReports().map(({ report, from, to }) => ({ from, to, kind: report.severity === 1 ? "error" : "warning" })));
  const list = find("mistakes");
  const rows = [];
  for (const [file, reports] of state.reports) {
    for (const report of reports) rows.push(reportRow(file, report));
  }
  for (const { file, line, message } of state.warnings) {
    rows.push(row(file, line, "warning", message.split("; ")[0], message.split("; ").slice(1).join("; "), null, () => goTo(file, line - 1, 0)));
  }
  if (rows.length === 0) {
    const none = document.createElement("li");
    none.textContent = "None.";
    rows.push(none);
  }
  list.replaceChildren(...rows);
}

function reportRow(file, report) {
  const { line, character } = report.range.start;
  const kind = report.severity === 1 ? "error" : "warning";
  const [message, ...help] = report.message.split("\n");
  const fix = async () => {
    if (file !== state.file) await open(file);
    await fixReport(report);
  };
  const canFix = report.fix ? { label: report.fix, act: fix } : null;
  return row(file, line + 1, kind, message, help.join(" "), canFix, () => goTo(file, line, character));
}

function row(file, line, kind, message, help, fix, act) {
  const made = document.createElement("li");
  made.className = kind;
  const go = button("", act);
  const word = document.createElement("strong");
  word.textContent = kind === "error" ? "Error" : "Warning";
  const place = file === state.file ? `line ${line}` : `${file.split("/").at(-1)}, line ${line}`;
  go.append(word, `, ${place}: ${message}`);
  if (help) {
    const hint = document.createElement("span");
    hint.className = "help";
    hint.textContent = help;
    go.append(hint);
  }
  made.append(go);
  if (fix) made.append(button(fix.label, fix.act));
  return made;
}

async function goTo(file, line, character) {
  if (file !== state.file) await open(file);
  show("text");
  editor.go(offsetOf(editor.text, { line, character }));
}

function nextMistake(by) {
  const own = ownReports();
  if (own.length === 0) return say("There are no errors or warnings in this file.");
  const later = own.filter(({ from }) => from > editor.offset);
  const earlier = own.filter(({ from }) => from < editor.offset);
  const chosen = by > 0 ? (later[0] ?? own[0]) : (earlier.at(-1) ?? own.at(-1));
  editor.go(chosen.from, chosen.to);
  say(`Line ${chosen.report.range.start.line + 1}: ${chosen.report.message.replace("\n", "; ")}`);
}

/** Makes the quick fix of the error at the cursor. */
async function fixHere() {
  await typed();
  const { line } = positionOf(editor.text, editor.offset);
  const here = ownReports().filter(({ report }) => report.range.start.line <= line && line <= report.range.end.line);
  const fixable = here.find(({ report }) => report.fix);
  if (!fixable) return say("There is no quick fix on this line.");
  await fixReport(fixable.report);
}

async function fixReport(report) {
  const actions = await about("textDocument/codeAction", undefined, { range: report.range, context: { diagnostics: [] } }).catch(() => []);
  const action = actions.find(({ title, diagnostics }) => title === report.fix && diagnostics[0].message === report.message);
  if (!action) return;
  apply(action.edit.changes[uriOf(state.file)] ?? []);
  editor.focus();
}

function apply(edits) {
  const text = editor.text;
  editor.edit(edits.map(({ range, newText }) => ({ from: offsetOf(text, range.start), to: offsetOf(text, range.end), text: newText })));
}

async function rename() {
  await typed();
  const offset = editor.offset;
  try {
    const found = await about("textDocument/prepareRename", offset);
    if (!found) return say("Put the cursor on an id, a label, a source, or a vocabulary word to rename it.");
    const name = prompt(`New name for ${found.placeholder}`, found.placeholder);
    if (!name || name === found.placeholder) return;
    const { changes } = await about("textDocument/rename", offset, { newName: name });
    const others = [];
    for (const [uri, edits] of Object.entries(changes)) {
      const file = fileOf(uri);
      if (file === state.file) {
        apply(edits);
        continue;
      }
      await changeOther(file, edits);
      others.push(file);
    }
    await typed();
    editor.focus();
    if (others.length === 0) return;
    const names = new Intl.ListFormat("en").format(others.map((file) => file.split("/").at(-1)));
    notify(`The new name is also in ${names}, which you haven't saved yet.`, { "Save all": () => saveAll(others) });
  } catch (error) {
    notify(error.message);
  }
}

/** Changes a file that isn't being edited, without saving it. */
async function changeOther(file, edits) {
  const opened = await ask(`file?file=${encodeURIComponent(file)}`);
  let text = opened.unsaved ?? opened.text;
  for (const { range, newText } of [...edits].reverse()) {
    text = text.slice(0, offsetOf(text, range.start)) + newText + text.slice(offsetOf(text, range.end));
  }
  forget(file);
  await ask("typed", { file, text });
}

/** Saves these files, and the one that is being edited. */
async function saveAll(others) {
  try {
    for (const file of others) {
      const { unsaved, digest } = await ask(`file?file=${encodeURIComponent(file)}`);
      if (unsaved !== null) await ask("save", { file, text: unsaved, digest });
    }
    await save();
    await draw();
  } catch (error) {
    notify(error.message);
  }
}

async function definition() {
  const found = await about("textDocument/definition", editor.offset).catch(() => []);
  if (found.length === 0) return say("There is nothing to go to here.");
  const own = found.find(({ uri }) => fileOf(uri) === state.file) ?? found[0];
  await goTo(fileOf(own.uri), own.range.start.line, own.range.start.character);
}

// Files

function entries() {
  return state.issues.find(({ id }) => id === state.view.issue)?.lessons ?? [];
}

function entry() {
  return entries().find(({ name }) => name === state.view.lesson);
}

function setUnsaved(is) {
  state.isUnsaved = is;
  find("save").disabled = !is;
  showFiles();
  document.title = `${is ? "• " : ""}${entry()?.title ?? "Packetpress"} – Packetpress preview`;
}

function showFiles() {
  const { issue } = state.view;
  const own = entry();
  if (!own) return;
  const files = [...own.files.map((name) => `${issue}/${name}`), `${issue}/issue.yaml`, "series.yaml"];
  const label = (file) => {
    const name = file.split("/").at(-1);
    if (name.endsWith(".teacher.yaml")) return "Teacher file";
    return { "issue.yaml": "Issue", "series.yaml": "Series" }[name] ?? "Lesson";
  };
  const made = files.map((file) => {
    const isOpen = file === state.file;
    const tab = button(label(file) + (isOpen && state.isUnsaved ? " (not saved)" : ""), () => open(file));
    tab.title = file;
    tab.setAttribute("aria-pressed", isOpen);
    return tab;
  });
  if (own.files.length === 1) {
    const add = button("Add a teacher file", async () => {
      own.files.push(own.teacherFile);
      await open(`${issue}/${own.teacherFile}`);
      if (editor.text === "") editor.replaceAll("objectives:\n  - \nanswers:\n");
    });
    made.splice(1, 0, add);
  }
  const focused = [...find("files").children].indexOf(document.activeElement);
  find("files").replaceChildren(...made);
  if (focused >= 0) made[focused]?.focus();
}

/** Opens a file to edit, with what was typed but never saved. */
async function open(file) {
  await flush();
  const opened = await ask(`file?file=${encodeURIComponent(file)}`);
  let typedText = null;
  try {
    typedText = localStorage.getItem(kept(file));
  } catch {
    // The browser keeps nothing.
  }
  const unsaved = typedText ?? opened.unsaved;
  const isUnsaved = unsaved !== null && unsaved !== opened.text;
  state.file = file;
  state.digest = opened.digest;
  notify("");
  editor.open(`${state.root}/${file}`, `Text of ${file}`, isUnsaved ? unsaved : opened.text);
  setUnsaved(isUnsaved);
  if (isUnsaved) {
    notify("This is text that you typed before and didn't save.", {
      Save: () => save(),
      "Go back to the saved file": () => goBack(),
    });
  }
  find("about").replaceChildren();
  await draw();
}

async function goBack() {
  const { file } = state;
  const opened = await ask("discard", { file });
  forget(file);
  state.digest = opened.digest;
  notify("");
  editor.replaceAll(opened.text);
  setUnsaved(false);
}

function forget(file) {
  try {
    localStorage.removeItem(kept(file));
  } catch {
    // The browser keeps nothing.
  }
}

async function save() {
  const { file } = state;
  const text = editor.text;
  try {
    const saved = await ask("save", { file, text, digest: state.digest });
    if (saved.state === "changed") {
      notify("Another program changed this file. What do you want to keep?", {
        "Keep mine": async () => {
          state.digest = saved.digest;
          await save();
        },
        "Take the other version": async () => {
          state.digest = saved.digest;
          await goBack();
        },
      });
      return;
    }
    state.digest = saved.digest;
    if (editor.text === text && state.file === file) {
      forget(file);
      setUnsaved(false);
    }
    notify("");
    say("Saved.");
  } catch (error) {
    notify(error.message);
  }
}

// Pages

/** The page in the middle of the view, and how wide its picture should be. */
function looking() {
  const middle = sheets.getBoundingClientRect().top + sheets.clientHeight / 2;
  const rows = [...pages.children];
  const at = rows.findIndex((row) => row.getBoundingClientRect().bottom > middle);
  return { page: at < 0 ? 1 : at + 1, width: pictureWidth() };
}

function pictureWidth() {
  const width = pages.firstElementChild?.clientWidth || Math.min(sheets.clientWidth - 24, 832);
  // A few widths only, so that pictures are used again.
  return Math.max(200, Math.ceil((width * Math.min(devicePixelRatio, MAX_SHARPNESS)) / 100) * 100);
}

let still;

/** Lays out the packet with what was typed. While one layout is made, only the last change waits. */
async function draw() {
  clearTimeout(still);
  if (state.isDrawing) {
    state.waits = true;
    return state.drawing;
  }
  state.isDrawing = true;
  state.drawing = (async () => {
    do {
      state.waits = false;
      const { typed, file } = state;
      const text = editor.text;
      const body = { view: state.view, ...looking() };
      if (file) Object.assign(body, { file, text });
      try {
        const answer = await ask("draw", body, text.length < 30_000 ? { keepalive: true } : {});
        state.drawn = typed;
        if (file && editor.text === text && state.file === file && !state.waits) {
          // The preview has it now.
          forget(file);
          takeReports(answer.files);
        }
        await take(answer.proof);
      } catch (error) {
        say("");
        notify(error.message);
        break;
      }
    } while (state.waits);
  })();
  await state.drawing;
  state.isDrawing = false;
  clearTimeout(still);
  still = setTimeout(settle, STILL);
}

async function flush() {
  if (state.isDrawing) await state.drawing;
}

/** Lays out the packet as it prints, once nobody types. */
async function settle() {
  const { typed } = state;
  const answer = await ask("settle", { view: state.view }).catch(() => null);
  if (typed !== state.typed) return;
  if (!answer) {
    still = setTimeout(settle, STILL);
    return;
  }
  await take(answer.proof);
}

async function take(proof) {
  const reason = find("reason");
  sheets.classList.toggle("old", proof.state !== "pages");
  document.body.dataset.proof = proof.state === "pages" && proof.settled ? "settled" : proof.state;
  reason.textContent = "";
  if (proof.state === "mistakes") {
    reason.textContent = "The lesson has errors. These are the pages from before; fix the errors to see new ones.";
    if (pages.children.length === 0) reason.textContent = "The lesson has errors. Fix them to see its pages.";
    const errors = [...state.reports.values()].flat().filter(({ severity }) => severity === 1).length;
    say(errors === 1 ? "1 error" : `${errors} errors`);
    return;
  }
  if (proof.state === "none") {
    pages.replaceChildren();
    state.shown = [];
    reason.textContent = `There is no such packet: ${proof.reason}.`;
    say("");
    return;
  }
  if (proof.state === "failed") {
    reason.textContent = proof.reason;
    say("");
    return;
  }
  if (proof.settled) {
    state.warnings = proof.warnings;
    showReports();
  }
  const count = proof.pages.length === 1 ? "1 page" : `${proof.pages.length} pages`;
  say(count);
  await showPages(proof.pages);
}

const observer = new IntersectionObserver(
  (rows) => rows.filter((row) => row.isIntersecting).forEach((row) => paint(row.target)),
  { root: null, rootMargin: "600px" },
);

/** Brings the list of pages up to date. Pages that look the same stay, and so does the place on the screen. */
async function showPages(wanted) {
  while (pages.children.length > wanted.length) {
    observer.unobserve(pages.lastElementChild);
    pages.lastElementChild.remove();
  }
  wanted.forEach(({ digest, width, height }, index) => {
    let row = pages.children[index];
    if (!row) {
      row = document.createElement("li");
      const sheet = document.createElement("div");
      sheet.className = "sheet";
      const number = document.createElement("p");
      number.textContent = index + 1;
      number.setAttribute("aria-hidden", "true");
      row.append(sheet, number);
      pages.append(row);
    }
    const ratio = `${width} / ${height}`;
    row.firstElementChild.style.setProperty("aspect-ratio", ratio);
    row.dataset.digest = digest;
    row.dataset.page = index + 1;
    row.dataset.of = wanted.length;
  });
  state.shown = wanted;
  for (const row of pages.children) {
    observer.unobserve(row);
    observer.observe(row);
  }
  const near = [...pages.children].filter((row) => {
    const { top, bottom } = row.getBoundingClientRect();
    return bottom > -600 && top < innerHeight + 600;
  });
  // The page that is looked at comes first.
  const { page } = looking();
  near.sort((one, other) => Math.abs(one.dataset.page - page) - Math.abs(other.dataset.page - page));
  if (near.length > 0) await paint(near[0]);
  for (const row of near.slice(1)) paint(row);
  if (state.asText) showText();
}

/** Shows the picture of a page. The old one stays until the new one is there. */
async function paint(row) {
  // Hidden pages have no width; they are painted once they show.
  if (sheets.clientWidth === 0) return;
  const { digest, page, of } = row.dataset;
  const width = pictureWidth();
  const wanted = `${digest}-${width}`;
  if (row.dataset.painted === wanted || row.dataset.painting === wanted) return;
  row.dataset.painting = wanted;
  const picture = new Image();
  picture.alt = `Page ${page} of ${of}`;
  picture.src = `page?page=${page}&width=${width}&digest=${digest}`;
  try {
    await picture.decode();
  } catch {
    // The page changed meanwhile; its next picture comes.
    if (row.dataset.painting === wanted) delete row.dataset.painting;
    return;
  }
  if (row.dataset.digest !== digest) return;
  row.dataset.painted = wanted;
  const sheet = row.firstElementChild;
  const old = sheet.querySelector("img");
  if (old) old.replaceWith(picture);
  else sheet.append(picture);
  picture.hidden = state.asText;
  document.dispatchEvent(new CustomEvent("painted", { detail: { page: Number(page), digest } }));
}

/** Shows the text of the pages in place of their pictures. */
async function showText() {
  const texts = await (await fetch("text")).json();
  texts.forEach((text, index) => {
    const sheet = pages.children[index]?.firstElementChild;
    if (!sheet) return;
    sheet.style.removeProperty("aspect-ratio");
    sheet.querySelector("img")?.setAttribute("hidden", "");
    let shown = sheet.querySelector("pre");
    if (!shown) {
      shown = document.createElement("pre");
      sheet.append(shown);
    }
    shown.textContent = `Page ${index + 1} of ${texts.length}\n\n${text}`;
  });
}

function showPictures() {
  for (const sheet of pages.querySelectorAll(".sheet")) {
    sheet.querySelector("pre")?.remove();
    sheet.querySelector("img")?.removeAttribute("hidden");
  }
  showPages(state.shown);
}

// Choices

function options(select, values, chosen) {
  select.replaceChildren(...values.map(([value, label]) => new Option(label, value, false, value === chosen)));
}

const named = (name) => (name === "2-up" ? "2-up" : name[0].toUpperCase() + name.slice(1).replaceAll(/[-_]/g, " "));

function showChoices() {
  const { view } = state;
  const lessons = [];
  for (const issue of state.issues) {
    const group = document.createElement("optgroup");
    group.label = issue.theme ?? issue.id;
    for (const lesson of issue.lessons.filter(({ language }) => !language)) {
      const value = `${issue.id}/${lesson.name}`;
      group.append(new Option(lesson.title, value, false, issue.id === view.issue && lesson.lesson === entry()?.lesson));
    }
    lessons.push(group);
  }
  find("lesson").replaceChildren(...lessons);
  const same = entries().filter(({ lesson }) => lesson === entry()?.lesson);
  options(find("language"), same.map(({ name, language }) => [name, language ?? "As written"]), view.lesson);
  find("language").disabled = same.length < 2;
  options(find("edition"), state.editions.map(({ name }) => [name, named(name)]), view.edition);
  const { parts } = state.editions.find(({ name }) => name === view.edition);
  options(find("part"), parts.map((part) => [part, part === "all" ? "Whole packet" : named(part)]), view.part);
  options(find("format"), state.formats.map((format) => [format, named(format)]), view.format);
  options(find("paper"), state.papers.map((paper) => [paper, paper === "a4" ? "A4" : "Letter"]), view.paper);
  find("mono").checked = view.mono;
  find("print").href = `packet.pdf?view=${encodeURIComponent(JSON.stringify(view))}`;
}

async function choose(change) {
  const before = `${state.view.issue}/${state.view.lesson}`;
  Object.assign(state.view, change);
  const { parts } = state.editions.find(({ name }) => name === state.view.edition);
  if (!parts.includes(state.view.part)) state.view.part = "all";
  showChoices();
  state.warnings = [];
  remember();
  if (before !== `${state.view.issue}/${state.view.lesson}`) {
    state.reports.clear();
    await open(`${state.view.issue}/${entry().files[0]}`);
  } else {
    await draw();
  }
}

function remember() {
  try {
    sessionStorage.setItem("view", JSON.stringify(state.view));
  } catch {
    // The browser keeps nothing.
  }
}

function remembered() {
  try {
    return JSON.parse(sessionStorage.getItem("view") ?? "null");
  } catch {
    return null;
  }
}

function show(what) {
  document.body.dataset.shown = what;
  find("show-text").setAttribute("aria-pressed", what === "text");
  find("show-pages").setAttribute("aria-pressed", what === "pages");
}

for (const [id, change] of Object.entries({
  lesson: (value) => ({ issue: value.split("/")[0], lesson: value.split("/")[1] }),
  language: (value) => ({ lesson: value }),
  edition: (value) => ({ edition: value }),
  part: (value) => ({ part: value }),
  format: (value) => ({ format: value }),
  paper: (value) => ({ paper: value }),
})) {
  find(id).addEventListener("change", (event) => choose(change(event.target.value)));
}
find("mono").addEventListener("change", (event) => choose({ mono: event.target.checked }));
find("save").addEventListener("click", save);
find("show-text").addEventListener("click", () => show("text"));
find("show-pages").addEventListener("click", () => show("pages"));
find("as-text").addEventListener("click", () => {
  state.asText = !state.asText;
  find("as-text").setAttribute("aria-pressed", state.asText);
  if (state.asText) showText();
  else showPictures();
});
document.addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key === "s") {
    event.preventDefault();
    save();
  }
});
// Pictures are as sharp as they are wide, also when the window or its parts change.
new ResizeObserver(() => {
  if (state.shown.length > 0 && sheets.clientWidth > 0) showPages(state.shown);
}).observe(sheets);

// Changes on disk

async function follow() {
  let since = 0;
  for (;;) {
    let changes;
    try {
      changes = await ask(`changes?since=${since}`);
    } catch (error) {
      notify(error.message);
      return;
    }
    if (changes.count === since) continue;
    since = changes.count;
    await refresh(changes.files);
  }
}

async function refresh(files) {
  if (!state.file) return;
  if (files.length === 0 || files.includes(state.file)) {
    const opened = await ask(`file?file=${encodeURIComponent(state.file)}`);
    if (opened.digest !== state.digest) {
      if (!state.isUnsaved) {
        state.digest = opened.digest;
        editor.replaceAll(opened.text);
        setUnsaved(false);
        say("Another program changed this file; this is its text now.");
        return;
      }
      notify("Another program changed this file while you were writing.", {
        "Keep mine": () => {
          state.digest = opened.digest;
          notify("");
        },
        "Take the other version": async () => {
          state.digest = opened.digest;
          await goBack();
        },
      });
      return;
    }
  }
  const isList = files.some((file) => file.endsWith("issue.yaml") || file.endsWith("series.yaml"));
  if (isList || files.length === 0) await list();
  if (files.some((file) => file !== state.file)) await draw();
}

async function list() {
  const found = await ask("lessons");
  Object.assign(state, found);
  return found;
}

async function start() {
  show("text");
  const found = await list();
  const usual = { ...found.first, edition: "student", part: "all", format: "standard", paper: found.paper, mono: false };
  state.view = usual;
  const before = remembered();
  if (before) {
    state.view = { ...usual, ...before };
    if (!entry()) state.view = usual;
  }
  if (!entry()) {
    notify("This lesson isn't listed in its issue.");
    return;
  }
  showChoices();
  await open(`${state.view.issue}/${entry().files[0]}`);
  follow();
}

start().catch((error) => notify(error.message));
