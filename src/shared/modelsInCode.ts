// What the cells say of models before they run, for the editor: the shapes at each layer's call, and what cannot be right.

import type { CallPlace } from "./layerReport.ts";
import type { ExampleShape } from "./modelRules.ts";

export interface ModelsInCode {
  readonly layers: readonly LayerInCode[];
}

/** A call that makes a layer. */
export interface LayerInCode {
  readonly place: CallPlace;
  /** Where the call ends: an offset in its cell. */
  readonly end: number;
  /** "dense" of `layers.dense(…)`. */
  readonly name: string;
  /** `null` where the code alone does not tell, or tells several. */
  readonly outputShape: ExampleShape | null;
  /** How many numbers its weights hold; of several layers that it makes, of each. */
  readonly parameters: number | null;
}
