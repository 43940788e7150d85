// What the gradients view shows now: its data, and what the reader chose. No DOM.

import type { GradientsView } from "../../src/shared/views.ts";
import type { CardContent } from "../card/layerCard.ts";
import { frameSteps, lastAtMost } from "../time/frames.ts";
import { type Range, type ZoomStep, zoomed } from "../time/timeZoom.ts";
import { alignLayers, type LayerRow } from "./alignLayers.ts";
import type { DotState } from "./dotPlot.ts";
import { axisSpan, type Measure } from "./measures.ts";

/** Closer than this the axis has no power of ten to be read by. */
const shortestPowers = 1;

export class GradientsModel {
  view: GradientsView;
  measure: Measure = "meanAbs";
  chosenRow: number | null = null;
  /** The stretch of frames that the heat maps show, its end left out; `null` for all. */
  range: Range | null = null;
  /** The powers of ten that the dots show; `null` for all. Another measure has other ones. */
  #powers: Range | null = null;
  /** Ids of the runs that the reader has hidden. */
  readonly #hidden = new Set<string>();
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
    const { step, range } = this;
    const [from, to] = [this.frames[range?.[0] ?? 0] ?? 0, this.frames[(range?.[1] ?? 1) - 1] ?? 0];
    const atEnd = this.frame >= this.frames.length - 1;
    this.view = view;
    this.rows = alignLayers(view.runs);
    this.frames = frameSteps(view.runs);
    this.frame = this.frames.length - 1;
    // The same steps stay in sight.
    this.range = range === null ? null : [Math.max(0, lastAtMost(this.frames, from)), lastAtMost(this.frames, to) + 1];
    if (this.range !== null && this.range[1] - this.range[0] < 2) this.range = null;
    if (!atEnd) this.moveTo(step);
  }

  /** A zoomed stretch follows a step outside of it. */
  moveTo(step: number): void {
    this.frame = Math.max(0, lastAtMost(this.frames, step));
    if (this.frames.length === 0) return;
    const [from, to] = this.shownFrames;
    const span = to - from;
    if (this.frame < from) this.range = [this.frame, this.frame + span];
    if (this.frame >= to) this.range = [this.frame + 1 - span, this.frame + 1];
  }

  /** The first frame that the heat maps show, and the one behind the last. */
  get shownFrames(): Range {
    return this.range ?? [0, this.frames.length];
  }

  /** Zooms or moves the stretch that the heat maps show, by whole frames; around the current one, or another. */
  zoom(step: ZoomStep, around = this.frame + 0.5): void {
    const next = zoomed(this.range, [0, this.frames.length], step, { around });
    if (next === null) this.range = null;
    else {
      const span = Math.round(next[1] - next[0]);
      const from = Math.min(this.frames.length - span, Math.max(0, Math.round(next[0])));
      this.range = [from, from + span];
    }
  }

  /** What the axis of the dots goes from and to. */
  get axis(): readonly [min: number, max: number] {
    const [low, high] = this.#powers ?? this.#wholePowers;
    return [10 ** low, 10 ** high];
  }

  get isAxisZoomed(): boolean {
    return this.#powers !== null;
  }

  /** Zooms or moves the axis of the dots; around a value of it, or its middle. */
  zoomAxis(step: ZoomStep, around?: number): void {
    const options = { around: around === undefined ? undefined : Math.log10(around), shortest: shortestPowers };
    this.#powers = zoomed(this.#powers, this.#wholePowers, step, options);
  }

  measureBy(measure: Measure): void {
    this.measure = measure;
    this.#powers = null;
  }

  get #wholePowers(): Range {
    const [low, high] = axisSpan(this.rows, this.measure);
    return [Math.log10(low), Math.log10(high)];
  }

  isShown(run: number): boolean {
    return !this.#hidden.has(this.view.runs[run]?.runId ?? "");
  }

  /** Hides a run or shows it again. Without any run nothing is left to see: then all are shown. */
  toggleRun(run: number): void {
    const { runIds } = this;
    const runId = runIds[run] ?? "";
    if (!this.#hidden.delete(runId)) this.#hidden.add(runId);
    if (runIds.every((id) => this.#hidden.has(id))) this.#hidden.clear();
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
    const shown = view.runs.map((_, run) => this.isShown(run));
    return { runs: view.runs, shown, rows, measure, step, records, chosenRow, axis: this.axis };
  }

  cardContent(row: number): CardContent | null {
    const line = this.rows[row];
    if (line === undefined) return null;
    const { records, step } = this;
    const runs = this.view.runs.map((run, at) => ({ run, layer: line.layers[at] ?? null, index: records[at] ?? -1 }));
    return { layer: line.layer, runs, step };
  }
}
