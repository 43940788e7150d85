// Attention with several heads: every step looks at all others and takes what fits.

import { checkedCount, checkOptions, ShapeError, ValueError } from "../../errors.ts";
import { type Initializer, type InitializerOption, resolveInitializer } from "../../initializers/initializers.ts";
import { Floats, maths } from "../../intrinsics.ts";
import { attentionMixOp, attentionScoresOp } from "../../ops/attention.ts";
import { dropoutMaskOp } from "../../ops/randomness.ts";
import { formatShape, type Shape } from "../../shape.ts";
import { asTensor, runOp, Tensor, type TensorLike } from "../../tensor.ts";
import type { CallContext, ObservedValues } from "../callContext.ts";
import { Layer } from "../layer.ts";
import { type LayerOptions, layerOptionNames } from "../layerOptions.ts";
import { checkedRate, dropOut } from "../noise/dropout.ts";
import { streamSeed } from "../noise/passSeeds.ts";
import type { WeightPlan } from "../weightPlan.ts";
import {
  type BiasRuleOptions,
  type KernelRuleOptions,
  readRules,
  ruleNames,
  type WeightRules,
} from "../weightRules.ts";

/** Options of `layers.multiHeadAttention`. */
export interface MultiHeadAttentionOptions extends LayerOptions, KernelRuleOptions, BiasRuleOptions {
  /** How many numbers each head compares queries and keys by. */
  readonly keyDim: number;
  /** How many numbers each head takes of a value; `keyDim` by default. */
  readonly valueDim?: number;
  /** Whether biases are added to queries, keys, values and output; `true` by default. */
  readonly useBias?: boolean;
  /** Whether a step sees only itself and those before it; `false` by default. */
  readonly causal?: boolean;
  /** The share (0–1) of the attention that training leaves out, after the softmax; 0 by default. */
  readonly dropout?: number;
  /** How the weights start; "glorotUniform" by default. */
  readonly kernelInitializer?: InitializerOption;
  /** How the biases start; "zeros" by default. */
  readonly biasInitializer?: InitializerOption;
}

const optionNames = [
  "numHeads",
  "keyDim",
  "valueDim",
  "useBias",
  "causal",
  "dropout",
  "kernelInitializer",
  "biasInitializer",
  ...ruleNames("kernel", "bias"),
  ...layerOptionNames,
] as const;

/** What attention gives. */
export interface Attended {
  /** `[batch, queries, features]`. */
  readonly output: Tensor;
  /** How much of each value each query takes, `[batch, heads, queries, keys]`; each row sums to 1. */
  readonly attention: Tensor;
}

/** What attention reports beside its output. */
export interface ObservedAttentionValues extends ObservedValues {
  /** How much of each value each query takes, `[batch, heads, queries, keys]`. */
  readonly attention: Tensor;
}

/** Added to the scores a query must not see: far below any score, and finite, so that it never makes a NaN. */
const hidden = -1e9;

/** See `layers.multiHeadAttention`. */
export class MultiHeadAttention extends Layer {
  override readonly type = "multiHeadAttention";
  override readonly isPlannable = true;
  /** How many heads look on their own. */
  readonly numHeads: number;
  /** How many numbers each head compares queries and keys by. */
  readonly keyDim: number;
  /** How many numbers each head takes of a value. */
  readonly valueDim: number;
  /** Whether biases are added. */
  readonly useBias: boolean;
  /** Whether a step sees only itself and those before it. */
  readonly causal: boolean;
  /** The share of the attention that training leaves out. */
  readonly dropout: number;
  /** How the weights started. */
  readonly kernelInitializer: Initializer;
  /** How the biases started. */
  readonly biasInitializer: Initializer;
  readonly #kernelRules: WeightRules;
  readonly #biasRules: WeightRules;
  #mask: Tensor | null = null;

  constructor(numHeads: number, options: MultiHeadAttentionOptions) {
    super(options);
    const call = "layers.multiHeadAttention";
    checkOptions(call, options, optionNames, { numHeads });
    this.numHeads = checkedCount(call, "numHeads", numHeads, 1);
    this.keyDim = checkedCount(call, "keyDim", options.keyDim, 1);
    this.valueDim = checkedCount(call, "valueDim", options.valueDim ?? options.keyDim, 1);
    this.useBias = options.useBias ?? true;
    this.causal = options.causal ?? false;
    this.dropout = checkedRate(call, "dropout", options.dropout ?? 0);
    this.kernelInitializer = resolveInitializer(options.kernelInitializer ?? "glorotUniform", "kernelInitializer");
    this.biasInitializer = resolveInitializer(options.biasInitializer ?? "zeros", "biasInitializer");
    this.#kernelRules = readRules(options, "kernel");
    this.#biasRules = readRules(options, "bias");
  }

  override outputShapeFor(inputShape: Shape): Shape {
    return this.outputShapeForAll([inputShape]);
  }

  override outputShapeForAll(inputShapes: readonly Shape[]): Shape {
    const [query, value, key] = this.#roles(inputShapes);
    for (const shape of [query, value, key]) checkStepShape(this.label, shape);
    if (value[0] !== key[0])
      throw new ShapeError({
        op: this.label,
        what: "keys",
        expected: `of as many steps as the values, ${formatShape(value, true)}`,
        got: formatShape(key, true),
      });
    return query;
  }

  override call(x: Tensor, context: CallContext): Tensor {
    return this.callAll([x], context);
  }

  override callAll(inputs: readonly Tensor[], context: CallContext): Tensor {
    const [query, value, key] = this.#roles(inputs);
    const { output, attention } = this.#attend([query, value, key], context);
    const values: ObservedAttentionValues = { preActivation: null, output, attention };
    context.observe?.(this, values);
    return output;
  }

  /**
   * Lets each query take of the values whose keys fit it, and gives the shares too. `attend(x, x)` is self-attention,
   * `attend(x, memory)` cross-attention.
   *
   * @param query `[batch, queries, features]`
   * @param value `[batch, keys, features]`
   * @param key `[batch, keys, features]`; the values by default.
   * @throws ShapeError when they do not fit one another or the weights; ValueError before the layer is built.
   * @example const { attention } = layer.attend(words, words); // [batch, heads, words, words]
   */
  attend(query: TensorLike, value: TensorLike, key: TensorLike = value): Attended {
    return this.#attend([asTensor(query), asTensor(value), asTensor(key)], null);
  }

  protected override planWeights(inputShape: Shape): readonly WeightPlan[] {
    return this.planWeightsForAll([inputShape]);
  }

  protected override planWeightsForAll(inputShapes: readonly Shape[]): readonly WeightPlan[] {
    const [query, value, key] = this.#roles(inputShapes);
    const [keyWidth, valueWidth] = [this.numHeads * this.keyDim, this.numHeads * this.valueDim];
    return [
      ...this.#planProjection("query", query[1] ?? 1, keyWidth),
      ...this.#planProjection("key", key[1] ?? 1, keyWidth),
      ...this.#planProjection("value", value[1] ?? 1, valueWidth),
      ...this.#planProjection("output", valueWidth, query[1] ?? 1),
    ];
  }

  #attend([queries, values, keys]: readonly [Tensor, Tensor, Tensor], context: CallContext | null): Attended {
    this.#checkInputs(queries, values, keys);
    const scale = 1 / maths.sqrt(this.keyDim);
    const q = this.#project("query", queries).mul(scale);
    const scores = runOp(attentionScoresOp, [q, this.#project("key", keys)], { heads: this.numHeads });
    const seen = this.causal ? scores.add(this.#causalMask(scores.shape)) : scores;
    const attention = seen.softmax();
    const taken = context === null ? attention : this.#dropOut(attention, context);
    const mixed = runOp(attentionMixOp, [taken, this.#project("value", values)], null);
    return { output: this.#project("output", mixed), attention };
  }

  #dropOut(attention: Tensor, context: CallContext): Tensor {
    const { shape } = attention;
    const { dropout: rate } = this;
    if (!context.training || rate === 0) return attention;
    return dropOut(attention, runOp(dropoutMaskOp, [], { shape, rate, seed: streamSeed(this, context, "dropout") }));
  }

  #planProjection(role: string, inputs: number, outputs: number): WeightPlan[] {
    const { kernelInitializer, biasInitializer } = this;
    const bias = { name: `${role}Bias`, shape: [outputs], initializer: biasInitializer, ...this.#biasRules };
    return [
      { name: `${role}Kernel`, shape: [inputs, outputs], initializer: kernelInitializer, ...this.#kernelRules },
      ...(this.useBias ? [bias] : []),
    ];
  }

  /** One input attends to itself; of two the second is value and key; a third is the key, as in Keras. */
  #roles<Item>(inputs: readonly Item[]): readonly [query: Item, value: Item, key: Item] {
    const [query, value = query, key = value] = inputs;
    if (query === undefined || value === undefined || key === undefined || inputs.length > 3)
      throw new ValueError({
        op: this.label,
        expected: "one to three inputs: query, value, key",
        got: `${inputs.length}`,
      });
    return [query, value, key];
  }

  #project(role: "query" | "key" | "value" | "output", x: Tensor): Tensor {
    const weight = (name: string) => this.weights.find((each) => each.name === name);
    const kernel = weight(`${role}Kernel`);
    const bias = weight(`${role}Bias`);
    if (kernel === undefined)
      throw new ValueError({
        op: this.label,
        expected: "a layer that was built",
        got: "one without weights",
        hint: "Put it into a model, or call build([steps, features], new Random(1)) first.",
      });
    const product = x.matmul(kernel);
    return bias === undefined ? product : product.add(bias);
  }

  #checkInputs(queries: Tensor, values: Tensor, keys: Tensor): void {
    const builtFor = this.inputShapes;
    const inputs = { query: queries, value: values, key: keys };
    const expected = builtFor === null ? [] : this.#roles(builtFor);
    Object.entries(inputs).forEach(([what, { shape }], index) => {
      const features = expected[index]?.[1];
      if (shape.length !== 3 || (features !== undefined && shape[2] !== features))
        throw new ShapeError({
          op: this.label,
          what,
          expected: `[batch, steps, ${features ?? "features"}]`,
          got: shape,
          hint: shape.length === 3 ? `Give ${features} features per step.` : "Give each step its features.",
        });
    });
    if (values.shape[0] !== queries.shape[0] || keys.shape[0] !== queries.shape[0])
      throw new ShapeError({
        op: this.label,
        what: "query, value and key",
        expected: "of one batch",
        got: [queries, values, keys].map(({ shape }) => formatShape(shape)).join(", "),
      });
    if (values.shape[1] !== keys.shape[1])
      throw new ShapeError({
        op: this.label,
        what: "keys",
        expected: `of as many steps as the values, ${formatShape(values.shape)}`,
        got: keys.shape,
      });
  }

  /** 0 where a query may look, far below where the key lies behind it. Kept, for it is the same in every pass. */
  #causalMask([, , queries = 1, keys = 1]: Shape): Tensor {
    const kept = this.#mask;
    if (kept !== null && kept.shape[0] === queries && kept.shape[1] === keys) return kept;
    const mask = new Floats(queries * keys);
    for (let query = 0; query < queries; query++) mask.fill(hidden, query * keys + query + 1, (query + 1) * keys);
    this.#mask = new Tensor([queries, keys], mask);
    return this.#mask;
  }
}

/** @throws ShapeError when a sample is not steps of features. */
function checkStepShape(op: string, shape: Shape): void {
  if (shape.length === 2 && !shape.includes(0)) return;
  throw new ShapeError({
    op,
    expected: "[batch, steps, features]",
    got: formatShape(shape, true),
    hint:
      shape.length < 2
        ? "Attention looks from step to step: give each step its features. A recurrent layer in front needs returnSequences: true."
        : "Join the axes of each step with reshape, and give at least one step.",
  });
}
