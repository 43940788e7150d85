// Reads the view of a race.

import type { OptimizersView, Racer, RacerCloseUps, RacerEstimate, RacerUpdate } from "../../src/shared/views.ts";
import { updateReaders } from "./backprop.ts";
import { counts, message, numbers, sentence } from "./common.ts";
import {
  count,
  fields,
  finite,
  flag,
  list,
  literal,
  Mismatch,
  nullable,
  optional,
  type Reader,
  text,
  viewNumber,
} from "./readJson.ts";

const estimate = nullable(fields<RacerEstimate>({ mean: finite, low: nullable(finite), high: nullable(finite) }));

const racer = fields<Racer>({
  name: text,
  optimizer: text,
  learningRate: nullable(finite),
  rank: nullable(count),
  isShared: flag,
  steps: counts,
  mean: numbers,
  low: numbers,
  high: numbers,
  final: estimate,
  best: estimate,
  validation: estimate,
  target: estimate,
  reached: count,
  msPerStep: nullable(finite),
  closeUps: optional(
    fields<RacerCloseUps>({
      layer: text,
      parameter: text,
      index: counts,
      updates: list(
        fields<RacerUpdate>({ step: count, before: viewNumber, gradient: viewNumber, ...updateReaders }),
        100,
      ),
    }),
  ),
  plannedSteps: optional(count),
  ended: count,
  diverged: count,
});

export const optimizers: Reader<OptimizersView> = (value, path) => {
  const view = fields<OptimizersView>({
    kind: literal("optimizers"),
    version: literal(1),
    raceId: text,
    state: literal("running", "finished", "stopped", "failed"),
    sentence,
    notes: list(message, 200),
    seeds: count,
    lossName: text,
    hasValidation: flag,
    target: nullable(finite),
    plannedSteps: count,
    racers: list(racer, 100),
  })(value, path);
  view.racers.forEach(({ steps, ...lists }, at) => {
    for (const name of ["mean", "low", "high"] as const) {
      const { length } = lists[name];
      if (length !== steps.length && (length > 0 || name === "mean"))
        throw new Mismatch(`racers[${at}].${name}`, `a list of ${steps.length}, one for each step`, lists[name]);
    }
  });
  return view;
};
