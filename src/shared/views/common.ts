// What several views hold: verdicts in words, and what is known of a layer.

import type { Message } from "../words/message.ts";

/** What a verdict weighs: shown as an icon and a word, never as colour alone. */
export type Tone = "good" | "info" | "warning" | "error";

/** A verdict in words. */
export interface Sentence {
  readonly tone: Tone;
  /** One or two sentences, in order. */
  readonly messages: readonly Message[];
}

/** What is known of a layer once its model is built. Sizes outermost first; `null` is the batch axis. */
export interface LayerInfo {
  readonly name: string;
  /** The layer's kind as the user wrote it: "dense", "activation", "dropout". */
  readonly type: string;
  /** The activation's name, where the layer has one. */
  readonly activation: string | null;
  readonly inputShape: readonly (number | null)[];
  readonly outputShape: readonly (number | null)[];
  /** Number of weights, biases included. */
  readonly parameters: number;
}

/** A small picture: a letter for the brightness (0–63) of each point, row by row; colours side by side. See `levels.ts`. */
export interface SmallPicture {
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 3;
  readonly levels: string;
}
