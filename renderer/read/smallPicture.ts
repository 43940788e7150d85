// Reads what stands in a view as letters: levels of a picture or a field.

import type { SmallPicture } from "../../src/shared/views.ts";
import { count, fields, literal, Mismatch, type Reader, text } from "./readJson.ts";

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
