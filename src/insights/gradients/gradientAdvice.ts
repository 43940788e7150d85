// Why gradients vanish or explode, as far as the record tells, and what to try. The cause stands behind each run's verdict, the cures once at the end.

import type { LayerTrace, RunRecord } from "../../engine/index.ts";
import type { Message } from "../../shared/words/message.ts";
import { featureOf, unscaledInput } from "../parts/inputScale.ts";
import { list, number, say, share, times } from "../parts/say.ts";
import { median } from "../parts/statistics.ts";
import {
  explodingSize,
  gradientVerdict,
  isDead,
  layerMedians,
  layersWithWeights,
  lostUpdate,
  sharedSlopeBound,
  stoppingLayer,
} from "./gradientVerdict.ts";
import type { JudgedRun } from "./layerDepth.ts";

/** From here on most of a layer's outputs lie where its activation passes next to nothing back. */
const mostlySaturated = 0.5;
/** A layer whose weights make numbers so many times larger adds up to a thousandfold in ten layers. */
const largeGain = 2;

/** Nothing for gradients that are healthy, unknown or not finite: those sentences say what there is to say. */
export function gradientCause(run: JudgedRun): readonly Message[] {
  switch (sicknessOf(run)) {
    case "vanishing":
      return vanishingCause(run);
    case "exploding":
      return explodingCause(run);
    case "dead":
    case null:
      return [];
  }
}

/** What to try against what is wrong with a run. */
export function gradientCure(run: RunRecord): readonly Message[] {
  const unscaled = inputToScale(run);
  const scaling =
    unscaled === null ? [] : [say("tryScaling", { feature: featureOf(unscaled), size: number(unscaled.largestSize) })];
  switch (sicknessOf(run)) {
    case "vanishing":
      return [say("tryAgainstVanishing")];
    case "exploding":
      return [...scaling, say("tryAgainstExploding")];
    case "dead":
      return [say("tryAgainstDead")];
    case null:
      return scaling;
  }
}

/** A layer's gradient is in proportion to what comes in: where its size alone is wrong, an input's scale is the first to look at. */
function inputToScale(run: RunRecord): ReturnType<typeof unscaledInput> {
  const isHuge = layerMedians(run).some(({ median }) => median > explodingSize);
  const isTiny = gradientVerdict(run).kind === "healthy" && lostUpdate(run) !== null;
  return isHuge || isTiny ? unscaledInput(run) : null;
}

/** The same for several runs: each cure once, with the names of those that need it. */
export function gradientCures(runs: readonly { readonly run: RunRecord; readonly name: string }[]): readonly Message[] {
  const unscaled = runs.filter(({ run }) => inputToScale(run) !== null).map(({ name }) => name);
  const scaling = unscaled.length === 0 ? [] : [say("runsTryScaling", { runs: list(unscaled) })];
  const cures = [
    ["vanishing", "runsTryAgainstVanishing"],
    ["exploding", "runsTryAgainstExploding"],
    ["dead", "runsTryAgainstDead"],
  ] as const;
  const others = cures.flatMap(([sickness, id]) => {
    const names = runs.filter(({ run }) => sicknessOf(run) === sickness).map(({ name }) => name);
    return names.length === 0 ? [] : [say(id, { runs: list(names) })];
  });
  return [...scaling, ...others];
}

function sicknessOf(run: JudgedRun): "vanishing" | "exploding" | "dead" | null {
  const { kind, shrinkPerLayer } = gradientVerdict(run);
  if (kind !== "vanishing") return kind === "exploding" ? kind : null;
  const stopping = stoppingLayer(run);
  if (stopping === null) return shrinkPerLayer === null ? null : kind;
  if (isDead(stopping)) return "dead";
  // What stops it otherwise, a step function for one, is known only where it is saturation.
  return shrinkPerLayer === null || saturationCause(run).length === 0 ? null : kind;
}

function vanishingCause(run: JudgedRun): readonly Message[] {
  const bound = stoppingLayer(run) === null ? sharedSlopeBound(run) : null;
  return bound === null ? saturationCause(run) : [say("causeSlopeBound", { bound: String(bound) })];
}

function saturationCause(run: JudgedRun): readonly Message[] {
  const hidden = layersWithWeights(run).slice(0, -1);
  const [first] = hidden;
  const activation = first?.activation ?? null;
  const shares = hidden.flatMap(({ series }) => series.saturatedShare.at(-1) ?? []);
  if (activation === null || shares.length < hidden.length || hidden.some((layer) => layer.activation !== activation))
    return [];
  const saturated = median(shares);
  return saturated >= mostlySaturated ? [say("causeSaturated", { share: share(saturated), activation })] : [];
}

function explodingCause(run: JudgedRun): readonly Message[] {
  const gains = layersWithWeights(run).slice(0, -1).flatMap(gainOf);
  const gain = gains.length === 0 ? 0 : median(gains);
  return gain >= largeGain ? [say("causeLargeWeights", { gain: times(gain) })] : [];
}

/** How much larger a dense layer makes numbers of unit variance on average: the spread of its weights times √(its inputs). */
function gainOf({ type, inputShape, series }: LayerTrace): readonly number[] {
  const spread = series.weightStd[0];
  const inputs = inputShape.at(-1);
  return type === "dense" && typeof spread === "number" && typeof inputs === "number"
    ? [spread * Math.sqrt(inputs)]
    : [];
}
