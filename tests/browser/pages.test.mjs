// Tests the download pages in a browser: finding, reading, and downloading lessons, with different devices and settings.
//
// .ci/browser installs what this needs and runs it. With SCREENSHOTS=FOLDER, it saves a screenshot of every kind of page there.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { Browser, By, Key, WIDTHS } from "./browser.mjs";
import { HOSTILE, Site } from "./site.mjs";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** One page of every kind, plus the front page during a search. */
const KINDS = {
  front: "index.html",
  search: "index.html?q=amendment&grade=10",
  nothing: "index.html?q=zzzz",
  issue: "fair-hearing-1/index.html",
  lesson: "fair-hearing-1/moscow-trials/index.html",
  hostile: "attempts/hostile/index.html",
  missing: "fair-hearing-1/nowhere.html",
};

let site;
let browser;

before(async () => {
  site = await Site.build();
  browser = await Browser.open();
});

after(async () => {
  await browser?.close();
  site?.close();
});

/** Opens a page and waits until it has loaded its search results. */
async function open(path, { disk = false, on = browser } = {}) {
  await on.goto(disk ? site.onDisk("").replace(/\/?$/, "/") + path : site.address + path);
  if (path.includes("?")) await found(on);
}

async function found(on = browser) {
  await on.until("the search is done", () => on.run("return !document.getElementById('found').hidden"));
}

/** Waits until the results list matches. */
async function shows(expected, on = browser) {
  let texts;
  const isSo = async () => {
    texts = await on.texts("#found:not([hidden]) h3");
    return JSON.stringify(texts) === JSON.stringify(expected);
  };
  await on.until(`results ${JSON.stringify(expected)}`, isSo).catch(() => assert.deepEqual(texts, expected));
}

const TRIALS = "Confession on Command: The Moscow Trials";
const RIGHTS = "How the Bill of Rights Reached the States";
const EDUCATION = "Whose School, Whose Money?";

test("a substitute can download a packet in two clicks", async () => {
  await open("index.html");
  await browser.driver.findElement(By.linkText(TRIALS)).click();
  await browser.driver.findElement(By.linkText("Substitute packet")).click();
  const file = "fair-hearing-1-moscow-trials-substitute.pdf";
  assert.equal(await browser.downloaded(file), site.files.get(`fair-hearing-1/${file}`).sha256);
});

test("search finds lessons while the user types", async () => {
  await open("index.html");
  await browser.find("#q").sendKeys("confess");
  await shows([TRIALS]);
  assert.equal(new URL(await browser.driver.getCurrentUrl()).search, "?q=confess");
  await browser.find("#q").clear();
  await browser.find("#q").sendKeys("14TH amendmént whó");
  // Matches in titles come first: only one title has a word that starts with "who".
  await shows([EDUCATION, TRIALS, RIGHTS]);
  assert.deepEqual(await browser.texts("#count"), ["3 lessons"]);
  await browser.find("#q").sendKeys(" zzzz");
  await shows([]);
  assert.match((await browser.texts("#count"))[0], /No lessons found/);
  await browser.find("button[type=reset]").click();
  await browser.until("the issues are back", () => browser.find("#issues").isDisplayed());
  assert.equal(new URL(await browser.driver.getCurrentUrl()).search, "");
});

test("filters are kept in the URL", async () => {
  await open("index.html?q=amendment&minutes=100&grade=12&subject=U.S.+history+and+government");
  await shows([EDUCATION]);
  assert.equal(await browser.run("return document.getElementById('subject').value"), "U.S. history and government");
  assert.equal(await browser.run("return document.getElementById('filters').open"), true);
  await browser.driver.navigate().refresh();
  await shows([EDUCATION]);
  await open("index.html?minutes=30");
  await shows([HOSTILE]);
  await open("index.html?topic=confessions");
  await shows([TRIALS]);
  await open("index.html?issue=fair-hearing-1&language=en-US&edition=key");
  await shows([TRIALS, RIGHTS, EDUCATION]);
  await open("index.html?format=large-print&language=es");
  await shows([TRIALS]);
  await open("index.html?minutes=30&issue=fair-hearing-1");
  await shows([]);
});

test("filters list the available choices", async () => {
  await open("index.html");
  await browser.find("summary").click();
  await browser.until("the grades are loaded", async () => (await browser.texts("#grade option")).length > 1);
  assert.deepEqual(await browser.texts("#grade option"), ["Any", "Grade 9", "Grade 10", "Grade 11", "Grade 12"]);
  assert.deepEqual(await browser.texts("#edition option"), ["Any", "Student packet", "Teacher packet", "Answer key", "Substitute packet"]);
  assert.deepEqual(await browser.texts("#format option"), ["Any", "Large print"]);
  assert.deepEqual(await browser.texts("#language option"), ["Any", "English", "Spanish"]);
  await browser.find("#edition").sendKeys("Answer key");
  await shows([TRIALS, RIGHTS, EDUCATION]);
});

test("everything works with the keyboard", async () => {
  await open("index.html");
  await browser.press(Key.TAB);
  assert.equal(await browser.run("return document.activeElement.textContent"), "Skip to main content");
  await browser.until("the skip link is visible", () => browser.run("return document.activeElement.getBoundingClientRect().top >= 0"));
  await browser.press(Key.ENTER, Key.TAB);
  assert.equal(await browser.run("return document.activeElement.id"), "q");
  await browser.press("purge");
  await shows([TRIALS]);
  const tabTo = async (text) => {
    for (let presses = 0; presses < 40; presses += 1) {
      await browser.press(Key.TAB);
      if ((await browser.run("return document.activeElement.textContent.trim()")) === text) return;
    }
    assert.fail(`pressing Tab doesn't reach ${text}`);
  };
  await tabTo(TRIALS);
  await browser.press(Key.ENTER);
  await browser.until("the lesson is open", async () => (await browser.driver.getTitle()).startsWith(TRIALS));
  await tabTo("Student packet");
  const outline = await browser.run("return getComputedStyle(document.activeElement).outlineStyle");
  assert.equal(outline, "solid", "the focus is visible");
  await browser.press(Key.ENTER);
  const file = "fair-hearing-1-moscow-trials-student.pdf";
  assert.equal(await browser.downloaded(file), site.files.get(`fair-hearing-1/${file}`).sha256);
});

test("every kind of file downloads unchanged", async () => {
  await open("fair-hearing-1/equal-schools/index.html");
  const offered = await browser.run("return [...document.querySelectorAll('a[download]')].map((a) => a.getAttribute('href').slice(3))");
  const files = [...new Set(offered)];
  assert.equal(files.filter((file) => file.endsWith(".pdf")).length, 9, String(files));
  assert.equal(files.filter((file) => file.endsWith(".zip")).length, 2, String(files));
  for (const file of files) {
    // Chromium lets a page download ten files without asking.
    await open("fair-hearing-1/equal-schools/index.html");
    await browser.find(`a[download][href="../${file}"]`).click();
    assert.equal(await browser.downloaded(file), site.files.get(`fair-hearing-1/${file}`).sha256, file);
  }
});

test("the server supports ranges and content types, and serves nothing from outside", async () => {
  const pdf = `${site.address}fair-hearing-1/fair-hearing-1-equal-schools-key.pdf`;
  const part = await fetch(pdf, { headers: { range: "bytes=0-4" } });
  assert.equal(part.status, 206);
  assert.equal(await part.text(), "%PDF-");
  const types = { "index.html": "text/html", "catalogue/search.js": "text/javascript", "catalogue/style.css": "text/css", "manifest.json": "application/json", "fair-hearing-1/fair-hearing-1-student.zip": "application/zip", "fair-hearing-1/equal-schools/page-1.png": "image/png" };
  for (const [path, type] of Object.entries({ ...types, "fair-hearing-1/fair-hearing-1-equal-schools-key.pdf": "application/pdf" })) {
    const answer = await fetch(site.address + path);
    assert.equal(answer.status, 200, path);
    assert.ok(answer.headers.get("content-type").startsWith(type), `${path} is ${answer.headers.get("content-type")}`);
    assert.equal(answer.headers.get("x-content-type-options"), "nosniff");
  }
  for (const path of ["..%2f..%2flessons/series.yaml", "publication/.packetpress/cache.json", "publication/%2e%2e/%2e%2e/lessons/series.yaml"]) {
    assert.equal((await fetch(site.origin + path)).status, 404, path);
  }
});

test("pages work without JavaScript", async () => {
  const plain = await Browser.open({ javascript: false });
  try {
    await plain.goto(`${site.address}index.html`);
    assert.equal(await plain.find("#search").isDisplayed(), false, "the search is hidden because it needs JavaScript");
    await plain.driver.findElement(By.linkText("Due Process and Equal Protection")).click();
    await plain.driver.findElement(By.linkText(EDUCATION)).click();
    await plain.driver.findElement(By.linkText("Student packet")).click();
    const file = "fair-hearing-1-equal-schools-student.pdf";
    assert.equal(await plain.downloaded(file), site.files.get(`fair-hearing-1/${file}`).sha256);
  } finally {
    await plain.close();
  }
});

test("pages work from disk", async () => {
  await browser.complaints();
  await open("index.html", { disk: true });
  await browser.find("#q").sendKeys("purge");
  await shows([TRIALS]);
  assert.match(await browser.driver.getCurrentUrl(), /[?#]q=purge$/);
  await browser.driver.navigate().refresh();
  await shows([TRIALS]);
  await browser.driver.findElement(By.linkText(TRIALS)).click();
  const accent = await browser.run("return getComputedStyle(document.querySelector('.button')).backgroundColor");
  assert.equal(accent, "rgb(122, 31, 43)", "the style sheet is loaded");
  assert.ok(await browser.run("return document.fonts.check('16px \"Packet Sans\"')"));
  assert.ok(await browser.run("return document.querySelector('.pages img').naturalWidth > 0"), "the images are loaded");
  assert.deepEqual(await browser.complaints(), []);
});

test("lesson text prints as plain text, and no page violates its policy", async () => {
  await browser.complaints();
  for (const path of [KINDS.front, KINDS.hostile, "attempts/index.html", "index.html?q=script&subject=x", "index.html?topic=%22%3E%3Cscript%3Ealert(1)%3C/script%3E"]) {
    await open(path);
    const foreign = "return document.querySelectorAll('main script, main img[onerror], main svg, main b:not(.standards b), main i').length";
    assert.equal(await browser.run(foreign), 0, path);
  }
  await open(KINDS.hostile);
  assert.deepEqual(await browser.texts("h1"), [HOSTILE]);
  await open("index.html?q=alert");
  await shows([HOSTILE]);
  assert.deepEqual(await browser.complaints(), []);
});

test("HTML and CSS are valid", () => {
  const checker = createRequire(import.meta.url).resolve("vnu-jar/build/dist/vnu.jar");
  const check = (...given) => {
    const run = spawnSync("java", ["-jar", checker, "--format", "json", ...given], { encoding: "utf8" });
    const { messages } = JSON.parse(run.stderr);
    // On disk, the checker can't resolve `'self'` in the policy. The browser can, and the tests above check that.
    return messages.map(({ message }) => message).filter((message) => !message.startsWith("Resource violates Content Security Policy"));
  };
  const pages = [...site.files.keys()].filter((path) => path.endsWith(".html"));
  assert.ok(pages.length > 8, String(pages));
  assert.deepEqual(check(...pages.map((path) => join(site.output, path))), []);
  assert.deepEqual(check("--css", join(site.output, "catalogue/style.css")), []);
});

test("old addresses redirect", async () => {
  await browser.goto(`${site.address}fair-hearing-1/schools/index.html`);
  await browser.until("the lesson is open", async () => (await browser.driver.getTitle()).startsWith(EDUCATION));
  await browser.goto(`${site.address}fair-hearing-1/fair-hearing-1-schools-key.pdf`);
  const file = "fair-hearing-1-equal-schools-key.pdf";
  assert.equal(await browser.downloaded(file), site.files.get(`fair-hearing-1/${file}`).sha256);
});

test("pages fit every screen width", async () => {
  for (const [kind, path] of Object.entries(KINDS)) {
    for (const width of WIDTHS) {
      await browser.width(width);
      await open(path);
      const wide = await browser.run("return document.documentElement.scrollWidth");
      assert.ok(wide <= width, `${kind} is ${wide} px wide on a ${width} px screen`);
    }
  }
});

test("axe finds no problems, at any width, in light and dark mode", async () => {
  for (const scheme of ["light", "dark"]) {
    await browser.wish({ "prefers-color-scheme": scheme });
    for (const [kind, path] of Object.entries(KINDS)) {
      for (const width of WIDTHS) {
        await browser.width(width);
        await open(path);
        await browser.run(AXE);
        const result = await browser.driver.executeAsyncScript((done) => {
          globalThis.axe.run({ runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }).then(done);
        });
        const faults = result.violations.map((fault) => `${fault.id}: ${fault.nodes.map((node) => node.html).join(" ")}`);
        assert.deepEqual(faults, [], `${kind}, ${scheme}, ${width}`);
        assert.ok(result.passes.length > 10, "axe ran its checks");
        await keep(`${kind}-${scheme}-${width}`);
      }
    }
  }
  await browser.wish({ "prefers-color-scheme": "light" });
});

test("dark mode and high contrast have the right colors", async () => {
  const colors = "const style = getComputedStyle(document.documentElement); return [style.color, style.backgroundColor]";
  await browser.wish({ "prefers-color-scheme": "dark" });
  await open(KINDS.lesson);
  assert.deepEqual(await browser.run(colors), ["rgb(236, 231, 225)", "rgb(25, 23, 22)"]);
  await browser.wish({ "prefers-color-scheme": "dark", "prefers-contrast": "more" });
  assert.deepEqual(await browser.run(colors), ["rgb(255, 255, 255)", "rgb(0, 0, 0)"]);
  await browser.wish({ "prefers-color-scheme": "light", "forced-colors": "active" });
  await keep("lesson-forced-colors");
  await browser.wish({ "prefers-color-scheme": "light", "forced-colors": "none", "prefers-contrast": "no-preference" });
});

/** Saves a screenshot if SCREENSHOTS is set. */
async function keep(name) {
  if (!process.env.SCREENSHOTS) return;
  mkdirSync(process.env.SCREENSHOTS, { recursive: true });
  writeFileSync(join(process.env.SCREENSHOTS, `${name}.png`), await browser.screenshot());
}
