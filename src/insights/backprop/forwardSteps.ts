// The way forward, step by step: the inputs, each unit's sum and value, the loss.

import type { BackpropStep, Formula } from "../../shared/views.ts";
import { count, say } from "../parts/say.ts";
import { bracketed, joined, symbol, text, value } from "./formulas.ts";
import { lossNumbers } from "./lossFormulas.ts";
import type { SmallLayer } from "./smallNet.ts";
import { biasId, type Explained, each, givenId, letters, line, weightId, weightOf } from "./stepParts.ts";

export function forwardSteps(all: Explained): BackpropStep[] {
  const { lesson, x, y, pass } = all;
  const { layers } = lesson.net;
  const inputs: BackpropStep = {
    phase: "forward",
    title: say("backpropInputs"),
    lines: x.map((number, index) => line([letters.given(0, index + 1)], [], number)),
    sets: x.map((_, index) => givenId(0, index + 1)),
    uses: [],
  };
  const steps = layers.flatMap((layer, at) => {
    const ofUnits = each(layer.units, (unit) => unitForward(all, layer, at + 1, unit));
    if (pass.slopes[at] !== null) return ofUnits.flat();
    // Softmax needs the sums of the whole layer first.
    return [...ofUnits.flatMap(([sum]) => sum ?? []), ...ofUnits.flatMap(([, ...rest]) => rest)];
  });
  const outputs = layers.at(-1)?.units ?? 0;
  const loss: BackpropStep = {
    phase: "loss",
    title: say("backpropLoss", { loss: lesson.loss.label }),
    lines: [
      line(
        [symbol("L"), text(" = "), text(lesson.loss.formula)],
        lossNumbers(lesson.loss, pass.values.at(-1) ?? [], y, pass.loss),
        pass.loss,
      ),
    ],
    sets: ["L"],
    uses: each(outputs, (unit) => givenId(layers.length, unit)),
  };
  return [inputs, ...steps, loss];
}

function unitForward({ x, pass }: Explained, layer: SmallLayer, at: number, unit: number): BackpropStep[] {
  const given = at === 1 ? x : (pass.values[at - 2] ?? []);
  const sum = pass.sums[at - 1]?.[unit - 1] ?? Number.NaN;
  const bias = layer.bias?.data[unit - 1];
  const products: Formula[] = given.map((_, from) => [
    letters.weight(at, from + 1, unit),
    text("·"),
    letters.given(at - 1, from + 1),
  ]);
  const numbers: Formula[] = given.map((number, from) => [
    ...bracketed(weightOf(layer, from, unit)),
    text("·"),
    ...bracketed(number),
  ]);
  const isLinear = layer.activation === "linear";
  const names = { layer: layer.name, unit: count(unit), activation: layer.activation };
  const sumStep: BackpropStep = {
    phase: "forward",
    title: say("backpropSum", names),
    lines: [
      line(
        [
          letters.sum(at, unit),
          text(" = "),
          ...joined([...products, ...(bias === undefined ? [] : [[letters.bias(at, unit)]])], " + "),
        ],
        joined([...numbers, ...(bias === undefined ? [] : [bracketed(bias)])], " + "),
        sum,
      ),
    ],
    sets: [`z.${at}.${unit}`, ...(isLinear ? [givenId(at, unit)] : [])],
    uses: [
      ...given.flatMap((_, from) => [givenId(at - 1, from + 1), weightId(at, from + 1, unit)]),
      ...(bias === undefined ? [] : [biasId(at, unit)]),
    ],
  };
  if (isLinear) return [sumStep];
  const isWhole = pass.slopes[at - 1] === null;
  const units = isWhole ? each(layer.units, (other) => other) : [unit];
  const activationStep: BackpropStep = {
    phase: "forward",
    title: say("backpropActivation", names),
    lines: [
      line(
        [
          letters.given(at, unit),
          text(" = "),
          isWhole ? symbol(layer.activation, unit) : text(layer.activation),
          text("("),
          ...joined(
            units.map((other) => [letters.sum(at, other)]),
            ", ",
          ),
          text(")"),
        ],
        [
          isWhole ? symbol(layer.activation, unit) : text(layer.activation),
          text("("),
          ...joined(
            units.map((other) => [value(pass.sums[at - 1]?.[other - 1] ?? null)]),
            ", ",
          ),
          text(")"),
        ],
        pass.values[at - 1]?.[unit - 1] ?? Number.NaN,
      ),
    ],
    sets: [givenId(at, unit)],
    uses: units.map((other) => `z.${at}.${other}`),
  };
  return [sumStep, activationStep];
}
