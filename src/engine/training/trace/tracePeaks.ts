// The steps at which layers' gradients were largest: kept also when the table of recorded steps, being thinned, lets go of them.

import { Doubles, maths } from "../../intrinsics.ts";
import type { MeasuredLevel } from "./trace.ts";
import type { StandingRow } from "./traceRecorder.ts";
import { largestOf, layerSize, type MeasuredLayer } from "./traceRow.ts";

/** A step whose row was copied. */
export interface KeptStep extends StandingRow {
  readonly step: number;
}

/** Neighbouring layers of a deeper model share a peak, so that what is kept stays small. */
export const peaksLimit = 40;

export class TracePeaks {
  readonly #layerSize: number;
  readonly #layerCount: number;
  /** The largest |g| so far and its step; one of each for a layer, or for several side by side. */
  readonly #sizes: number[];
  readonly #steps: number[];
  /** Those that the table let go of, in order. */
  #kept: KeptStep[] = [];

  constructor(layers: readonly MeasuredLayer[], level: MeasuredLevel) {
    this.#layerSize = layerSize(level);
    this.#layerCount = layers.length;
    const count = maths.min(layers.length, peaksLimit);
    this.#sizes = new Array<number>(count).fill(0);
    this.#steps = new Array<number>(count).fill(0);
  }

  /** The peaks that are not in the table any more, in the order of their steps. */
  get kept(): readonly KeptStep[] {
    return this.#kept;
  }

  /** Looks at a new row. Gives whether a peak that was kept is none any more. */
  notice(step: number, { numbers, start }: StandingRow): boolean {
    let isHigher = false;
    for (let layer = 0; layer < this.#layerCount; layer++) {
      const peak = maths.floor((layer * this.#sizes.length) / this.#layerCount);
      const size = largestOf(numbers, start + layer * this.#layerSize);
      const highest = this.#sizes[peak] as number;
      // The first that is not a number stays the peak.
      if (size <= highest || Number.isNaN(highest)) continue;
      this.#sizes[peak] = size;
      this.#steps[peak] = step;
      isHigher = true;
    }
    if (!isHigher || this.#kept.length === 0) return false;
    const count = this.#kept.length;
    this.#kept = this.#kept.filter((each) => this.#steps.includes(each.step));
    return this.#kept.length < count;
  }

  /** Copies the row of a step that leaves the table, where it is a peak. */
  keep(step: number, { numbers, start, layers }: StandingRow): void {
    if (!this.#steps.includes(step)) return;
    const copy = new Doubles(this.#layerSize * this.#layerCount);
    for (let index = 0; index < copy.length; index++) copy[index] = numbers[start + index] as number;
    this.#kept = [...this.#kept, { step, numbers: copy, start: 0, layers }].sort((a, b) => a.step - b.step);
  }
}
