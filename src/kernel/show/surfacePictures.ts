// Pictures of surfaces: what optimizers do on a function of two numbers.

import { type HeightFunction, type SurfaceName, type SurfaceOptions, surfaceView } from "../../insights/index.ts";
import type { Displayable } from "./display.ts";
import { picture } from "./picture.ts";

export type { HeightFunction, SurfaceName, SurfaceOptions };

export const surfacePictures = {
  /**
   * How optimizers walk down a surface, step by step: lines of equal height, a path for each optimizer, where it is and how
   * low. Surfaces: "rosenbrock", "beale", "himmelblau", "saddle", "ravine", "plateau", or a function f(x, y) of your own,
   * written with tensor operations (its slopes are its derivatives) or with plain numbers (slopes are central differences).
   *
   * optimizers: sgd, momentum, adagrad, rmsprop and adam, start: the surface's own, steps: 400. An optimizer's name alone
   * takes a learning rate that suits the surface.
   *
   * @throws UnknownNameError for a name that is no surface or optimizer, with the nearest that is.
   * @example show.surface("beale", { optimizers: ["sgd", "adam"], start: [1.1, 1.55] })
   * @example show.surface((x, y) => x ** 2 + 3 * y ** 2 - x * y, { x: [-3, 3], y: [-2, 2] })
   */
  surface(of: SurfaceName | HeightFunction | (string & {}), options: SurfaceOptions = {}): Displayable {
    return picture(surfaceView(of, options));
  },
};
