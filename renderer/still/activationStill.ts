// Activation functions as a still picture: f above, f′ below, on one axis of z.

import type { ActivationVariant, ActivationView } from "../../src/shared/views.ts";
import { type Locale, plainMessage } from "../../src/shared/words/message.ts";
import { type ActivationWordId, activationWords } from "../words/activationWords.ts";
import type { Paper } from "./paper.ts";
import {
  type Axis,
  axisOf,
  drawSeries,
  drawTitle,
  drawXAxis,
  drawYAxis,
  type NamedEnd,
  nameEnds,
  type PlotFrame,
} from "./plotFrame.ts";
import { runDashes, SvgDrawing } from "./svgDrawing.ts";

/** What grows without limit is cut there, so that the others can be seen. */
const highest = 4;

interface Shown {
  readonly label: string;
  readonly variant: ActivationVariant;
}

export function activationStill(view: ActivationView, { theme, locale }: Paper): SvgDrawing | null {
  const shown: Shown[] = view.chosen.flatMap((name) => {
    const curve = view.functions.find((each) => each.name === name);
    const variant = curve?.variants[curve.initial];
    return curve && variant ? [{ label: curve.label, variant }] : [];
  });
  if (shown.length === 0) return null;
  const x = axisOf(shown.flatMap(({ variant }) => variant.z));
  const drawing = new SvgDrawing(760, 430, theme);
  const say = (id: ActivationWordId) => plainMessage(activationWords, { id, args: {} }, locale);
  drawCurves(drawing, { top: 34, height: 180, x }, shown, "value", locale);
  drawTitle(drawing, { x: 12, y: 20 }, "f(z)", say("output"));
  drawCurves(drawing, { top: 264, height: 130, x }, shown, "slope", locale);
  drawTitle(drawing, { x: 12, y: 250 }, "f′(z)", say("slopeMeaning"));
  return drawing;
}

function drawCurves(
  drawing: SvgDrawing,
  { top, height, x }: { readonly top: number; readonly height: number; readonly x: Axis },
  shown: readonly Shown[],
  what: "value" | "slope",
  locale: Locale,
): void {
  const clipped = shown.flatMap(({ variant }) =>
    variant[what].map((value) => (typeof value === "number" ? Math.min(highest, Math.max(-highest, value)) : value)),
  );
  const frame: PlotFrame = { left: 52, top, width: 760 - 52 - 110, height, x, y: axisOf(clipped) };
  drawYAxis(drawing, frame, { locale });
  drawXAxis(drawing, frame, { unit: "z =", locale });
  const ends: NamedEnd[] = shown.flatMap(({ label, variant }, index) => {
    const colour = drawing.theme.runColour(index);
    const at = drawSeries(drawing, frame, { x: variant.z, y: variant[what] }, { colour, dashes: runDashes(index) });
    return at === null ? [] : [{ name: label, colour, at }];
  });
  nameEnds(drawing, frame, ends);
}
