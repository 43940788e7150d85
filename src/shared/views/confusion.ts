// How often each class is taken for which, with examples of what went wrong.

import type { ViewNumber } from "../json.ts";
import type { Sentence, SmallPicture } from "./common.ts";

export interface ConfusionView {
  readonly kind: "confusion";
  readonly version: 1;
  readonly sentence: Sentence;
  /** Which examples: "validation", "train", or "" where there is but one set. */
  readonly part: string;
  readonly classes: readonly string[];
  /** A row for each true class, in it a count for each predicted one. */
  readonly counts: readonly (readonly number[])[];
  /** Some of those that went wrong, the surest of each pair of classes first. */
  readonly examples: readonly WrongExample[];
}

export interface WrongExample {
  /** Its row in the data, counted from 0. */
  readonly row: number;
  /** Indices of classes. */
  readonly truth: number;
  readonly predicted: number;
  /** The probability (0–1) that the model gave the class it took it for. */
  readonly confidence: ViewNumber;
  readonly picture: SmallPicture | null;
  /** Its first features where it is no picture: "petal_length 4.8". */
  readonly features: readonly { readonly name: string; readonly value: ViewNumber }[];
}
