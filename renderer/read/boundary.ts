// Reads a boundary view: every field has a letter for each point of its grid.

import type {
  BoundaryFrame,
  BoundaryLayer,
  BoundaryPoint,
  BoundaryUnit,
  BoundaryView,
} from "../../src/shared/views.ts";
import { sentence } from "./common.ts";
import {
  count,
  fields,
  finite,
  flag,
  list,
  literal,
  Mismatch,
  nullable,
  optional,
  pair,
  type Reader,
  text,
  viewNumber,
} from "./readJson.ts";
import { levels } from "./smallPicture.ts";

const largestGrid = 128;

export const boundary: Reader<BoundaryView> = (value, path) => {
  const view = fields<BoundaryView>({
    kind: literal("boundary"),
    version: literal(1),
    sentence,
    runId: nullable(text),
    stepsPerEpoch: count,
    features: pair(text),
    x: pair(finite),
    y: pair(finite),
    classes: list(text, 10),
    points: list(fields<BoundaryPoint>({ x: finite, y: finite, class: count, validation: flag }), 5_000),
    pointCount: count,
    size: count,
    frames: list(fields<BoundaryFrame>({ step: count, loss: viewNumber, winners: text, margins: text }), 100),
    layers: list(
      fields<BoundaryLayer>({
        name: text,
        unitCount: count,
        units: list(
          fields<BoundaryUnit>({
            outgoing: viewNumber,
            outgoingByFrame: optional(list(viewNumber, 100)),
            fields: list(text, 100),
          }),
          64,
        ),
      }),
      20,
    ),
    unitSize: count,
  })(value, path);
  const { size, unitSize, frames, layers } = view;
  if (frames.length === 0) throw new Mismatch("frames", "at least one", frames);
  if (Math.max(size, unitSize) > largestGrid || Math.min(size, unitSize) < 2)
    throw new Mismatch("size", `from 2 to ${largestGrid}`, size);
  frames.forEach(({ winners, margins }, at) => {
    levels(size * size, winners, `frames[${at}].winners`);
    levels(2 * size * size, margins, `frames[${at}].margins`);
  });
  layers.forEach(({ units }, layer) => {
    units.forEach((unit, at) => {
      const place = `layers[${layer}].units[${at}].fields`;
      if (unit.fields.length !== frames.length) throw new Mismatch(place, `a list of ${frames.length}`, unit.fields);
      unit.fields.forEach((field) => void levels(unitSize * unitSize, field, place));
    });
  });
  return view;
};
