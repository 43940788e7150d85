// A network as a still picture: a block a layer with what connects them, coloured by the newest gradients; a small net's units and weights below.

import { fromViewNumber, type ViewNumber } from "../../src/shared/json.ts";
import { formatCount, formatNumber } from "../../src/shared/numbers.ts";
import type { NetworkNode, NetworkView, UnitColumn } from "../../src/shared/views.ts";
import { type Locale, plainMessage } from "../../src/shared/words/message.ts";
import { arrange, type BlockBox, type Taker, wirePath } from "../network/arrangement.ts";
import { exampleShape, openEnds, unitsText } from "../network/nodeText.ts";
import { layOutUnits, linePath, weightWidth } from "../network/unitPaths.ts";
import { largestWeight } from "../network/unitStates.ts";
import { inkOn } from "../theme.ts";
import { networkWords } from "../words/networkWords.ts";
import type { Paper } from "./paper.ts";
import { cutText, type Point, SvgDrawing } from "./svgDrawing.ts";

/** Room for five blocks in a row. */
const widthPx = 794;
const marginPx = 12;
const headPx = 34;
/** Of a deeper network the first blocks are drawn. */
const mostBlocks = 60;
const footerPx = 20;
/** How much wider than its neighbours' distance a net of few columns is drawn. */
const widestColumnPx = 220;

export function networkStill(view: NetworkView, { theme, locale }: Paper): SvgDrawing | null {
  if (view.nodes.length === 0) return null;
  const say = sayIn(locale);
  const nodes = view.nodes.slice(0, mostBlocks);
  const isCut = nodes.length < view.nodes.length;
  const hasLoss = view.loss !== null && !isCut;
  const takers: readonly Taker[] = hasLoss ? [...nodes, { takes: openEnds(nodes) }] : nodes;
  const { kind, boxes, wires, labels, height } = arrange(takers, widthPx - 2 * marginPx);
  const notePx = isCut ? 24 : 0;
  const blocksEnd = headPx + height + notePx;
  const units = view.units === null ? null : placeUnits(view.units);
  const drawing = new SvgDrawing(widthPx, blocksEnd + (units === null ? 12 : 56 + units.height), theme);
  drawing.text(view.name, { x: marginPx, y: 20 }, { weight: 600 });
  const step = view.run?.steps.at(-1);
  const colours = step === undefined ? "" : say("colourAtStep", { step: formatCount(step, locale) });
  drawing.text(colours, { x: widthPx - marginPx, y: 20 }, { colour: theme.muted, anchor: "end" });
  const shift = { x: marginPx, y: headPx };
  for (const { points } of wires)
    drawing.path(wirePath({ points: points.map(([x, y]) => [x + shift.x, y + shift.y] as const) }), {
      fill: theme.colour("neutral"),
    });
  for (const { from, x, y, width } of labels) {
    const look = { colour: theme.muted, sizePx: 11 };
    const isBeside = kind === "rows";
    const at = { x: shift.x + x + (isBeside ? 0 : width / 2), y: shift.y + y + 12 };
    drawing.text(exampleShape(nodes[from]), at, { ...look, anchor: isBeside ? "start" : "middle" });
  }
  boxes.forEach((box, at) => {
    const place = { ...box, x: box.x + shift.x, y: box.y + shift.y };
    const node = nodes[at];
    if (node === undefined) drawLoss(drawing, place, view, locale);
    else drawBlock(drawing, place, { node, gradient: newestGradient(view, node), locale });
  });
  if (isCut) {
    const more = say("more", { count: formatCount(view.nodes.length - nodes.length, locale) });
    drawing.text(more, { x: marginPx, y: blocksEnd - 4 }, { colour: theme.muted });
  }
  if (units !== null && view.units !== null) drawUnits(drawing, blocksEnd + 12, view.units, locale);
  return drawing;
}

const sayIn =
  (locale: Locale) =>
  (id: keyof typeof networkWords.en & string, args: Readonly<Record<string, string>> = {}) =>
    plainMessage(networkWords, { id, args }, locale);

/** `undefined` where the layer has none, or nothing was trained. */
function newestGradient({ run }: NetworkView, { name, parameters }: NetworkNode): ViewNumber | undefined {
  if (run === null || parameters === 0) return undefined;
  return run.layers.find((layer) => layer.name === name)?.series.meanAbs.at(-1) ?? null;
}

function drawBlock(
  drawing: SvgDrawing,
  box: BlockBox,
  {
    node,
    gradient,
    locale,
  }: {
    readonly node: NetworkNode;
    readonly gradient: ViewNumber | undefined;
    readonly locale: Locale;
  },
): void {
  const { theme } = drawing;
  const isInput = node.type === "input";
  drawing.box(box, theme.page, { edge: theme.colour("axis"), radiusPx: isInput ? 14 : 4 });
  const parameters = sayIn(locale)("parametersShort", { count: formatCount(node.parameters, locale) });
  const lines = isInput ? [] : [unitsText(node), ...(node.parameters === 0 ? [] : [parameters])];
  if (box.height < 60) drawRow(drawing, box, { name: node.name, lines });
  else drawColumn(drawing, box, { name: node.name, lines });
  if (gradient === undefined) return;
  const isRow = box.height < 60;
  const footer: BlockBox = isRow
    ? { x: box.x + box.width - 96, y: box.y + 4, width: 90, height: box.height - 8 }
    : { x: box.x + 3, y: box.y + box.height - footerPx - 3, width: box.width - 6, height: footerPx };
  const fill = typeof gradient === "number" ? theme.gradientColour(gradient) : theme.page;
  const edge = typeof gradient === "number" ? null : theme.colour(gradient === null ? "neutral-soft" : "error");
  drawing.box(footer, fill, { edge, radiusPx: 2 });
  const value = sayIn(locale)("gradientShort", { value: formatNumber(gradient, { digits: 2, locale }) });
  const ink = typeof gradient === "number" ? inkOn(fill) : theme.text;
  const middle = { x: footer.x + footer.width / 2, y: footer.y + footer.height / 2 + 4 };
  drawing.text(value, middle, { anchor: "middle", sizePx: 11, colour: ink });
}

interface BlockWords {
  readonly name: string;
  readonly lines: readonly string[];
}

function drawColumn(drawing: SvgDrawing, { x, y, width, height }: BlockBox, { name, lines }: BlockWords): void {
  const middle = x + width / 2;
  const top = lines.length === 0 ? y + height / 2 + 4 : y + 18;
  drawing.text(cutText(name, width - 8), { x: middle, y: top }, { anchor: "middle", weight: 600 });
  lines.forEach((line, at) => {
    const look = { anchor: "middle", sizePx: 11, colour: drawing.theme.muted } as const;
    drawing.text(cutText(line, width - 8, 11), { x: middle, y: top + 16 * (at + 1) }, look);
  });
}

function drawRow(drawing: SvgDrawing, { x, y, width, height }: BlockBox, { name, lines }: BlockWords): void {
  const base = y + height / 2 + 4;
  drawing.text(cutText(name, width * 0.28), { x: x + 12, y: base }, { weight: 600 });
  lines.forEach((line, at) => {
    const left = x + width * (at === 0 ? 0.32 : 0.58);
    drawing.text(cutText(line, width * 0.25, 11), { x: left, y: base }, { sizePx: 11, colour: drawing.theme.muted });
  });
}

function drawLoss(drawing: SvgDrawing, box: BlockBox, { loss }: NetworkView, locale: Locale): void {
  const { theme } = drawing;
  drawing.box(box, theme.page, { edge: theme.colour("axis"), radiusPx: 14 });
  const value = loss === null || loss.value === null ? [] : [formatNumber(loss.value, { locale })];
  const words = { name: sayIn(locale)("loss"), lines: [loss?.name ?? "", ...value] };
  if (box.height < 60) drawRow(drawing, box, words);
  else drawColumn(drawing, box, words);
}

function placeUnits(columns: readonly UnitColumn[]) {
  return layOutUnits(columns, Math.min(widthPx - 2 * marginPx, widestColumnPx * columns.length));
}

function drawUnits(drawing: SvgDrawing, top: number, columns: readonly UnitColumn[], locale: Locale): void {
  const { theme } = drawing;
  const say = sayIn(locale);
  const { places, diameter } = placeUnits(columns);
  const largest = largestWeight(columns, null);
  drawing.text(say("units"), { x: marginPx, y: top + 16 }, { weight: 600 });
  const caption = say("unitsCaption", { widest: formatNumber(largest, { locale }) });
  drawing.text(caption, { x: widthPx - marginPx, y: top + 16 }, { anchor: "end", colour: theme.muted, sizePx: 11 });
  const at = ([x, y]: readonly [number, number] = [0, 0]): readonly [number, number] => [x + marginPx, y + top + 24];
  const point = (place?: readonly [number, number]): Point => ({ x: at(place)[0], y: at(place)[1] });
  columns.forEach(({ weights }, column) => {
    weights.forEach((row, from) => {
      row.forEach((weight, to) => {
        const number = fromViewNumber(weight) ?? Number.NaN;
        const [start, end] = [places[column - 1]?.[from], places[column]?.[to]];
        if (start === undefined || end === undefined || !Number.isFinite(number)) return;
        const look = { width: weightWidth(number, largest), dashed: number < 0 };
        const share = largest > 0 ? number / largest : 0;
        const fill = theme.signedColour(Math.sign(share) * (0.4 + 0.6 * Math.abs(share)));
        drawing.path(linePath(at(start), at(end), look), { fill });
      });
    });
  });
  const between = Math.min((widthPx - 2 * marginPx) / columns.length, widestColumnPx);
  columns.forEach(({ name, activation }, column) => {
    const middle = marginPx + between * (column + 0.5);
    const head = cutText(name === "" ? say("input") : name, between - 4, 11);
    drawing.text(head, { x: middle, y: top + 34 }, { anchor: "middle", sizePx: 11 });
    const look = { anchor: "middle", sizePx: 11, colour: theme.muted } as const;
    drawing.text(activation ?? "", { x: middle, y: top + 48 }, look);
    for (const place of places[column] ?? [])
      drawing.dot(point(place), diameter / 2, theme.page, theme.colour("neutral"));
  });
}
