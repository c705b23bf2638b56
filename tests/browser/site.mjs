// The download pages to test: the project's own lessons, and a lesson that tries to inject code into its page.

import { execFileSync, spawn } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const ROOT = new URL("../../", import.meta.url).pathname;
const PACKETPRESS = process.env.PACKETPRESS ?? join(ROOT, "target/release/packetpress");

/** A title full of injection attempts. In Markdown, a literal `<` is written `\<`. */
export const HOSTILE = "An attempt: <script>alert(1)</script> & <img src=x onerror=alert(2)> {{ series }} </title>";

const LESSON = String.raw`title: '${HOSTILE.replaceAll("<", "\\<")}'
question: '"\>\<svg onload=alert(3)>'
grades: '<b>9</b>'
subject: '"></option><script>alert(4)</script>'
topics: ['</script><script>alert(5)</script>', '"quoted"']
minutes: 30
reading: It began.
`;

const ISSUE = String.raw`number: "<i>9:9"
date: '"><script>alert(6)</script>'
published: 2026-01-05
theme: 'Attempts \<script>alert(7)\</script>'
lessons: [hostile]
`;

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

export class Site {
  /** Builds the pages in a subfolder, as on a shared host, and serves the folder around it. */
  static async build() {
    const site = new Site();
    site.folder = mkdtempSync(join(tmpdir(), "packetpress-site-"));
    const lessons = join(site.folder, "lessons");
    cpSync(join(ROOT, "lessons"), lessons, { recursive: true });
    mkdirSync(join(lessons, "attempts"));
    writeFileSync(join(lessons, "attempts/issue.yaml"), ISSUE);
    writeFileSync(join(lessons, "attempts/hostile.yaml"), LESSON);
    const education = join(lessons, "fair-hearing-1/equal-schools.yaml");
    writeFileSync(education, readFileSync(education, "utf8").replace("former_ids: [education]", "former_ids: [education, schools]"));
    const port = await freePort();
    site.origin = `http://127.0.0.1:${port}/`;
    site.address = `${site.origin}publication/`;
    const series = join(lessons, "series.yaml");
    writeFileSync(series, `${readFileSync(series, "utf8")}site: ${site.address}\nreport_mistakes_to: editor@example.org\n`);
    const served = join(site.folder, "served");
    site.output = join(served, "publication");
    mkdirSync(site.output, { recursive: true });
    execFileSync(PACKETPRESS, ["build", "--lessons", lessons, "--output", site.output], { stdio: ["ignore", "ignore", "inherit"] });
    // A host has one page for missing files, at its root.
    cpSync(join(site.output, "404.html"), join(served, "404.html"));
    cpSync(join(site.output, "index.html"), join(served, "index.html"));
    site.server = spawn(PACKETPRESS, ["serve", served, "--port", String(port)], { stdio: ["ignore", "pipe", "inherit"] });
    await new Promise((resolve, reject) => {
      site.server.stdout.once("data", resolve);
      site.server.once("exit", (code) => reject(new Error(`packetpress serve ended with ${code}`)));
    });
    const manifest = JSON.parse(readFileSync(join(site.output, "manifest.json"), "utf8"));
    site.files = new Map(manifest.files.map((file) => [file.path, file]));
    return site;
  }

  /** The address of a page when it's opened from disk. */
  onDisk(path) {
    return pathToFileURL(join(this.output, path)).href;
  }

  close() {
    this.server.removeAllListeners("exit");
    this.server.kill();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
