// Makes the committed files from the sources: ES modules, one declaration file.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { minify } from "terser";

export const root = new URL("..", import.meta.url).pathname;
export const dist = join(root, "dist");

export async function bundle(entry) {
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: [entry],
    bundle: true,
    // Loaded by a page that needs it, from beside the client.
    external: ["./transports.js", "./tabs.js", "./morph.js", "./websocket.js"],
    minifySyntax: true,
    format: "esm",
    target: "es2022",
    charset: "utf8",
    legalComments: "none",
    write: false,
  });
  // After esbuild's own pass: a twentieth is gained by inlining, which esbuild does not do.
  const compress = { passes: 3, pure_getters: true, unsafe: true, unsafe_arrows: true, hoist_funs: true };
  const { code } = await minify(outputFiles[0].text, { module: true, ecma: 2022, compress });
  return `${code}\n`;
}

/** The public types: the modules that hold them, joined, with what they import from each other. */
export function declarations() {
  const out = mkdtempSync(join(tmpdir(), "comet-types-"));
  try {
    const tsc = join(root, "node_modules/.bin/tsc");
    const options = ["--noEmit", "false", "--declaration", "--emitDeclarationOnly"];
    execFileSync(tsc, ["-p", root, ...options, "--rootDir", root, "--outDir", out]);
    return ["api", "errors", "index"]
      .map((name) => readFileSync(join(out, `src/${name}.d.ts`), "utf8"))
      .map((text) => text.replace(/^(import|export) .* from ".*";\n/gm, ""))
      .join("");
  } finally {
    rmSync(out, { recursive: true });
  }
}

export const gzipped = (text) => gzipSync(text, { level: 9 }).length;

/** What morphlex' licence asks for; its text lies beside the file. */
const NOTICE = "/*! morphlex 1.4.0, MIT, Copyright (c) 2024 Joel Drapper, see morph.LICENSE */\n";

export const outputs = async () => ({
  "comet.js": await bundle("src/index.ts"),
  "transports.js": await bundle("src/transports.ts"),
  "websocket.js": await bundle("src/websocket.ts"),
  "morph.js": NOTICE + (await bundle("src/morph.ts")),
  "tabs.js": await bundle("src/tabs.ts"),
  "comet.d.ts": declarations(),
});
