// Makes the committed files from the sources: ES modules, one declaration file.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { minify } from "terser";

export const root = new URL("..", import.meta.url).pathname;
export const dist = join(root, "dist");

/** The modules, each behind those that it loads on demand, and last the client for pages without modules. */
const MODULES = ["morph", "markup", "websocket", "transports", "channels", "polling", "element", "comet", "comet.classic"];
const ENTRIES = { comet: "src/index.ts", "comet.classic": "src/classic.ts" };
/** How the client is bundled as a plain script, which finds its own address otherwise. */
const CLASSIC = { format: "iife", define: { "import.meta.url": "document.currentScript.src" } };

/**
 * Bundles a module, and makes its source map; what it loads is called by the versions given, so that it meets no other
 * ones.
 */
export async function bundle(entry, versions = {}, options = {}) {
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: [entry],
    bundle: true,
    // Loaded by a page that needs it, from beside the client.
    external: MODULES.map((name) => `./${name}.js`),
    minifySyntax: true,
    format: "esm",
    target: "es2022",
    charset: "utf8",
    legalComments: "none",
    sourcemap: "external",
    outdir: "dist",
    write: false,
    ...options,
  });
  const [{ text: content }, { text }] = outputFiles;
  const addressed = text.replace(/import\("\.\/(\w+)\.js"\)/g, (_, name) => `import("./${name}.js?v=${versions[name]}")`);
  // After esbuild's own pass: a twentieth is gained by inlining, which esbuild does not do.
  const compress = { passes: 3, pure_getters: true, unsafe: true, unsafe_arrows: true };
  const module = options.format !== "iife";
  const { code, map } = await minify(addressed, { module, ecma: 2022, compress, sourceMap: { content } });
  return { code: `${code}\n`, map: `${map}\n` };
}

/** 64 bits of FNV-1a, by which the server knows a file's version as well. */
function version(text) {
  let hash = 0xcbf29ce484222325n;
  for (const byte of Buffer.from(text)) hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n);
  return hash.toString(16).padStart(16, "0");
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

/** By what a page on another server makes sure that it gets this very file (W3C Subresource Integrity). */
const integrity = (text) => `sha384-${createHash("sha384").update(text).digest("base64")}`;

/** Every file by its name. */
export async function outputs() {
  const files = {};
  const maps = {};
  const versions = {};
  for (const name of MODULES) {
    const entry = ENTRIES[name] ?? `src/${name}.ts`;
    const { code, map } = await bundle(entry, versions, name === "comet.classic" ? CLASSIC : {});
    files[`${name}.js`] = name === "morph" ? NOTICE + code : code;
    versions[name] = version(files[`${name}.js`]);
    // What is not of these sources needs no way back to them, and what is a module once more has that one's.
    if (name !== "morph" && name !== "comet.classic") maps[`${name}.js.map`] = map;
  }
  const hashes = Object.fromEntries(Object.entries(files).map(([name, text]) => [name, integrity(text)]));
  return { ...files, ...maps, "integrity.json": `${JSON.stringify(hashes, null, 2)}\n`, "comet.d.ts": declarations() };
}
