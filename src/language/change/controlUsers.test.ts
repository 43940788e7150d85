// Which cells run again when a control is moved.

import { expect, test } from "vitest";
import { findControlUsers } from "./controlUsers.ts";

/** Cells "0", "1", …; the control is made where `input` first stands. */
function users(...texts: string[]) {
  const cells = texts.map((text, index) => ({ id: String(index), text }));
  const own = texts.findIndex((text) => /input\.\w+\(/.test(text));
  const before = texts[own]?.split(/(?<=input\.)/)[0] ?? "";
  const lines = before.split("\n");
  const place = { cellId: String(own), line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 };
  const { name, cellIds } = findControlUsers({ cells, cellId: String(own), place });
  return `${name} ${cellIds.join("")}`;
}
const slider = 'import { input } from "nnbook";\nconst rate = input.slider("rate");';

test.each<[string, string, readonly string[]]>([
  ["who reads the variable, not its own cell, which only makes it", "rate 1", [slider, "train(rate)", "1 + 1"]],
  ["who uses what was made of it", "rate 12", [slider, "const run = await fit(rate);", "show.loss(run)"]],
  ["its own cell when that reads it", "null 02", [`${slider}\nconst twice = 2 * rate;`, "1", "twice"]],
  [
    "its own cell when the variable holds more than the value",
    "null 01",
    ["const rate = 10 ** input.slider('e');", "rate"],
  ],
  ["its own cell when nothing holds the value", "null 0", ["input.button('go'); draw()", "1"]],
  ["a function above that reads it, and who calls that", "rate 02", ["function f() { return rate }", slider, "f()"]],
  [
    "who uses a model that was changed with it",
    "rate 23",
    [slider, "const model = sequential([])", "model.compile({ rate })", "const run = await model.fit(data)"],
  ],
  [
    "who uses a model that was trained with it",
    "rate 23",
    [slider, "const model = sequential([])", "const run = await model.fit({ rate })", "model.evaluate(data)"],
  ],
  ["who uses a list that was changed with it", "rate 23", [slider, "const all = []", "all[0] = rate", "all.length"]],
  [
    "nobody who has a variable of that name of their own",
    "rate ",
    [slider, "((rate) => rate)(1)", "{ const rate = 1; rate }"],
  ],
  [
    "nobody who names a member or a type so",
    "rate ",
    [slider, "options.rate", "const x = { rate: 1 }", "let y: typeof rate"],
  ],
  [
    "nobody after the name was given another value",
    "rate 1",
    [slider, "const run = fit(rate)", "const run = other()", "run"],
  ],
  [
    "nobody who only reads the data that it was read with",
    "rate 1",
    [slider, "const some = data.slice(rate); show.table(some)", "const data = load()", "data.length"],
  ],
  ["who reads it in a cell that is not finished", "rate 1", [slider, "train(rate"]],
])("%s", (_, expected, texts) => {
  expect(users(...texts)).toBe(expected);
});

test("a call in another cell or file says nothing: the whole cell depends on it", () => {
  const cells = [
    { id: "0", text: "import { makeRate } from './rate.ts';\nconst rate = makeRate();" },
    { id: "1", text: "rate" },
    { id: "2", text: "makeRate" },
  ];
  expect(findControlUsers({ cells, cellId: "0", place: null })).toEqual({ name: null, cellIds: ["0", "1"] });
  expect(findControlUsers({ cells, cellId: "gone", place: null })).toEqual({ name: null, cellIds: [] });
});
