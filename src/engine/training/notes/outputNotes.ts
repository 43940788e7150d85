// What does not go together at an output: the last layer's activation, its units, the loss, and what the targets are.

import type { Loss } from "../../losses/loss.ts";
import type { RunNote } from "../run.ts";

/** What is asked about an output. It needs no numbers: whoever reads a model's code asks too. */
export interface OutputFacts {
  /** "linear" for none. */
  readonly activation: string;
  readonly units: number;
  /** `null` before a loss is chosen. */
  readonly loss: Pick<Loss, "name" | "targetKind" | "outputActivation" | "fromLogits"> | null;
  /** Whether all targets are 0 or 1, and both occur. */
  readonly areClasses: boolean;
}

export interface OutputNote {
  readonly kind: Extract<
    RunNote["kind"],
    | "softmaxWithOneUnit"
    | "crossentropyWithOneUnit"
    | "squaredErrorOnClasses"
    | "crossentropyWithoutProbabilities"
    | "logitsAfterActivation"
  >;
  /** What it says of the layer, in English; `name` is the layer's. */
  readonly text: (name: string) => string;
}

/** Losses that measure how far a number is from its target. */
export const distanceLosses: readonly string[] = ["mse", "mae", "huber", "smoothL1", "logCosh"];

export function outputNotes({ activation, units, loss, areClasses }: OutputFacts): readonly OutputNote[] {
  const notes: OutputNote[] = [];
  const isCategorical = loss?.targetKind === "classes" && loss.outputActivation === "softmax";
  if (activation === "softmax" && units === 1) {
    notes.push({
      kind: "softmaxWithOneUnit",
      text: () => "Softmax over one unit is always 1: use sigmoid with binaryCrossentropy, or a unit for each class.",
    });
  } else if (loss !== null && isCategorical && units === 1) {
    notes.push({
      kind: "crossentropyWithOneUnit",
      text: () => `${loss.name} needs a unit for each class: for one unit use binaryCrossentropy.`,
    });
  }
  if (loss === null) return notes;
  const isSquashed = activation === "sigmoid" || activation === "softmax";
  if (distanceLosses.includes(loss.name) && isSquashed && areClasses) {
    notes.push({
      kind: "squaredErrorOnClasses",
      text: () => `The targets are classes: cross-entropy learns them faster than ${loss.name}.`,
    });
  }
  const { outputActivation } = loss;
  if (
    outputActivation !== null &&
    outputActivation !== "linear" &&
    !loss.fromLogits &&
    !givesProbabilities(activation)
  ) {
    notes.push({
      kind: "crossentropyWithoutProbabilities",
      text: (name) =>
        `${loss.name} expects probabilities, but ${name} ends with ${activation}: use ${outputActivation}, or fromLogits: true.`,
    });
  }
  if (loss.fromLogits && isSquashed) {
    notes.push({
      kind: "logitsAfterActivation",
      text: (name) =>
        `${loss.name} takes raw scores (fromLogits: true), but ${name} ends with ${activation}: leave one of the two out.`,
    });
  }
  return notes;
}

function givesProbabilities(activation: string): boolean {
  return activation === "sigmoid" || activation === "softmax" || activation === "hardSigmoid";
}
