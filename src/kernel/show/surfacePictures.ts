// Pictures of surfaces: what optimizers do on a function of two numbers, and on the loss of a net.

import { Race } from "../../engine/experiments/race.ts";
import type { Run } from "../../engine/index.ts";
import type { TrainingData } from "../../engine/training/data/trainingData.ts";
import {
  type HeightFunction,
  type HeightInput,
  type LandscapeOptions,
  landscapeView,
  raceSeedNote,
  type SurfaceName,
  type SurfaceOptions,
  surfaceScene,
} from "../../insights/index.ts";
import { checkedRun } from "./arguments.ts";
import type { Displayable } from "./display.ts";
import { picture, startingPicture } from "./picture.ts";
import { showHost } from "./showHost.ts";

export type { HeightFunction, HeightInput, LandscapeOptions, SurfaceName, SurfaceOptions };

export const surfacePictures = {
  /**
   * How optimizers walk down a surface, step by step: lines of equal height, a path for each optimizer, where it is and how
   * low. Surfaces: "rosenbrock", "beale", "himmelblau", "saddle", "ravine", "plateau", or a function f(x, y) of your own,
   * written with tensor operations (its slopes are its derivatives) or with plain numbers (slopes are central differences).
   *
   * In a notebook whose kernel runs a click on the picture (or arrow keys and Enter) starts all paths from there.
   *
   * optimizers: sgd, momentum, adagrad, rmsprop and adam, start: the surface's own, steps: 400. An optimizer's name alone
   * takes a learning rate that suits the surface.
   *
   * @throws UnknownNameError for a name that is no surface or optimizer, with the nearest that is.
   * @example show.surface("beale", { optimizers: ["sgd", "adam"], start: [1.1, 1.55] })
   * @example show.surface((x, y) => x ** 2 + 3 * y ** 2 - x * y, { x: [-3, 3], y: [-2, 2] })
   */
  surface(of: SurfaceName | HeightFunction | (string & {}), options: SurfaceOptions = {}): Displayable {
    // What is wrong is told of where it was asked for.
    const scene = surfaceScene(of, options);
    return startingPicture({ viewFrom: (start) => scene(start) });
  },

  /**
   * The loss around trained nets, on a plane through their weights, with the ways of their trainings: one run, up to ten of nets
   * with the same shapes, or a race (of each variant the run of its first seed). The plane is that of the trajectory itself (its first two principal components), or two random
   * directions, each filter as long as the net's own (Li et al. 2018); how much of the way it holds stands beside the picture.
   *
   * plane "pca", resolution 31, examples 256. The loss is computed `resolution²` times. The ways are the runs' snapshots, which
   * `fit` keeps (at most 60, 4 bytes a weight each), and `compare` where its option `snapshots` says so.
   *
   * @throws ValueError for a run without snapshots, or nets of different shapes.
   * @example show.landscape([sgdRun, adamRun], data)
   * @example show.landscape(await compare({ model, data, loss: "mse", optimizers: ["sgd", "adam"], snapshots: 30 }), data)
   */
  landscape(runs: Run | readonly Run[] | Race, data: TrainingData, options: LandscapeOptions = {}): Displayable {
    if (runs instanceof Race) return raceLandscape(runs, data, options);
    const list: readonly Run[] = Array.isArray(runs) ? runs : [runs];
    const given = list.map((run) => checkedRun("show.landscape", run));
    return picture(
      landscapeView(
        given.map((run) => ({ run, runId: showHost().runId(run) })),
        data,
        options,
      ),
    );
  },
};

function raceLandscape({ variants, seeds }: Race, data: TrainingData, options: LandscapeOptions): Displayable {
  const [seed = 1] = seeds;
  const given = variants.flatMap(({ name, laps: [lap] }) =>
    lap?.run == null ? [] : [{ run: lap.run, runId: showHost().runId(lap.run), name }],
  );
  return picture(landscapeView(given, data, options, [raceSeedNote(seed)]));
}
