// Reads a view of pictures: at most so many that a page can draw.

import type { ImageGroup, ImagesView, ImageTile } from "../../src/shared/views.ts";
import { sentence } from "./common.ts";
import { count, fields, list, literal, nullable, text, viewNumber } from "./readJson.ts";
import { smallPicture } from "./smallPicture.ts";

const tile = fields<ImageTile>({
  picture: smallPicture,
  row: count,
  truth: nullable(text),
  predicted: nullable(text),
  confidence: viewNumber,
});

export const images = fields<ImagesView>({
  kind: literal("images"),
  version: literal(1),
  sentence,
  groups: list(
    fields<ImageGroup>({
      name: text,
      total: count,
      scale: literal("brightness", "signed"),
      largest: viewNumber,
      tiles: list(tile, 500),
    }),
    20,
  ),
});
