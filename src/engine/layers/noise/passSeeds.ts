// The seeds of layers that are random: one for each pass, from the pass's randomness or the layer's own.

import { Random } from "../../random.ts";
import type { CallContext } from "../callContext.ts";
import type { Layer } from "../layer.ts";

/**
 * For a pass, a function that says its seed when the numbers are made: that of the pass and the layer's name, or, for a layer
 * with a seed of its own, of this seed and how many passes came before.
 */
export function passSeeds(layer: Layer, ownSeed: number | undefined): (context: CallContext) => () => number {
  if (ownSeed === undefined) return (context) => () => context.random.child(layer.name).seed;
  const own = new Random(ownSeed);
  layer.countsPasses = true;
  return () => () => own.child(layer.passCount++).seed;
}

/** The same for a layer that draws several times in a pass: `stream` tells these apart. */
export function streamSeed(layer: Layer, context: CallContext, stream: string): () => number {
  return () => context.random.child(layer.name).child(stream).seed;
}
