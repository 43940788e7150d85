// Reads a surface view.

import type {
  SurfaceAxis,
  SurfaceGround,
  SurfaceHeights,
  SurfaceLines,
  SurfacePath,
  SurfaceView,
} from "../../src/shared/views.ts";
import { counts, message, numbers, sentence } from "./common.ts";
import {
  count,
  fields,
  finite,
  list,
  literal,
  Mismatch,
  nullable,
  optional,
  pair,
  type Reader,
  text,
} from "./readJson.ts";

const kinds = fields<{ kind: "function" | "plane" }>({ kind: literal("function", "plane") });

const grounds: { readonly [Kind in SurfaceGround["kind"]]: Reader<Extract<SurfaceGround, { kind: Kind }>> } = {
  function: fields({ kind: literal("function"), name: text, formula: nullable(text), source: nullable(text) }),
  plane: fields({
    kind: literal("plane"),
    measure: text,
    directions: literal("pca", "random"),
    explained: nullable(pair(finite)),
  }),
};

const axis: Reader<SurfaceAxis> = (value, path) => {
  const read = fields<SurfaceAxis>({ from: finite, to: finite })(value, path);
  if (!(read.from < read.to)) throw new Mismatch(`${path}.to`, "more than from", read.to);
  return read;
};

const heights: Reader<SurfaceHeights> = (value, path) => {
  const read = fields<SurfaceHeights>({ columns: count, rows: count, values: numbers })(value, path);
  if (read.columns < 2 || read.rows < 2 || read.values.length !== read.columns * read.rows)
    throw new Mismatch(`${path}.values`, "a height for each of two or more columns and rows", read.values);
  return read;
};

const lines: Reader<SurfaceLines> = (value, path) => {
  const read = fields<SurfaceLines>({ perPower: count, first: finite, last: finite, above: finite })(value, path);
  if (
    read.perPower < 1 ||
    !Number.isInteger(read.first) ||
    !Number.isInteger(read.last) ||
    read.last - read.first > 200
  )
    throw new Mismatch(path, "at most 200 lines of whole numbers", value);
  return read;
};

const surfacePath: Reader<SurfacePath> = (value, path) => {
  const read = fields<SurfacePath>({
    name: text,
    runId: nullable(text),
    learningRate: nullable(finite),
    steps: counts,
    x: list(finite),
    y: list(finite),
    value: numbers,
    end: literal("finished", "left", "diverged"),
  })(value, path);
  if ([read.x, read.y, read.value].some((each) => each.length !== read.steps.length))
    throw new Mismatch(`${path}.x`, "as many as steps", read.x);
  return read;
};

export const surface = fields<SurfaceView>({
  kind: literal("surface"),
  version: literal(1),
  sentence,
  ground: (value, path) => grounds[kinds(value, path).kind](value, path),
  x: axis,
  y: axis,
  heights,
  lines,
  start: nullable(pair(finite)),
  controlId: optional(text),
  minima: list(pair(finite), 100),
  paths: list(surfacePath, 20),
  notes: list(message, 20),
});
