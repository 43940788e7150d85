// Models that were trained in a worker and are not needed there any more: the next training of the same net takes one over, with its
// steps laid out.

import type { Model } from "../training/model/model.ts";
import { unpackModel } from "../training/model/unpackModel.ts";
import type { Job, SharedSet } from "./job.ts";

/** Nets of so many kinds may take turns. */
const mostKept = 8;

export class UsedModels {
  /** By what their nets are; the newest last. */
  readonly #kept = new Map<string, Model<unknown>>();
  /** What the nets of those that train now are. */
  readonly #keys = new WeakMap<Model<unknown>, string>();

  /** A model as the job describes it: one that was made for it, or a used one that is as good as new. */
  modelFor(job: Pick<Job, "model" | "settings">, { xs }: SharedSet): Model<unknown> {
    const made = unpackModel(job.model);
    const shapes = xs.map(({ shape }) => shape.slice(1));
    const key = keyOf(job.model.recipe, shapes);
    if (key === null) return made;
    const used = this.#kept.get(key);
    this.#kept.delete(key);
    if (used !== undefined) {
      // Its training would draw the same weights.
      if (!made.isBuilt) made.build(shapes[0], { seed: job.settings.seed });
      used.startAgainAs(made);
    }
    const model = used ?? made;
    this.#keys.set(model, key);
    return model;
  }

  /** Its training has finished, and what it learned is written down. */
  keep(model: Model<unknown>): void {
    const key = this.#keys.get(model);
    if (key === undefined) return;
    this.#kept.delete(key);
    this.#kept.set(key, model);
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= mostKept) break;
      this.#kept.delete(oldest);
    }
  }
}

/** The same for nets that differ in nothing but their weights and their optimizer; `null` where layers count what they draw. */
function keyOf(recipe: Job["model"]["recipe"], inputShapes: readonly (readonly number[])[]): string | null {
  const { compiled, ...net } = recipe;
  const isBuilt = net.layers.every(({ builtFor }) => builtFor !== null);
  if (compiled === null || (!isBuilt && inputShapes.length > 1)) return null;
  const text = JSON.stringify([net, compiled.losses, compiled.metrics, inputShapes]);
  return hasOwnSeed.test(text) ? null : text;
}

/** A layer with a seed of its own, whichever number that is: how often it drew is not written in its weights. */
const hasOwnSeed = /"seed":(?!null|\{"\$":"undefined"\})/;
