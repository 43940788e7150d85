// What becomes of each weight: its gradient as a product, the mean over the batch, and the optimizer's update.

import type { Model, Parameter } from "../../engine/index.ts";
import { toViewNumber } from "../../shared/json.ts";
import { digitsBeside } from "../../shared/numbers.ts";
import type { BackpropLine, BackpropStep, BackpropWeight, Formula } from "../../shared/views.ts";
import { count, say } from "../parts/say.ts";
import { constrained, penaltySlopes } from "./askedOfWeights.ts";
import { factorsOf } from "./backwardSteps.ts";
import { bracketed, joined, symbol, text, value } from "./formulas.ts";
import type { WeightGradients } from "./passes.ts";
import type { SmallNet } from "./smallNet.ts";
import { type Explained, fineLine, letters, line } from "./stepParts.ts";
import { clippedOf, updateOf } from "./updates.ts";
import { gradientAt, placesOf } from "./weightPlaces.ts";

/** Gradients of a whole batch; one entry a layer. */
export interface BatchGradients {
  readonly mean: readonly WeightGradients[];
  /** Those of each example by itself, where the batch is one whose mean can be followed; empty otherwise. */
  readonly each: readonly (readonly WeightGradients[])[];
}

export function describeWeights(all: Explained, model: Model<unknown>, batch: BatchGradients): BackpropWeight[] {
  const { net } = all.lesson;
  const optimizer = model.compiled?.optimizer ?? null;
  const updates = updatesOf(model, net, batch.mean);
  return placesOf(net).map((place): BackpropWeight => {
    const before = place.parameter.data[place.place] ?? Number.NaN;
    const letter =
      place.from === null ? letters.bias(place.at, place.to) : letters.weight(place.at, place.from, place.to);
    const found = gradientAt(batch.mean, place);
    const own = updates.get(place.parameter);
    const after = (own?.limit?.values ?? own?.preview.values)?.[place.place];
    const slope = own?.penalty?.slopes[place.place] ?? 0;
    const gradient = found + slope;
    return {
      id: place.id,
      symbol: letter,
      value: toViewNumber(before, keptDigits(before, after)),
      gradient: toViewNumber(gradientAt(all.gradients, place)),
      factors: factorsOf(all, place.at, place.to, place.from).map((factor) => ({
        symbols: factor.symbols,
        value: toViewNumber(factor.value),
      })),
      check: all.checks.get(place.id) ?? { value: null, agrees: false },
      batchGradient: toViewNumber(found),
      exampleGradients: batch.each.map((gradients) => toViewNumber(gradientAt(gradients, place))),
      update:
        optimizer === null || own === undefined
          ? null
          : updateOf(optimizer, own.preview, {
              ...{ symbol: letter, before, gradient, place: place.place },
              clipped: clippedOf(optimizer, own.preview.gradient[place.place] ?? Number.NaN, { before, gradient }),
              penalty: own.penalty === null ? null : { formula: own.penalty.formula, slope, of: found },
              limit: own.limit === null ? null : { name: own.limit.name, after: after ?? Number.NaN },
            }),
    };
  });
}

/** What the optimizer would make of each weight that training changes. */
function updatesOf(model: Model<unknown>, net: SmallNet, mean: readonly WeightGradients[]) {
  const moving = net.layers.flatMap((layer, index) => {
    if (!layer.trainable) return [];
    const found = mean[index];
    const asked = (parameter: Parameter, gradient: readonly number[]) => {
      const penalty = penaltySlopes(parameter);
      const whole = penalty === null ? gradient : gradient.map((each, at) => each + (penalty.slopes[at] ?? 0));
      return { parameter, penalty, gradient: whole };
    };
    const kernel = asked(layer.kernel, found?.kernel ?? []);
    return layer.bias === null ? [kernel] : [kernel, asked(layer.bias, found?.bias ?? [])];
  });
  const previews =
    model.compiled?.optimizer.preview(
      moving.map(({ parameter }) => parameter),
      moving.map(({ gradient }) => gradient),
    ) ?? [];
  return new Map(
    moving.flatMap(({ parameter, penalty }, index) => {
      const preview = previews[index];
      if (preview === undefined) return [];
      return [[parameter, { preview, penalty, limit: constrained(parameter, preview.values) }] as const];
    }),
  );
}

/** Enough to tell the weight from what the update makes of it. */
function keptDigits(before: number, after: number | undefined): number {
  return Math.max(5, digitsBeside(before, (after ?? before) - before) ?? 0);
}

/** Of a batch, the mean of each gradient: what the optimizer is given. */
export function meanSteps(net: SmallNet, weights: readonly BackpropWeight[], size: number): BackpropStep[] {
  if (size < 2) return [];
  return stepsOfLayers(net, weights, (own, layer) => ({
    phase: "backward",
    title: say("backpropMean", { size: count(size), layer }),
    lines: own.map(meanLine),
    sets: own.map(({ id }) => `mean ${id}`),
    uses: own.map(({ id }) => `d${id}`),
  }));
}

function meanLine({ symbol: letter, exampleGradients, batchGradient }: BackpropWeight): BackpropLine {
  const summands = exampleGradients.map((each, index): Formula => {
    const number = Number(each);
    return index === 0 ? [value(number)] : bracketed(number);
  });
  const numbers =
    summands.length === 0 ? [] : [text("("), ...joined(summands, " + "), text(`) / ${exampleGradients.length}`)];
  return line([symbol("g"), text("("), letter, text(")")], numbers, Number(batchGradient));
}

export function updateSteps(
  net: SmallNet,
  weights: readonly BackpropWeight[],
  optimizer: { readonly name: string; readonly step: number },
  size: number,
): BackpropStep[] {
  return stepsOfLayers(net, weights, (own, layer) => ({
    phase: "update",
    title: say("backpropUpdate", { optimizer: optimizer.name, step: count(optimizer.step), layer }),
    lines: own.map(({ symbol: letter, value: before, update }) => {
      const [from, to] = [Number(before), Number(update?.after)];
      const digits = digitsBeside(to, to - from);
      return fineLine([letter], [value(from, digits), text(" + "), ...bracketed(to - from)], to, digits);
    }),
    sets: own.map(({ id }) => `new ${id}`),
    uses: own.map(({ id }) => (size < 2 ? `d${id}` : `mean ${id}`)),
  }));
}

/** A step for each layer that has weights which training changes. */
function stepsOfLayers(
  net: SmallNet,
  weights: readonly BackpropWeight[],
  make: (own: readonly BackpropWeight[], layer: string) => BackpropStep,
): BackpropStep[] {
  return net.layers.flatMap((layer, index) => {
    const own = weights.filter(({ id, update }) => update !== null && id.split(".")[1] === String(index + 1));
    return own.length === 0 ? [] : [make(own, layer.name)];
  });
}
