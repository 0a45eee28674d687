// Bundles each test with what it tests, since node cannot run TypeScript, and hands them to node:test.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { root } from "./bundle.mjs";

const only = process.argv.slice(2);
const isWanted = (name) => !only.length || only.some((one) => name.startsWith(one));
const tests = readdirSync(join(root, "test")).filter((name) => name.endsWith(".test.ts") && isWanted(name));
// Below node_modules, so that the bundles find the packages they leave out.
const out = mkdtempSync(join(root, "node_modules/.test-"));
try {
  await build({
    absWorkingDir: root,
    entryPoints: tests.map((name) => `test/${name}`),
    bundle: true,
    platform: "node",
    format: "esm",
    external: ["happy-dom"], // what tests load on demand is loaded then
    ignoreAnnotations: true, // the page that tests set up is a side effect
    sourcemap: "inline",
    outdir: out,
    outExtension: { ".js": ".mjs" },
    logLevel: "warning",
  });
  const files = tests.map((name) => join(out, name.replace(/ts$/, "mjs")));
  const options = ["--enable-source-maps", "--test", "--test-force-exit"];
  const { status } = spawnSync(process.execPath, [...options, ...files], { stdio: "inherit" });
  process.exitCode = status ?? 1;
} finally {
  rmSync(out, { recursive: true });
}
