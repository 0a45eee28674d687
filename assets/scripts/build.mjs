import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { dist, gzipped, outputs } from "./bundle.mjs";

mkdirSync(dist, { recursive: true });
for (const [name, text] of Object.entries(await outputs())) {
  writeFileSync(join(dist, name), text);
  console.log(`${name}: ${text.length} bytes, ${gzipped(text)} gzipped`);
}
