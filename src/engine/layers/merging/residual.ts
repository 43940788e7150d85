// A block with a way around it: what its inner layers give is added to what they were given.

import { refuseMore } from "../../argumentCounts.ts";
import { checkOptions, describeValue, ShapeError, ValueError } from "../../errors.ts";
import { initializers } from "../../initializers/initializers.ts";
import { formatShape, isSameShape, type Shape } from "../../shape.ts";
import type { Tensor } from "../../tensor.ts";
import type { CallContext } from "../callContext.ts";
import { type InnerModel, isInnerModel } from "../innerModel.ts";
import { Layer } from "../layer.ts";
import { readSymbols, SymbolicTensor } from "../symbolicTensor.ts";
import type { WeightPlan } from "../weightPlan.ts";
import { MergeLayer } from "./mergeLayer.ts";

/** Options of `layers.residual`. */
export interface ResidualOptions {
  /** The block's name; without one the model numbers it: residual_1. */
  readonly name?: string;
  /**
   * What the input goes through on its way around: nothing (`false`, the default), a learned matrix that gives it as many
   * features as the block's output (`true`), or a layer of your own, for example a convolution with strides; or a model.
   */
  readonly projection?: boolean | Layer | InnerModel;
}

/** See `layers.residual`. In a graph it stands where both ways meet; its inner layers stand before it, each by itself. */
export class Residual extends MergeLayer {
  override readonly type = "residual";
  /** The layers that are gone around, and models among them. */
  readonly innerLayers: readonly (Layer | InnerModel)[];
  /** What the input goes through on its way around; `null` for nothing. */
  readonly projection: Layer | InnerModel | null;

  constructor(innerLayers: readonly (Layer | InnerModel)[], options: ResidualOptions = {}) {
    super(options?.name === undefined ? {} : { name: options.name });
    checkOptions("layers.residual", options, ["name", "projection"]);
    checkInnerLayers(innerLayers);
    this.innerLayers = [...innerLayers];
    const { projection = false } = options;
    if (typeof projection !== "boolean" && !isPart(projection))
      throw new ValueError({
        op: "layers.residual",
        expected: "projection as true, false, a layer or a model",
        got: describeValue(projection),
      });
    this.projection = projection === true ? new Projection() : projection === false ? null : projection;
  }

  override apply(inputs: SymbolicTensor | readonly SymbolicTensor[]): SymbolicTensor;
  override apply(...given: [SymbolicTensor | readonly SymbolicTensor[]]): SymbolicTensor {
    refuseMore(this.label, 1, given, "It takes one input.");
    const [inputs] = given;
    const x = this.onlyOne(readSymbols(this.label, inputs));
    const inner = this.innerLayers.reduce((symbol, part) => this.#through(part, symbol), x);
    return this.join([this.#around(x, inner), inner]);
  }

  /** @internal */
  override get ownParts(): readonly Layer[] {
    return this.projection instanceof Projection ? [this.projection] : [];
  }

  /** Both ways' shapes: around, through. */
  protected override mergedShape([around = [], through = []]: readonly Shape[]): Shape {
    if (isSameShape(around, through)) return through;
    throw new ShapeError({
      op: this.label,
      what: "inner layers to give",
      expected: `what they are given, ${formatShape(around, true)}`,
      got: formatShape(through, true),
      hint:
        this.projection === null
          ? "Change the last of them, or let the input be projected: layers.residual([…], { projection: true })."
          : "Change the last of them, or the projection.",
    });
  }

  protected override merge(inputs: readonly Tensor[]): Tensor {
    const [around, through] = inputs;
    if (around === undefined || through === undefined)
      throw new ValueError({
        op: this.label,
        expected: "to stand in a model",
        got: "a call by itself",
        hint: "Put it into sequential([…]), or apply it: layer.apply(x).",
      });
    return through.add(around);
  }

  #around(x: SymbolicTensor, inner: SymbolicTensor): SymbolicTensor {
    if (this.projection === null) return x;
    return this.projection instanceof Projection
      ? this.projection.apply([x, inner])
      : this.#through(this.projection, x);
  }

  /** @throws ValueError for a model of several outputs; one of several inputs refuses by itself. */
  #through(part: Layer | InnerModel, x: SymbolicTensor): SymbolicTensor {
    const symbol: unknown = part.apply(x);
    if (symbol instanceof SymbolicTensor) return symbol;
    throw new ValueError({
      op: this.label,
      expected: "models of one output",
      got: `one that gives ${Array.isArray(symbol) ? "a list" : "outputs by name"}`,
      hint: "Join its outputs as a graph: layers.add().apply([x, …]) in model({ inputs, outputs }).",
    });
  }
}

function checkInnerLayers(parts: readonly unknown[]): void {
  const wrong = Array.isArray(parts) ? parts.find((part) => !isPart(part)) : parts;
  if (Array.isArray(parts) && parts.length > 0 && wrong === undefined) return;
  throw new ValueError({
    op: "layers.residual",
    expected: "an array of layers",
    got: Array.isArray(parts) && parts.length === 0 ? "none" : describeValue(wrong),
    hint: 'For example layers.residual([layers.dense(16, { activation: "relu" }), layers.dense(16)]).',
  });
}

function isPart(part: unknown): part is Layer | InnerModel {
  return part instanceof Layer || isInnerModel(part);
}

/**
 * `y = x · W`, with as many outputs as the other way gives: inputs `[batch, …, features]` and what `[batch, …, units]` it is
 * to be added to. `W` is `[features, units]` and starts Glorot-uniform.
 */
class Projection extends Layer {
  override readonly type = "projection";
  override readonly isPlannable = true;

  override outputShapeForAll([from = [], to = []]: readonly Shape[]): Shape {
    if (from.length > 0 && isSameShape(from.slice(0, -1), to.slice(0, -1))) return to;
    throw new ShapeError({
      op: this.label,
      what: "inner layers to give",
      expected: `[${["batch", ...from.slice(0, -1), "units"].join(", ")}]`,
      got: formatShape(to, true),
      hint: "A projection changes the last axis alone. Give a layer as projection, for example a convolution with the same strides.",
    });
  }

  override outputShapeFor(inputShape: Shape): Shape {
    return inputShape;
  }

  protected override planWeightsForAll([from = [], to = []]: readonly Shape[]): readonly WeightPlan[] {
    const shape = [from.at(-1) ?? 1, to.at(-1) ?? 1];
    return [{ name: "kernel", shape, initializer: initializers.glorotUniform() }];
  }

  override callAll([x]: readonly Tensor[], context: CallContext): Tensor {
    const [kernel] = this.weights;
    if (x === undefined || kernel === undefined) throw new RangeError("A projection needs its input and its weights.");
    const output = x.matmul(kernel);
    context.observe?.(this, { preActivation: null, output });
    return output;
  }

  override call(x: Tensor, context: CallContext): Tensor {
    return this.callAll([x], context);
  }
}
