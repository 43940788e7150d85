// A surface as text: what was said, the table of the paths' ends, and what is simplified.

import { fromViewNumber } from "../../shared/json.ts";
import { formatChosen, formatCount, formatNumber } from "../../shared/numbers.ts";
import type { SurfaceView } from "../../shared/views.ts";
import { insightTexts, sentenceText } from "../../shared/words/insightText.ts";
import type { Locale } from "../../shared/words/message.ts";
import { textTable } from "../text/textTable.ts";
import { left, paragraphs, right, word } from "../text/writing.ts";

export function surfaceText(view: SurfaceView, locale: Locale): string {
  const { ground, paths } = view;
  const number = (value: number | undefined) => formatNumber(value, { locale });
  const columns = [
    left(word("path", locale)),
    right(word("learningRate", locale)),
    right(word("steps", locale)),
    right("x"),
    right("y"),
    right(ground.kind === "function" ? "f(x, y)" : word("loss", locale)),
  ];
  const height = (path: (typeof paths)[number]) => fromViewNumber(path.value.at(-1) ?? null) ?? Infinity;
  const rows = [...paths]
    .sort((one, other) => height(one) - height(other))
    .map((path) => [
      path.name,
      path.learningRate === null ? "–" : formatChosen(path.learningRate, locale),
      formatCount(path.steps.at(-1) ?? 0, locale),
      number(path.x.at(-1)),
      number(path.y.at(-1)),
      formatNumber(path.value.at(-1), { locale }),
    ]);
  const head = ground.kind === "function" && ground.formula !== null ? `${ground.name}: ${ground.formula}` : "";
  const notes = insightTexts(view.notes, locale);
  return paragraphs([
    head,
    sentenceText(view.sentence, locale),
    paths.length === 0 ? "" : textTable(columns, rows),
    notes,
  ]);
}
