// Fails when a committed file is not what the sources make, or when the client has grown too big.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { bundle, dist, gzipped, outputs } from "./bundle.mjs";

const LIMITS = {
  "src/core.ts": 4096,
  "src/index.ts": 7168,
  "src/transports.ts": 3072,
  "src/websocket.ts": 2048,
  "src/tabs.ts": 2048,
  "src/morph.ts": 4096,
};

const problems = [];
for (const [name, text] of Object.entries(await outputs())) {
  let committed = "";
  try {
    committed = readFileSync(join(dist, name), "utf8");
  } catch {
    // a missing file is a stale one
  }
  if (committed !== text) problems.push(`dist/${name} is stale: run \`npm run build\``);
}
for (const [entry, limit] of Object.entries(LIMITS)) {
  const size = gzipped(await bundle(entry));
  console.log(`${entry}: ${size} of ${limit} bytes gzipped`);
  if (size > limit) problems.push(`${entry} is ${size - limit} bytes over its limit`);
}
if (problems.length) {
  console.error(problems.join("\n"));
  process.exit(1);
}
