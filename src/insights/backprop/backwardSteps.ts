// The way back, step by step: from the loss through each unit to its weights, in symbols and in numbers.

import type { BackpropStep, Formula } from "../../shared/views.ts";
import { count, say } from "../parts/say.ts";
import { bracketed, joined, partial, symbol, text, value } from "./formulas.ts";
import { outputGradientNumbers } from "./lossFormulas.ts";
import { type ExamplePass, fusedLoss } from "./passes.ts";
import type { SmallLayer } from "./smallNet.ts";
import { biasId, type Explained, each, givenId, letters, line, weightId, weightOf } from "./stepParts.ts";

export function backwardSteps(all: Explained): BackpropStep[] {
  const { layers } = all.lesson.net;
  const steps: BackpropStep[] = outputSteps(all);
  for (let at = layers.length; at >= 1; at--) {
    const layer = layers[at - 1];
    if (layer === undefined) continue;
    if (!(at === layers.length && fusedLoss(all.lesson) !== null) && layer.activation !== "linear")
      steps.push(...each(layer.units, (unit) => activationBack(all, layer, at, unit)));
    steps.push(...each(layer.units, (unit) => weightsBack(all, layer, at, unit)));
    const before = layers[at - 2];
    if (before !== undefined) steps.push(...each(before.units, (unit) => valueBack(all, at, unit)));
  }
  return steps;
}

/** From the loss to the last layer: to its sums where both are taken together, else to its values. */
function outputSteps({ lesson, pass, y }: Explained): BackpropStep[] {
  const { layers } = lesson.net;
  const at = layers.length;
  const layer = layers[at - 1];
  if (layer === undefined) return [];
  const isFused = fusedLoss(lesson) !== null;
  const found = (isFused ? pass.sumGradients : pass.valueGradients)[at - 1] ?? [];
  const values = pass.values[at - 1] ?? [];
  return each(layer.units, (unit): BackpropStep => {
    const of = isFused ? letters.sum(at, unit) : letters.given(at, unit);
    const result = found[unit - 1] ?? Number.NaN;
    const known = outputGradientNumbers({ lesson, isFused, at, unit, values, y, result });
    const isLinear = layer.activation === "linear";
    return {
      phase: "backward",
      title: isFused
        ? say("backpropFused", { loss: lesson.loss.label, activation: layer.activation })
        : say("backpropLossBack", { loss: lesson.loss.label }),
      lines: [
        line([partial(of), ...(known === null ? [] : [text(" = "), ...known.symbols])], known?.numbers ?? [], result),
      ],
      sets: isFused ? [`dz.${at}.${unit}`] : [`da.${at}.${unit}`, ...(isLinear ? [`dz.${at}.${unit}`] : [])],
      uses: ["L", givenId(at, unit)],
    };
  });
}

function activationBack({ pass }: Explained, layer: SmallLayer, at: number, unit: number): BackpropStep {
  const [sum, activated] = [letters.sum(at, unit), letters.given(at, unit)];
  const slope = pass.slopes[at - 1]?.[unit - 1];
  const gradient = pass.valueGradients[at - 1]?.[unit - 1] ?? Number.NaN;
  const result = pass.sumGradients[at - 1]?.[unit - 1] ?? Number.NaN;
  const isWhole = slope === undefined;
  return {
    phase: "backward",
    title: say("backpropActivationBack", { layer: layer.name, unit: count(unit), activation: layer.activation }),
    lines: [
      isWhole
        ? line(
            [
              partial(sum),
              text(" = "),
              symbol("Σ", "k"),
              text(" "),
              partial(symbol("a", "k", at)),
              text(" · ∂"),
              symbol("a", "k", at),
              text("/∂"),
              sum,
            ],
            [],
            result,
          )
        : line(
            [partial(sum), text(" = "), partial(activated), text(" · "), ...slopeSymbols(layer, at, unit)],
            [value(gradient), text(" · "), ...bracketed(slope)],
            result,
          ),
    ],
    sets: [`dz.${at}.${unit}`],
    uses: isWhole ? each(layer.units, (other) => `da.${at}.${other}`) : [`da.${at}.${unit}`, givenId(at, unit)],
  };
}

/** f′(z) by what the unit gives, where that is simple. */
function slopeSymbols({ activation }: SmallLayer, at: number, unit: number): Formula {
  const a = letters.given(at, unit);
  if (activation === "sigmoid") return [a, text(" · (1 − "), a, text(")")];
  if (activation === "tanh") return [text("(1 − "), a, text("·"), a, text(")")];
  return [text(`${activation}′(`), letters.sum(at, unit), text(")")];
}

function weightsBack(all: Explained, layer: SmallLayer, at: number, unit: number): BackpropStep {
  const { x, pass, gradients, checks } = all;
  const given = at === 1 ? x : (pass.values[at - 2] ?? []);
  const sum = partial(letters.sum(at, unit));
  const sumGradient = pass.sumGradients[at - 1]?.[unit - 1] ?? Number.NaN;
  const found = gradients[at - 1];
  const lines = given.map((number, from) => {
    const id = weightId(at, from + 1, unit);
    return line(
      [partial(letters.weight(at, from + 1, unit)), text(" = "), sum, text(" · "), letters.given(at - 1, from + 1)],
      [value(sumGradient), text(" · "), ...bracketed(number)],
      found?.kernel[from * layer.units + unit - 1] ?? Number.NaN,
      checks.get(id),
    );
  });
  const bias = found?.bias?.[unit - 1];
  if (bias !== undefined)
    lines.push(line([partial(letters.bias(at, unit)), text(" = "), sum], [], bias, checks.get(biasId(at, unit))));
  return {
    phase: "backward",
    title: say("backpropWeights", { layer: layer.name, unit: count(unit) }),
    lines,
    sets: [
      ...given.map((_, from) => `d${weightId(at, from + 1, unit)}`),
      ...(bias === undefined ? [] : [`d${biasId(at, unit)}`]),
    ],
    uses: [`dz.${at}.${unit}`, ...given.map((_, from) => givenId(at - 1, from + 1))],
  };
}

/** From the sums of layer `at` to unit `unit` of the layer before: over all lines that leave it. */
function valueBack({ lesson, pass }: Explained, at: number, unit: number): BackpropStep {
  const layer = lesson.net.layers[at - 1];
  const before = lesson.net.layers[at - 2];
  const sums = pass.sumGradients[at - 1] ?? [];
  const isLinear = before?.activation === "linear";
  return {
    phase: "backward",
    title: say("backpropValue", { layer: before?.name ?? "", unit: count(unit) }),
    lines: [
      line(
        [
          partial(letters.given(at - 1, unit)),
          text(" = "),
          ...joined(
            sums.map((_, to) => [partial(letters.sum(at, to + 1)), text("·"), letters.weight(at, unit, to + 1)]),
            " + ",
          ),
        ],
        joined(
          sums.map((gradient, to) => [
            ...bracketed(gradient),
            text("·"),
            ...bracketed(layer === undefined ? Number.NaN : weightOf(layer, unit - 1, to + 1)),
          ]),
          " + ",
        ),
        pass.valueGradients[at - 2]?.[unit - 1] ?? Number.NaN,
      ),
    ],
    sets: [`da.${at - 1}.${unit}`, ...(isLinear ? [`dz.${at - 1}.${unit}`] : [])],
    uses: sums.flatMap((_, to) => [`dz.${at}.${to + 1}`, weightId(at, unit, to + 1)]),
  };
}

/** The factors of dL/dw: back from the loss as long as there is one way only. `given` is missing for a bias. */
export function factorsOf(
  { lesson, x, pass }: Explained,
  at: number,
  to: number,
  from: number | null,
): { readonly symbols: Formula; readonly value: number }[] {
  const factors = sumFactors(lesson.net.layers, pass, at, to);
  if (from === null) return factors;
  const given = at === 1 ? x[from - 1] : pass.values[at - 2]?.[from - 1];
  return [...factors, { symbols: [letters.given(at - 1, from)], value: given ?? Number.NaN }];
}

function sumFactors(
  layers: readonly SmallLayer[],
  pass: ExamplePass,
  at: number,
  unit: number,
): { readonly symbols: Formula; readonly value: number }[] {
  const layer = layers[at - 1];
  const slope = pass.slopes[at - 1]?.[unit - 1];
  const valueGradient = pass.valueGradients[at - 1]?.[unit - 1];
  const whole = {
    symbols: [partial(letters.sum(at, unit))],
    value: pass.sumGradients[at - 1]?.[unit - 1] ?? Number.NaN,
  };
  if (layer === undefined || slope === undefined || valueGradient === undefined) return [whole];
  const next = layers[at];
  const own = layer.activation === "linear" ? [] : [{ symbols: slopeSymbols(layer, at, unit), value: slope }];
  if (next?.units === 1)
    return [
      ...sumFactors(layers, pass, at + 1, 1),
      { symbols: [letters.weight(at + 1, unit, 1)], value: weightOf(next, unit - 1, 1) },
      ...own,
    ];
  return [{ symbols: [partial(letters.given(at, unit))], value: valueGradient }, ...own];
}
