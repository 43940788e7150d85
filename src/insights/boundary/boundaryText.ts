// A decision boundary as text: what it comes to, and the field of the last snapshot in letters.

import type { BoundaryView } from "../../shared/views.ts";
import { sentenceText } from "../../shared/words/insightText.ts";
import type { Locale } from "../../shared/words/message.ts";
import { paragraphs } from "../text/writing.ts";

const columns = 32;
const rows = 16;

export function boundaryText(view: BoundaryView, locale: Locale): string {
  const winners = view.frames.at(-1)?.winners ?? "";
  const at = (index: number, count: number) => Math.floor(((index + 0.5) / count) * view.size);
  const lines = Array.from({ length: rows }, (_, row) =>
    Array.from({ length: columns }, (_each, column) =>
      winners.charAt(at(row, rows) * view.size + at(column, columns)),
    ).join(""),
  );
  const key = view.classes.map((name, index) => `${index}: ${name}`).join(", ");
  return paragraphs([sentenceText(view.sentence, locale), lines.join("\n"), key]);
}
