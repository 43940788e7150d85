// Where a model of two features decides for which class, on the way of its training, and what each hidden unit sees.

import type { ViewNumber } from "../json.ts";
import type { Sentence } from "./common.ts";

export interface BoundaryView {
  readonly kind: "boundary";
  readonly version: 1;
  readonly sentence: Sentence;
  /** The run whose step other views share; `null` for a model without one. */
  readonly runId: string | null;
  readonly stepsPerEpoch: number;
  readonly features: readonly [x: string, y: string];
  readonly x: readonly [low: number, high: number];
  readonly y: readonly [low: number, high: number];
  /** At most ten. */
  readonly classes: readonly string[];
  /** Some of the points, evenly picked; `pointCount` of all. */
  readonly points: readonly BoundaryPoint[];
  readonly pointCount: number;
  /** Points of the grid along each side. */
  readonly size: number;
  readonly frames: readonly BoundaryFrame[];
  /** Hidden layers, input first. */
  readonly layers: readonly BoundaryLayer[];
  readonly unitSize: number;
}

export interface BoundaryPoint {
  readonly x: number;
  readonly y: number;
  readonly class: number;
  readonly validation: boolean;
}

/** The field after a step, row by row from the top; letters as in `levels.ts`. */
export interface BoundaryFrame {
  readonly step: number;
  /** Of the batch of this step; `null` at the start. */
  readonly loss: ViewNumber;
  /** A digit a grid point: the likeliest class. */
  readonly winners: string;
  /** Two letters a grid point: how much likelier it is than the next. */
  readonly margins: string;
}

export interface BoundaryLayer {
  readonly name: string;
  /** How many units it has; `units` holds the first of them. */
  readonly unitCount: number;
  readonly units: readonly BoundaryUnit[];
}

export interface BoundaryUnit {
  /** L2 norm of the weights that leave it, at the end; `null` where that is not one layer's rows. */
  readonly outgoing: ViewNumber;
  /** The same, one a frame; older files have only that of the end. */
  readonly outgoingByFrame?: readonly ViewNumber[] | undefined;
  /** One a frame: a letter a grid point, the middle (31.5) is where the unit changes sign, or half way for what is never negative. */
  readonly fields: readonly string[];
}
