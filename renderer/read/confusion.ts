// Reads a confusion view: a square of counts, and examples whose classes exist.

import type { ConfusionView, WrongExample } from "../../src/shared/views.ts";
import { sentence } from "./common.ts";
import { count, fields, list, literal, Mismatch, nullable, type Reader, text, viewNumber } from "./readJson.ts";
import { smallPicture } from "./smallPicture.ts";

const mostClasses = 100;

export const confusion: Reader<ConfusionView> = (value, path) => {
  const view = fields<ConfusionView>({
    kind: literal("confusion"),
    version: literal(1),
    sentence,
    part: text,
    classes: list(text, mostClasses),
    counts: list(list(count, mostClasses), mostClasses),
    examples: list(
      fields<WrongExample>({
        row: count,
        truth: count,
        predicted: count,
        confidence: viewNumber,
        picture: nullable(smallPicture),
        features: list(fields<WrongExample["features"][number]>({ name: text, value: viewNumber }), 20),
      }),
      1_000,
    ),
  })(value, path);
  const size = view.classes.length;
  if (view.counts.length !== size || view.counts.some((line) => line.length !== size))
    throw new Mismatch("counts", `${size} lists of ${size}`, view.counts);
  const stray = view.examples.findIndex(({ truth, predicted }) => truth >= size || predicted >= size);
  if (stray !== -1) throw new Mismatch(`examples[${stray}]`, `classes below ${size}`, view.examples[stray]);
  return view;
};
