import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync, readdirSync } from "node:fs";
import { SourceMap } from "node:module";
import { test } from "node:test";

// The tests run as bundles below node_modules.
const dist = new URL("../../dist/", import.meta.url);
const read = (name: string): string => readFileSync(new URL(name, dist), "utf8");

test("every script has the hash that is told", () => {
  const told = JSON.parse(read("integrity.json")) as Record<string, string>;
  const scripts = readdirSync(dist).filter((name) => name.endsWith(".js"));
  assert.deepEqual(Object.keys(told).sort(), scripts.sort());
  for (const name of scripts) {
    assert.equal(told[name], `sha384-${createHash("sha384").update(read(name)).digest("base64")}`, name);
  }
});

test("the maps lead to the sources, behind the versions of what is loaded as well", () => {
  for (const [name, mark, source] of [
    ["comet.js", "is none of the", "commands.ts"],
    ["comet.js", "comet:done", "declarative.ts"],
    ["element.js", "is no way to swap", "swap.ts"],
    ["channels.js", "Too many channels", "channels.ts"],
  ] as const) {
    const map = new SourceMap(JSON.parse(read(`${name}.map`)));
    const lines = read(name).split("\n");
    const line = lines.findIndex((text) => text.includes(mark));
    const entry = map.findEntry(line, lines[line]!.indexOf(mark)) as { originalSource?: string };
    assert.match(entry.originalSource ?? "nowhere", new RegExp(`/src/${source}$`), mark);
  }
});
