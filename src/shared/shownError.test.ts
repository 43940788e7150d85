// What is read of the error in an output, and the places that its lines name.

import { expect, test } from "vitest";
import { foldFrames, piecesOf, shownErrorOf } from "./shownError.ts";

const placesIn = (line: string) =>
  piecesOf(line).flatMap(({ place }) => (place ? [`${place.kind} ${place.label} ${place.line} ${place.column}`] : []));

test("an error is its name, its message and what follows", () => {
  const stack = "TypeError: one\n  two\n    at f (Cell 2:3:9)\n    caused by Error: no at Cell 1:1:1";
  expect(shownErrorOf({ name: "TypeError", message: "one\n  two", stack })).toEqual({
    version: 1,
    name: "TypeError",
    message: "one\n  two",
    frames: ["at f (Cell 2:3:9)", "caused by Error: no at Cell 1:1:1"],
  });
});

test("a message that was broken into lines is found in its stack", () => {
  const message = "expected [batch, 4], got [32, 3]. Set inputSize.";
  const stack = "ShapeError: expected [batch, 4], got\n[32, 3]. Set inputSize.\n    at Cell 1:1:1";
  expect(shownErrorOf({ name: "ShapeError", message, stack })?.frames).toEqual(["at Cell 1:1:1"]);
});

test("errors of other kernels, and what is none, stay as they are", () => {
  expect(shownErrorOf({ name: "E", message: "m", stack: "\u001b[31mTraceback\u001b[0m" })).toBeNull();
  expect(shownErrorOf({ name: "E", message: "m", stack: "Traceback (most recent call last)" })).toBeNull();
  expect(shownErrorOf({ name: "E", message: "m" })).toBeNull();
  expect(shownErrorOf("E")).toBeNull();
});

test("a frame that follows itself is told once", () => {
  const repeated = { text: "at r (Cell 1:1:40)", repeats: true };
  expect(foldFrames(["at r (Cell 1:1:33)", repeated.text, repeated.text, repeated.text, "at Cell 1:2:1"])).toEqual([
    { text: "at r (Cell 1:1:33)", repeats: false },
    repeated,
    { text: "at Cell 1:2:1", repeats: false },
  ]);
  expect(foldFrames([])).toEqual([]);
});

test("frames name cells and files", () => {
  expect(placesIn("at f (Cell 2:3:9)")).toEqual(["cell Cell 2 3 9"]);
  expect(placesIn("at async 셀 12:1:2")).toEqual(["cell 셀 12 1 2"]);
  expect(placesIn("at new Net (lib/net.ts:10:3)")).toEqual(["file lib/net.ts 10 3"]);
  expect(placesIn("at my file.ts:1:2")).toEqual(["file my file.ts 1 2"]);
  expect(placesIn("at run (file:///home/a/node_modules/p/index.js:5:6)")).toEqual([
    "file file:///home/a/node_modules/p/index.js 5 6",
  ]);
  expect(placesIn("at run (C:\\a\\index.js:5:6)")).toEqual(["file C:\\a\\index.js 5 6"]);
  expect(placesIn("caused by Error: at 10:20:30 it was late at g (Cell 1:2:3)")).toEqual(["cell Cell 1 2 3"]);
});

test("a line is the same when its pieces are put together", () => {
  for (const line of ["at f (Cell 2:3:9)", "Cell 1:2:3 ';' expected. Cell 1:3:1 more", "no place", ""])
    expect(
      piecesOf(line)
        .map(({ text }) => text)
        .join(""),
    ).toBe(line);
});
