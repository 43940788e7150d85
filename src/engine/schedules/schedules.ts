// The learning-rate schedules by name.

import { withKnownMembers } from "../members.ts";
import { remembering } from "../remake.ts";
import { makingChecked } from "./checkedSchedule.ts";
import {
  type CosineOptions,
  type CosineRestartsOptions,
  cosine,
  cosineRestarts,
  type DecayOptions,
  exponential,
  inverseTime,
  type PiecewiseOptions,
  type PolynomialOptions,
  piecewise,
  polynomial,
  type StepScheduleOptions,
  step,
} from "./decays.ts";
import { PlateauSchedule, type ReduceOnPlateauOptions } from "./plateau.ts";
import { type OneCycleOptions, oneCycle, type WarmUpOptions, warmUp } from "./rises.ts";
import type { Schedule } from "./schedule.ts";
import { type CyclicOptions, cyclic, type NoamOptions, noam } from "./waves.ts";

/**
 * Learning rates that change while a model trains. Give one to an optimizer as its `learningRate`. Steps `t` count from 0, one
 * a batch; the formulas call the first rate η₀.
 */
export const schedules = withKnownMembers(
  "schedule",
  remembering(
    "schedules",
    makingChecked({
      /**
       * Multiplies the learning rate by `factor` every `stepSize` steps: `η₀ · factor^⌊t / stepSize⌋`, as PyTorch's StepLR.
       *
       * factor 0.1.
       * @example optimizers.sgd({ learningRate: schedules.step({ initialLearningRate: 0.1, stepSize: 500 }) })
       */
      step: (options: StepScheduleOptions): Schedule => step(options),
      /**
       * One learning rate for each piece of the training: `values[0]` up to and with step `boundaries[0]`, and so on, as Keras'
       * PiecewiseConstantDecay.
       *
       * @example schedules.piecewise({ boundaries: [500, 1000], values: [0.1, 0.05, 0.01] })
       */
      piecewise: (options: PiecewiseOptions): Schedule => piecewise(options),
      /**
       * Falls by the same share over and over: `η₀ · decayRate^(t / decaySteps)`; with `staircase`, `t / decaySteps` is rounded
       * down. As Keras' ExponentialDecay, and with decaySteps 1 PyTorch's ExponentialLR.
       *
       * decaySteps 1, staircase false.
       * @example schedules.exponential({ initialLearningRate: 0.1, decayRate: 0.9, decaySteps: 100 })
       */
      exponential: (options: DecayOptions): Schedule => exponential(options),
      /**
       * Falls fast, then ever slower: `η₀ / (1 + decayRate · t / decaySteps)`, as Keras' InverseTimeDecay.
       *
       * decaySteps 1, staircase false.
       * @example schedules.inverseTime({ initialLearningRate: 0.1, decayRate: 0.5, decaySteps: 100 })
       */
      inverseTime: (options: DecayOptions): Schedule => inverseTime(options),
      /**
       * Falls along a power to its end: `(η₀ − end) · (1 − t / decaySteps)^power + end`, as Keras' PolynomialDecay.
       *
       * endLearningRate 0.0001, power 1, cycle false.
       * @example schedules.polynomial({ initialLearningRate: 0.1, decaySteps: 1000, power: 2 })
       */
      polynomial: (options: PolynomialOptions): Schedule => polynomial(options),
      /**
       * Falls along half a cosine wave and stays at its end: `η₀ · ((1 − alpha) · ½(1 + cos(π · t / decaySteps)) + alpha)`, as
       * Keras' CosineDecay (Loshchilov & Hutter 2017).
       *
       * alpha 0.
       * @example schedules.cosine({ initialLearningRate: 0.1, decaySteps: 1000 })
       */
      cosine: (options: CosineOptions): Schedule => cosine(options),
      /**
       * Cosine waves that start again at the top, each `tMul` times as long and `mMul` times as high as the one before, as Keras'
       * CosineDecayRestarts (SGDR, Loshchilov & Hutter 2017). In wave `i` (from 0) of `T` steps, `s` steps after its start:
       * `η₀ · ((1 − alpha) · mMulⁱ · ½(1 + cos(π · s / T)) + alpha)`, `T = firstDecaySteps · tMulⁱ`.
       *
       * tMul 2, mMul 1, alpha 0.
       * @example schedules.cosineRestarts({ initialLearningRate: 0.1, firstDecaySteps: 200 })
       */
      cosineRestarts: (options: CosineRestartsOptions): Schedule => cosineRestarts(options),
      /**
       * Rises in a straight line, then goes on as another schedule does (Goyal et al. 2017): `start + (η − start) · t / steps` for the first
       * `steps`, with `η` what the other begins with, and from there the other, counted from its own step 0.
       *
       * startLearningRate 0.
       * @example schedules.warmUp({ steps: 100, after: schedules.cosine({ initialLearningRate: 0.1, decaySteps: 900 }) })
       */
      warmUp: (options: WarmUpOptions): Schedule => warmUp(options),
      /**
       * Rises from `max / divFactor` to the largest rate and falls far below where it began (Smith & Topin 2018), as PyTorch's
       * OneCycleLR. With `momentum: { min: 0.85, max: 0.95 }` the optimizer's momentum (β₁ of Adam and its relatives) falls while
       * the rate rises, and rises while it falls; without, it stays as it is.
       *
       * The top is step `riseShare · totalSteps − 1`; from a rate `a` to the next `b`, `s` (0–1) of the way, it is
       * `a + (b − a) · ½(1 − cos(π · s))`, with annealing "linear" `a + (b − a) · s`.
       *
       * riseShare 0.3, annealing "cosine", divFactor 25, finalDivFactor 10000, threePhase false.
       * @throws ValueError when an optimizer without momentum, such as Adagrad, is given one that moves momentum.
       * @example schedules.oneCycle({ maxLearningRate: 0.1, totalSteps: 1000 })
       * @example optimizers.sgd({ learningRate: schedules.oneCycle({ maxLearningRate: 0.5, totalSteps: 1000, momentum: {} }) })
       */
      oneCycle: (options: OneCycleOptions): Schedule => oneCycle(options),
      /**
       * Rises in a straight line, then falls as one by the root of the step: `scale · d^−½ · min((t + 1)^−½, (t + 1) · warmUpSteps^−1.5)`,
       * as transformers were first trained (Vaswani et al. 2017).
       *
       * scale 1.
       * @example optimizers.adam({ learningRate: schedules.noam({ modelSize: 64, warmUpSteps: 400 }), beta2: 0.98 })
       */
      noam: (options: NoamOptions): Schedule => noam(options),
      /**
       * Rises from the smallest to the largest rate and falls back, over and over (Smith 2017), as PyTorch's CyclicLR:
       * `min + (max − min) · h`, where `h` goes from 0 to 1 in risingSteps and back in fallingSteps, both in a straight line. With
       * `momentum: { min: 0.8, max: 0.9 }` the optimizer's momentum moves the other way.
       *
       * fallingSteps as risingSteps, mode "triangular"; "triangular2" halves each wave.
       * @example schedules.cyclic({ minLearningRate: 0.001, maxLearningRate: 0.01, risingSteps: 200 })
       */
      cyclic: (options: CyclicOptions): Schedule => cyclic(options),
      /**
       * Multiplies the learning rate by `factor` when the validation loss (or what `monitor` names) has not improved for
       * `patience` epochs, as Keras' ReduceLROnPlateau callback.
       *
       * factor 0.1, patience 10, minChange 0.0001, cooldown 0, minLearningRate 0.
       * @example optimizers.adam({ learningRate: schedules.reduceOnPlateau({ initialLearningRate: 0.01, patience: 3 }) })
       */
      reduceOnPlateau: (options: ReduceOnPlateauOptions): PlateauSchedule => new PlateauSchedule(options),
    } as const),
  ),
  {
    stepLr: "step",
    multiStep: "piecewise",
    piecewiseConstant: "piecewise",
    exponentialDecay: "exponential",
    cosineDecay: "cosine",
    cosineAnnealing: "cosine",
    cosineAnnealingWarmRestarts: "cosineRestarts",
    polynomialDecay: "polynomial",
    linear: "polynomial",
    transformer: "noam",
    cyclicLr: "cyclic",
    triangular: "cyclic",
    plateau: "reduceOnPlateau",
    reduceLrOnPlateau: "reduceOnPlateau",
  },
);
