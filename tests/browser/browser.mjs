// A browser that tests steer: Chromium without a window, by its driver.

import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { Browser as Kind, Builder, By, Key, logging } from "selenium-webdriver";
import chrome from "selenium-webdriver/chrome.js";

export { By, Key };

/** How long something may take until it is said to have failed, in milliseconds. */
const PATIENCE = 20_000;

/** How wide a phone, a small laptop and a large screen are, in CSS pixels. */
export const WIDTHS = [320, 768, 1280];

export class Browser {
  /** A browser with a downloads folder of its own. */
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

  /** Shows pages as on a screen so wide. */
  async width(width) {
    const metrics = { width, height: 900, deviceScaleFactor: 1, mobile: false };
    await this.driver.sendDevToolsCommand("Emulation.setDeviceMetricsOverride", metrics);
  }

  /** Shows pages as somebody wants them, by media features: `{ "prefers-color-scheme": "dark" }`. */
  async wish(features) {
    const each = Object.entries(features).map(([name, value]) => ({ name, value }));
    await this.driver.sendDevToolsCommand("Emulation.setEmulatedMedia", { features: each });
  }

  /** What a script in the page returns. */
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

  /** Presses keys, wherever the focus is. */
  async press(...keys) {
    await this.driver.actions().sendKeys(...keys).perform();
  }

  /** Waits until something is so. */
  async until(what, isSo) {
    await this.driver.wait(isSo, PATIENCE, `it never came so far: ${what}`);
  }

  /** The SHA-256 of a file that has been downloaded. */
  async downloaded(name) {
    const path = join(this.downloads, name);
    const deadline = Date.now() + PATIENCE;
    while (!existsSync(path) || readdirSync(this.downloads).some((file) => file.endsWith(".crdownload"))) {
      if (Date.now() > deadline) throw new Error(`${name} was not downloaded; there is: ${readdirSync(this.downloads)}`);
      await pause(20);
    }
    return createHash("sha256").update(readFileSync(path)).digest("hex");
  }

  /** What the browser complained of since it was last asked: scripts that fail, files that are missing, violations of the policy. */
  async complaints() {
    const entries = await this.driver.manage().logs().get(logging.Type.BROWSER);
    return entries.map((entry) => entry.message);
  }

  async screenshot() {
    const { data } = await this.driver.sendAndGetDevToolsCommand("Page.captureScreenshot", { captureBeyondViewport: true });
    return Buffer.from(data, "base64");
  }
}
