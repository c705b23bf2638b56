// A browser for tests: headless Chromium, controlled through its driver.

import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { Browser as Kind, Builder, By, Key, logging } from "selenium-webdriver";
import chrome from "selenium-webdriver/chrome.js";

export { By, Key };

/** How long to wait before giving up, in milliseconds. */
const PATIENCE = 20_000;

/** The widths of a phone, a small laptop, and a large screen, in CSS pixels. */
export const WIDTHS = [320, 768, 1280];

export class Browser {
  /** Opens a browser with a separate downloads folder. */
  static async open({ javascript = true } = {}) {
    const browser = new Browser();
    browser.downloads = mkdtempSync(join(tmpdir(), "packetpress-downloads-"));
    const options = new chrome.Options();
    options.addArguments("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--window-size=1280,900");
    options.setUserPreferences({
      "download.default_directory": browser.downloads,
      "plugins.always_open_pdf_externally": true,
      ...(javascript ? {} : { "profile.managed_default_content_settings.javascript": 2 }),
    });
    options.setChromeBinaryPath(process.env.CHROMIUM ?? "/usr/bin/chromium");
    const log = new logging.Preferences();
    log.setLevel(logging.Type.BROWSER, logging.Level.ALL);
    options.setLoggingPrefs(log);
    browser.driver = await new Builder()
      .forBrowser(Kind.CHROME)
      .setChromeOptions(options)
      .setChromeService(new chrome.ServiceBuilder(process.env.CHROMEDRIVER ?? "/usr/bin/chromedriver"))
      .build();
    await browser.driver.manage().setTimeouts({ script: PATIENCE });
    return browser;
  }

  async close() {
    await this.driver.quit();
    rmSync(this.downloads, { recursive: true, force: true });
  }

  async goto(address) {
    await this.driver.get(address);
  }

  /** Sets the screen width. */
  async width(width) {
    const metrics = { width, height: 900, deviceScaleFactor: 1, mobile: false };
    await this.driver.sendDevToolsCommand("Emulation.setDeviceMetricsOverride", metrics);
  }

  /** Sets media features, such as `{ "prefers-color-scheme": "dark" }`. */
  async wish(features) {
    const each = Object.entries(features).map(([name, value]) => ({ name, value }));
    await this.driver.sendDevToolsCommand("Emulation.setEmulatedMedia", { features: each });
  }

  /** Runs a script in the page and returns its result. */
  run(script, ...given) {
    return this.driver.executeScript(script, ...given);
  }

  find(selector) {
    return this.driver.findElement(By.css(selector));
  }

  async texts(selector) {
    const elements = await this.driver.findElements(By.css(selector));
    return Promise.all(elements.map((element) => element.getText()));
  }

  /** Sends key presses to the focused element. */
  async press(...keys) {
    await this.driver.actions().sendKeys(...keys).perform();
  }

  /** Waits until a condition is true. */
  async until(what, isSo) {
    await this.driver.wait(isSo, PATIENCE, `timed out waiting for: ${what}`);
  }

  /** The SHA-256 of a downloaded file. */
  async downloaded(name) {
    const path = join(this.downloads, name);
    const deadline = Date.now() + PATIENCE;
    while (!existsSync(path) || readdirSync(this.downloads).some((file) => file.endsWith(".crdownload"))) {
      if (Date.now() > deadline) throw new Error(`${name} was not downloaded; found: ${readdirSync(this.downloads)}`);
      await pause(20);
    }
    return createHash("sha256").update(readFileSync(path)).digest("hex");
  }

  /** New errors from the browser: failed scripts, missing files, and policy violations. */
  async complaints() {
    const entries = await this.driver.manage().logs().get(logging.Type.BROWSER);
    return entries.map((entry) => entry.message);
  }

  async screenshot() {
    const { data } = await this.driver.sendAndGetDevToolsCommand("Page.captureScreenshot", { captureBeyondViewport: true });
    return Buffer.from(data, "base64");
  }
}
