// Reads a confusion view: a square of counts, and examples whose classes exist.

import type { ConfusionView, SmallPicture, WrongExample } from "../../src/shared/views.ts";
import { sentence } from "./common.ts";
import { count, fields, list, literal, Mismatch, nullable, type Reader, text, viewNumber } from "./readJson.ts";

/** A text of as many letters as levels are expected. */
export function levels(length: number, value: unknown, path: string): string {
  const letters = text(value, path);
  if (letters.length !== length || !/^[\w-]*$/.test(letters))
    throw new Mismatch(path, `${length} letters of levels`, letters);
  return letters;
}

const largestSide = 128;

export const smallPicture: Reader<SmallPicture> = (value, path) => {
  const picture = fields<SmallPicture>({ width: count, height: count, channels: literal(1, 3), levels: text })(
    value,
    path,
  );
  const { width, height, channels } = picture;
  if (width < 1 || height < 1 || width > largestSide || height > largestSide)
    throw new Mismatch(`${path}.width`, `sides from 1 to ${largestSide}`, Math.max(width, height));
  levels(width * height * channels, picture.levels, `${path}.levels`);
  return picture;
};

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
