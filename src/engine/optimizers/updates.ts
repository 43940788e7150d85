// What goes into an update of parameters, what would come of one, and what is remembered from one to the next.

import type { Floats } from "../intrinsics.ts";

/** What an update rule sees of one parameter, or, where the rule is elementwise, of several side by side. */
export interface ParameterUpdate {
  readonly values: Floats;
  readonly gradient: Floats;
  readonly learningRate: number;
  /** Which update this is, from 1. */
  readonly step: number;
  /** The rule's memory for this parameter: an array of the parameter's size, at first all `start`, which is 0 unless given. */
  slot(name: string, start?: number): Floats;
}

/** What an update would do to a parameter. */
export interface UpdatePreview {
  /** Its numbers after the update. */
  readonly values: readonly number[];
  /** The gradient as the rule would see it: clipped, and with what decay adds to it. */
  readonly gradient: readonly number[];
  /** The size of the step. */
  readonly learningRate: number;
  /** Which update it would be, from 1. */
  readonly step: number;
  /** The rule's memory by name ("means", "velocity"), before and after. */
  readonly memory: Readonly<Record<string, { readonly before: readonly number[]; readonly after: readonly number[] }>>;
  /** What of the rule's settings is another number at each step: "momentum" or "beta1" that a schedule moves, Nadam's "momentumProduct". */
  readonly settings: Readonly<Record<string, number>>;
}

/** @internal What an update would go by for a single number: `memory` is what is remembered of it now. */
export interface UpdateOutlook extends Pick<UpdatePreview, "learningRate" | "step" | "settings"> {
  readonly memory: Readonly<Record<string, number>>;
}

/** @internal What an optimizer knows of a training, so that it can go on elsewhere. */
export interface OptimizerState {
  /** How many updates it has made. */
  readonly steps: number;
  /** The size of the newest step. */
  readonly learningRate: number;
  /** What a plateau schedule has seen, epoch by epoch. */
  readonly watched: readonly number[];
  /** What the rule keeps beside its memory for each parameter. */
  readonly own: Readonly<Record<string, number>>;
  /** For each parameter what is remembered of it, by name. */
  readonly slots: readonly ReadonlyMap<string, Floats>[];
}
