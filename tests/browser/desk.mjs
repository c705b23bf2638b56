// A preview to test: a copy of the project's own lessons in a temporary folder, and the program that shows them.

import { spawn } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const ROOT = new URL("../../", import.meta.url).pathname;
const PACKETPRESS = process.env.PACKETPRESS ?? join(ROOT, "target/release/packetpress");

export class Desk {
  static async open(lesson) {
    const desk = new Desk();
    desk.folder = mkdtempSync(join(tmpdir(), "packetpress-preview-"));
    cpSync(join(ROOT, "lessons"), join(desk.folder, "lessons"), { recursive: true });
    desk.lesson = lesson;
    await desk.start("0");
    return desk;
  }

  /** Starts the program and waits for its address. */
  async start(port) {
    this.process = spawn(PACKETPRESS, ["preview", this.lesson, "--no-open", "--port", port], {
      cwd: this.folder,
      stdio: ["ignore", "pipe", "inherit"],
    });
    this.address = await new Promise((resolve, reject) => {
      let printed = "";
      this.process.stdout.on("data", (data) => {
        printed += data;
        const address = /http:\S+/.exec(printed)?.[0];
        if (address) resolve(address);
      });
      this.process.once("exit", (code) => reject(new Error(`packetpress preview ended with ${code}`)));
    });
    this.port = new URL(this.address).port;
  }

  async stop() {
    const ended = new Promise((resolve) => this.process.once("exit", resolve));
    this.process.kill("SIGKILL");
    await ended;
  }

  /** Puts the lessons back as they were, without unsaved text. */
  reset() {
    rmSync(join(this.folder, "lessons"), { recursive: true });
    cpSync(join(ROOT, "lessons"), join(this.folder, "lessons"), { recursive: true });
  }

  path(file) {
    return join(this.folder, "lessons", file);
  }

  read(file) {
    return readFileSync(this.path(file), "utf8");
  }

  write(file, text) {
    writeFileSync(this.path(file), text);
  }

  async close() {
    await this.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
