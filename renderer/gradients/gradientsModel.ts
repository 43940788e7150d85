// What the gradients view shows now: its data, and what the reader chose. No DOM.

import type { GradientsView } from "../../src/shared/views.ts";
import type { CardContent } from "../card/layerCard.ts";
import { frameSteps, lastAtMost } from "../time/frames.ts";
import { alignLayers, type LayerRow } from "./alignLayers.ts";
import type { DotState } from "./dotPlot.ts";
import type { Measure } from "./measures.ts";

export class GradientsModel {
  view: GradientsView;
  measure: Measure = "meanAbs";
  chosenRow: number | null = null;
  rows: readonly LayerRow[];
  frames: readonly number[];
  frame: number;

  constructor(view: GradientsView) {
    this.view = view;
    this.rows = alignLayers(view.runs);
    this.frames = frameSteps(view.runs);
    this.frame = this.frames.length - 1;
  }

  /** Newer data; the reader stays at the step chosen, or at the end. */
  take(view: GradientsView): void {
    const { step } = this;
    const atEnd = this.frame >= this.frames.length - 1;
    this.view = view;
    this.rows = alignLayers(view.runs);
    this.frames = frameSteps(view.runs);
    this.frame = this.frames.length - 1;
    if (!atEnd) this.moveTo(step);
  }

  moveTo(step: number): void {
    this.frame = Math.max(0, lastAtMost(this.frames, step));
  }

  get runIds(): readonly string[] {
    return this.view.runs.map((run) => run.runId);
  }

  get step(): number {
    return this.frames[this.frame] ?? 0;
  }

  get records(): readonly number[] {
    return this.view.runs.map((run) => lastAtMost(run.steps, this.step));
  }

  get state(): DotState {
    const { view, rows, measure, step, records, chosenRow } = this;
    return { runs: view.runs, rows, measure, step, records, chosenRow };
  }

  cardContent(row: number): CardContent | null {
    const line = this.rows[row];
    if (line === undefined) return null;
    const { records, step } = this;
    const runs = this.view.runs.map((run, at) => ({ run, layer: line.layers[at] ?? null, index: records[at] ?? -1 }));
    return { layer: line.layer, runs, step };
  }
}
