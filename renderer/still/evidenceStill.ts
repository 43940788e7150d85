// The evidence of a finding in a still picture: a strip of gradients, a line of losses, a number on its axis, units, a share, classes.

import type { ViewNumber } from "../../src/shared/json.ts";
import { formatCount, formatNumber, formatPower, formatShare } from "../../src/shared/numbers.ts";
import type { FindingEvidence } from "../../src/shared/views.ts";
import { type Locale, plainMessage } from "../../src/shared/words/message.ts";
import { classesShown, rangePowers, shownUnits } from "../diagnosis/evidenceParts.ts";
import { paintLoss } from "../diagnosis/paintLoss.ts";
import { inkOn } from "../theme.ts";
import { diagnosisWords } from "../words/diagnosisWords.ts";
import { type Box, type SvgDrawing, textWidthPx, wrapText } from "./svgDrawing.ts";
import { SvgPen } from "./svgPen.ts";

type EvidenceOf<Kind extends FindingEvidence["kind"]> = Extract<FindingEvidence, { kind: Kind }>;

const captionLinePx = 14;
const classRowPx = 15;
const lossPx = 48;
const unitPx = 12;

/** With two lines of caption. */
export function evidenceHeight(evidence: FindingEvidence): number {
  switch (evidence.kind) {
    case "none":
      return 0;
    case "strip":
      return 2 * captionLinePx + 48;
    case "loss":
      return 2 * captionLinePx + lossPx + 20;
    case "range":
      return 2 * captionLinePx + 46;
    case "units":
      return 2 * captionLinePx + 8 + (evidence.total > shownUnits ? 12 : Math.ceil(evidence.total / 16) * (unitPx + 3));
    case "share":
      return 2 * captionLinePx + 20;
    case "classes":
      return 2 * captionLinePx + classesShown(evidence.counts).length * classRowPx + 4;
  }
}

export function drawEvidence(drawing: SvgDrawing, box: Box, evidence: FindingEvidence, locale: Locale): void {
  const say = (id: keyof typeof diagnosisWords.en & string, args: Readonly<Record<string, string>> = {}) =>
    plainMessage(diagnosisWords, { id, args }, locale);
  const text = (value: ViewNumber) => formatNumber(value, { locale });
  switch (evidence.kind) {
    case "none":
      return;
    case "strip":
      drawStrip(drawing, captioned(drawing, box, say("strip")), evidence, locale);
      return;
    case "loss": {
      const { by, train, validation, guess } = evidence;
      const id = by === "step" ? "lossByStep" : validation === null ? "lossByEpoch" : "lossOfBoth";
      const below = captioned(drawing, box, say(id));
      paintLoss(new SvgPen(drawing, below), { widthPx: box.width, heightPx: lossPx }, drawing.theme, evidence);
      const guessing = guess === null ? "" : say("guessing", { loss: text(guess) });
      const ends = `${text(train[0] ?? null)} → ${text(train.at(-1) ?? null)}`;
      drawEnds(drawing, { ...below, y: below.y + lossPx + 13 }, ends, guessing === "" ? "" : `┄ ${guessing}`);
      return;
    }
    case "range":
      drawRange(drawing, captioned(drawing, box, `${say(evidence.measure)}: ${text(evidence.value)}`), {
        ...evidence,
        usualWord: say("usual"),
      });
      return;
    case "units": {
      const { marked, total } = evidence;
      const counts = { marked: formatCount(marked, locale), total: formatCount(total, locale) };
      const below = captioned(drawing, box, `${say("units")}: ${say("unitsLabel", counts)}`);
      if (total > shownUnits) drawBar(drawing, below, marked / total);
      else drawUnits(drawing, below, evidence);
      return;
    }
    case "share": {
      const below = captioned(drawing, box, `${say("share")}: ${formatShare(evidence.share)}`);
      drawBar(drawing, below, typeof evidence.share === "number" ? evidence.share : 0);
      return;
    }
    case "classes":
      drawClasses(drawing, captioned(drawing, box, say("classes")), evidence, locale);
      return;
  }
}

/** Gives what is left below the caption. */
function captioned(drawing: SvgDrawing, box: Box, caption: string): Box {
  const lines = wrapText(caption, box.width, 11);
  lines.forEach((line, at) => {
    const place = { x: box.x, y: box.y + 11 + at * captionLinePx };
    drawing.text(line, place, { sizePx: 11, colour: drawing.theme.muted });
  });
  return { ...box, y: box.y + lines.length * captionLinePx + 4 };
}

function drawEnds(drawing: SvgDrawing, { x, y, width }: Box, left: string, right: string): void {
  drawing.text(left, { x, y }, { sizePx: 11 });
  drawing.text(right, { x: x + width, y }, { sizePx: 11, anchor: "end", colour: drawing.theme.muted });
}

function drawStrip(drawing: SvgDrawing, box: Box, { layers }: EvidenceOf<"strip">, locale: Locale): void {
  const { theme } = drawing;
  const widthPx = box.width / Math.max(1, layers.length);
  layers.forEach(({ gradient }, at) => {
    const block = {
      x: box.x + at * widthPx,
      y: box.y,
      width: Math.max(0.5, widthPx - (widthPx > 4 ? 1 : 0)),
      height: 24,
    };
    const isNumber = typeof gradient === "number";
    const fill = isNumber ? theme.gradientColour(gradient) : theme.page;
    const edge = isNumber ? null : theme.colour(gradient === null ? "neutral-soft" : "error");
    drawing.box(block, fill, { edge });
    if (!isNumber) return;
    const power = gradient === 0 ? "0" : formatPower(gradient);
    if (textWidthPx(power, 11) > block.width - 2) return;
    const middle = { x: block.x + block.width / 2, y: block.y + 16 };
    drawing.text(power, middle, { sizePx: 11, anchor: "middle", colour: inkOn(fill) });
  });
  const [first, last] = [layers[0], layers.at(-1)].map((layer) => formatNumber(layer?.gradient ?? null, { locale }));
  drawEnds(drawing, { ...box, y: box.y + 38 }, first ?? "", last ?? "");
}

function drawRange(
  drawing: SvgDrawing,
  { x, y, width }: Box,
  { value, usual, usualWord }: EvidenceOf<"range"> & { readonly usualWord: string },
): void {
  const { theme } = drawing;
  const [low, high] = rangePowers(value, usual);
  const at = (size: number) => x + ((Math.log10(size) - low) / (high - low)) * width;
  const line = y + 20;
  const [from, to] = [at(usual[0]), at(usual[1])];
  drawing.box({ x: from, y: line - 4, width: to - from, height: 8 }, theme.colour("neutral-soft"));
  drawing.lines(
    [
      [
        { x, y: line },
        { x: x + width, y: line },
      ],
    ],
    { colour: theme.colour("axis"), widthPx: 1 },
  );
  const look = { sizePx: 11, anchor: "middle", colour: theme.muted } as const;
  drawing.text(usualWord, { x: (from + to) / 2, y: line - 9 }, look);
  for (const size of usual) drawing.text(formatPower(size), { x: at(size), y: line + 19 }, look);
  if (typeof value === "number" && value > 0) drawing.dot({ x: at(value), y: line }, 5, theme.colour("warning"));
}

function drawUnits(drawing: SvgDrawing, { x, y }: Box, { marked, total }: EvidenceOf<"units">): void {
  const { theme } = drawing;
  for (let unit = 0; unit < total; unit++) {
    const place = { x: x + (unit % 16) * (unitPx + 3), y: y + Math.floor(unit / 16) * (unitPx + 3) };
    const isMarked = unit < marked;
    const fill = isMarked ? theme.colour("warning") : theme.page;
    drawing.box({ ...place, width: unitPx, height: unitPx }, fill, { edge: theme.colour("neutral"), radiusPx: 2 });
  }
}

function drawBar(drawing: SvgDrawing, { x, y, width }: Box, share: number): void {
  const { theme } = drawing;
  const part = Math.max(0, Math.min(1, share));
  drawing.box({ x, y, width, height: 8 }, theme.colour("neutral-soft"));
  drawing.box({ x, y, width: width * part, height: 8 }, theme.colour("warning"));
}

function drawClasses(drawing: SvgDrawing, box: Box, { counts }: EvidenceOf<"classes">, locale: Locale): void {
  const { theme } = drawing;
  const largest = Math.max(1, ...counts);
  classesShown(counts).forEach(({ label, count }, row) => {
    const y = box.y + row * classRowPx;
    drawing.text(String(label), { x: box.x + 18, y: y + 10 }, { sizePx: 11, anchor: "end" });
    drawing.box(
      { x: box.x + 26, y: y + 2, width: ((box.width - 80) * count) / largest, height: 9 },
      theme.colour("neutral"),
    );
    const end = { x: box.x + box.width, y: y + 10 };
    drawing.text(formatCount(count, locale), end, { sizePx: 11, anchor: "end" });
  });
}
