// Measures how long it takes from a key press in the preview to the new picture of the page, in the browser.
//
//   cp benches/preview/latency.mjs target/browser/ && node target/browser/latency.mjs [LESSON] [KEYS]
//
// after .ci/browser, which installs what it needs. Prints the median and the 95th percentile, in milliseconds.

import { Browser } from "./browser.mjs";
import { Desk } from "./desk.mjs";

const [lesson = "rights-and-states", count = "60"] = process.argv.slice(2);

const desk = await Desk.open(lesson);
const browser = await Browser.open();
try {
  await browser.goto(desk.address);
  await browser.until("the pages are settled", () => browser.run("return document.body.dataset.proof === 'settled'"));
  const pages = await browser.run("return document.querySelectorAll('#pages li').length");
  await browser.run(`
    const area = document.querySelector('textarea');
    const at = area.value.indexOf('\\n  - |\\n') + 9;
    const end = area.value.indexOf('. ', at > 9 ? at : area.value.indexOf('reading:'));
    area.focus();
    area.setSelectionRange(end, end);
    window.times = [];
    area.addEventListener('keydown', () => { window.pressed = performance.now(); window.isPainted = false; }, { capture: true });
    document.addEventListener('painted', () => requestAnimationFrame(() => {
      if (!window.isPainted) { window.isPainted = true; window.times.push(performance.now() - window.pressed); }
    }));
  `);
  for (let press = 0; press < Number(count); press++) {
    const before = await browser.run("return window.times.length");
    await browser.press("abcdefghij "[press % 11]);
    await browser.until("the page is painted", async () => (await browser.run("return window.times.length")) > before);
  }
  const times = (await browser.run("return window.times")).sort((one, other) => one - other);
  const at = (share) => times[Math.min(times.length - 1, Math.floor(times.length * share))].toFixed(0);
  console.log(`${lesson}, ${pages} pages, ${times.length} key presses: median ${at(0.5)} ms, 95th percentile ${at(0.95)} ms`);
} finally {
  await browser.close();
  await desk.close();
}
