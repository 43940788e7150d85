// Since when a network overfits: whether its validation loss rose by more than it wavers from epoch to epoch.

import type { RunHistory } from "../../engine/index.ts";

/**
 * A validation loss this many times its lowest is overfitting where it is beyond the noise too.
 * L. Prechelt 1998, "Early Stopping – But When?", stops at 1 to 5 % above the best: twice the most is beyond a wobble.
 */
const overfitFactor = 1.1;
/** Of few epochs, means of three lie further apart by chance: they must rise by twice as much. */
const overfitFactorOfFew = 1.2;
/**
 * A rise is beyond the noise from this many standard deviations of single epochs on. The lowest of many windows lies low by
 * chance alone: of 40 means of five epochs by a deviation, while the last may lie as high.
 */
const beyondNoise = 3;
/** Windows are a tenth of the epochs, in these bounds: fewer have no scatter to speak of, and more would hide a late rise. */
const [leastWindow, mostWindow] = [5, 10];
/** Of fewer epochs than this, windows of five would leave no room between the best and the last. */
const [fewEpochs, windowOfFew] = [15, 3];

/**
 * The epoch (from 1) since which the validation loss rose though the training loss fell; `null` when it did not.
 *
 * The lowest of single epochs is mostly a dip of the noise, and whatever follows it is higher. So means are compared: of the last
 * epochs, and of the window of the same length where the mean is lowest. They must not overlap, and fewer than seven epochs
 * are too few to judge; and the rise must be a few times the scatter of the epochs since.
 *
 * How often it speaks, in 250 to 500 simulated curves each, by their epochs; noise as a share of the loss, its waves with an
 * autocorrelation of 0.8 from epoch to epoch:
 *
 * | | 7 | 8 | 10 | 12 | 20 | 50 | 100 |
 * |---|---|---|---|---|---|---|---|
 * | level, noise of 10 % | 1 % | 0 % | 0 % | 1 % | 0 % | 0 % | 0 % |
 * | level, waves of 10 % | 2 % | 2 % | 6 % | 9 % | 16 % | 22 % | 6 % |
 * | rises to twice its lowest, noise of 10 % | 69 % | 67 % | 92 % | 97 % | 97 % | 100 % | 100 % |
 * | rises by 30 %, noise of 5 % | 27 % | 19 % | 49 % | 61 % | 78 % | 98 % | 100 % |
 *
 * Asking more of waves (a larger factor, or the scatter by their autocorrelation) hid small rises as well.
 */
export function overfitEpoch(loss: RunHistory | undefined): number | null {
  const validation = loss?.validation ?? [];
  const train = loss?.train ?? [];
  const isFew = validation.length < fewEpochs;
  const least = isFew ? windowOfFew : leastWindow;
  const length = Math.min(mostWindow, Math.max(least, Math.round(validation.length / 10)));
  if (validation.length <= 2 * length) return null;
  const last = validation.length - length;
  const best = lowestWindow(validation, length, last - length);
  if (best === null) return null;
  const [lowest, newest] = [meanFrom(validation, best, length), meanFrom(validation, last, length)];
  const noise = scatterFrom(validation, best);
  const isRaised =
    lowest > 0 &&
    newest >= (isFew ? overfitFactorOfFew : overfitFactor) * lowest &&
    newest - lowest > beyondNoise * noise;
  const fell = meanFrom(train, last, length) < meanFrom(train, best, length);
  if (!isRaised || !fell) return null;
  const values = validation.slice(best, best + length);
  return best + values.indexOf(Math.min(...values)) + 1;
}

/** Where the window with the lowest mean begins, at `latest` the latest; `null` without one that is finite. */
function lowestWindow(values: readonly number[], length: number, latest: number): number | null {
  let [best, lowest]: [number | null, number] = [null, Number.POSITIVE_INFINITY];
  for (let start = 0; start <= latest; start++) {
    const mean = meanFrom(values, start, length);
    if (mean < lowest) [best, lowest] = [start, mean];
  }
  return best;
}

/** The standard deviation of single epochs from `start` on around their straight line: a trend is no noise, and a slow wave is. */
function scatterFrom(values: readonly number[], start: number): number {
  const newest = values.slice(start);
  const [middle, mean] = [(newest.length - 1) / 2, meanFrom(newest, 0, newest.length)];
  const sumOf = (term: (value: number, at: number) => number) =>
    newest.reduce((sum, value, index) => sum + term(value - mean, index - middle), 0);
  const slope = sumOf((value, at) => value * at) / sumOf((_, at) => at * at);
  return Math.sqrt(sumOf((value, at) => (value - slope * at) ** 2) / (newest.length - 2));
}

function meanFrom(values: readonly number[], start: number, length: number): number {
  return values.slice(start, start + length).reduce((sum, value) => sum + value, 0) / length;
}
