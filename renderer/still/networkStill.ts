// A network as a still picture: a block a layer with what connects them, coloured by the newest gradients; a small net's units and weights below.

import { fromViewNumber, type ViewNumber } from "../../src/shared/json.ts";
import { formatCount, formatNumber } from "../../src/shared/numbers.ts";
import type { NetworkNode, NetworkView, UnitColumn } from "../../src/shared/views.ts";
import { type Locale, plainMessage } from "../../src/shared/words/message.ts";
import { arrange, type BlockBox, insetPx, mostNameLines, type Taker, wirePath } from "../network/arrangement.ts";
import { exampleShape, openEnds, takerOf, unitsText } from "../network/nodeText.ts";
import { layOutUnits, linePath, weightWidth } from "../network/unitPaths.ts";
import { largestWeight } from "../network/unitStates.ts";
import { inkOn } from "../theme.ts";
import { networkWords } from "../words/networkWords.ts";
import type { Paper } from "./paper.ts";
import { cutText, type Point, SvgDrawing, textWidthPx } from "./svgDrawing.ts";

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
  const own = nodes.map(takerOf);
  const takers: readonly Taker[] = hasLoss ? [...own, { takes: openEnds(nodes) }] : own;
  const { kind, isStacked, boxes, wires, labels, height } = arrange(takers, widthPx - 2 * marginPx);
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
  for (const { from, x, y, width, isBeside } of labels) {
    const look = { colour: theme.muted, sizePx: 11 };
    const at = { x: shift.x + x + (isBeside ? 0 : width / 2), y: shift.y + y + 12 };
    drawing.text(exampleShape(nodes[from]), at, { ...look, anchor: isBeside ? "start" : "middle" });
  }
  boxes.forEach((box, at) => {
    const place = { ...box, x: box.x + shift.x, y: box.y + shift.y };
    const node = nodes[at];
    const form = kind !== "rows" ? "column" : isStacked ? "stack" : "row";
    if (node === undefined) drawLoss(drawing, place, { view, form, locale });
    else drawBlock(drawing, place, { node, gradient: newestGradient(view, node), form, locale });
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
    form,
    locale,
  }: {
    readonly node: NetworkNode;
    readonly gradient: ViewNumber | undefined;
    readonly form: BlockForm;
    readonly locale: Locale;
  },
): void {
  const { theme } = drawing;
  const isInput = node.type === "input";
  drawing.box(box, theme.page, { edge: theme.colour("axis"), radiusPx: 4, ...(isInput ? { dashes: endDashes } : {}) });
  const parameters = sayIn(locale)("parametersShort", { count: formatCount(node.parameters, locale) });
  const lines = isInput ? [] : [unitsText(node), ...(node.parameters === 0 ? [] : [parameters])];
  const hasFooter = gradient !== undefined;
  drawWords(drawing, box, { name: node.name, lines, form, hasFooter });
  if (!hasFooter) return;
  const footer: BlockBox =
    form !== "column"
      ? { x: box.x + box.width - 96, y: box.y + (box.height - footerPx) / 2, width: 90, height: footerPx }
      : { x: box.x + 3, y: box.y + box.height - footerPx - 3, width: box.width - 6, height: footerPx };
  const fill = typeof gradient === "number" ? theme.gradientColour(gradient) : theme.page;
  const edge = typeof gradient === "number" ? null : theme.colour(gradient === null ? "neutral-soft" : "error");
  drawing.box(footer, fill, { edge, radiusPx: 2 });
  const value = sayIn(locale)("gradientShort", { value: formatNumber(gradient, { digits: 2, locale }) });
  const ink = typeof gradient === "number" ? inkOn(fill) : theme.text;
  const middle = { x: footer.x + footer.width / 2, y: footer.y + footer.height / 2 + 4 };
  drawing.text(value, middle, { anchor: "middle", sizePx: 11, colour: ink });
}

/** Where a block's words stand: below each other in the middle, in a line, or in two lines from the left. */
type BlockForm = "column" | "row" | "stack";

interface BlockWords {
  readonly name: string;
  readonly lines: readonly string[];
  readonly form: BlockForm;
  readonly hasFooter: boolean;
}

/** Of an input's and the loss's border, as on the page. */
const endDashes = [3, 2];
const linePx = 16;

function drawWords(drawing: SvgDrawing, box: BlockBox, { name, lines, form, hasFooter }: BlockWords): void {
  const { x, y, width, height } = box;
  const muted = { sizePx: 11, colour: drawing.theme.muted } as const;
  if (form === "row") {
    const base = y + height / 2 + 4;
    const right = x + width - (hasFooter ? 100 : 8);
    let left = x + 12;
    [name, ...lines].forEach((words, at) => {
      const look = at === 0 ? ({ weight: 600 } as const) : muted;
      const shown = cutText(words, right - left, at === 0 ? nameSizePx : 11);
      drawing.text(shown, { x: left, y: base }, look);
      left += textWidthPx(shown, at === 0 ? nameSizePx : 11) + 16;
    });
    return;
  }
  const isColumn = form === "column";
  const room = width - (isColumn ? insetPx : 12 + (hasFooter ? 100 : 8));
  const names = brokenText(name, room, nameSizePx);
  const below = isColumn ? lines : [lines.join("   ")].filter((line) => line !== "");
  const rows = names.length + below.length;
  const free = height - (isColumn && hasFooter ? footerPx + 3 : 0);
  const top = y + (free - rows * linePx) / 2 + 12;
  const at = (line: number) => ({ x: isColumn ? x + width / 2 : x + 12, y: top + linePx * line });
  const anchor = isColumn ? "middle" : "start";
  for (const [line, words] of names.entries()) drawing.text(words, at(line), { anchor, weight: 600 });
  for (const [line, words] of below.entries())
    drawing.text(cutText(words, room, 11), at(names.length + line), { ...muted, anchor });
}

/** Letters of a name are bold: wider than others of their size. */
const nameSizePx = 13;

/** A name has no spaces: it breaks where a line ends. */
function brokenText(text: string, widthPx: number, sizePx: number): readonly string[] {
  const lines = [""];
  for (const letter of text) {
    const line = lines.at(-1) ?? "";
    if (line !== "" && textWidthPx(line + letter, sizePx) > widthPx) lines.push(letter);
    else lines[lines.length - 1] = line + letter;
  }
  return lines.slice(0, mostNameLines);
}

function drawLoss(
  drawing: SvgDrawing,
  box: BlockBox,
  { view: { loss }, form, locale }: { readonly view: NetworkView; readonly form: BlockForm; readonly locale: Locale },
): void {
  const { theme } = drawing;
  drawing.box(box, theme.page, { edge: theme.colour("axis"), radiusPx: 4, dashes: endDashes });
  const value = loss === null || loss.value === null ? [] : [formatNumber(loss.value, { locale })];
  drawWords(drawing, box, {
    ...{ name: sayIn(locale)("loss"), form, hasFooter: false },
    lines: [...lossLines(loss?.name ?? "", form === "column" ? box.width - insetPx : box.width), ...value],
  });
}

/** "binary", "Crossentropy", where the whole has no room. */
function lossLines(name: string, widthPx: number): readonly string[] {
  return textWidthPx(name, 11) <= widthPx ? [name] : name.split(/(?=[A-Z])/);
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
