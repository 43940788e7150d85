// Reads a view of pictures: at most so many that a page can draw.

import type { ImageGroup, ImagesView, ImageTile } from "../../src/shared/views.ts";
import { sentence } from "./common.ts";
import { count, fields, list, literal, nullable, optional, type Reader, text, viewNumber } from "./readJson.ts";
import { smallPicture } from "./smallPicture.ts";

const tile = fields<ImageTile>({
  picture: smallPicture,
  row: count,
  truth: nullable(text),
  predicted: nullable(text),
  confidence: viewNumber,
});

const groupFields = fields<ImageGroup>({
  name: text,
  holds: optional(literal("examples", "filters", "units", "maps")),
  total: count,
  scale: literal("brightness", "signed"),
  largest: viewNumber,
  tiles: list(tile, 500),
});
const group: Reader<ImageGroup> = (value, path) => {
  const { holds, ...rest } = groupFields(value, path);
  return holds === undefined ? rest : { ...rest, holds };
};

export const images = fields<ImagesView>({
  kind: literal("images"),
  version: literal(1),
  sentence,
  groups: list(group, 20),
});
