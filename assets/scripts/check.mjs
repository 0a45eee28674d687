// Fails when a committed file is not what the sources make, or when the client has grown too big.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { bundle, dist, gzipped, outputs } from "./bundle.mjs";

const LIMITS = {
  "comet.js": 7168,
  "comet.classic.js": 7168,
  "channels.js": 4096,
  "polling.js": 1024,
  "transports.js": 3072,
  "websocket.js": 2048,
  "element.js": 2048,
  "markup.js": 1024,
  "morph.js": 4096,
};
/** What is measured of `comet.js` by itself: streams with resume and watchdog, and every command. */
const CORE = ["core of comet.js", 4096];

const problems = [];
const files = await outputs();
for (const [name, text] of Object.entries(files)) {
  let committed = "";
  try {
    committed = readFileSync(join(dist, name), "utf8");
  } catch {
    // a missing file is a stale one
  }
  if (committed !== text) problems.push(`dist/${name} is stale: run \`npm run build\``);
}
const measured = Object.entries(LIMITS).map(([name, limit]) => [name, limit, files[name]]);
for (const [name, limit, text] of [[...CORE, (await bundle("src/core.ts")).code], ...measured]) {
  const size = gzipped(text);
  console.log(`${name}: ${size} of ${limit} bytes gzipped`);
  if (size > limit) problems.push(`${name} is ${size - limit} bytes over its limit`);
}
if (problems.length) {
  console.error(problems.join("\n"));
  process.exit(1);
}
