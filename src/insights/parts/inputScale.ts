// When what a model takes in is called unscaled: one rule for the diagnosis and for the advice beside gradients.

import type { RunRecord } from "../../engine/index.ts";

type InputSummary = RunRecord["dataSummary"]["inputs"][number];

/**
 * A feature of this size (root mean square) or more is unscaled. LeCun et al. 1998, "Efficient BackProp", 4.3: inputs of mean 0 and
 * like variances, near 1, learn fastest. Ten times that is where common learning rates and first weights stop to fit; pictures
 * from 0 to 1, small counts and most measures in fitting units stay below it.
 */
export const largeInput = 10;
/** The largest feature is smaller than this: a hundred times below the same size, first steps learn from the biases alone. */
const smallInput = 0.01;
/** These take numbers of words, or bring a scale of their own. */
const ownScale: readonly string[] = ["embedding", "batchNorm", "layerNorm", "rmsNorm"];

/** The inputs of which a scale is expected. */
export function scaledInputs({ dataSummary }: Pick<RunRecord, "dataSummary">): readonly InputSummary[] {
  return dataSummary.inputs.filter(
    ({ takenBy, examples }) => examples > 0 && !takenBy.some((type) => ownScale.includes(type)),
  );
}

/** The first of them that has another scale than it should; `null` for none. */
export function unscaledInput(run: Pick<RunRecord, "dataSummary">): InputSummary | null {
  const found = scaledInputs(run).find(({ largestSize }) => largestSize >= largeInput || largestSize <= smallInput);
  // All zeros are no scale at all; such an input has nothing to standardize.
  return found === undefined || found.largestSize === 0 ? null : found;
}

/** What its largest feature is called: by the data set, else by its place from 0. */
export function featureOf({ largestName, largestFeature }: InputSummary): string {
  return largestName ?? String(largestFeature);
}
