// Pictures of models and their parts.

import type { ActivationName, LayerTrace, Model, OpenName, Run } from "../../engine/index.ts";
import { activationView, summaryView } from "../../insights/index.ts";
import { checkedModel } from "./arguments.ts";
import type { Displayable } from "./display.ts";
import { picture } from "./picture.ts";

/** Options of `show.activation`. */
export interface ActivationPictureOptions {
  /**
   * A layer of a run (`run.layers[1]`): what reached its activation function at the end of the training is laid
   * under the curves as a histogram.
   */
  readonly layer?: LayerTrace | string;
  /** The run whose layers the reader may choose from; then `layer` may be a name. */
  readonly run?: Run;
}

export const modelPictures = {
  /**
   * Activation functions and their slopes, f(z) and f′(z), for z from −6 to 6, with the stretches where they
   * saturate: where the slope is below a tenth of its largest. Up to five are drawn at once; sigmoid, tanh and relu
   * when none is named.
   *
   * @throws UnknownNameError for a name that is no activation function, with the nearest that is.
   * @example show.activation(["sigmoid", "relu"], { layer: run.layers[1] })
   */
  activation(
    names: OpenName<ActivationName> | readonly OpenName<ActivationName>[] = [],
    options: ActivationPictureOptions = {},
  ): Displayable {
    return picture(activationView(names, options));
  },

  /**
   * The layers of a model with their output shapes and numbers of weights: the same as `model.summary()`.
   *
   * @example show.summary(model)
   */
  summary(model: Model<unknown>): Displayable {
    return picture(summaryView(checkedModel("show.summary", model)));
  },
};
