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
    "const loaded = load();",
    "class Net {}",
  ].join("\n");
  expect(cellNames(source).fixed).toEqual(["layers", "f", "rate", "sizes", "g"]);
});

test("what is computed of written values is as settled as they are, and so is data with a seed", () => {
  const fixed = (source: string) => cellNames(source).fixed;
  expect(fixed("const config = { epochs: 10, rates: [0.1, 0.2], deep: { on: true } };")).toEqual(["config"]);
  expect(fixed(`const a = 2, b = a * units + Math.sqrt(3), c = \`\${a} of \${b}\`;`)).toEqual(["a", "b", "c"]);
  expect(fixed("const data = datasets.moons({ samples, seed: 1 }).split({ validation: 0.2 });")).toEqual(["data"]);
  expect(fixed("const { x, y } = datasets.iris();")).toEqual(["x", "y"]);
  for (const other of [
    "const a = Math.random();",
    "const a = load(), b = a + 1;",
    "const a = { seed: Date.now() };",
    'const a = datasets.csv("a.csv");',
    "const a = datasets.moons({ seed: pick() }).split();",
    "let n = 0, a = ++n;",
    "const a = [1];\na.push(2);",
    "let a = 1;\na = next();",
  ])
    expect(fixed(other), other).not.toContain("a");
});

test("each name is made by its own statements, and by those that change it", () => {
  const making = (source: string, name: string) => cellNames(source).makings.get(name);
  const source =
    'import { layers, sequential as seq } from "nnbook";\nconst rate = 2 * base;\nconst twice = rate * 2;\nconst model = seq([layers.dense(units)]);\nmodel.compile({ loss });';
  expect(making(source, "rate")).toEqual({ code: "const rate = 2 * base ;", uses: ["base"] });
  expect(making(source, "twice")?.code).toBe("const rate = 2 * base ;\nconst twice = rate * 2 ;");
  expect(making(source, "model")?.uses).toEqual(["units", "loss"]);
  expect(making(source, "model")?.code).toContain("compile");
  // An import stands for itself, whatever else is imported with it or called on it.
  expect(making(source, "layers")).toEqual({ code: 'layers as layers from "nnbook"', uses: [] });
  const more = source.replace("{ layers,", "{ datasets, layers,").replace("rate * 2", "rate * 3");
  for (const name of ["layers", "seq", "rate", "model"]) expect(making(more, name), name).toEqual(making(source, name));
  expect(making(more, "twice")).not.toEqual(making(source, "twice"));
});

test("what a function of the cell changes is changed where it is called", () => {
  const source = "let count = 0;\nfunction add() { count++; }\nconst again = () => add();\nagain();\ncount";
  const { makings } = cellNames(source);
  expect(makings.get("count")?.code).toMatch(/\nagain \(\s+\) ;/);
  expect(makings.get("count")?.code).not.toMatch(/\ncount$/);
});

test("a changed name of another cell is made by what changes it here", () => {
  const { makings } = cellNames("const epochs = 5;\nconst run = await model.fit(data, { epochs });\nshow(other);");
  expect(makings.get("model")?.code).toBe("const epochs = 5 ;\nconst run = await model . fit ( data , { epochs } ) ;");
  expect(makings.get("model")?.uses).toEqual(["model", "data"]);
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
