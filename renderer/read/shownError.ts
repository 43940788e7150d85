// Reads an error of a cell.

import type { ShownError } from "../../src/shared/shownError.ts";
import { fields, list, literal, text } from "./readJson.ts";

export const shownError = fields<ShownError>({
  version: literal(1),
  name: text,
  message: text,
  frames: list(text, 1_000),
});
