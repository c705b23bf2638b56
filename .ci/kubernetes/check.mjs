// Checks files for Kubernetes against the types of its API.
//
//   node check.mjs FILE…

import { readFileSync } from "node:fs";
import * as yaml from "js-yaml";
import { Job } from "kubernetes-models/batch/v1";

for (const file of process.argv.slice(2)) {
  const { apiVersion, kind, ...rest } = yaml.load(readFileSync(file, "utf8"));
  if (apiVersion !== "batch/v1" || kind !== "Job") throw new Error(`${file}: expected a Job of batch/v1, found ${kind} of ${apiVersion}`);
  new Job(rest).validate();
}
console.log(`kubernetes: ${process.argv.length - 2} files match the API`);
