// Folds live frames into a training view: the extension and the renderer both keep a run this way, so both show the same.

import type { StepRate, TrainingFrame } from "./rendererProtocol.ts";
import type { TrainingRates, TrainingView } from "./views.ts";

/** The view after `frame`. The caller sees to it that no frame is missed or folded twice. */
export function foldTraining(view: TrainingView, frame: TrainingFrame): TrainingView {
  return {
    ...view,
    epochs: { ...view.epochs, done: frame.epochsDone },
    steps: { ...view.steps, done: frame.stepsDone },
    metrics: view.metrics.map((metric, index) => {
      const appended = frame.appended[index];
      if (appended === undefined) return metric;
      return {
        ...metric,
        train: [...metric.train, ...appended.train],
        validation: metric.validation === null ? null : [...metric.validation, ...(appended.validation ?? [])],
      };
    }),
    layers: frame.layers,
    ...(view.rates && frame.rate ? { rates: foldRate(view.rates, frame.rate) } : {}),
    sentence: frame.sentence ?? view.sentence,
  };
}

function foldRate(rates: TrainingRates, { step, learningRate, momentum }: StepRate): TrainingRates {
  if ((rates.steps.at(-1) ?? 0) >= step) return rates;
  return {
    steps: [...rates.steps, step],
    learningRates: [...rates.learningRates, learningRate],
    momenta: rates.momenta && [...rates.momenta, momentum],
  };
}
