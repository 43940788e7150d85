// The names that tie cells to one another.

import { expect, test } from "vitest";
import { cellNames } from "./cellNames.ts";

test("a cell makes what it declares and uses what it does not", () => {
  const names = cellNames("const model = sequential([layers.dense(units)]);\nmodel.compile({ loss });");
  expect(names.declares).toEqual(["model"]);
  expect(names.uses).toEqual(["sequential", "layers", "units", "loss"]);
  expect(names.changes).toEqual([]);
});

test("what it trains, fills or assigns of another cell it changes", () => {
  const names = cellNames("const run = await model.fit(data);\nlog.push(1);\nrate = 2;");
  expect(names.changes).toEqual(["model", "log", "rate"]);
  expect(names.uses).toEqual(expect.arrayContaining(["model", "data", "log", "rate"]));
});

test("a name that is read before the cell makes it anew is used", () => {
  expect(cellNames("const rate = rate / 2;").uses).toEqual(["rate"]);
  expect(cellNames("console.log(rate);\nconst rate = 1;").uses).toEqual(["console", "rate"]);
});

test("a function of the cell may use what the cell declares below it, and be used above", () => {
  expect(cellNames("f();\nfunction f() { return later; }\nconst later = 1;").uses).toEqual([]);
});

test("names of packages, functions and written values stay what they are when the cell runs again", () => {
  const source = [
    'import { layers } from "nnbook";',
    'import { twice } from "./twice.ts";',
    "function f() {}",
    "const rate = -0.1, sizes = [1, 2], g = () => data();",
    "const data = load();",
    "class Net {}",
  ].join("\n");
  expect(cellNames(source).fixed).toEqual(["layers", "f", "rate", "sizes", "g"]);
});

test("comments and spaces do not change the code, all else does", () => {
  const code = cellNames("const a = 1;\nf(a)").code;
  expect(cellNames("// why\nconst a  =  1; /* one */\n\nf( a )\n").code).toBe(code);
  expect(cellNames("const a = 1;\nf(b)").code).not.toBe(code);
  expect(cellNames('f("a  b")').code).not.toBe(cellNames('f("a b")').code);
});

test("a cell that cannot be parsed has names all the same", () => {
  expect(cellNames("const a = ;\nb.push(").declares).toEqual(["a"]);
  expect(cellNames("").code).toBe("");
});
