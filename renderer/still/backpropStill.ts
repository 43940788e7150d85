// A step of learning as a still picture: values in the circles, gradients below, weights with theirs on the lines.

import { fromViewNumber, type ViewNumber } from "../../src/shared/json.ts";
import { formatNumber } from "../../src/shared/numbers.ts";
import type { BackpropView } from "../../src/shared/views.ts";
import { plainMessage } from "../../src/shared/words/message.ts";
import { edgeLabel, labelledEdges, placeNet } from "../backprop/netPlaces.ts";
import { linePath, weightWidth } from "../network/unitPaths.ts";
import { backpropWords } from "../words/backpropWords.ts";
import type { Paper } from "./paper.ts";
import { SvgDrawing, textWidthPx } from "./svgDrawing.ts";

const widthPx = 760;
const headPx = 44;
/** Characters that a circle has room for. */
const longestInCircle = 6;

export function backpropStill(view: BackpropView, { theme, locale }: Paper): SvgDrawing | null {
  const counts = [...view.columns.map(({ values }) => values.length), 1];
  if (counts.length < 2) return null;
  const say = (id: keyof typeof backpropWords.en & string, args: Readonly<Record<string, string>> = {}) =>
    plainMessage(backpropWords, { id, args }, locale);
  const weights = view.weights.filter(({ id }) => id.startsWith("w."));
  const isLabelled = weights.length <= labelledEdges;
  const { height, diameter, digits, hasRoom, isDown, place } = placeNet(counts, { widthPx, isLabelled });
  const drawing = new SvgDrawing(widthPx, headPx + height, theme);
  const { size, example } = view.batch;
  const caption = size > 1 ? say("captionBatch", { example: String(example + 1), size: String(size) }) : say("caption");
  drawing.text(caption, { x: 12, y: 20 }, { weight: 600 });
  const key = (["inCircle", "below", "lines"] as const).map((id) => say(id)).join(" · ");
  drawing.text(key, { x: 12, y: 36 }, { sizePx: 11, colour: theme.muted });
  const at = (column: number, unit: number) => {
    const [x, y] = place(column, unit);
    return [x, y + headPx] as const;
  };
  const write = (value: ViewNumber | undefined, count: number) =>
    formatNumber(value ?? null, { digits: count, locale });
  const largest = Math.max(
    0,
    ...weights.map(({ value }) => Math.abs(fromViewNumber(value) ?? 0)).filter(Number.isFinite),
  );
  const neutral = theme.colour("neutral");
  const over = (text: string, x: number, y: number, colour: string, weight: 400 | 600) => {
    const width = textWidthPx(text, 11) + 4;
    drawing.box({ x: x - width / 2, y: y - 11, width, height: 14 }, theme.page);
    drawing.text(text, { x, y }, { anchor: "middle", sizePx: 11, colour, weight });
  };
  for (let unit = 0; unit < (counts.at(-2) ?? 0); unit++)
    drawing.path(linePath(at(counts.length - 2, unit), at(counts.length - 1, 0), { width: 1, dashed: false }), {
      fill: neutral,
    });
  const ends = weights.map(({ id }) => {
    const [, column = 0, from = 0, to = 0] = id.split(".").map(Number);
    return [at(column - 1, from - 1), at(column, to - 1)] as const;
  });
  weights.forEach(({ value }, index) => {
    const [start, end] = ends[index] ?? [
      [0, 0],
      [0, 0],
    ];
    const number = fromViewNumber(value) ?? 0;
    if (!Number.isFinite(number)) return;
    const look = { width: 0.6 + weightWidth(number, largest), dashed: number < 0 };
    drawing.path(linePath(start, end, look), { fill: neutral });
  });
  if (isLabelled && hasRoom)
    weights.forEach(({ value, gradient }, index) => {
      const [start, end] = ends[index] ?? [
        [0, 0],
        [0, 0],
      ];
      const { x, top, gradTop } = edgeLabel(start, end, { height: height + 2 * headPx, isDown });
      over(write(value, 2), x, top + 12, theme.text, 400);
      over(write(gradient, 2), x, gradTop + 12, theme.colour("gradient"), 600);
    });
  counts.forEach((count, column) => {
    for (let unit = 0; unit < count; unit++) {
      const [x, y] = at(column, unit);
      const own = view.columns[column];
      const isLoss = own === undefined;
      const name = isLoss
        ? say("loss")
        : column === 0
          ? `x${String(unit + 1).replace(/\d/g, subscript)}`
          : (own.activation ?? "");
      over(name, x, y - diameter / 2 - 5, theme.muted, 400);
      drawing.dot({ x, y }, diameter / 2, theme.page, theme.colour("axis"));
      const value = isLoss ? view.loss.value : own.values[unit];
      const exact = write(value, digits);
      const text = exact.length > longestInCircle ? write(value, 2) : exact;
      drawing.text(text, { x, y: y + 4 }, { anchor: "middle", sizePx: text.length > longestInCircle ? 9 : 12 });
      if (column === 0 || isLoss) continue;
      over(write(own.sumGradients[unit], digits), x, y + diameter / 2 + 15, theme.colour("gradient"), 600);
    }
  });
  return drawing;
}

function subscript(digit: string): string {
  return "₀₁₂₃₄₅₆₇₈₉".charAt(Number(digit));
}
