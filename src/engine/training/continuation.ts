// Whether a model still is as a run left it, to the bit: only then can the run go on where it stopped.

import { ValueError } from "../errors.ts";
import { maths, Words } from "../intrinsics.ts";
import type { Compiled } from "./compile.ts";
import type { Model } from "./model/model.ts";

/** A model at a moment. */
export interface ModelState {
  readonly compiled: Compiled;
  /** Of its optimizer. */
  readonly revision: number;
  /** Of all weights, moving means and the like among them. */
  readonly fingerprint: string;
}

/** The state of a model now. */
export function stateOf(model: Model<unknown>, compiled: Compiled): ModelState {
  return { compiled, revision: compiled.optimizer.revision, fingerprint: fingerprintOf(model) };
}

/** 64 bits of all weights: two lists of numbers that differ in a bit practically never have the same ones. */
export function fingerprintOf(model: Model<unknown>): string {
  let low = 0x811c9dc5;
  let high = 0x1b873593;
  for (const { numbers } of model.weights) {
    const words = new Words(numbers.buffer, numbers.byteOffset, numbers.length);
    for (let index = 0; index < words.length; index++) {
      const word = words[index] as number;
      low = maths.imul(low ^ word, 0x01000193);
      high = maths.imul(((high << 13) | (high >>> 19)) ^ word, 0xcc9e2d51);
    }
  }
  return `${low}:${high}`;
}

/** @throws ValueError when a model is not as its run left it: what happened, and what to do. */
export function checkUnchanged(model: Model<unknown>, left: ModelState): void {
  const got = changeSince(model, left);
  if (got !== null) throw changedModel(got);
}

/** The error of a run whose model is not as it was left; `got` says why: "one that was trained since". */
export function changedModel(got: string): ValueError {
  return new ValueError({
    op: "resume",
    expected: "the model as this run left it",
    got,
    hint: "Go on from what it has now by model.fit(…), or run the training anew from its start.",
  });
}

function changeSince(model: Model<unknown>, { compiled, revision, fingerprint }: ModelState): string | null {
  if (model.compiled !== compiled) return "one that was compiled anew since";
  if (compiled.optimizer.revision !== revision)
    return "one that was trained since, or whose optimizer was used elsewhere";
  if (fingerprintOf(model) !== fingerprint) return "one whose weights were changed since";
  return null;
}
