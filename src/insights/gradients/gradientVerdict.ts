// What the gradients of a run do on their way to the input: one verdict for the chart, the hover, the strip and the status bar.

import type { LayerTrace, RunRecord } from "../../engine/index.ts";
import type { GradientVerdict } from "../../shared/views.ts";
import { leastSquaresSlope, median, newestQuarter } from "../parts/statistics.ts";
import { isChain, type JudgedRun, layerDepths } from "./layerDepth.ts";

/**
 * Gradients vanish when they shrink at least this much per layer towards the input … Healthy starts aim at 1 (Glorot & Bengio 2010, He et
 * al. 2015); the slope of sigmoid takes 4 or more. Halving is the mildest that ten layers make a thousand of.
 */
const vanishingShrink = 2;
/**
 * … and the largest layer gets at least this many times what the smallest gets. The same, turned round, is exploding. All share one
 * learning rate: what one layer learns in an epoch takes the other a hundred, longer than most trainings.
 */
export const troublingRange = 100;
/** … or, in a net deeper than ten layers, when less per layer adds up to this from its output to its input: 2 in each of ten layers does. */
const troublingTrend = 1000;
/** A mean |g| above this is exploding, whatever the other layers get: at a rate of 0.001, a usual one, a step moves weights by more than 1, more than they are. */
export const explodingSize = 1000;
/** Fewer layers than this have no trend: a line passes through any two. */
const layersForTrend = 3;

/** A layer with weights and the median over the recorded steps of its mean |g|; of an embedding, over the rows that were looked up. */
export interface LayerMedian {
  readonly layer: LayerTrace;
  readonly median: number;
}

/** The layers with weights, input first. */
export function layersWithWeights(run: Pick<RunRecord, "layers">): readonly LayerTrace[] {
  return run.layers.filter((layer) => layer.parameters > 0);
}

/** The typical gradient of each layer with weights; layers that have not one finite record are left out. */
export function layerMedians(run: Pick<RunRecord, "layers">): readonly LayerMedian[] {
  return layersWithWeights(run).flatMap((layer) => {
    const finite = meanGradients(layer).filter((value) => value !== null && Number.isFinite(value)) as number[];
    return finite.length === 0 ? [] : [{ layer, median: median(finite) }];
  });
}

/** A row of an embedding that no example names gets no gradient: the mean over all rows would call every large table vanishing. */
function meanGradients({ type, series }: LayerTrace): readonly (number | null)[] {
  if (type !== "embedding") return series.meanAbs;
  return series.meanAbs.map((value, index) => {
    const named = 1 - (series.zeroShare[index] ?? 0);
    return value === null || named === 0 ? value : value / named;
  });
}

/**
 * A loss of this share of the first step's is next to nothing, and gradients of 0 are the end of learning: a hinge loss is 0 once all
 * margins are kept, and numbers of 32 bits tell no more than 6 × 10⁻⁸ from 1.
 */
const learnedShare = 1e-6;

/**
 * The layers that got nothing at all in the last quarter of the records: what follows them passes nothing back (any more). None where
 * there is nothing left to learn.
 */
export function blockedLayers(run: Pick<JudgedRun, "layers" | "loss">): readonly LayerTrace[] {
  const blocked = layersWithWeights(run).filter(({ series }) => {
    const recent = newestQuarter(series.meanAbs);
    return recent.length > 0 && recent.every((value) => value === 0);
  });
  return blocked.length > 0 && isLearned(run.loss ?? []) ? [] : blocked;
}

function isLearned(loss: readonly number[]): boolean {
  const [first = 0] = loss;
  return first > 0 && newestQuarter(loss).every((value) => Math.abs(value) <= learnedShare * first);
}

/** Below this, its smallest normal number (2⁻¹²⁶), a number of single precision loses its digits, and soon is 0. */
const smallestSingle = 2 ** -126;

/**
 * How many layers get 0 because what reaches them is too small a number for single precision: those before a layer that still gets
 * something below its smallest normal number, where gradients shrink all the way. 0 where something else stops the gradient.
 */
export function underflownLayers(run: JudgedRun): number {
  const blocked = blockedLayers(run);
  const { shrinkPerLayer } = gradientVerdict(run);
  if (blocked.length === 0 || shrinkPerLayer === null || shrinkPerLayer < vanishingShrink) return 0;
  const depths = layerDepths(run);
  const depthOf = (layer: LayerTrace) => depths.get(layer) ?? 0;
  const reached = layerMedians(run).filter(({ layer }) => !blocked.includes(layer));
  const [first, ...others] = [...reached].sort((a, b) => depthOf(a.layer) - depthOf(b.layer));
  if (first === undefined || others.length === 0 || first.median >= smallestSingle) return 0;
  return blocked.every((layer) => depthOf(layer) < depthOf(first.layer)) ? blocked.length : 0;
}

/** The last layer that gets no gradient at all, where that is not for want of digits; `null` for none. */
export function stoppingLayer(run: JudgedRun): LayerTrace | null {
  return underflownLayers(run) > 0 ? null : (blockedLayers(run).at(-1) ?? null);
}

/** Whether all units of a layer gave 0 for the whole newest batch. */
export function isDead({ series }: LayerTrace): boolean {
  return series.deadShare.at(-1) === 1;
}

/** A step that moves weights by less than this share of their size is lost when they are rounded: half the distance of 1 to the next number of single precision. */
const lostShare = 2 ** -24;

/** How far a typical step moves the weights of the layer that moves most, as a share of their size, where rounding loses it; `null` where steps are larger, or none moves anything. */
export function lostUpdate(run: Pick<RunRecord, "layers">): number | null {
  const typical = layersWithWeights(run).flatMap(({ series }) => {
    const finite = series.updateRatio.filter((ratio) => ratio !== null && Number.isFinite(ratio)) as number[];
    return finite.length === 0 ? [] : [median(finite)];
  });
  const largest = Math.max(0, ...typical);
  return largest > 0 && largest < lostShare ? largest : null;
}

/**
 * The verdict: the least-squares slope of log10 of each layer's median gradient over its depth (see `layerDepths`) says how
 * much gradients shrink per layer; largest over smallest median says how far apart the layers are.
 *
 * - `notFinite`: the newest record of some layer is NaN or infinite.
 * - `vanishing`: they shrink at least {@link vanishingShrink}× per layer over a range of at least {@link troublingRange}, or
 *   {@link troublingTrend}× over all layers, or a layer gets nothing at all.
 * - `exploding`: they grow towards the input by the same measure, or a layer's median is above {@link explodingSize}.
 * - `healthy`: neither. `unknown`: nothing recorded yet, or too few layers to tell.
 */
export function gradientVerdict(run: JudgedRun): GradientVerdict {
  const medians = layerMedians(run);
  const positive = medians.filter(({ median }) => median > 0);
  const { perLayer: shrinkPerLayer, overall } = shrinkOf(positive, run);
  const sizes = positive.map(({ median }) => median);
  const range = sizes.length < 2 ? null : Math.max(...sizes) / Math.min(...sizes);
  return { kind: verdictKind(run, medians, { perLayer: shrinkPerLayer, overall, range }), shrinkPerLayer, range };
}

interface Shrink {
  readonly perLayer: number | null;
  /** What that comes to from the deepest layer to the first. */
  readonly overall: number;
}

function shrinkOf(positive: readonly LayerMedian[], run: JudgedRun): Shrink {
  const depths = layerDepths(run);
  const points = positive.map(({ layer, median }) => [depths.get(layer) ?? 0, Math.log10(median)] as const);
  const reached = points.map(([depth]) => depth);
  if (new Set(reached).size < layersForTrend) return { perLayer: null, overall: 1 };
  const slope = leastSquaresSlope(points);
  return { perLayer: 10 ** slope, overall: 10 ** (slope * (Math.max(...reached) - Math.min(...reached))) };
}

function verdictKind(
  run: JudgedRun,
  medians: readonly LayerMedian[],
  { perLayer, overall, range }: Shrink & { readonly range: number | null },
): GradientVerdict["kind"] {
  const newest = layersWithWeights(run).map((layer) => layer.series.meanAbs.at(-1) ?? null);
  if (run.divergence !== null || newest.some((value) => value !== null && !Number.isFinite(value))) return "notFinite";
  if (medians.length === 0) return "unknown";
  if (medians.some(({ median }) => median > explodingSize)) return "exploding";
  if (blockedLayers(run).length > 0) return "vanishing";
  if (range === null) return medians.length === 1 ? "healthy" : "unknown";
  if (range < troublingRange) return "healthy";
  if (perLayer === null) return "unknown";
  if (perLayer >= vanishingShrink || overall >= troublingTrend) return "vanishing";
  if (perLayer <= 1 / vanishingShrink || overall <= 1 / troublingTrend) return "exploding";
  return "healthy";
}

/**
 * Where a layer of these types stands, the slope alone bounds nothing: in recurrent layers the activation is inside, among gates
 * and steps in time, and a normalization multiplies what comes back by what it divided by.
 */
const unboundedTypes = ["simpleRnn", "lstm", "gru", "bidirectional", "batchNorm", "layerNorm", "rmsNorm"];

/**
 * The bound of the slope that all hidden layers share, where their activation has one that shrinks gradients: 0.25 for sigmoid.
 * Not where gradients have ways around a layer, or are normalized on their way.
 */
export function sharedSlopeBound(run: Pick<JudgedRun, "layers" | "model">): number | null {
  if (!isChain(run) || run.layers.some(({ type }) => unboundedTypes.includes(type))) return null;
  const hidden = run.layers.slice(0, -1).filter((layer) => layer.activation !== null && layer.activation !== "linear");
  return hidden.length > 0 && hidden.every((layer) => layer.activation === "sigmoid") ? 0.25 : null;
}
