// What every layer is: named weights, an output for an input, and the place in a cell that made it.

import { refuseMore } from "../argumentCounts.ts";
import { checkedFlag, describeValue, ValueError } from "../errors.ts";
import { type CallPlace, engineHost } from "../host.ts";
import { type Asked, inspected } from "../printed.ts";
import { Random } from "../random.ts";
import { type Regularizer, resolveRegularizer } from "../regularizers/regularizers.ts";
import { makeAgain } from "../remake.ts";
import { checkExampleShape, checkedList, checkShape, formatShape, isSameShape, type Shape } from "../shape.ts";
import type { Parameter, Tensor } from "../tensor.ts";
import type { CallContext } from "./callContext.ts";
import { isInnerModel } from "./innerModel.ts";
import type { LayerOptions } from "./layerOptions.ts";
import { printedLayer } from "./printedLayer.ts";
import { readSymbols, SymbolicTensor } from "./symbolicTensor.ts";
import { type LayerPlan, makeWeights, numberCount, type WeightPlan } from "./weightPlan.ts";

/** One layer of a network. Shapes are of one sample; the batch axis comes in front. */
export abstract class Layer {
  /** "dense", "activation", "dropout" … */
  abstract readonly type: string;
  /** Whether the user named it, so that the model must not. */
  readonly isNamed: boolean;
  /** The activation function it applies, `null` for none. */
  readonly activation: string | null = null;
  /** The parameter of the activation function, `null` where it has none. */
  readonly activationAlpha: number | null = null;
  /** The penalty on what it gives; `null` for none. */
  readonly activityRegularizer: Regularizer | null;
  /** The sample shape it was told to expect, `null` when data or the layer before decides. */
  readonly givenInputShape: Shape | null;
  /**
   * Whether its passes are backend calls alone, the same ones whatever the numbers are, so that a training step may lay
   * them out once and then repeat them. True for the layers that come with nnbook.
   */
  readonly isPlannable: boolean = false;
  /** @internal Whether what it draws at random depends on how many passes came before. */
  countsPasses = false;
  /**
   * @internal Operations without slope that cut its output off from what it was given, as a step of training found them;
   * `null` before. Looked for in layers written in a cell alone.
   */
  flatOperations: readonly string[] | null = null;
  /** @internal How many passes of training it took part in, where it counts them. */
  passCount = 0;
  #name = "";
  #trainable = true;
  #place: CallPlace | null;
  #inputShapes: readonly Shape[] | null = null;
  #outputShape: Shape | null = null;
  #weights: readonly Parameter[] = [];

  constructor(given: LayerOptions = {}) {
    // null is refused by the layer's own check, which can name the call.
    const options = given ?? {};
    this.#name = options.name ?? "";
    this.isNamed = options.name != null;
    this.#trainable = options.trainable ?? true;
    this.activityRegularizer =
      options.activityRegularizer == null
        ? null
        : resolveRegularizer(options.activityRegularizer, "activityRegularizer");
    const shape = options.inputShape;
    this.givenInputShape = shape === undefined ? null : typeof shape === "number" ? [shape] : shape;
    if (this.givenInputShape !== null) checkExampleShape(this.givenInputShape, "inputShape");
    this.#place = engineHost().findCallPlace();
  }

  /** The user's name, or the one the model gives: `dense_1`. Empty before. @throws ValueError for what is no text. */
  get name(): string {
    return this.#name;
  }

  set name(name: string) {
    if (typeof name !== "string")
      throw new ValueError({ op: this.label, expected: "name as a text", got: describeValue(name) });
    this.#name = name;
  }

  /** The call in a cell that made it; of a copy, the call that made what it is a copy of. */
  get place(): CallPlace | null {
    return this.#place;
  }

  /** Shape of one input sample, of the first where it takes several; `null` before `build`. */
  get inputShape(): Shape | null {
    return this.#inputShapes?.[0] ?? null;
  }

  /** Shapes of one sample of each input; `null` before `build`. */
  get inputShapes(): readonly Shape[] | null {
    return this.#inputShapes;
  }

  /** Shape of one output sample; `null` before `build`. */
  get outputShape(): Shape | null {
    return this.#outputShape;
  }

  /** Its weights by name ("kernel", "bias"), with their initial values after `build`; empty before. */
  get weights(): readonly Parameter[] {
    return this.#weights;
  }

  /** What `console.log` shows. */
  [inspected](...asked: Asked): string {
    return printedLayer(this, asked);
  }

  /** Whether its shapes are fixed and its weights made. */
  get isBuilt(): boolean {
    return this.#inputShapes !== null;
  }

  /** Whether training changes its weights. */
  get trainable(): boolean {
    return this.#trainable;
  }

  set trainable(trainable: boolean) {
    this.#trainable = checkedFlag(this.label, "trainable", trainable);
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
   * Puts the layer into a graph: what it makes of an input or of another layer's output; of several where it joins them.
   * Applied several times it uses the same weights each time, and their gradients add up.
   *
   * @throws ShapeError when it cannot work with these shapes; ValueError for the wrong number of inputs.
   * @example layers.dense(8, { activation: "relu" }).apply(input(4))
   */
  apply(inputs: SymbolicTensor | readonly SymbolicTensor[]): SymbolicTensor;
  apply(...given: [SymbolicTensor | readonly SymbolicTensor[]]): SymbolicTensor {
    refuseMore(this.label, 1, given, "Give several inputs as a list: layer.apply([a, b]).");
    return this.join(readSymbols(this.label, given[0]));
  }

  /** @internal What it makes of these by itself, where `apply` leads them through layers inside it first. */
  join(symbols: readonly SymbolicTensor[]): SymbolicTensor {
    const shapes = symbols.flatMap(({ shape }) => (shape === null ? [] : [shape]));
    const isKnown = shapes.length === symbols.length;
    return new SymbolicTensor({
      shape: isKnown ? this.planAll(shapes).outputShape : null,
      layer: this,
      inputs: symbols,
    });
  }

  /**
   * What the layer makes of an input shape, known without weights: the shape of its output and how many numbers its weights hold.
   *
   * @throws ShapeError when the layer cannot work with this shape; ValueError when it was made or built for another.
   */
  plan(inputShape: Shape): LayerPlan {
    return this.#plan([inputShape]);
  }

  /** The same for a layer of several inputs. */
  planAll(inputShapes: readonly Shape[]): LayerPlan {
    const [first] = checkedList(this.label, "the shapes of its inputs", inputShapes);
    return first !== undefined && inputShapes.length === 1 ? this.plan(first) : this.#plan(inputShapes);
  }

  /** How many of the numbers that `planAll` counts training changes by their gradients. */
  trainableCountFor(inputShapes: readonly Shape[]): number {
    checkedList(this.label, "the shapes of its inputs", inputShapes);
    for (const shape of inputShapes) checkShape(shape, this.label);
    if (!this.trainable) return 0;
    return numberCount(this.planWeightsForAll(inputShapes).filter(({ trainable = true }) => trainable));
  }

  /**
   * Fixes the shapes and makes the weights. Building again with the same shape keeps the weights.
   *
   * @throws ShapeError when the layer cannot work with this shape; ValueError when it was built for another.
   */
  build(inputShape: Shape, random: Random): void {
    this.#build([inputShape], random);
  }

  /** The same for a layer of several inputs. */
  buildAll(inputShapes: readonly Shape[], random: Random): void {
    const [first] = checkedList(this.label, "the shapes of its inputs", inputShapes);
    if (first !== undefined && inputShapes.length === 1) this.build(first, random);
    else this.#build(inputShapes, random);
  }

  /** The output shape of one sample for an input shape. @throws ShapeError when it cannot work with it. */
  abstract outputShapeFor(inputShape: Shape): Shape;

  /** The same for several inputs. Layers of one input need not know of it. */
  outputShapeForAll(inputShapes: readonly Shape[]): Shape {
    return this.outputShapeFor(this.onlyOne(inputShapes));
  }

  /** The layer's output for a batch `[batch, …inputShape]`; reports to `context.observe`. The layer must be built. */
  abstract call(x: Tensor, context: CallContext): Tensor;

  /** The same for several inputs. Layers of one input need not know of it. */
  callAll(inputs: readonly Tensor[], context: CallContext): Tensor {
    return this.call(this.onlyOne(inputs), context);
  }

  /** @internal The layers inside it that it made by itself: no call in a cell knows them. */
  get ownParts(): readonly Layer[] {
    return [];
  }

  /** @internal Another layer like this one, without weights; each once, as `copies` knows. */
  copy(copies: Map<Layer, Layer>): Layer {
    const known = copies.get(this);
    if (known !== undefined) return known;
    const copy = this.remake((part) => {
      if (part instanceof Layer) return part.copy(copies);
      return isInnerModel(part) ? part.copyWith(copies) : part;
    });
    copy.takeAfter(this);
    copies.set(this, copy);
    this.ownParts.forEach((part, index) => {
      const partCopy = copy.ownParts[index];
      partCopy?.takeAfter(part);
      if (partCopy !== undefined) copies.set(part, partCopy);
    });
    return copy;
  }

  /** @internal As before `build`: what was asked for together with it failed. */
  unbuild(): void {
    this.#inputShapes = null;
    this.#outputShape = null;
    this.#weights = [];
  }

  /** @internal Takes over what the other has beside its options. */
  takeAfter(other: Pick<Layer, "name" | "trainable" | "place">): void {
    this.#name = other.name;
    this.trainable = other.trainable;
    this.#place = other.place;
  }

  /**
   * A new layer with the same options, for `model.clone()`. What `layers.xxx(…)` made knows how; a layer of a class of your
   * own says so here: `return new Mine(this.units)`.
   *
   * @param copyOf Gives for a layer inside this one the copy to use.
   */
  protected remake(copyOf: (part: object) => object): Layer {
    const made = makeAgain(this, copyOf);
    if (made instanceof Layer) return made;
    throw new ValueError({
      op: "clone",
      expected: "layers made by layers.xxx(…)",
      got: `${this.label}, a ${this.constructor.name} made by new`,
      hint: "Give its class a method remake() that returns a new one with the same options.",
    });
  }

  /** The weights the layer needs for an input shape. */
  protected planWeights(_inputShape: Shape): readonly WeightPlan[] {
    return [];
  }

  /** The same for several inputs; those for the first alone, where a layer says nothing else. */
  protected planWeightsForAll(inputShapes: readonly Shape[]): readonly WeightPlan[] {
    return this.planWeights(inputShapes[0] ?? []);
  }

  /** The layer as errors call it: by its name, or by its kind before it has one. */
  protected get label(): string {
    return this.name || this.type;
  }

  /** The single input of a layer that takes one. @throws ValueError when there are more, or none. */
  protected onlyOne<Item>(inputs: readonly Item[]): Item {
    const [only] = checkedList(this.label, "its inputs", inputs);
    if (only !== undefined && inputs.length === 1) return only;
    throw new ValueError({
      op: this.label,
      expected: "one input",
      got: `${inputs.length}`,
      hint: "Join them first: layers.concat().apply([a, b]), or layers.add().",
    });
  }

  #plan(inputShapes: readonly Shape[]): LayerPlan {
    this.#checkInputShapes(inputShapes);
    const outputShape = this.outputShapeForAll(inputShapes);
    const weights = this.planWeightsForAll(inputShapes);
    return { outputShape, parameterCount: numberCount(weights) };
  }

  #build(inputShapes: readonly Shape[], random: Random): void {
    this.#checkInputShapes(inputShapes);
    if (this.isBuilt) return;
    if (!(random instanceof Random))
      throw new ValueError({
        op: this.label,
        expected: "the randomness of its weights: new Random(1)",
        got: describeValue(random),
      });
    this.#outputShape = this.outputShapeForAll(inputShapes);
    const plans = this.planWeightsForAll(inputShapes);
    this.#weights = makeWeights(plans, random);
    this.#inputShapes = inputShapes;
  }

  #checkInputShapes(inputShapes: readonly Shape[]): void {
    for (const shape of inputShapes) checkShape(shape, this.label);
    const expected = this.#inputShapes ?? (this.givenInputShape === null ? null : [this.givenInputShape]);
    if (expected === null) return;
    const isSameCount = this.#inputShapes === null || inputShapes.length === expected.length;
    if (isSameCount && expected.every((shape, index) => isSameShape(shape, inputShapes[index] ?? []))) return;
    const written = (shapes: readonly Shape[]) => shapes.map((shape) => formatShape(shape, true)).join(" and ");
    throw new ValueError({
      op: this.label,
      expected: `input ${written(expected)}`,
      got: written(inputShapes),
      hint: this.isBuilt
        ? "A layer keeps the shape it was first used with; make a new one for other data."
        : "Change inputShape, or leave it out: the data decides then.",
    });
  }
}
