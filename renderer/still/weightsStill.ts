// Weights as a still picture: how each is distributed, as the live view draws it, with its newest numbers.

import { formatNumber } from "../../src/shared/numbers.ts";
import type { WeightsView } from "../../src/shared/views.ts";
import { plainMessage } from "../../src/shared/words/message.ts";
import { readWeight } from "../weights/paintedWeight.ts";
import { type DrawStyle, paintWeight, plotPlace } from "../weights/weightPainter.ts";
import { weightsWords } from "../words/weightsWords.ts";
import type { Paper } from "./paper.ts";
import { cutText, SvgDrawing } from "./svgDrawing.ts";
import { SvgPen } from "./svgPen.ts";

const panelWidthPx = 374;
const panelHeightPx = 206;
const headPx = 44;
const axisLinePx = 16;
/** Of more weights the first are drawn. */
const mostWeights = 8;
/** Fewer lines than in the live view, which is larger. */
const ridges = 14;

export function weightsStill(view: WeightsView, { theme, locale }: Paper): SvgDrawing | null {
  const say = (id: keyof typeof weightsWords.en & string, args = {}) =>
    plainMessage(weightsWords, { id, args }, locale);
  const all = view.layers.flatMap((layer) => layer.weights.map((weight) => ({ layer, weight })));
  const shown = all.slice(0, mostWeights);
  if (shown.length === 0) return null;
  const rows = Math.ceil(shown.length / 2);
  const isTrained = view.steps.length > 1;
  const isSingle = ({ weight }: (typeof shown)[number]) => weight.values.length > 0 && isTrained;
  const axes = [
    ...(shown.some((each) => !isSingle(each)) ? [say(isTrained ? "ridgeAxis" : "nowAxis")] : []),
    ...(shown.some(isSingle) ? [say("singleAxis")] : []),
  ];
  const topPx = 28 + axes.length * axisLinePx;
  const drawing = new SvgDrawing(760, topPx + rows * panelHeightPx, theme);
  drawing.text(view.name, { x: 12, y: 20 }, { weight: 600 });
  const hidden = all.length - shown.length;
  const more = hidden > 0 ? say("moreWeights", { count: { kind: "count", value: hidden } }) : "";
  const small = { sizePx: 11, colour: theme.muted };
  drawing.text(more, { x: 748, y: 20 }, { ...small, anchor: "end" });
  axes.forEach((words, at) => {
    drawing.text(words, { x: 12, y: 38 + at * axisLinePx }, small);
  });
  shown.forEach(({ layer, weight }, index) => {
    const origin = { x: 12 + (index % 2) * panelWidthPx, y: topPx + Math.floor(index / 2) * panelHeightPx };
    const painted = readWeight(weight, view.steps, view.bins);
    const style: DrawStyle = weight.values.length > 0 ? "heat" : "ridges";
    const name = `${layer.name} ${weight.name === "" ? say("all") : weight.name}`;
    drawing.text(cutText(name, panelWidthPx - 110), { x: origin.x, y: origin.y + 16 }, { weight: 600 });
    const shape = { x: origin.x + panelWidthPx - 24, y: origin.y + 16 };
    drawing.text(weight.shape.join("×"), shape, { anchor: "end", sizePx: 11, colour: theme.muted });
    const number = (value: (typeof weight.mean)[number] | undefined) => formatNumber(value, { locale });
    const numbers = say("numbersShort", { mean: number(weight.mean.at(-1)), std: number(weight.std.at(-1)) });
    const moved =
      isTrained && weight.moved.length > 0 ? ` · ${say("moved", { moved: number(weight.moved.at(-1)) })}` : "";
    drawing.text(numbers + moved, { x: origin.x, y: origin.y + 32 }, { sizePx: 11, colour: theme.muted });
    const pen = new SvgPen(drawing, { x: origin.x, y: origin.y + headPx });
    const place = plotPlace(painted, style, panelWidthPx - 16, panelHeightPx - headPx - 10);
    const at = view.steps.length - 1;
    paintWeight(pen, painted, { theme, locale, style, at, bin: null, place, ridges, cursor: false });
  });
  return drawing;
}
