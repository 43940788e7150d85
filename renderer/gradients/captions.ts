// The words around the drawings of the gradients view, filled with its data.

import { formatCount } from "../../src/shared/numbers.ts";
import type { GradientsRun, GradientsView } from "../../src/shared/views.ts";
import { epochOf, keptEvery } from "../time/frames.ts";
import { timeWords } from "../time/timeWords.ts";
import type { ViewHost } from "../viewHost.ts";
import { type GradientWordId, gradientWords } from "../words/gradientWords.ts";
import type { GradientsModel } from "./gradientsModel.ts";

export function word(host: ViewHost, id: GradientWordId, args: Parameters<ViewHost["wordIn"]>[2] = {}): string {
  return host.wordIn(gradientWords, id, args);
}

/** "step 384 · epoch 39". */
export function stepWords(host: ViewHost, { view, step }: GradientsModel): string {
  const [run] = view.runs;
  const args = {
    step: { kind: "count", value: step },
    epoch: { kind: "count", value: run === undefined ? 0 : epochOf(step, run) },
  } as const;
  return host.wordIn(timeWords, "stepAndEpoch", args);
}

/** What g is, how much of it was kept, and how to read on. */
export function noteWords(host: ViewHost, { runs }: GradientsView): string {
  const each = (of: (run: GradientsRun) => number) =>
    [...new Set(runs.map(of))].map((value) => formatCount(value, host.locale)).join(", ");
  // Runs of different lengths keep different shares: the note tells of the longest.
  const distance = Math.max(...runs.map((run) => keptEvery(run.steps)));
  const kept =
    distance <= 1 ? word(host, "keptAll") : word(host, "keptSome", { distance: { kind: "count", value: distance } });
  return [
    word(host, "noteGradient", { batch: each((run) => run.batchSize) }),
    kept,
    word(host, "sameSeed", { seed: each((run) => run.seed) }),
    word(host, "noteRuns"),
    ...(hasDistribution(runs) ? [] : [word(host, "noteDistribution")]),
  ].join(" ");
}

/** Was it recorded how |g| is distributed, for any layer? */
export function hasDistribution(runs: readonly GradientsRun[]): boolean {
  return runs.some((run) => run.layers.some(({ distribution }) => distribution !== undefined));
}

/** "¼ per layer: sigmoid’s bound". Where hidden layers differ in their activation, without its name. */
export function boundWords(host: ViewHost, { slopeBound, layers }: GradientsRun): readonly string[] {
  if (slopeBound === null || slopeBound >= 1 || slopeBound <= 0) return [];
  const bound = slopeBound === 0.25 ? "¼" : slopeBound.toLocaleString(host.locale, { maximumSignificantDigits: 2 });
  const hidden = new Set(layers.slice(0, -1).map((layer) => layer.activation));
  const [activation] = hidden;
  return hidden.size === 1 && typeof activation === "string"
    ? [word(host, "boundOf", { bound, activation })]
    : [word(host, "bound", { bound })];
}
