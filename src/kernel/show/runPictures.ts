// Pictures of trainings.

import type { Run } from "../../engine/index.ts";
import { diagnosisView, gradientsView, trainingView } from "../../insights/index.ts";
import { checkedRun } from "./arguments.ts";
import type { Displayable } from "./display.ts";
import { picture } from "./picture.ts";
import { showHost } from "./showHost.ts";

export const runPictures = {
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
   * @throws ValueError for no run, or more than five.
   * @example show.gradients([sigmoidRun, reluRun])
   */
  gradients(runs: Run | readonly Run[]): Displayable {
    const list: readonly Run[] = Array.isArray(runs) ? runs : [runs];
    const given = list.map((run) => checkedRun("show.gradients", run));
    return picture(gradientsView(given.map((run) => ({ run, runId: showHost().runId(run) }))));
  },

  /**
   * What is wrong with a training: findings with their evidence, causes before what follows from them, and what to try with the
   * change of code that does it; below, what was looked at and is in order. The same as `diagnose`, which gives it as data too.
   *
   * Takes one run, or up to five.
   *
   * @throws ValueError for what is not a run, for no run, or more than five.
   * @example show.diagnosis([sigmoidRun, reluRun])
   */
  diagnosis(runs: Run | readonly Run[]): Displayable {
    const list: readonly Run[] = Array.isArray(runs) ? runs : [runs];
    const given = list.map((run) => checkedRun("show.diagnosis", run));
    return picture(diagnosisView(given.map((run) => ({ run, runId: showHost().runId(run) }))));
  },
};
