// Pictures as text: what they are, and which class each has and is taken for.

import { formatShare } from "../../shared/numbers.ts";
import type { ImagesView } from "../../shared/views.ts";
import { sentenceText } from "../../shared/words/insightText.ts";
import type { Locale } from "../../shared/words/message.ts";
import { paragraphs } from "../text/writing.ts";

const shownTiles = 20;

export function imagesText({ sentence, groups }: ImagesView, locale: Locale): string {
  const lines = groups.map(({ name, total, tiles }) => {
    const labels = tiles.slice(0, shownTiles).flatMap(({ row, truth, predicted, confidence }) => {
      if (truth === null && predicted === null) return [];
      const guess = predicted === null || predicted === truth ? "" : ` → ${predicted} (${formatShare(confidence)})`;
      return [`#${row} ${truth ?? "?"}${guess}`];
    });
    return name === "" ? labels.join(", ") : `${name}: ${tiles.length}/${total}`;
  });
  return paragraphs([sentenceText(sentence, locale), lines.join("\n")]);
}
