import assert from "node:assert/strict";
import { test } from "node:test";
import { $, html } from "./dom.js";
import { formValues } from "../src/form.js";

const values = (controls: string): unknown => {
  html(`<form id="f">${controls}</form>`);
  return formValues($<HTMLFormElement>("#f"));
};

test("nests a[b][c] and collects a[]", () => {
  assert.deepEqual(
    values(`<input name="plain" value="1"><input name="a[b][c]" value="2">
      <input name="a[b][d]" value=""><input name="list[]" value="3"><input name="list[]" value="4">
      <input name="a[list][]" value="5"><textarea name="text">6</textarea>`),
    { plain: "1", a: { b: { c: "2", d: "" }, list: ["5"] }, list: ["3", "4"], text: "6" },
  );
});

test("leaves out what has no name, is disabled, is not checked, or is a button", () => {
  assert.deepEqual(
    values(`<input value="1"><input name="" value="1"><input name="off" value="1" disabled>
      <input type="checkbox" name="no" value="1"><input type="checkbox" name="yes" value="1" checked>
      <input type="radio" name="r" value="1"><input type="radio" name="r" value="2" checked>
      <button name="b" value="1">b</button><input type="submit" name="s" value="1">`),
    { yes: "1", r: "2" },
  );
});

test("sends each chosen option of a list", () => {
  const options = "<option selected>1<option>2<option selected>3";
  assert.deepEqual(
    values(`<select name="m[]" multiple>${options}</select><select name="one">
      <option>1<option selected>2</select>`),
    { "m": ["1", "3"], one: "2" },
  );
});

test("skips names that are no such path", () => {
  const names = ["a[", "a]", "a[]b", "[a]", "a[[b]]", "a[][b]", "__proto__[x]", "a[__proto__]"];
  assert.deepEqual(values(names.map((name) => `<input name="${name}" value="1">`).join("")), {});
  assert.equal(({} as { x?: string }).x, undefined);
});

test("takes a selector, and finds nothing in a form that is not there", () => {
  values(`<input name="a" value="1">`);
  assert.deepEqual(formValues("#f"), { a: "1" });
  assert.deepEqual(formValues("#g"), {});
});
