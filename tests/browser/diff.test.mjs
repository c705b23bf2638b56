// Tests the page that `packetpress diff` writes: what changed, with pictures, for everyone.
//
// .ci/browser installs what this needs and runs it. With SCREENSHOTS=FOLDER, it saves a screenshot there.

import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { after, before, test } from "node:test";
import { Browser, WIDTHS } from "./browser.mjs";

const ROOT = new URL("../../", import.meta.url).pathname;
const PACKETPRESS = process.env.PACKETPRESS ?? join(ROOT, "target/release/packetpress");
const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

let folder;
let page;
let browser;

before(async () => {
  folder = mkdtempSync(join(tmpdir(), "packetpress-diff-"));
  page = join(folder, "diff.html");
  const run = (...options) => execFileSync(PACKETPRESS, options, { cwd: folder, stdio: "ignore" });
  cpSync(join(ROOT, "lessons"), join(folder, "lessons"), { recursive: true });
  run("build", "--edition", "student", "--output", "before");
  const lesson = join(folder, "lessons/fair-hearing-1/moscow-trials.yaml");
  writeFileSync(lesson, readFileSync(lesson, "utf8").replace("twenty-one prisoners", "twenty-one famous prisoners"));
  const issue = join(folder, "lessons/fair-hearing-1/issue.yaml");
  writeFileSync(issue, readFileSync(issue, "utf8").replace(/(lessons:\s*\[)/, "$1new, "));
  writeFileSync(join(folder, "lessons/fair-hearing-1/new.yaml"), "title: A new lesson\nreading: It began.\n");
  run("build", "--edition", "student");
  run("diff", "before", "output", "--page", page);
  browser = await Browser.open();
});

after(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

test("the page shows the changed words and pages, and marks them", async () => {
  await browser.goto(pathToFileURL(page).href);
  assert.deepEqual((await browser.texts("ins")).map((text) => text.trim()).includes("famous"), true);
  const broken = await browser.run("return [...document.images].filter((image) => image.complete && image.naturalWidth === 0).length");
  assert.equal(broken, 0);
  assert.ok((await browser.texts("figure")).length >= 4);
  const outside = await browser.run(
    "return [...document.querySelectorAll('.page i')].filter((mark) => { const a = mark.getBoundingClientRect(), b = mark.parentElement.getBoundingClientRect();" +
      " return a.left < b.left - 5 || a.right > b.right + 5 || a.top < b.top - 5 || a.bottom > b.bottom + 5; }).length",
  );
  assert.equal(outside, 0);
  assert.deepEqual(await browser.complaints(), []);
});

test("axe finds no problems at any width, and nothing is wider than the screen", async () => {
  for (const scheme of ["light", "dark"]) {
    for (const width of WIDTHS) {
      await browser.width(width);
      await browser.wish({ "prefers-color-scheme": scheme });
      await browser.goto(pathToFileURL(page).href);
      await browser.run(AXE);
      const result = await browser.driver.executeAsyncScript("axe.run().then(arguments[arguments.length - 1])");
      const found = result.violations.map((violation) => `${violation.id}: ${violation.nodes[0].html}`);
      assert.deepEqual(found, [], `${scheme}, ${width} px`);
      assert.ok(result.passes.length > 10, "axe ran its checks");
      const wide = await browser.run("return document.documentElement.scrollWidth > document.documentElement.clientWidth");
      assert.equal(wide, false, `${width} px`);
      if (process.env.SCREENSHOTS) {
        mkdirSync(process.env.SCREENSHOTS, { recursive: true });
        writeFileSync(join(process.env.SCREENSHOTS, `diff-${scheme}-${width}.png`), await browser.screenshot());
      }
    }
  }
});

test("the page is valid HTML", () => {
  const checker = createRequire(import.meta.url).resolve("vnu-jar/build/dist/vnu.jar");
  const { stderr } = spawnSync("java", ["-jar", checker, "--format", "json", page], { encoding: "utf8" });
  // The checker doesn't know that the policy allows pictures in the page. The browser does: it shows them.
  const messages = JSON.parse(stderr).messages.map(({ message }) => message);
  assert.deepEqual(messages.filter((message) => !message.startsWith("Resource violates Content Security Policy")), []);
});
