// The embedding layers as the user calls them.

import { Embedding, type EmbeddingOptions } from "./embedding.ts";

/** `layers.embedding({ inputDim: 1000, outputDim: 16 })` is the same as `layers.embedding(1000, 16)`. */
export interface EmbeddingOptionsWithSizes extends EmbeddingOptions {
  /** How many ids there are: 0 to `inputDim − 1`. */
  readonly inputDim: number;
  /** How many numbers stand for an id. */
  readonly outputDim: number;
}

// A single signature, not overloads: the errors TypeScript reports stay about the argument that is wrong.
function embedding(
  inputDim: number | EmbeddingOptionsWithSizes,
  outputDim?: number,
  options: EmbeddingOptions = {},
): Embedding {
  return typeof inputDim === "object" && inputDim !== null
    ? new Embedding(inputDim.inputDim, inputDim.outputDim, inputDim)
    : new Embedding(inputDim, outputDim, options);
}

/** A part of `layers`. */
export const embeddingLayers = {
  /**
   * Embedding: a learned row of numbers for each id, so that words, users or places become points in a space.
   *
   * Ids `[batch, …]`, whole numbers from 0 to `inputDim − 1` → output `[batch, …, outputDim]`. The table (embeddings) is
   * `[inputDim, outputDim]` and starts uniform from −0.05 to 0.05; rows no id asked for get gradient 0.
   *
   * There are no masks: an id that pads shorter sequences is learned like any other. Pad in front (`[0, 0, 7, 3]`), so that
   * a recurrent layer ends on what counts.
   *
   * @throws ValueError for an id that is not in the table, with its place.
   * @example sequential([layers.embedding(1000, 16), layers.flatten(), layers.dense(1)])
   */
  embedding,
} as const;
