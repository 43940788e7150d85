// A race as a still picture: the training loss of each variant by step, with the interval over the seeds.

import { fromViewNumber } from "../../src/shared/json.ts";
import type { OptimizersView, Racer } from "../../src/shared/views.ts";
import { type Locale, plainMessage } from "../../src/shared/words/message.ts";
import { bandedRacers } from "../optimizers/raceModel.ts";
import { captionId, intervalId, raceWords } from "../optimizers/raceWords.ts";
import type { Paper } from "./paper.ts";
import {
  drawSeries,
  drawTitle,
  drawXAxis,
  drawYAxis,
  lossAxis,
  type NamedEnd,
  nameEnds,
  type PlotFrame,
  place,
} from "./plotFrame.ts";
import { runDashes, SvgDrawing } from "./svgDrawing.ts";

export function optimizersStill(view: OptimizersView, { theme, locale }: Paper): SvgDrawing | null {
  const begun = view.racers.filter(({ steps }) => steps.length > 0);
  if (begun.length === 0) return null;
  const drawing = new SvgDrawing(760, 330, theme);
  const banded = bandedRacers({ view, lifted: null, hidden: new Set() }, theme);
  const frame: PlotFrame = {
    ...{ left: 52, top: 34, width: 760 - 52 - 130, height: 260 },
    x: { low: 0, high: Math.max(1, view.plannedSteps, ...begun.map(({ steps }) => steps.at(-1) ?? 0)), log: false },
    y: lossAxis(begun.flatMap(({ mean }) => mean)),
  };
  drawTitle(
    drawing,
    { x: 12, y: 20 },
    plainMessage(raceWords, { id: "trainingLoss", args: {} }, locale),
    caption(view, banded.length, locale),
  );
  drawYAxis(drawing, frame, { locale });
  drawXAxis(drawing, frame, { locale });
  for (const index of banded) {
    const racer = view.racers[index];
    if (racer !== undefined) drawBand(drawing, frame, racer, drawing.theme.runColour(index));
  }
  const ends: NamedEnd[] = view.racers.flatMap(({ name, steps, mean }, index) => {
    const colour = drawing.theme.runColour(index);
    const at = drawSeries(drawing, frame, { x: steps, y: mean }, { colour, dashes: runDashes(index) });
    return at === null ? [] : [{ name, colour, at }];
  });
  nameEnds(drawing, frame, ends);
  return drawing;
}

function caption(view: OptimizersView, banded: number, locale: Locale): string {
  const id = intervalId(banded, view.racers.length);
  const interval = plainMessage(raceWords, { id, args: {} }, locale);
  const args = { measure: view.lossName, seeds: String(view.seeds), interval };
  return plainMessage(raceWords, { id: captionId(view), args }, locale);
}

function drawBand(drawing: SvgDrawing, frame: PlotFrame, { steps, low, high }: Racer, colour: string): void {
  const edge = (values: Racer["low"]) =>
    steps.flatMap((step, at) => {
      const value = fromViewNumber(values[at] ?? null);
      if (value === null || !Number.isFinite(value) || (frame.y.log && value <= 0)) return [];
      return [place(frame, step, Math.min(frame.y.high, Math.max(frame.y.low, value)))];
    });
  drawing.area([...edge(low), ...edge(high).reverse()], colour, 0.1);
}
