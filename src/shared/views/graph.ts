// How one number was computed, value by value, and the gradient of each: the graph that autodiff walks back through.

import type { ViewNumber } from "../json.ts";
import type { BackpropLine, BackpropStep, FiniteDifference, Formula, FormulaPart } from "./backprop.ts";
import type { Sentence } from "./common.ts";

export interface GraphView {
  readonly kind: "graph";
  readonly version: 1;
  readonly sentence: Sentence;
  /** Each after what it was computed from; the last is the result. Their ids are `n.1`, `n.2` … in this order. */
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
  /** Forward, then backward: none of the latter where `backward` was not called yet. */
  readonly steps: readonly BackpropStep[];
  readonly isDifferentiated: boolean;
}

export interface GraphNode {
  /** "given" requires a gradient; "constant" does not. */
  readonly role: "given" | "constant" | "computed" | "result";
  readonly symbol: FormulaPart;
  /** What the user calls it; `null` where no name is known. */
  readonly name: string | null;
  /** "·", "tanh", "matmul"; `null` for what was given. */
  readonly operation: string | null;
  readonly shape: readonly number[];
  readonly size: number;
  /** The first of its numbers. */
  readonly values: readonly ViewNumber[];
  /** The derivative of the result with respect to each of `values`; empty for constants and before `backward`. */
  readonly gradients: readonly ViewNumber[];
  /** One for each gradient; empty where they were not tried. */
  readonly checks: readonly FiniteDifference[];
  /** What its `grad` holds where that is something else: a sum over several calls of `backward`. */
  readonly kept: readonly ViewNumber[] | null;
  /** The gradient as a sum over the ways from the result to it, each a product; empty where single numbers do not tell it. */
  readonly ways: readonly GraphWay[];
  /** How many ways there are; `ways` holds the first of them. */
  readonly wayCount: number;
}

export interface GraphWay {
  readonly factors: readonly { readonly symbols: Formula; readonly value: ViewNumber }[];
  readonly value: ViewNumber;
}

/** From what an operation takes to what it makes. */
export interface GraphEdge {
  /** Places in `nodes`. */
  readonly from: number;
  readonly to: number;
  /** The derivative of the one with respect to the other, in symbols, numbers and result; `null` for constants and lists of numbers. */
  readonly local: BackpropLine | null;
}
