// How the standings of a race are written: ranks, and estimates with their intervals. Pictures, texts and hovers say the same.

import { formatChosen, formatNumber } from "./numbers.ts";
import type { OptimizersView, Racer, RacerEstimate } from "./views.ts";
import type { Locale } from "./words/message.ts";

/** By rank, then by final loss; those without one last. */
export function standingsOrder({ racers }: Pick<OptimizersView, "racers">): readonly Racer[] {
  const key = ({ final }: Racer) => final?.mean ?? Number.MAX_VALUE;
  const rank = (racer: Racer) => racer.rank ?? Number.MAX_VALUE;
  return racers.toSorted((a, b) => rank(a) - rank(b) || key(a) - key(b));
}

/** "1=" where another cannot be told apart. */
export function rankText({ rank, isShared }: Pick<Racer, "rank" | "isShared">): string {
  return rank === null ? "–" : `${rank}${isShared ? "=" : ""}`;
}

/** "0.131 (0.110–0.156)": the mean and its 95 % interval. */
export function estimateText(given: RacerEstimate | null, locale: Locale): string {
  if (given === null) return "–";
  const text = (value: number) => formatNumber(value, { locale });
  return given.low === null || given.high === null
    ? text(given.mean)
    : `${text(given.mean)} (${text(given.low)}–${text(given.high)})`;
}

/** "131 (110–156)", and how many of the runs came there where not all did. */
export function stepsText({ target, reached, ended }: Racer, locale: Locale): string {
  const text = estimateText(target, locale);
  return target === null || reached === ended ? text : `${text} ${reached}/${ended}`;
}

/** `null` for a rate that a schedule says. */
export function rateText({ learningRate }: Racer, locale: Locale): string | null {
  return learningRate === null ? null : formatChosen(learningRate, locale);
}
