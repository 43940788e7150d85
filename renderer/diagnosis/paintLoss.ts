// Paints a loss over time on a log axis without words, the loss of guessing dashed across it.

import type { ViewNumber } from "../../src/shared/json.ts";
import type { FindingEvidence } from "../../src/shared/views.ts";
import type { Pen } from "../parts/pen.ts";
import type { Theme } from "../theme.ts";

const marginPx = 4;
/** The axis spans a factor of at least this much, so that the noise of a flat loss looks like noise. */
const leastFactor = 1.5;

export function paintLoss(
  context: Pen,
  { widthPx, heightPx }: { readonly widthPx: number; readonly heightPx: number },
  theme: Theme,
  evidence: Extract<FindingEvidence, { kind: "loss" }>,
): void {
  const { train, validation, guess } = evidence;
  const logs = [...train, ...(validation ?? []), guess].flatMap(logOf);
  if (logs.length === 0) return;
  const [smallest, largest] = [Math.min(...logs), Math.max(...logs)];
  const room = Math.max(0, Math.log10(leastFactor) - (largest - smallest)) / 2;
  const [low, span] = [smallest - room, Math.max(Math.log10(leastFactor), largest - smallest)];
  const y = (log: number) => heightPx - marginPx - ((log - low) / span) * (heightPx - 2 * marginPx);
  const line = (values: readonly ViewNumber[], colour: string, dash: readonly number[]) => {
    context.strokeStyle = colour;
    context.lineWidth = 1.5;
    context.setLineDash([...dash]);
    context.beginPath();
    let isDrawing = false;
    values.forEach((value, index) => {
      const [log] = logOf(value);
      const x = marginPx + (index / Math.max(1, values.length - 1)) * (widthPx - 2 * marginPx);
      if (log !== undefined && isDrawing) context.lineTo(x, y(log));
      else if (log !== undefined) context.moveTo(x, y(log));
      isDrawing = log !== undefined;
    });
    context.stroke();
  };
  line([guess, guess], theme.colour("neutral"), [3, 3]);
  line(train, theme.colour("train"), []);
  if (validation !== null) line(validation, theme.colour("validation"), [6, 3]);
}

/** Nothing for what a log axis cannot hold: it leaves a gap. */
function logOf(value: ViewNumber): number[] {
  return typeof value === "number" && value > 0 ? [Math.log10(value)] : [];
}
