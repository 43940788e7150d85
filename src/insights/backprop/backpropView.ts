// The backpropagation view: a small net's own numbers for one example, forward, backward, and what the optimizer makes of them.

import { type Model, type TensorLike, tensor, ValueError } from "../../engine/index.ts";
import { toViewNumber } from "../../shared/json.ts";
import { digitsBeside } from "../../shared/numbers.ts";
import type {
  BackpropColumn,
  BackpropStep,
  BackpropView,
  BackpropWeight,
  FiniteDifference,
} from "../../shared/views.ts";
import { count, number, say } from "../parts/say.ts";
import {
  backwardSteps,
  biasId,
  type Explained,
  factorsOf,
  fineLine,
  forwardSteps,
  letters,
  weightId,
} from "./backpropSteps.ts";
import { finiteDifferences } from "./finiteDifferences.ts";
import { bracketed, text, value } from "./formulas.ts";
import { examplePass, type Lesson, weightGradients } from "./passes.ts";
import { readExample } from "./readExample.ts";
import { readSmallNet, type SmallNet } from "./smallNet.ts";
import { clippedOf, updateOf } from "./updates.ts";

/** What is learned from: one example, or a batch of which one is shown. */
export interface BackpropExample {
  /** The features of one example, or those of a batch, a row each. */
  readonly x: TensorLike;
  /** Its target, or a target for each row. */
  readonly y: TensorLike;
  /** Which example of a batch is shown, from 0 (the first). */
  readonly example?: number | undefined;
}

/** @throws ValueError for a net that is too large or not compiled; UnknownNameError for an option that is none; ShapeError where example and net do not fit. */
export function backpropView(model: Model<unknown>, given: BackpropExample): BackpropView {
  const op = "show.backprop";
  const net = readSmallNet(op, model);
  const { compiled } = model;
  if (compiled === null)
    throw new ValueError({
      op,
      expected: "a compiled model: the loss says what the gradients are of",
      got: "one without loss and optimizer",
      hint: 'Call model.compile({ loss: "mse", optimizer: "sgd" }) first.',
    });
  const read = readExample(op, given, {
    inputs: net.inputs,
    outputs: net.layers.at(-1)?.units ?? 1,
    loss: compiled.loss,
  });
  const batch: Lesson = { net, loss: compiled.loss, x: tensor(read.xs), y: read.targets(null) };
  const lesson: Lesson = { ...batch, x: tensor([read.x]), y: read.targets(read.example) };
  const pass = examplePass(lesson);
  const gradients = weightGradients(lesson);
  const checks = checkGradients(lesson, pass.loss, gradients);
  const all: Explained = { lesson, x: read.x, y: read.y, pass, gradients, checks };
  const weights = describeWeights(all, model, { mean: weightGradients(batch), each: exampleGradients(batch, read) });
  const agreeing = weights.filter(({ check }) => check.agrees).length;
  const loss = number(pass.loss);
  const { optimizer } = compiled;
  return {
    kind: "backprop",
    version: 1,
    sentence:
      agreeing === weights.length
        ? { tone: "good", messages: [say("backpropChecked", { loss, count: count(weights.length) })] }
        : {
            tone: "info",
            messages: [say("backpropKinks", { loss, agreeing: count(agreeing), count: count(weights.length) })],
          },
    columns: columnsOf(all),
    loss: { name: compiled.loss.name, value: toViewNumber(pass.loss) },
    steps: [
      ...forwardSteps(all),
      ...backwardSteps(all),
      ...updateSteps(net, weights, optimizer.name, optimizer.steps + 1),
    ],
    weights,
    batch: { size: read.xs.length, example: read.example },
    optimizer: { name: optimizer.name, step: optimizer.steps + 1 },
  };
}

type Gradients = ReturnType<typeof weightGradients>;

/** More summands of a mean are not read. */
const readableBatch = 6;

/** The gradients of each example by itself, where the batch is one whose mean can be followed. */
function exampleGradients(batch: Lesson, { xs, targets }: ReturnType<typeof readExample>): readonly Gradients[] {
  if (xs.length < 2 || xs.length > readableBatch) return [];
  return xs.map((x, example) => weightGradients({ ...batch, x: tensor([x]), y: targets(example) }));
}

function columnsOf({ lesson, x, pass }: Explained): BackpropColumn[] {
  const numbers = (list: readonly number[] | undefined) => (list ?? []).map((each) => toViewNumber(each));
  const input = { name: "", activation: null, values: numbers(x), sums: [], valueGradients: [], sumGradients: [] };
  return [
    input,
    ...lesson.net.layers.map((layer, at) => ({
      name: layer.name,
      activation: layer.activation,
      values: numbers(pass.values[at]),
      sums: numbers(pass.sums[at]),
      valueGradients: pass.valueGradients[at]?.map((each) => toViewNumber(each)) ?? layerOf(layer.units, null),
      sumGradients: numbers(pass.sumGradients[at]),
    })),
  ];
}

function layerOf<Item>(units: number, item: Item): Item[] {
  return Array.from({ length: units }, () => item);
}

/** Places of a layer's weights and biases, in the order in which a picture lists them. */
function placesOf(net: SmallNet) {
  return net.layers.flatMap((layer, index) => {
    const at = index + 1;
    const inputs = layer.kernel.size / layer.units;
    const kernel = Array.from({ length: layer.kernel.size }, (_, place) => {
      const [from, to] = [Math.floor(place / layer.units) + 1, (place % layer.units) + 1];
      return { layer, at, from, to, place, parameter: layer.kernel, id: weightId(at, from, to) };
    });
    const bias = layer.bias;
    if (bias === null || inputs === 0) return kernel;
    const biases = Array.from({ length: bias.size }, (_, place) => {
      return { layer, at, from: null, to: place + 1, place, parameter: bias, id: biasId(at, place + 1) };
    });
    return [...kernel, ...biases];
  });
}

type Place = ReturnType<typeof placesOf>[number];

function gradientAt(gradients: Gradients, { at, from, place }: Place): number {
  const found = gradients[at - 1];
  return (from === null ? found?.bias?.[place] : found?.kernel[place]) ?? Number.NaN;
}

/** A gradient agrees to a thousandth; its sums are of single precision, which leaves a millionth of the largest of its layer. */
function checkGradients(lesson: Lesson, loss: number, gradients: Gradients): Map<string, FiniteDifference> {
  const differenceOf = finiteDifferences(lesson, loss);
  return new Map(
    placesOf(lesson.net).map((each) => {
      const { value, room } = differenceOf(each.parameter, each.place);
      const gradient = gradientAt(gradients, each);
      const { kernel = [], bias = null } = gradients[each.at - 1] ?? {};
      const largest = Math.max(...[...kernel, ...(bias ?? [])].map(Math.abs));
      const agrees = Math.abs(value - gradient) <= 1e-3 * Math.abs(gradient) + 1e-6 * largest + room;
      return [each.id, { value: toViewNumber(value, 4), agrees }];
    }),
  );
}

function describeWeights(
  all: Explained,
  model: Model<unknown>,
  batch: { readonly mean: Gradients; readonly each: readonly Gradients[] },
): BackpropWeight[] {
  const batchGradients = batch.mean;
  const { net } = all.lesson;
  const optimizer = model.compiled?.optimizer ?? null;
  const moving = net.layers.flatMap((layer, index) => {
    if (!layer.trainable) return [];
    const found = batchGradients[index];
    const kernel = { parameter: layer.kernel, gradient: found?.kernel ?? [] };
    return layer.bias === null ? [kernel] : [kernel, { parameter: layer.bias, gradient: found?.bias ?? [] }];
  });
  const parameters = moving.map(({ parameter }) => parameter);
  const previews =
    optimizer?.preview(
      parameters,
      moving.map(({ gradient }) => gradient),
    ) ?? [];
  return placesOf(net).map((place): BackpropWeight => {
    const before = place.parameter.data[place.place] ?? Number.NaN;
    const symbol =
      place.from === null ? letters.bias(place.at, place.to) : letters.weight(place.at, place.from, place.to);
    const preview = previews[parameters.indexOf(place.parameter)];
    const batchGradient = gradientAt(batchGradients, place);
    return {
      id: place.id,
      symbol,
      value: toViewNumber(before, keptDigits(before, preview?.values[place.place])),
      gradient: toViewNumber(gradientAt(all.gradients, place)),
      factors: factorsOf(all, place.at, place.to, place.from).map((factor) => ({
        symbols: factor.symbols,
        value: toViewNumber(factor.value),
      })),
      check: all.checks.get(place.id) ?? { value: null, agrees: false },
      batchGradient: toViewNumber(batchGradient),
      exampleGradients: batch.each.map((gradients) => toViewNumber(gradientAt(gradients, place))),
      update:
        optimizer === null || preview === undefined
          ? null
          : updateOf(optimizer, preview, {
              ...{ symbol, before, gradient: batchGradient, place: place.place },
              clipped: clippedOf(optimizer, preview.gradient[place.place] ?? Number.NaN, {
                before,
                gradient: batchGradient,
              }),
            }),
    };
  });
}

/** Enough to tell the weight from what the update makes of it. */
function keptDigits(before: number, after: number | undefined): number {
  return Math.max(5, digitsBeside(before, (after ?? before) - before) ?? 0);
}

function updateSteps(
  net: SmallNet,
  weights: readonly BackpropWeight[],
  optimizer: string,
  step: number,
): BackpropStep[] {
  return net.layers.flatMap((layer, index): BackpropStep[] => {
    const own = weights.filter(({ id, update }) => update !== null && id.split(".")[1] === String(index + 1));
    if (own.length === 0) return [];
    return [
      {
        phase: "update",
        title: say("backpropUpdate", { optimizer, step: count(step), layer: layer.name }),
        lines: own.map(({ symbol, value: before, update }) => {
          const [from, to] = [Number(before), Number(update?.after)];
          const digits = digitsBeside(to, to - from);
          return fineLine([symbol], [value(from, digits), text(" + "), ...bracketed(to - from)], to, digits);
        }),
        sets: own.map(({ id }) => `new ${id}`),
        uses: own.map(({ id }) => `d${id}`),
      },
    ];
  });
}
