// An expression as a still picture: a box a value with its gradient, and on the lines the derivatives.

import { formulaText } from "../../src/shared/formulaText.ts";
import type { ViewNumber } from "../../src/shared/json.ts";
import { formatNumber } from "../../src/shared/numbers.ts";
import type { GraphNode, GraphView } from "../../src/shared/views.ts";
import { type Locale, plainMessage } from "../../src/shared/words/message.ts";
import { layOutGraph } from "../graph/graphLayout.ts";
import { graphCurve, placeGraph } from "../graph/graphPlaces.ts";
import { graphWords } from "../words/graphWords.ts";
import type { Paper } from "./paper.ts";
import { type Box, cutText, SvgDrawing, textWidthPx, wrapText } from "./svgDrawing.ts";

const marginPx = 12;
const linePx = 16;
/** Where a longer expression runs down instead of across. */
const widestPx = 1040;
const leastPx = 420;
/** The picture of a larger expression could not be read. */
const mostNodes = 120;

export function graphStill({ nodes, edges, isDifferentiated }: GraphView, { theme, locale }: Paper): SvgDrawing | null {
  if (nodes.length === 0 || nodes.length > mostNodes) return null;
  const placed = placeGraph(layOutGraph(nodes.length, edges), edges, widestPx - 2 * marginPx);
  const width = Math.max(leastPx, placed.width + 2 * marginPx);
  const caption = wrapText(captionText(isDifferentiated, locale), width - 2 * marginPx, 11);
  const headPx = 20 + caption.length * linePx;
  const leftPx = (width - placed.width) / 2;
  const drawing = new SvgDrawing(width, headPx + placed.height + marginPx, theme);
  caption.forEach((line, at) => {
    drawing.text(line, { x: marginPx, y: 20 + at * linePx }, { sizePx: 11, colour: theme.muted });
  });
  const move = ([x, y]: readonly [number, number]) => [x + leftPx, y + headPx] as const;
  placed.ways.forEach((way) => {
    const d = graphCurve(way.map(move), placed.isDown);
    drawing.path(d, { stroke: { colour: theme.colour("neutral"), widthPx: 1.25 } });
  });
  edges.forEach(({ local }, at) => {
    const place = placed.labels[at];
    if (local === null || !isDifferentiated || place === undefined) return;
    const value = formatNumber(local.result, { digits: 2, locale });
    const [x, y] = move(place);
    const widthPx = textWidthPx(value, 11) + 6;
    drawing.box({ x: x - widthPx / 2, y: y - 8, width: widthPx, height: 16 }, theme.page);
    drawing.text(value, { x, y: y + 4 }, { anchor: "middle", sizePx: 11, colour: theme.muted });
  });
  nodes.forEach((node, at) => {
    const box = placed.boxes[at];
    if (box === undefined) return;
    drawNode(drawing, { ...box, x: box.x + leftPx, y: box.y + headPx }, node, locale);
  });
  return drawing;
}

function captionText(isDifferentiated: boolean, locale: Locale): string {
  const ids = isDifferentiated ? (["caption", "inBox", "below", "onLine"] as const) : (["caption", "inBox"] as const);
  return ids.map((id) => plainMessage(graphWords, { id, args: {} }, locale)).join(" · ");
}

function drawNode(drawing: SvgDrawing, box: Box, node: GraphNode, locale: Locale): void {
  const { theme } = drawing;
  const { symbol, operation, size, shape, values, gradients, role } = node;
  const edge = theme.colour(role === "result" ? "train" : role === "constant" ? "neutral-soft" : "axis");
  drawing.box(box, theme.page, { edge, radiusPx: 4, ...(role === "constant" ? { dashes: [3, 2] } : {}) });
  const letter = formulaText([symbol], locale);
  const head = { x: box.x + 7, y: box.y + 18 };
  drawing.text(cutText(letter, box.width - 14), head, { weight: 600 });
  const end = { x: box.x + box.width - 7, y: box.y + 18 };
  drawing.text(cutText(operation ?? "", box.width - 20 - textWidthPx(letter), 11), end, {
    ...{ sizePx: 11, anchor: "end", colour: theme.muted },
  } as const);
  const short = (numbers: readonly ViewNumber[]) =>
    size === 1 ? formatNumber(numbers[0] ?? null, { locale }) : `[${shape.join(" × ")}]`;
  const isNumber = role === "constant" && symbol.kind === "text";
  if (!isNumber) drawing.text(cutText(short(values), box.width - 14), { x: box.x + 7, y: box.y + 35 });
  if (gradients.length === 0) return;
  const look = { colour: theme.colour("gradient"), weight: 600, sizePx: 11 } as const;
  const words = size > 1 ? `∂ ${short(gradients)}` : short(gradients);
  drawing.text(cutText(words, box.width - 14, 11), { x: box.x + 7, y: box.y + 51 }, look);
}
