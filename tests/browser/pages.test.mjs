// The download pages in a browser: found, read, downloaded, by whoever comes with whatever they have.
//
// .ci/browser installs what this needs and runs it. With SCREENSHOTS=FOLDER it leaves a picture of every kind of page there.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { Browser, By, Key, WIDTHS } from "./browser.mjs";
import { HOSTILE, Site } from "./site.mjs";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** A page of every kind, and the front page in the middle of a search. */
const KINDS = {
  front: "index.html",
  search: "index.html?q=amendment&grade=10",
  nothing: "index.html?q=zzzz",
  issue: "bria-7-4/index.html",
  lesson: "bria-7-4/stalin-purges/index.html",
  hostile: "attempts/hostile/index.html",
  missing: "bria-7-4/nowhere.html",
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

/** Opens a page and waits until it shows what it was asked for. */
async function open(path, { disk = false, on = browser } = {}) {
  await on.goto(disk ? site.onDisk("").replace(/\/?$/, "/") + path : site.address + path);
  if (path.includes("?")) await found(on);
}

async function found(on = browser) {
  await on.until("a search has ended", () => on.run("return !document.getElementById('found').hidden"));
}

/** Waits until the list of results is this. */
async function shows(expected, on = browser) {
  let texts;
  const isSo = async () => {
    texts = await on.texts("#found:not([hidden]) h3");
    return JSON.stringify(texts) === JSON.stringify(expected);
  };
  await on.until(`results ${JSON.stringify(expected)}`, isSo).catch(() => assert.deepEqual(texts, expected));
}

const PURGES = "Stalin’s Purges and the “Show Trials”";
const RIGHTS = "The 14th Amendment and the “Second Bill of Rights”";
const EDUCATION = "Education and the 14th Amendment";

test("a stranger has the substitute packet of a lesson after two clicks", async () => {
  await open("index.html");
  await browser.driver.findElement(By.linkText(PURGES)).click();
  await browser.driver.findElement(By.linkText("Substitute packet")).click();
  const file = "bria-7-4-stalin-purges-substitute.pdf";
  assert.equal(await browser.downloaded(file), site.files.get(`bria-7-4/${file}`).sha256);
});

test("a lesson is found as somebody types", async () => {
  await open("index.html");
  await browser.find("#q").sendKeys("confess");
  await shows([PURGES]);
  assert.equal(new URL(await browser.driver.getCurrentUrl()).search, "?q=confess");
  await browser.find("#q").clear();
  await browser.find("#q").sendKeys("14TH amendmént");
  // First those that have it in their titles.
  await shows([RIGHTS, EDUCATION, PURGES]);
  assert.deepEqual(await browser.texts("#count"), ["3 lessons"]);
  await browser.find("#q").sendKeys(" zzzz");
  await shows([]);
  assert.match((await browser.texts("#count"))[0], /No lesson fits/);
  await browser.find("button[type=reset]").click();
  await browser.until("the issues are back", () => browser.find("#issues").isDisplayed());
  assert.equal(new URL(await browser.driver.getCurrentUrl()).search, "");
});

test("filters live in the address", async () => {
  await open("index.html?q=amendment&minutes=100&grade=12&subject=U.S.+history+and+government");
  await shows([EDUCATION]);
  assert.equal(await browser.run("return document.getElementById('subject').value"), "U.S. history and government");
  assert.equal(await browser.run("return document.getElementById('filters').open"), true);
  await browser.driver.navigate().refresh();
  await shows([EDUCATION]);
  await open("index.html?minutes=30");
  await shows([HOSTILE]);
  await open("index.html?topic=confessions");
  await shows([PURGES]);
  await open("index.html?issue=bria-7-4&language=en-US&edition=key");
  await shows([PURGES, RIGHTS, EDUCATION]);
  await open("index.html?format=large-print&language=es");
  await shows([PURGES]);
  await open("index.html?minutes=30&issue=bria-7-4");
  await shows([]);
});

test("filters are filled with what there is", async () => {
  await open("index.html");
  await browser.find("summary").click();
  await browser.until("the grades are there", async () => (await browser.texts("#grade option")).length > 1);
  assert.deepEqual(await browser.texts("#grade option"), ["Any", "Grade 9", "Grade 10", "Grade 11", "Grade 12"]);
  assert.deepEqual(await browser.texts("#edition option"), ["Any", "Student packet", "Teacher packet", "Answer key", "Substitute packet"]);
  assert.deepEqual(await browser.texts("#format option"), ["Any reader and printer", "Large print"]);
  assert.deepEqual(await browser.texts("#language option"), ["Any", "English", "Spanish"]);
  await browser.find("#edition").sendKeys("Answer key");
  await shows([PURGES, RIGHTS, EDUCATION]);
});

test("the keyboard is enough", async () => {
  await open("index.html");
  await browser.press(Key.TAB);
  assert.equal(await browser.run("return document.activeElement.textContent"), "Skip to the content");
  await browser.until("the skip link is seen", () => browser.run("return document.activeElement.getBoundingClientRect().top >= 0"));
  await browser.press(Key.ENTER, Key.TAB);
  assert.equal(await browser.run("return document.activeElement.id"), "q");
  await browser.press("purges");
  await shows([PURGES]);
  const tabTo = async (text) => {
    for (let presses = 0; presses < 40; presses += 1) {
      await browser.press(Key.TAB);
      if ((await browser.run("return document.activeElement.textContent.trim()")) === text) return;
    }
    assert.fail(`no key leads to ${text}`);
  };
  await tabTo(PURGES);
  await browser.press(Key.ENTER);
  await browser.until("the lesson is open", async () => (await browser.driver.getTitle()).startsWith("Stalin"));
  await tabTo("Student packet");
  const outline = await browser.run("return getComputedStyle(document.activeElement).outlineStyle");
  assert.equal(outline, "solid", "the focus is seen");
  await browser.press(Key.ENTER);
  const file = "bria-7-4-stalin-purges-student.pdf";
  assert.equal(await browser.downloaded(file), site.files.get(`bria-7-4/${file}`).sha256);
});

test("every kind of file arrives as it was built", async () => {
  await open("bria-7-4/education/index.html");
  const offered = await browser.run("return [...document.querySelectorAll('a[download]')].map((a) => a.getAttribute('href').slice(3))");
  const files = [...new Set(offered)];
  assert.equal(files.filter((file) => file.endsWith(".pdf")).length, 8, String(files));
  assert.equal(files.filter((file) => file.endsWith(".zip")).length, 2, String(files));
  for (const file of files) {
    await browser.find(`a[download][href="../${file}"]`).click();
    assert.equal(await browser.downloaded(file), site.files.get(`bria-7-4/${file}`).sha256, file);
  }
});

test("the server has ranges and content types, and nothing from outside", async () => {
  const pdf = `${site.address}bria-7-4/bria-7-4-education-key.pdf`;
  const part = await fetch(pdf, { headers: { range: "bytes=0-4" } });
  assert.equal(part.status, 206);
  assert.equal(await part.text(), "%PDF-");
  const types = { "index.html": "text/html", "catalogue/search.js": "text/javascript", "catalogue/style.css": "text/css", "manifest.json": "application/json", "bria-7-4/bria-7-4-student.zip": "application/zip", "bria-7-4/education/page-1.png": "image/png" };
  for (const [path, type] of Object.entries({ ...types, "bria-7-4/bria-7-4-education-key.pdf": "application/pdf" })) {
    const answer = await fetch(site.address + path);
    assert.equal(answer.status, 200, path);
    assert.ok(answer.headers.get("content-type").startsWith(type), `${path} is ${answer.headers.get("content-type")}`);
    assert.equal(answer.headers.get("x-content-type-options"), "nosniff");
  }
  for (const path of ["..%2f..%2flessons/series.yaml", "publication/.packetpress/cache.json", "publication/%2e%2e/%2e%2e/lessons/series.yaml"]) {
    assert.equal((await fetch(site.origin + path)).status, 404, path);
  }
});

test("nothing needs JavaScript", async () => {
  const plain = await Browser.open({ javascript: false });
  try {
    await plain.goto(`${site.address}index.html`);
    assert.equal(await plain.find("#search").isDisplayed(), false, "a search that cannot work is not shown");
    await plain.driver.findElement(By.linkText("The 14th Amendment")).click();
    await plain.driver.findElement(By.linkText(EDUCATION)).click();
    await plain.driver.findElement(By.linkText("Student packet")).click();
    const file = "bria-7-4-education-student.pdf";
    assert.equal(await plain.downloaded(file), site.files.get(`bria-7-4/${file}`).sha256);
  } finally {
    await plain.close();
  }
});

test("pages work from a disk", async () => {
  await browser.complaints();
  await open("index.html", { disk: true });
  await browser.find("#q").sendKeys("purge");
  await shows([PURGES]);
  assert.match(await browser.driver.getCurrentUrl(), /[?#]q=purge$/);
  await browser.driver.navigate().refresh();
  await shows([PURGES]);
  await browser.driver.findElement(By.linkText(PURGES)).click();
  const accent = await browser.run("return getComputedStyle(document.querySelector('.button')).backgroundColor");
  assert.equal(accent, "rgb(122, 31, 43)", "the style is there");
  assert.ok(await browser.run("return document.fonts.check('16px \"Packet Sans\"')"));
  assert.ok(await browser.run("return document.querySelector('.pages img').naturalWidth > 0"), "the pictures are there");
  assert.deepEqual(await browser.complaints(), []);
});

test("what a lesson says is text, and no page breaks its policy", async () => {
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

test("no rule of HTML and CSS is broken", () => {
  const checker = createRequire(import.meta.url).resolve("vnu-jar/build/dist/vnu.jar");
  const check = (...given) => {
    const run = spawnSync("java", ["-jar", checker, "--format", "json", ...given], { encoding: "utf8" });
    const { messages } = JSON.parse(run.stderr);
    // From a disk the checker does not know what `'self'` in the policy is; the browser does, and is asked above.
    return messages.map(({ message }) => message).filter((message) => !message.startsWith("Resource violates Content Security Policy"));
  };
  const pages = [...site.files.keys()].filter((path) => path.endsWith(".html"));
  assert.ok(pages.length > 8, String(pages));
  assert.deepEqual(check(...pages.map((path) => join(site.output, path))), []);
  assert.deepEqual(check("--css", join(site.output, "catalogue/style.css")), []);
});

test("old addresses lead on", async () => {
  await browser.goto(`${site.address}bria-7-4/schools/index.html`);
  await browser.until("the lesson is open", async () => (await browser.driver.getTitle()).startsWith(EDUCATION));
  await browser.goto(`${site.address}bria-7-4/bria-7-4-schools-key.pdf`);
  const file = "bria-7-4-education-key.pdf";
  assert.equal(await browser.downloaded(file), site.files.get(`bria-7-4/${file}`).sha256);
});

test("pages fit every screen", async () => {
  for (const [kind, path] of Object.entries(KINDS)) {
    for (const width of WIDTHS) {
      await browser.width(width);
      await open(path);
      const wide = await browser.run("return document.documentElement.scrollWidth");
      assert.ok(wide <= width, `${kind} is ${wide} wide on a screen of ${width}`);
    }
  }
});

test("axe finds nothing, at any width, in the light and in the dark", async () => {
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
        assert.ok(result.passes.length > 10, "axe has looked");
        await keep(`${kind}-${scheme}-${width}`);
      }
    }
  }
  await browser.wish({ "prefers-color-scheme": "light" });
});

test("the dark is dark, and more contrast is more", async () => {
  const colours = "const style = getComputedStyle(document.documentElement); return [style.color, style.backgroundColor]";
  await browser.wish({ "prefers-color-scheme": "dark" });
  await open(KINDS.lesson);
  assert.deepEqual(await browser.run(colours), ["rgb(236, 231, 225)", "rgb(25, 23, 22)"]);
  await browser.wish({ "prefers-color-scheme": "dark", "prefers-contrast": "more" });
  assert.deepEqual(await browser.run(colours), ["rgb(255, 255, 255)", "rgb(0, 0, 0)"]);
  await browser.wish({ "prefers-color-scheme": "light", "forced-colors": "active" });
  await keep("lesson-forced-colours");
  await browser.wish({ "prefers-color-scheme": "light", "forced-colors": "none", "prefers-contrast": "no-preference" });
});

/** Leaves a picture of what is shown, if somebody wants to look. */
async function keep(name) {
  if (!process.env.SCREENSHOTS) return;
  mkdirSync(process.env.SCREENSHOTS, { recursive: true });
  writeFileSync(join(process.env.SCREENSHOTS, `${name}.png`), await browser.screenshot());
}
