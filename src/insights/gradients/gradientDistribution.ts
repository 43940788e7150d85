// How |g| was distributed: histograms over time for the ridge lines, and the share that is next to nothing.

import type { LayerTrace, RunRecord } from "../../engine/index.ts";
import type { GradientDistribution } from "../../shared/views.ts";

/**
 * A gradient below this moves nothing: with a learning rate of 0.1 a weight of 0.03 changes by less than half the distance to
 * the next 32-bit number (2⁻²⁵ of it).
 */
const nearZero = 1e-8;

/** More ridge lines than this lie upon each other. */
const mostSlices = 24;
/** Fewer show no change over time. */
const fewestSlices = 4;
/** Bytes of a share with three decimals, most of them "0,". */
const bytesPerShare = 4;

/** At each recorded step the share of entries of g below {@link nearZero}, without the zeros; empty without histograms. */
export function nearZeroShares(layer: LayerTrace): readonly (number | null)[] {
  const histogram = layer.histograms?.gradient;
  if (histogram === null || histogram === undefined) return [];
  const bins = histogram.edges.filter((edge) => edge > 0 && edge <= nearZero * 1.001).length;
  return histogram.shares.map((shares) =>
    shares === null ? null : shares.slice(0, bins).reduce((sum, share) => sum + share, 0),
  );
}

/** One for each layer, at steps evenly far apart; none where they were not recorded or would take more than `bytes`. */
export function gradientDistributions(
  run: Pick<RunRecord, "trace">,
  layers: readonly LayerTrace[],
  bytes: number,
): readonly (GradientDistribution | undefined)[] {
  const bins = layers[0]?.histograms?.gradient?.shares[0]?.length ?? 0;
  const slices = Math.min(mostSlices, Math.floor(bytes / Math.max(1, layers.length * bins * bytesPerShare)));
  if (bins === 0 || slices < fewestSlices) return layers.map(() => undefined);
  const { steps } = run.trace;
  const count = Math.min(slices, steps.length);
  const kept = Array.from({ length: count }, (_, slice) =>
    count === 1 ? 0 : Math.round((slice * (steps.length - 1)) / (count - 1)),
  );
  return layers.map((layer) => {
    const histogram = layer.histograms?.gradient;
    if (histogram === null || histogram === undefined) return undefined;
    const recorded = kept.filter((index) => histogram.shares[index] !== null);
    return {
      steps: recorded.map((index) => steps[index] ?? 0),
      edges: histogram.edges.slice(1, -1).map((edge) => Number(edge.toPrecision(4))),
      shares: recorded.map((index) => (histogram.shares[index] ?? []).map((share) => Number(share.toFixed(3)))),
    };
  });
}
