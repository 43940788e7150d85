// Pictures of models and their parts.

import { checkOptions, describeValue } from "../../engine/errors.ts";
import {
  type ActivationName,
  type LayerTrace,
  type Model,
  type OpenName,
  type Tensor,
  ValueError,
} from "../../engine/index.ts";
import { Run } from "../../engine/training/run.ts";
import {
  activationView,
  type BackpropExample,
  backpropView,
  type GraphOptions,
  graphView,
  networkView,
  summaryView,
  weightsView,
  worstLayer,
} from "../../insights/index.ts";
import { checkedModel, checkedModelOrRun, checkedRun } from "./arguments.ts";
import type { Displayable } from "./display.ts";
import { picture } from "./picture.ts";
import { showHost } from "./showHost.ts";
import { tensorNames } from "./tensorNames.ts";

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

/** Options of `show.activations`. */
export interface ActivationsPictureOptions {
  /** The layer to begin with (`run.layers[1]`, or its name); the one with most saturated values or dead units by default. */
  readonly layer?: LayerTrace | string;
}

/** The names of activation functions. @throws ValueError with what to write instead */
function checkedNames(names: unknown): string | readonly string[] {
  if (typeof names === "string" || (Array.isArray(names) && names.every((name) => typeof name === "string")))
    return names;
  throw new ValueError({
    op: "show.activation",
    expected: 'names of activation functions, as in ["sigmoid", "relu"]',
    got: describeValue(names),
    ...(names instanceof Run ? { hint: "The functions of a run's layers: show.activations(run)." } : {}),
  });
}

/** A run, and how the other pictures know it. */
function ofRun(run: Run | undefined): { readonly run?: Run; readonly runId?: string } {
  return run === undefined ? {} : { run, runId: showHost().runId(run) };
}

export const modelPictures = {
  /**
   * Activation functions and their slopes, f(z) and f′(z), for z from −6 to 6, with the stretches where they
   * saturate: where the slope is below a tenth of its largest. Up to five are drawn at once; sigmoid, tanh and relu
   * when none is named.
   *
   * @throws UnknownNameError for a name that is no activation function, with the nearest that is.
   * @throws ValueError for more than five functions, and for a layer that is none of the run.
   * @example show.activation(["sigmoid", "relu"], { layer: run.layers[1] })
   */
  activation(
    names: OpenName<ActivationName> | readonly OpenName<ActivationName>[] = [],
    options: ActivationPictureOptions = {},
  ): Displayable {
    checkOptions("show.activation", options, ["layer", "run"]);
    const run = options.run === undefined ? undefined : checkedRun("show.activation", options.run);
    return picture(activationView(checkedNames(names), { ...options, ...ofRun(run) }));
  },

  /**
   * What reached the activation functions of a trained net: for each layer a histogram of its z at the end of the training under
   * the function's own curve and slope, with the share that is saturated, and units that are dead. The reader chooses among
   * the layers, and lays other functions over them; the layer that lets least of a gradient through comes first. A layer that
   * is pointed at in another picture of the run is shown here too.
   *
   * @throws ValueError for a run that recorded none of it, and for a layer that is none of the run.
   * @example show.activations(run)
   */
  activations(run: Run, options: ActivationsPictureOptions = {}): Displayable {
    checkOptions("show.activations", options, ["layer"]);
    const given = checkedRun("show.activations", run);
    const worst = worstLayer(given.layers);
    if (worst === null)
      throw new ValueError({
        op: "show.activations",
        expected: "a run that recorded what reached its activation functions",
        got: `"${given.name}", which did not`,
        hint: 'Train with trace: "summary", the usual one, a net whose layers have activation functions.',
      });
    const layer = options.layer === undefined ? worst : options.layer;
    return picture(activationView([], { layer, ...ofRun(given) }));
  },

  /**
   * A model as blocks, a layer each, with the shapes on the arrows between them; branches and skips are drawn. After a
   * training each block is coloured by the mean |g| of its weights, at any step of it. A small net of dense layers is
   * drawn unit by unit too, each weight as a line.
   *
   * @param modelOrRun A model, with its newest training if there is one; or a run.
   * @example show.network(model)
   */
  network(modelOrRun: Model<unknown> | Run): Displayable {
    const { model, run } = checkedModelOrRun("show.network", modelOrRun);
    return picture(networkView(model, run === null ? null : { run, runId: showHost().runId(run) }));
  },

  /**
   * One step of learning of a small net, number by number: forward, loss, backward by the chain rule, update; each gradient
   * beside a finite difference of the loss, and for each weight what the optimizer makes of it. Nothing is changed; only a
   * model without weights gets them, for as many features as the example has.
   *
   * Takes nets of dense layers in a row with at most 8 units each and 80 weights in all. `x` and `y` are one example, or a
   * batch of which `example` is shown, and of which the optimizer takes the mean. Penalties and constraints of weights are part of the update.
   *
   * @throws ValueError for a larger net or one that is not compiled; ShapeError for an example that does not fit.
   * @example show.backprop(model, { x: [1, 0.5], y: 1 })
   */
  backprop(model: Model<unknown>, example: BackpropExample): Displayable {
    return picture(backpropView(checkedModel("show.backprop", model), example));
  },

  /**
   * How one number was computed with tensors, value by value: each operation, the derivative on each line, and (after
   * `backward()`) the gradient of each value as a sum of products, beside a finite difference. Before `backward()` gradients are
   * not computed, and not shown. Tensors in variables of cells have their names.
   *
   * @param result A tensor of one number, of at most 60 values in all.
   * @throws ShapeError for more than one number; ValueError where it depends on no tensor with `requiresGrad: true`, or is too large.
   * @example
   * const w = tensor(0.5, { requiresGrad: true });
   * const loss = w.mul(3).sub(1).square();
   * loss.backward();
   * show.graph(loss)
   */
  graph(result: Tensor, options: GraphOptions = {}): Displayable {
    return picture(graphView(result, options, tensorNames()));
  },

  /**
   * The weights of each layer over a training, as `run.snapshots` kept them: their distribution at each step as ridge lines or as
   * a heat map, mean and spread, the extremes, how far they moved; in words what did not move, is all equal, or grew many times.
   *
   * @param modelOrRun A run; or a model, with its newest training if there is one.
   * @throws ValueError for a model without weights.
   * @example show.weights(run)
   */
  weights(modelOrRun: Model<unknown> | Run): Displayable {
    const { model, run } = checkedModelOrRun("show.weights", modelOrRun);
    return picture(weightsView({ model, run, runId: run === null ? null : showHost().runId(run) }));
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
