// Values that `--param` puts into the cells, and names and values that do not fit.

import { expect, test } from "vitest";
import { setParameters } from "./parameters.ts";

/** The cells with each `name=value` set. */
function set(cells: readonly string[], ...given: readonly string[]) {
  const ids = cells.map((text, index) => ({ id: String(index), text }));
  const parameters = given.map((each) => {
    const [name = "", value = ""] = each.split("=");
    return { name, value };
  });
  const answer = setParameters(ids, parameters);
  if (answer.kind !== "set") return answer;
  return cells.map((text, index) =>
    answer.changes
      .filter(({ cellId }) => cellId === String(index))
      .sort((a, b) => b.span.start - a.span.start)
      .reduce(
        (now, { span, text: added }) => now.slice(0, span.start) + added + now.slice(span.start + span.length),
        text,
      ),
  );
}

test.each([
  ["const a = 1;", "a=2e-3", "const a = 2e-3;"],
  ["let a: number = -1, b = 2;", "b=+3", "let a: number = -1, b = 3;"],
  ["export const a = -0.5", "a=-1", "export const a = -1"],
  ['const a = "relu";', 'a=it"s', 'const a = "it\\"s";'],
  ["const a = `relu`;", "a=5", 'const a = "5";'],
  ["const a = true;", "a=false", "const a = false;"],
  ['const a = input.slider("a", { max: 2 });', "a=0.5", "const a = 0.5;"],
  ['const a = input.select("a", ["b", 3]);', "a=3", "const a = 3;"],
  ['const a = input.select("a", ["b", 3]);', "a=b", 'const a = "b";'],
  ['const a = input.select("a", ["1", "2"]);', "a=2", 'const a = "2";'],
  ['const a = input.select("a", [true, -1]);', "a=-1", "const a = -1;"],
  ["const a = input.select('a', names);", "a=b", 'const a = "b";'],
])("%s with %s becomes %s", (cell, given, expected) => {
  expect(set([cell], given)).toEqual([expected]);
});

test("a parameter has its value wherever a cell declares it so, and several are set at once", () => {
  expect(set(["const a = 1, b = 2;", "const a = 5; f(a)", "const a = f();"], "a=7", "b=8")).toEqual([
    "const a = 7, b = 8;",
    "const a = 7; f(a)",
    "const a = f();",
  ]);
});

test("an unknown name is answered with those there are, and with the nearest", () => {
  const cells = ["const learningRate = 0.1, model = f();\nfunction g() { const inner = 1; }", "let epochs = 3;"];
  expect(set(cells, "learning_rate=1")).toEqual({
    kind: "unknown",
    name: "learning_rate",
    known: ["learningRate", "epochs"],
    nearest: "learningRate",
  });
  expect(set(cells, "model=1")).toMatchObject({ kind: "unknown" });
  expect(set(cells, "inner=1")).toMatchObject({ kind: "unknown" });
});

test.each([
  ["a=fast", "a", "fast", "a number"],
  ["a=", "a", "", "a number"],
  ["b=yes", "b", "yes", "true or false"],
])("%s is of another type", (given, name, value, expected) => {
  expect(set(["const a = 1, b = true;"], given)).toEqual({ kind: "wrongValue", name, value, expected });
});

test.each([
  ['input.slider("a", { min: -1, max: 2 })', "a=2.5", -1, 2],
  ['input.slider("a", { min: -1, max: 2 })', "a=-1.5", -1, 2],
  ['input.slider("a")', "a=1.01", 0, 1],
  ['input.slider("a", { scale: "log", max: 1_0 })', "a=0.001", 0.01, 10],
])("%s does not reach %s", (slider, given, min, max) => {
  const value = given.slice(2);
  expect(set([`const a = ${slider};`], given)).toEqual({ kind: "outOfRange", name: "a", value, min, max });
});

test.each([
  ['input.slider("a", { min: 0, max: 2 })', "a=2"],
  ['input.slider("a", { max: most })', "a=9"],
  ['input.slider("a", { ...range })', "a=9"],
  ['input.slider("a", options)', "a=9"],
  ['input.button("a")', "a=9"],
])("%s may be %s", (control, given) => {
  expect(set([`const a = ${control};`], given)).toEqual([`const a = ${given.slice(2)};`]);
});

test("a value that a menu does not offer is answered with those that it does", () => {
  expect(set(['const a = input.select("a", ["relu", 3, true]);'], "a=rleu")).toEqual({
    kind: "notOffered",
    name: "a",
    value: "rleu",
    offered: ['"relu"', "3", "true"],
  });
});
