// The pictures a cell can show. Each is a value: shown as a cell's last expression, or by `display(…)`.

import { inspect } from "node:util";
import type { ActivationName, LayerTrace, Model, OpenName, Run } from "../engine/index.ts";
import { withKnownMembers } from "../engine/members.ts";
import { activationView, gradientsView, summaryView, trainingView, viewText } from "../insights/index.ts";
import type { View } from "../shared/views.ts";
import { type Displayable, displaySymbol } from "./display.ts";
import { checkedModel, checkedRun } from "./showArguments.ts";
import { showHost } from "./showHost.ts";

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

const pictures = {
  /**
   * How a training went: the loss and the metrics by epoch, and the gradient of each layer. The picture that `fit`
   * shows while it runs, once more.
   *
   * @example show.training(run)
   */
  training(run: Run): Displayable {
    const given = checkedRun("show.training", run);
    return picture(trainingView(given, showHost().runId(given)));
  },

  /**
   * The gradients of each layer: mean |g| by depth on a log axis, the same over the steps of the training, and the
   * verdict in words (do they vanish, do they explode?). `g` is the gradient of the loss with respect to a layer's
   * weights and biases.
   *
   * Takes one run, or up to five to compare.
   *
   * @throws RangeError for no run, or more than five.
   * @example show.gradients([sigmoidRun, reluRun])
   */
  gradients(runs: Run | readonly Run[]): Displayable {
    const list: readonly Run[] = Array.isArray(runs) ? runs : [runs];
    const given = list.map((run) => checkedRun("show.gradients", run));
    return picture(gradientsView(given.map((run) => ({ run, runId: showHost().runId(run) }))));
  },

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
} as const;

/** Pictures of trainings, activation functions and models. */
export const show: typeof pictures = withKnownMembers("picture", pictures);

/** A view as a value that is drawn where it is shown, and reads as text where it is printed. */
function picture(view: View): Displayable {
  return {
    [displaySymbol]: { kind: "view", view },
    [inspect.custom]: () => viewText(view, "en"),
  } as Displayable;
}
