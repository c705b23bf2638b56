// Fills in forms with pdf.js, which Firefox and many learning platforms use, and draws them again.
//
// .ci/browser installs what this needs and runs it.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, before, test } from "node:test";
import { Browser } from "./browser.mjs";

const ROOT = new URL("../../", import.meta.url).pathname;
const PACKETPRESS = process.env.PACKETPRESS ?? join(ROOT, "target/release/packetpress");
const PDFJS = join(dirname(createRequire(import.meta.url).resolve("pdfjs-dist/package.json")), "legacy/build");

/** How long pdf.js may take for a form, in milliseconds. */
const PATIENCE = 300_000;

/** How far a letter may reach out of its field, in points. */
const SLACK = 3;

const PAGE = `<!doctype html><title>Forms</title><link rel="icon" href="data:,"><script type="module">
import * as pdfjs from "/pdf.mjs";
pdfjs.GlobalWorkerOptions.workerSrc = "/pdf.worker.mjs";

const opened = async (source) => pdfjs.getDocument({ ...source, verbosity: 0 }).promise;

/** The pixels of a page with its fields, one a point. */
async function drawn(document, number) {
  const page = await document.getPage(number);
  const viewport = page.getViewport({ scale: 1 });
  const canvas = new OffscreenCanvas(Math.ceil(viewport.width), Math.ceil(viewport.height));
  const canvasContext = canvas.getContext("2d", { willReadFrequently: true });
  await page.render({ canvas, canvasContext, viewport, annotationMode: pdfjs.AnnotationMode.ENABLE }).promise;
  const { width, height } = canvas;
  const { data } = canvasContext.getImageData(0, 0, width, height);
  return { width, height, dark: Uint8Array.from({ length: width * height }, (_, at) => data[4 * at + 1]) };
}

/** Something to put in each widget of a form: a word, or whether it's checked. */
function answers(fields) {
  const values = new Map();
  let count = 0;
  for (const widgets of fields.values()) {
    const [field] = widgets.filter((widget) => widget.type);
    count += 1;
    for (const widget of widgets.filter((widget) => widget.id && widget.type)) {
      if (widget.type === "text") {
        values.set(widget.id, widget.charLimit ? String(count % 10).repeat(widget.charLimit) : "a" + count);
      } else if (widget.type === "combobox") {
        values.set(widget.id, widget.items.at(-1).exportValue);
      } else {
        values.set(widget.id, widget === field);
      }
    }
  }
  return values;
}

window.filled = async (path) => {
  const faults = [];
  const empty = await opened({ url: path });
  const fields = await empty.getFieldObjects();
  const values = answers(fields);
  for (const [id, value] of values) empty.annotationStorage.setValue(id, { value });
  const bytes = await empty.saveDocument();
  // A copy: pdf.js keeps the bytes that it opens.
  const saved = await opened({ data: bytes.slice() });
  const kept = await saved.getFieldObjects();
  const texts = [];
  const widgets = [];
  for (const [name, group] of kept) {
    for (const widget of group.filter((widget) => widget.id && widget.type)) {
      const value = values.get(widget.id);
      widgets.push({ ...widget, name, value });
      if (typeof value === "string") texts.push(value);
      const is = typeof value === "string" ? widget.value === value : widget.type === "checkbox" ? (widget.value !== "Off") === value : true;
      if (!is) faults.push(name + ": " + JSON.stringify(value) + " was saved as " + JSON.stringify(widget.value));
    }
    const radio = group.filter((widget) => widget.type === "radiobutton");
    if (radio.length > 0 && !radio.some((widget) => widget.value !== "Off")) faults.push(name + ": no choice was saved");
  }
  const untouched = await opened({ url: path });
  for (let number = 1; number <= saved.numPages; number += 1) {
    const before = await drawn(untouched, number);
    const after = await drawn(saved, number);
    const here = widgets.filter((widget) => widget.page === number - 1);
    const inked = new Set();
    let strays = 0;
    for (let at = 0; at < after.dark.length; at += 1) {
      if (Math.abs(after.dark[at] - before.dark[at]) < 64) continue;
      const x = at % after.width;
      const y = after.height - Math.floor(at / after.width);
      const within = here.filter(({ rect: [left, bottom, right, top] }) =>
        x >= left - ${SLACK} && x <= right + ${SLACK} && y >= bottom - ${SLACK} && y <= top + ${SLACK});
      if (within.length === 0) strays += 1;
      for (const widget of within) inked.add(widget.id);
    }
    if (strays > 0) faults.push("page " + number + ": " + strays + " points changed outside of the fields");
    for (const widget of here) {
      if (widget.value !== false && !inked.has(widget.id)) faults.push("page " + number + ": nothing is drawn in " + widget.name);
    }
  }
  const binary = Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
  return { faults, texts, count: widgets.length, bytes: btoa(binary) };
};
document.body.dataset.ready = "yes";
</script><body>`;

let folder;
let forms;
let server;
let browser;

before(async () => {
  folder = mkdtempSync(join(tmpdir(), "packetpress-forms-"));
  const build = (...options) => execFileSync(PACKETPRESS, ["build", "--edition", "student", ...options], { cwd: ROOT, stdio: "ignore" });
  build("moscow-trials", "--format", "fillable,fillable-large-print", "--output", join(folder, "own"));
  // Every kind of field. `.ci/forms` fills in all other forms.
  const specimen = ["activities", "--lessons", "tests/specimen/lessons", "--paper", "letter"];
  build(...specimen, "--format", "fillable", "--output", join(folder, "specimen"));
  forms = readdirSync(folder, { recursive: true }).filter((name) => name.endsWith(".pdf") && !name.endsWith("-es.pdf"));
  server = createServer((request, response) => {
    const path = decodeURIComponent(request.url.slice(1));
    const type = path.endsWith(".mjs") ? "text/javascript" : path.endsWith(".pdf") ? "application/pdf" : "text/html; charset=utf-8";
    response.setHeader("Content-Type", type);
    response.end(path === "" ? PAGE : readFileSync(join(path.endsWith(".mjs") ? PDFJS : folder, path)));
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  browser = await Browser.open();
  await browser.driver.manage().setTimeouts({ script: PATIENCE });
  await browser.goto(`http://127.0.0.1:${server.address().port}/`);
  await browser.until("pdf.js is there", () => browser.run("return document.body.dataset.ready === 'yes'"));
});

after(async () => {
  await browser?.close();
  server?.close();
  rmSync(folder, { recursive: true, force: true });
});

test("what pdf.js saves in a form is drawn in its field, by pdf.js and by poppler", async (t) => {
  assert.ok(forms.length > 0);
  for (const form of forms) {
    await t.test(form, async () => {
      const { faults, texts, count, bytes } = await browser.run("return window.filled(arguments[0])", `/${form}`);
      assert.deepEqual(faults, []);
      assert.ok(count > 0);
      const path = join(folder, "saved.pdf");
      writeFileSync(path, Buffer.from(bytes, "base64"));
      const drawn = execFileSync("pdftotext", ["-layout", path, "-"], { encoding: "utf8", maxBuffer: 1 << 28 }).replaceAll(/\s/g, "");
      assert.deepEqual(texts.filter((text) => !drawn.includes(text.replaceAll(/\s/g, ""))), []);
      assert.deepEqual(await browser.complaints(), []);
    });
  }
});
