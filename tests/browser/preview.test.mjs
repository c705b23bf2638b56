// Tests the preview in a browser: writing, seeing the pages and the errors, fixing, saving, and losing nothing.
//
// .ci/browser installs what this needs and runs it. With SCREENSHOTS=FOLDER, it saves screenshots there.

import assert from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { createRequire } from "node:module";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { Browser, By, Key } from "./browser.mjs";
import { Desk } from "./desk.mjs";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const WIDTHS = [360, 900, 1440];
const LESSON = "fair-hearing-1/moscow-trials.yaml";
const TEACHER = "fair-hearing-1/moscow-trials.teacher.yaml";
const UNSAVED = "fair-hearing-1/.moscow-trials.yaml.unsaved";

let desk;
let browser;

before(async () => {
  desk = await Desk.open("moscow-trials");
  browser = await Browser.open();
});

after(async () => {
  await browser?.close();
  await desk?.close();
});

/** Opens the preview with the lessons as they were, and waits for its pages. */
async function open() {
  await browser.goto(`${desk.address}preview.css`);
  await browser.run("localStorage.clear(); sessionStorage.clear()");
  // The icon that a browser looks for next to any file.
  await browser.complaints();
  await desk.stop();
  desk.reset();
  await desk.start(desk.port);
  await browser.goto(desk.address);
  await drawn();
}

async function drawn() {
  await browser.until("the pages are there", () => browser.run("return document.querySelectorAll('#pages img').length > 0"));
}

const text = () => browser.run("return document.querySelector('textarea').value");
const status = () => browser.run("return document.getElementById('status').textContent");
const digests = () => browser.run("return [...document.querySelectorAll('#pages li')].map((row) => row.dataset.digest)");
const list = (selector) => browser.run("return [...document.querySelectorAll(arguments[0])].map((row) => row.innerText)", selector);
const mistakes = () => list("#mistakes li");

/** Puts the cursor after the first place of some text, or before it. */
async function go(to, before = false) {
  const found = await browser.run(
    "const area = document.querySelector('textarea'); const at = area.value.indexOf(arguments[0]);" +
      "const place = at + (arguments[1] ? 0 : arguments[0].length);" +
      "area.focus(); area.setSelectionRange(place, place); return at",
    to,
    before,
  );
  assert.ok(found >= 0, `${to} isn't in the text`);
}

async function settled() {
  await browser.until("the pages are settled", () => browser.run("return document.body.dataset.proof === 'settled'"));
}

async function chord(...keys) {
  await browser.driver.actions().keyDown(keys[0]).sendKeys(...keys.slice(1)).keyUp(keys[0]).perform();
}

test("what is typed is on the page, and the other pages stay", async () => {
  await open();
  await settled();
  const before = await digests();
  await go("twenty-one prisoners");
  await browser.press(" and their guards");
  await browser.until("the first page changes", async () => (await digests())[0] !== before[0]);
  await settled();
  const after = await digests();
  assert.equal(after.length, before.length);
  assert.deepEqual(after.slice(7), before.slice(7));
  assert.deepEqual(await browser.complaints(), []);
});

test("an error is listed and marked, the old pages stay, and its fix is accepted by keyboard", async () => {
  await open();
  const pages = (await digests()).length;
  await go("\ndiscussion:");
  await browser.press(Key.BACK_SPACE, Key.BACK_SPACE, ":");
  await browser.until("the error is listed", async () => (await mistakes()).some((line) => line.includes("unknown key `discussio`")));
  assert.equal((await digests()).length, pages);
  assert.match(await browser.run("return document.getElementById('reason').textContent"), /pages from before/);
  assert.equal(await browser.run("return document.querySelector('.back .error').textContent"), "discussio");
  await chord(Key.CONTROL, ".");
  await browser.until("the error is gone", async () => (await mistakes()).join() === "None.");
  assert.match(await text(), /\ndiscussion:\n/);
  // Both steps are undone, even after the page was loaded again.
  await browser.goto(desk.address);
  await drawn();
  await go("\ndiscussion:");
  await chord(Key.CONTROL, "z");
  assert.match(await text(), /\ndiscussio:\n/);
  await chord(Key.CONTROL, "y");
  assert.match(await text(), /\ndiscussion:\n/);
});

test("keys are offered, explained, and written", async () => {
  await open();
  await go("minutes:", true);
  await browser.press("typ");
  await chord(Key.CONTROL, Key.SPACE);
  await browser.until("something is offered", async () => (await list(".offers li b")).length > 0);
  const active = await browser.run("return document.getElementById(document.activeElement.getAttribute('aria-activedescendant'))?.textContent");
  assert.ok(active, "the first offer is chosen");
  await browser.press(Key.ESCAPE, Key.BACK_SPACE, Key.BACK_SPACE, Key.BACK_SPACE);
  await go("minut");
  await browser.until("the key is explained", async () => (await list("#about")).join().includes("minutes of class time"));
  await go("[@conquest1990", false);
  await browser.press(Key.BACK_SPACE, Key.BACK_SPACE, Key.BACK_SPACE, Key.BACK_SPACE, "1");
  await browser.until("the source is offered", async () => (await list(".offers li b")).includes("conquest1990"));
  await browser.press(Key.ARROW_DOWN, Key.ENTER);
  assert.match(await text(), /\[@conquest1990\]/);
});

test("nothing typed is lost: by loading again, by a killed program, by another program", async () => {
  await open();
  await go("question: ", false);
  await browser.press("Typed. ");
  await browser.until("the text is kept", () => existsSync(desk.path(UNSAVED)));
  const saved = desk.read(LESSON);
  await browser.goto(desk.address);
  await drawn();
  assert.match(await text(), /question: Typed\. /);
  assert.match(await browser.run("return document.getElementById('notice').textContent"), /typed before and didn't save/);
  await desk.stop();
  await desk.start(desk.port);
  await browser.goto(desk.address);
  await drawn();
  assert.match(await text(), /question: Typed\. /);
  assert.equal(desk.read(LESSON), saved);
  // Another program saves the file meanwhile.
  desk.write(LESSON, saved.replace("title:", "title: Another"));
  await browser.until("it is noticed", () => browser.run("return document.getElementById('notice').textContent.includes('Another program')"));
  await chord(Key.CONTROL, "s");
  await browser.until("it asks", () => browser.run("return document.getElementById('notice').textContent.includes('What do you want to keep')"));
  assert.match(desk.read(LESSON), /title: Another/);
  const [keep] = await browser.driver.findElements(By.xpath("//button[text()='Keep mine']"));
  await keep.click();
  await browser.until("mine is saved", () => desk.read(LESSON).includes("question: Typed. "));
  assert.doesNotMatch(desk.read(LESSON), /title: Another/);
  await browser.until("nothing is unsaved", () => !existsSync(desk.path(UNSAVED)));
  // Without unsaved text, the file follows the disk.
  desk.write(LESSON, saved);
  await browser.until("the text follows", async () => (await text()) === saved);
});

test("a new name is written in every file, over what another program wrote there", async () => {
  await open();
  const tab = async (label) => {
    const [found] = await browser.driver.findElements(By.xpath(`//*[@id='files']/button[starts-with(text(), '${label}')]`));
    await found.click();
    await browser.until(`${label} is open`, () => browser.run("return document.querySelector('#files [aria-pressed=true]').textContent.startsWith(arguments[0])", label));
  };
  await tab("Teacher file");
  await tab("Lesson");
  await settled();
  const before = desk.read(TEACHER);
  desk.write(TEACHER, `# Another program was here.\n${before}`);
  await go("id: motive");
  await browser.press(Key.F2);
  await browser.until("it asks for the name", () => browser.driver.switchTo().alert().then(() => true, () => false));
  const prompt = browser.driver.switchTo().alert();
  await prompt.sendKeys("reasons");
  await prompt.accept();
  await browser.until("it says what isn't saved", () => browser.run("return document.getElementById('notice').textContent.includes('The new name is also in')"));
  const changed = `# Another program was here.\n${before.replaceAll(/\bmotives:/g, "reasons:")}`;
  assert.notEqual(changed, before);
  assert.equal(desk.read(TEACHER), `# Another program was here.\n${before}`);
  const [saveAll] = await browser.driver.findElements(By.xpath("//button[text()='Save all']"));
  await saveAll.click();
  await browser.until("both are saved", () => desk.read(LESSON).includes("id: reasons") && desk.read(TEACHER) !== `# Another program was here.\n${before}`);
  assert.equal(desk.read(TEACHER), changed);
  for (const file of ["moscow-trials.es.yaml", "moscow-trials.es.teacher.yaml"]) {
    assert.match(desk.read(`fair-hearing-1/${file}`), /\breasons\b/);
    assert.ok(!existsSync(desk.path(`fair-hearing-1/.${file}.unsaved`)));
  }
  assert.deepEqual((await mistakes()).filter((line) => line.startsWith("Error")), []);
});

test("every packet can be chosen, and printed", async () => {
  await open();
  for (const [id, value] of [["edition", "teacher"], ["format", "large-print"], ["paper", "a4"], ["edition", "key"], ["format", "2-up"]]) {
    await settled();
    const before = (await digests()).join();
    await browser.run(
      "const select = document.getElementById(arguments[0]); select.value = arguments[1]; select.dispatchEvent(new Event('change'))",
      id,
      value,
    );
    await browser.until(`${value} is shown`, async () => (await digests()).join() !== before);
  }
  const address = await browser.run("return document.getElementById('print').href");
  const pdf = await browser.run("return fetch(arguments[0]).then((answer) => answer.text()).then((text) => text.slice(0, 5))", address);
  assert.equal(pdf, "%PDF-");
  // A translation, whose own file is edited.
  await browser.run(
    "const select = document.getElementById('language'); select.value = 'moscow-trials.es'; select.dispatchEvent(new Event('change'))",
  );
  await browser.until("the translation is edited", async () => (await text()).includes("Confesar por orden"));
  await browser.run("sessionStorage.clear()");
  assert.deepEqual(await browser.complaints(), []);
});

test("only the page itself may ask", async () => {
  const { hostname, port, pathname } = new URL(desk.address);
  const ask = (path, headers = {}, method = "GET") =>
    new Promise((resolve, reject) => {
      const asked = request({ hostname, port, path, method, headers }, (answer) => {
        answer.resume();
        answer.on("end", () => resolve(answer.statusCode));
      });
      asked.on("error", reject);
      asked.end();
    });
  assert.equal(await ask(pathname), 200);
  assert.equal(await ask("/"), 404);
  assert.equal(await ask(`/${"0".repeat(32)}/`), 404);
  assert.equal(await ask(pathname, { host: `evil.example:${port}` }), 404);
  assert.equal(await ask(`${pathname}lessons`, { origin: "http://evil.example" }), 404);
  assert.equal(await ask(`${pathname}lessons`, { "sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors" }), 404);
  for (const file of ["../x.yaml", "/etc/passwd", "fair-hearing-1/images/timeline.svg", "fair-hearing-1/.moscow-trials.yaml.unsaved"]) {
    assert.equal(await ask(`${pathname}file?file=${encodeURIComponent(file)}`), 403, file);
  }
  assert.equal(await ask(`${pathname}save`, { "content-type": "application/json" }, "POST"), 400);
});

test("axe finds nothing, at three widths, light and dark, with and without errors", async () => {
  const shots = process.env.SCREENSHOTS;
  if (shots) mkdirSync(shots, { recursive: true });
  await open();
  await settled();
  for (const wrong of [false, true]) {
    if (wrong) {
      await go("\nminutes:");
      await browser.press(Key.BACK_SPACE, Key.BACK_SPACE, ":");
      await browser.until("the error is listed", async () => (await mistakes()).join() !== "None.");
      await go("minute");
    }
    for (const width of WIDTHS) {
      await browser.width(width);
      for (const scheme of ["light", "dark"]) {
        await browser.wish({ "prefers-color-scheme": scheme });
        for (const shown of width < 832 ? ["text", "pages"] : ["text"]) {
          await browser.run("document.getElementById('show-' + arguments[0]).click()", shown);
          const found = await browser.driver.executeAsyncScript(
            `const done = arguments[0]; ${AXE}; axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] })
              .then((result) => done(result.violations.map(({ id, nodes }) => id + ": " + nodes.map((node) => node.html).join(" | "))))`,
          );
          assert.deepEqual(found, [], `${width} ${scheme} ${shown} ${wrong}`);
          const wide = await browser.run("return document.documentElement.scrollWidth");
          assert.ok(wide <= width, `${wide} is wider than ${width}`);
          if (shots) writeFileSync(join(shots, `preview-${width}-${scheme}-${shown}${wrong ? "-error" : ""}.png`), await browser.screenshot());
        }
      }
    }
  }
  await browser.wish({});
  await browser.width(1280);
  assert.deepEqual(await browser.complaints(), []);
});

test("by keyboard alone: through the choices into the text, to an error, and out again", async () => {
  await open();
  await browser.run("document.body.focus()");
  const reached = [];
  for (let presses = 0; presses < 25; presses++) {
    await browser.press(Key.TAB);
    const id = await browser.run("return document.activeElement.id || document.activeElement.tagName.toLowerCase() + ':' + document.activeElement.textContent.trim()");
    reached.push(id);
    if (id.startsWith("textarea")) break;
  }
  for (const wanted of ["lesson", "edition", "format", "paper", "print"]) assert.ok(reached.includes(wanted), `${wanted} in ${reached}`);
  assert.match(reached.at(-1), /^textarea/);
  await browser.press(Key.F8);
  await browser.until("an error is told", async () => /^Line \d+|There are no errors/.test(await status()));
  // Tab leaves the text.
  await browser.press(Key.TAB);
  assert.notEqual(await browser.run("return document.activeElement.tagName"), "TEXTAREA");
});
