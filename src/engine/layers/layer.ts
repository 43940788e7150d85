// What every layer is: named weights, an output for an input, and the place in a cell that made it.

import { ValueError } from "../errors.ts";
import { type CallPlace, engineHost } from "../host.ts";
import type { Initializer } from "../initializers/initializers.ts";
import type { Random } from "../random.ts";
import { checkShape, formatShape, isSameShape, type Shape, sizeOf } from "../shape.ts";
import { Parameter, type Tensor } from "../tensor.ts";

/** What a layer is told about the pass it takes part in. */
export interface CallContext {
  /** `true` while training: dropout drops, batch statistics are taken. */
  readonly training: boolean;
  /** Randomness of this pass. Layers take a stream of their own: `random.child(layer.name)`. */
  readonly random: Random;
  /** Called by each layer with what it computed. */
  readonly observe?: (layer: Layer, values: ObservedValues) => void;
}

/** What a layer computed: before its activation function (`null` where it has none), and after. */
export interface ObservedValues {
  readonly preActivation: Tensor | null;
  readonly output: Tensor;
}

/** Options every layer takes. */
export interface LayerOptions {
  /** The layer's name; without one the model numbers it: dense_1, dense_2 … */
  readonly name?: string;
  /** The shape of one sample, without the batch axis. Needed on the first layer only when no data says it. */
  readonly inputShape?: number | Shape;
  /** Whether training changes the weights; `true` by default. */
  readonly trainable?: boolean;
}

/** The names of the options every layer takes, for checking. */
export const layerOptionNames = ["name", "inputShape", "trainable"] as const;

/** A weight before it exists: its name, its shape, and how its numbers start. */
export interface WeightPlan {
  readonly name: string;
  readonly shape: Shape;
  readonly initializer: Initializer;
  /** `false` for what the layer keeps account of by itself (moving means); `true` by default. */
  readonly trainable?: boolean;
}

/** One layer of a network. Shapes are of one sample; the batch axis comes in front. */
export abstract class Layer {
  /** "dense", "activation", "dropout" … */
  abstract readonly type: string;
  /** The user's name, or the one the model gives: `dense_1`. */
  name = "";
  /** Whether the user named it, so that the model must not. */
  readonly isNamed: boolean;
  /** The call in a cell that made it. */
  readonly place: CallPlace | null;
  /** The activation function it applies, `null` for none. */
  readonly activation: string | null = null;
  /** The parameter of the activation function, `null` where it has none. */
  readonly activationAlpha: number | null = null;
  /** Whether training changes its weights. */
  trainable: boolean;
  /** The sample shape it was told to expect, `null` when data or the layer before decides. */
  readonly givenInputShape: Shape | null;
  #inputShape: Shape | null = null;
  #outputShape: Shape | null = null;
  #weights: readonly Parameter[] = [];

  constructor(options: LayerOptions = {}) {
    this.name = options.name ?? "";
    this.isNamed = options.name !== undefined;
    this.trainable = options.trainable ?? true;
    const shape = options.inputShape;
    this.givenInputShape = shape === undefined ? null : typeof shape === "number" ? [shape] : shape;
    if (this.givenInputShape !== null) checkShape(this.givenInputShape, "inputShape");
    this.place = engineHost().findCallPlace();
  }

  /** Shape of one input sample; `null` before `build`. */
  get inputShape(): Shape | null {
    return this.#inputShape;
  }

  /** Shape of one output sample; `null` before `build`. */
  get outputShape(): Shape | null {
    return this.#outputShape;
  }

  /** Its weights by name ("kernel", "bias"), with their initial values after `build`; empty before. */
  get weights(): readonly Parameter[] {
    return this.#weights;
  }

  /** Whether its shapes are fixed and its weights made. */
  get isBuilt(): boolean {
    return this.#inputShape !== null;
  }

  /** The weights that training changes by their gradients. */
  get trainableWeights(): readonly Parameter[] {
    return this.trainable ? this.#weights.filter(({ isTrainable }) => isTrainable) : [];
  }

  /** How many numbers its weights hold. */
  get parameterCount(): number {
    return this.#weights.reduce((count, weight) => count + weight.size, 0);
  }

  /**
   * What the layer makes of an input shape, known without weights: the shape of its output and how many numbers its weights hold.
   *
   * @throws ShapeError when the layer cannot work with this shape; ValueError when it was made or built for another.
   */
  plan(inputShape: Shape): { readonly outputShape: Shape; readonly parameterCount: number } {
    this.#checkInputShape(inputShape);
    const outputShape = this.outputShapeFor(inputShape);
    return {
      outputShape,
      parameterCount: this.planWeights(inputShape).reduce((count, { shape }) => count + sizeOf(shape), 0),
    };
  }

  /**
   * Fixes the shapes and makes the weights. Building again with the same shape keeps the weights.
   *
   * @throws ShapeError when the layer cannot work with this shape; ValueError when it was built for another.
   */
  build(inputShape: Shape, random: Random): void {
    this.#checkInputShape(inputShape);
    if (this.isBuilt) return;
    this.#outputShape = this.outputShapeFor(inputShape);
    this.#weights = this.planWeights(inputShape).map(
      ({ name, shape, initializer, trainable = true }) =>
        new Parameter(name, shape, initializer.make(shape, random.child(name)), { isTrainable: trainable }),
    );
    this.#inputShape = inputShape;
  }

  /** The output shape of one sample for an input shape. @throws ShapeError when it cannot work with it. */
  abstract outputShapeFor(inputShape: Shape): Shape;

  /** The layer's output for a batch `[batch, …inputShape]`; reports to `context.observe`. The layer must be built. */
  abstract call(x: Tensor, context: CallContext): Tensor;

  /** The weights the layer needs for an input shape. */
  protected planWeights(_inputShape: Shape): readonly WeightPlan[] {
    return [];
  }

  #checkInputShape(inputShape: Shape): void {
    const expected = this.#inputShape ?? this.givenInputShape;
    if (expected !== null && !isSameShape(expected, inputShape))
      throw new ValueError({
        op: this.name || this.type,
        expected: `input ${formatShape(expected, true)}`,
        got: formatShape(inputShape, true),
        hint: this.isBuilt
          ? "A layer keeps the shape it was first used with; make a new one for other data."
          : "Change inputShape, or leave it out: the data decides then.",
      });
  }
}
