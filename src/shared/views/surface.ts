// Paths over a surface: optimizers on a function of two numbers, or trainings on a plane through the weights of a net.

import type { ViewNumber } from "../json.ts";
import type { Message } from "../words/message.ts";
import type { Sentence } from "./common.ts";

export interface SurfaceView {
  readonly kind: "surface";
  readonly version: 1;
  readonly sentence: Sentence;
  readonly ground: SurfaceGround;
  readonly x: SurfaceAxis;
  readonly y: SurfaceAxis;
  readonly heights: SurfaceHeights;
  readonly lines: SurfaceLines;
  /** Where the paths begin, if all begin at one place. */
  readonly start: readonly [x: number, y: number] | null;
  /** The control that moves the start; left out where a kernel did not show it, and where there is none. */
  readonly controlId?: string | undefined;
  readonly minima: readonly (readonly [x: number, y: number])[];
  /** In order of their colours. */
  readonly paths: readonly SurfacePath[];
  /** How the picture came about, and each way in which it is simpler than what it shows. */
  readonly notes: readonly Message[];
}

/** What the heights are: a function's values, or the loss of a net on a plane through its weights. */
export type SurfaceGround =
  | {
      readonly kind: "function";
      /** "Rosenbrock". */
      readonly name: string;
      readonly formula: string | null;
      /** Where it was published. */
      readonly source: string | null;
    }
  | {
      readonly kind: "plane";
      /** The loss's name: "mse". */
      readonly measure: string;
      /** Directions from the trajectory itself, or drawn at random. */
      readonly directions: "pca" | "random";
      /** Share (0–1) of the paths' variance along x and along y; `null` for random directions. */
      readonly explained: readonly [x: number, y: number] | null;
    };

/** One direction of the picture, with its range. */
export interface SurfaceAxis {
  readonly from: number;
  readonly to: number;
}

/** Heights at the crossings of evenly spaced lines; the outermost stand on the edges. */
export interface SurfaceHeights {
  readonly columns: number;
  readonly rows: number;
  /** Row by row, from the lowest x and y on. */
  readonly values: readonly ViewNumber[];
}

/** The drawn lines of equal height: `above + 10^(k / perPower)` for whole k from `first` to `last`. */
export interface SurfaceLines {
  readonly perPower: number;
  readonly first: number;
  readonly last: number;
  /** 0, or the least height, where heights are negative. */
  readonly above: number;
}

export interface SurfacePath {
  /** The optimizer's or run's name. */
  readonly name: string;
  /** The run, where it is one: its views share the step. */
  readonly runId: string | null;
  readonly learningRate: number | null;
  /** Ascending; x, y and value have one entry for each. */
  readonly steps: readonly number[];
  readonly x: readonly number[];
  readonly y: readonly number[];
  /** The height where it is: of a training the loss of its own weights, not of their shadow on the plane. */
  readonly value: readonly ViewNumber[];
  /** "left": it went far out of the picture; "diverged": a number was not finite. */
  readonly end: "finished" | "left" | "diverged";
}
