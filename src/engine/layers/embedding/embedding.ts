// The embedding layer: a learned row of numbers for each id.

import { checkedCount, checkOptions, ValueError } from "../../errors.ts";
import { type Initializer, type InitializerOption, resolveInitializer } from "../../initializers/initializers.ts";
import { maths } from "../../intrinsics.ts";
import { embedOp } from "../../ops/embedding.ts";
import { formatShape, type Shape, stridesOf } from "../../shape.ts";
import { runOp, type Tensor } from "../../tensor.ts";
import type { CallContext } from "../callContext.ts";
import { Layer } from "../layer.ts";
import { type LayerOptions, layerOptionNames } from "../layerOptions.ts";
import type { WeightPlan } from "../weightPlan.ts";
import { type EmbeddingsRuleOptions, readRules, ruleNames, type WeightRules } from "../weightRules.ts";

/** Options of `layers.embedding`. */
export interface EmbeddingOptions extends LayerOptions, EmbeddingsRuleOptions {
  /** How the rows start; "randomUniform" (−0.05 to 0.05) by default. */
  readonly embeddingsInitializer?: InitializerOption;
}

/** See `layers.embedding`. */
export class Embedding extends Layer {
  override readonly type = "embedding";
  override readonly isPlannable = true;
  /** How many ids there are: 0 to `inputDim − 1`. */
  readonly inputDim: number;
  /** How many numbers stand for an id. */
  readonly outputDim: number;
  readonly #initializer: Initializer;
  readonly #rules: WeightRules;

  constructor(inputDim: number, outputDim: number | undefined, options: EmbeddingOptions = {}) {
    super(options);
    const op = "layers.embedding";
    const own = ["inputDim", "outputDim", "embeddingsInitializer", ...ruleNames("embeddings")];
    checkOptions(op, options, [...own, ...layerOptionNames], { inputDim, outputDim });
    this.inputDim = checkedCount(op, "inputDim", inputDim, 1);
    this.outputDim = checkedCount(op, "outputDim", outputDim, 1);
    this.#initializer = resolveInitializer(options.embeddingsInitializer ?? "randomUniform", "embeddingsInitializer");
    this.#rules = readRules(options, "embeddings");
  }

  override outputShapeFor(inputShape: Shape): Shape {
    return [...inputShape, this.outputDim];
  }

  override call(ids: Tensor, context: CallContext): Tensor {
    const op = this.name || this.type;
    const [table] = this.weights;
    if (table === undefined)
      throw new ValueError({
        op,
        expected: "a layer that was built",
        got: "one without weights",
        hint: "Put it into a model, or call build first.",
      });
    const { inputDim } = this;
    const { shape } = ids;
    const output = runOp(embedOp, [table, ids.detach()], {
      refuse: (id, place) => {
        throw new ValueError({
          op,
          expected: `whole ids from 0 to ${inputDim - 1} (inputDim ${inputDim})`,
          got: `${id} at ${formatShape(indexOf(place, shape))} of the batch`,
          hint:
            Number.isInteger(id) && id >= 0
              ? `For this id inputDim must be at least ${id + 1}.`
              : "Number the ids from 0 on.",
        });
      },
    });
    context.observe?.(this, { preActivation: null, output });
    return output;
  }

  protected override planWeights(): readonly WeightPlan[] {
    const shape = [this.inputDim, this.outputDim];
    return [{ name: "embeddings", shape, initializer: this.#initializer, ...this.#rules }];
  }
}

/** A place in the flat array as one index for each axis. */
function indexOf(place: number, shape: Shape): number[] {
  return stridesOf(shape).map((stride, axis) => maths.floor(place / stride) % (shape[axis] ?? 1));
}
