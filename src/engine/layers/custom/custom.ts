// A layer whose forward pass a user writes with tensor operations; its gradients follow from them.

import { refuseNulls } from "../../argumentCounts.ts";
import type { ConstraintOption } from "../../constraints/constraints.ts";
import { checkOptions, describeValue, ShapeError, saying, ValueError } from "../../errors.ts";
import { type Initializer, type InitializerOption, resolveInitializer } from "../../initializers/initializers.ts";
import { isRecord } from "../../plainObjects.ts";
import { Random } from "../../random.ts";
import type { RegularizerOption } from "../../regularizers/regularizers.ts";
import { checkExampleShape, checkShape, formatShape, isSameShape, newFloats, type Shape } from "../../shape.ts";
import { withoutRecording } from "../../tape.ts";
import { Parameter, Tensor } from "../../tensor.ts";
import type { CallContext } from "../callContext.ts";
import { Layer } from "../layer.ts";
import { type LayerOptions, layerOptionNames } from "../layerOptions.ts";
import type { WeightPlan } from "../weightPlan.ts";
import { readRuleValues, type WeightRules } from "../weightRules.ts";

/** A shape, or what gives it when the shape of one input sample is known (of each input, where there are several). */
export type ShapeRule = number | Shape | ((inputShape: Shape, ...others: Shape[]) => number | Shape);

/** A weight of a custom layer. */
export interface CustomWeight {
  /** `3`, `[3, 4]`, or a function of the input's shape: `([features]) => [features, 4]`. */
  readonly shape: ShapeRule;
  /** How its numbers start; "glorotUniform" by default. */
  readonly initializer?: InitializerOption;
  /** `false` for what the layer keeps account of by itself; `true` by default. */
  readonly trainable?: boolean;
  /** A penalty on it that is added to the loss: `"l2"` or `regularizers.l2(0.001)`; none by default. */
  readonly regularizer?: RegularizerOption;
  /** Where it may be, kept to after each update: `"nonNeg"` or `constraints.maxNorm(3)`; anywhere by default. */
  readonly constraint?: ConstraintOption;
}

/** What `forward` is told about the pass it takes part in. */
export interface ForwardContext {
  /** `true` while training. */
  readonly training: boolean;
  /** Randomness of this pass for this layer: the same for the same seed, step and layer. */
  readonly random: Random;
}

/** Options of `layers.custom`. `Input` is a tensor, or a list of them for a layer that is applied to several. */
export interface CustomOptions<Name extends string = string, Input extends Tensor | readonly Tensor[] = Tensor>
  extends Omit<LayerOptions, "name"> {
  /** The kind of layer: models number them, gate_1, gate_2. Default "custom". */
  readonly name?: string;
  /** Its weights by name. Default: none. */
  readonly weights?: Readonly<Record<Name, CustomWeight>>;
  /** The output `[batch, …]` for a batch `[batch, …]`, by tensor operations. */
  readonly forward: (x: Input, weights: Readonly<Record<Name, Parameter>>, context: ForwardContext) => Tensor;
  /** The shape of one output sample. Default: found by running `forward` on zeros. */
  readonly outputShape?: ShapeRule;
}

const customWeightNames = ["shape", "initializer", "trainable", "regularizer", "constraint"] as const;
const optionNames = ["weights", "forward", "outputShape", ...layerOptionNames] as const;

/** How many samples of zeros `forward` is run on to find its output's shape. */
const probedSamples = 2;

/** See `layers.custom`. */
export class Custom<Name extends string = string, Input extends Tensor | readonly Tensor[] = Tensor> extends Layer {
  override readonly type: string;
  readonly #options: CustomOptions<Name, Input>;
  readonly #initializers: ReadonlyMap<string, Initializer>;
  readonly #rules: ReadonlyMap<string, WeightRules>;
  /** What `forward` made of the shapes it was last asked about. */
  #probed: { readonly inputShapes: readonly Shape[]; readonly outputShape: Shape } | null = null;

  constructor(options: CustomOptions<Name, Input>) {
    checkOptions("layers.custom", options, optionNames);
    const { name: _kind, ...own } = options;
    super(own);
    if (typeof options.forward !== "function")
      throw new ValueError({
        op: "layers.custom",
        expected: "forward as a function of a batch and the weights",
        got: describeValue(options.forward),
        hint: 'For example layers.custom({ name: "double", forward: (x) => x.mul(2) }).',
      });
    if (options.name !== undefined && (typeof options.name !== "string" || options.name === ""))
      throw new ValueError({ op: "layers.custom", expected: "name as a text", got: describeValue(options.name) });
    this.type = options.name ?? "custom";
    const { outputShape, weights } = options;
    if (outputShape !== undefined && typeof outputShape !== "function")
      checkExampleShape(typeof outputShape === "number" ? [outputShape] : outputShape, "outputShape of layers.custom");
    if (weights !== undefined && !isRecord(weights))
      throw new ValueError({
        op: "layers.custom",
        expected: "weights as an object, each with its shape by its name",
        got: describeValue(weights),
        hint: "For example weights: { factor: { shape: [3] } }.",
      });
    this.#options = options;
    this.#initializers = new Map(
      weightEntries(options).map(([name, weight]) => {
        checkOptions(`weight "${name}" of ${this.type}`, weight, customWeightNames);
        refuseNulls(`weight "${name}" of ${this.type}`, [weight]);
        return [name, resolveInitializer(weight.initializer ?? "glorotUniform")];
      }),
    );
    this.#rules = new Map(weightEntries(options).map(([name, weight]) => [name, readRuleValues(weight)]));
  }

  override outputShapeFor(inputShape: Shape): Shape {
    return this.outputShapeForAll([inputShape]);
  }

  override outputShapeForAll(inputShapes: readonly Shape[]): Shape {
    const { outputShape } = this.#options;
    if (outputShape !== undefined) return this.#shapeBy(outputShape, inputShapes, "outputShape");
    const known = this.#probed;
    if (known !== null && areSameShapes(known.inputShapes, inputShapes)) return known.outputShape;
    const found = this.#probe(inputShapes);
    this.#probed = { inputShapes, outputShape: found };
    return found;
  }

  override call(x: Tensor, context: CallContext): Tensor {
    return this.callAll([x], context);
  }

  override callAll(inputs: readonly Tensor[], context: CallContext): Tensor {
    const output = this.#forward(inputs, this.weights, {
      training: context.training,
      random: context.random.child(this.name),
    });
    const samples = inputs[0]?.shape[0] ?? 0;
    const expected = this.outputShape ?? output.shape.slice(1);
    if (!isSameShape(output.shape, [samples, ...expected]))
      throw new ShapeError({
        op: this.label,
        what: "forward to give",
        expected: formatShape([samples, ...expected]),
        got: output.shape,
        hint: `For ${samples} examples; the first axis is theirs.`,
      });
    context.observe?.(this, { preActivation: null, output });
    return output;
  }

  protected override planWeightsForAll(inputShapes: readonly Shape[]): readonly WeightPlan[] {
    return weightEntries(this.#options).map(([name, { shape, trainable = true }]) => ({
      name,
      shape: this.#shapeBy(shape, inputShapes, `the shape of ${name}`),
      initializer: this.#initializers.get(name) ?? resolveInitializer("glorotUniform"),
      trainable,
      ...this.#rules.get(name),
    }));
  }

  /** Runs `forward` on a few zeros to see what it gives. Its errors come through as they are: they know the user's line. */
  #probe(inputShapes: readonly Shape[]): Shape {
    const zeros = (shape: Shape) => newFloats(shape, this.label);
    const inputs = inputShapes.map((shape) => {
      const batch = [probedSamples, ...shape];
      return new Tensor(batch, zeros(batch));
    });
    const weights = this.planWeightsForAll(inputShapes).map(
      ({ name, shape }) => new Parameter(name, shape, zeros(shape)),
    );
    const context = { training: false, random: new Random(0) };
    const { shape } = withoutRecording(() => this.#forward(inputs, weights, context));
    if (shape[0] === probedSamples) return shape.slice(1);
    throw new ShapeError({
      op: this.label,
      what: "forward to keep the batch axis and give",
      expected: `[${probedSamples}, …] for ${probedSamples} examples`,
      got: shape,
      hint: "Reduce over the other axes alone: x.sum(1, { keepAxes: true }).",
    });
  }

  #forward(inputs: readonly Tensor[], weights: readonly Parameter[], context: ForwardContext): Tensor {
    const [first] = inputs;
    const x = inputs.length === 1 && first !== undefined ? first : inputs;
    const byName = Object.fromEntries(weights.map((weight) => [weight.name, weight]));
    // What the user's types say of inputs and weights is what they gave as options and apply the layer to.
    const output: unknown = saying(`This is in forward of ${this.label}.`, () =>
      this.#options.forward(x as Input, byName as Record<Name, Parameter>, context),
    );
    if (output instanceof Tensor) return output;
    throw new ValueError({
      op: this.label,
      expected: "forward to return a tensor",
      got: describeValue(output),
      hint:
        output === undefined
          ? "Does it end with return?"
          : "Compute with tensor operations: x.mul(2) instead of numbers.",
    });
  }

  #shapeBy(rule: ShapeRule, inputShapes: readonly Shape[], what: string): Shape {
    const [first = [], ...others] = inputShapes;
    const said = typeof rule === "function" ? rule(first, ...others) : rule;
    const shape = typeof said === "number" ? [said] : said;
    checkShape(shape, `${what} of ${this.label}`);
    return shape;
  }
}

function weightEntries(options: {
  readonly weights?: Readonly<Record<string, CustomWeight>>;
}): [string, CustomWeight][] {
  return Object.entries(options.weights ?? {});
}

function areSameShapes(a: readonly Shape[], b: readonly Shape[]): boolean {
  return a.length === b.length && a.every((shape, index) => isSameShape(shape, b[index] ?? []));
}
