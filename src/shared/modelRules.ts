// What the engine knows of models before they run, asked for by whoever only reads their code: shapes, parameters, and what
// does not go together. The language worker must not hold the engine, so it reads these rules as a bundle of their own.

/** A value that code says, as the engine's recipes write it: `layers.dense(8)` is `{ $: "made", name: "layers.dense", values: [8] }`. */
export type CodeValue = string | number | boolean | null | readonly CodeValue[] | { readonly [key: string]: CodeValue };

/** The shape of one example, without the batch axis. */
export type ExampleShape = readonly number[];

/** Why the engine would refuse it: what it expected, what it got, what to do. */
export interface Refusal {
  /** "shape": it cannot work with this input. "value": the call itself is wrong. "name": nothing is called so. */
  readonly kind: "shape" | "value" | "name";
  /** The operation or layer that refuses. */
  readonly op: string;
  readonly expected: string;
  readonly got: string;
  readonly hint: string | null;
  /** All of it as the engine says it, in English. */
  readonly message: string;
}

export type PlannedLayer =
  | {
      readonly kind: "planned";
      readonly type: string;
      readonly activation: string | null;
      readonly inputShape: ExampleShape;
      readonly outputShape: ExampleShape;
      readonly parameters: number;
      /** What the layers that were given to it make, in the order in which its call names them: those of a block, the one of both directions. */
      readonly inner: readonly PlannedLayer[];
    }
  /** The layer can be made; what it makes of its input is not known. `units`: of its last axis, where its own options say it. */
  | { readonly kind: "open"; readonly type: string; readonly activation: string | null; readonly units: number | null }
  | ({ readonly kind: "refused" } & { readonly refusal: Refusal })
  /** No layer of the engine's. */
  | { readonly kind: "unknown" };

/** What does not go together at a model's output; the engine's notes of a training have the same kinds. */
export type OutputNote =
  | "softmaxWithOneUnit"
  | "crossentropyWithOneUnit"
  | "squaredErrorOnClasses"
  | "crossentropyWithoutProbabilities"
  | "logitsAfterActivation";

export interface OutputQuestion {
  readonly activation: string | null;
  readonly units: number;
  /** `null` where no loss is known. */
  readonly loss: CodeValue | null;
  /** Whether all targets are 0 or 1, and both occur. */
  readonly areClasses: boolean;
}

/** What is known of a data set without reading it. */
export interface DataFacts {
  readonly x: ExampleShape;
  readonly y: ExampleShape;
  /** "classes": one-hot rows, or a column of 0 and 1. */
  readonly targets: "classes" | "values";
  /** How many classes there are; 0 for values. */
  readonly classes: number;
  /** Whether its features are as large as a diagnosis would call unscaled. */
  readonly isUnscaled: boolean;
}

export interface ModelRules {
  /** What a layer makes of its inputs. `null`: no input is known, but the layer may say itself what it takes. */
  planLayer(layer: CodeValue, inputShapes: readonly ExampleShape[] | null): PlannedLayer;
  noteOutput(question: OutputQuestion): readonly OutputNote[];
  /** Why the loss cannot judge such targets; `null` where it can. */
  refuseTargets(loss: CodeValue, output: ExampleShape, targets: ExampleShape): Refusal | null;
  /** The name of a loss as it calls itself: "mse" for `"meanSquaredError"`; `null` for none of the engine's. */
  lossName(loss: CodeValue): string | null;
  /** `datasets.<name>(…values)`; `null` for none that is known. */
  dataFacts(name: string, values: readonly CodeValue[]): DataFacts | null;
  /** What to write instead of a name that models, tensors or layers of other libraries have, as the engine says it; `null` for any other. */
  insteadOf(kind: "model" | "tensor" | "layer", name: string): string | null;
}
