// The backpropagation view: a small net's own numbers for one example, forward, backward, and what the optimizer makes of them.

import { type Model, type TensorLike, tensor, ValueError } from "../../engine/index.ts";
import { toViewNumber } from "../../shared/json.ts";
import { formatNumber } from "../../shared/numbers.ts";
import type { BackpropColumn, BackpropView, FiniteDifference } from "../../shared/views.ts";
import { count, number, say } from "../parts/say.ts";
import { backwardSteps } from "./backwardSteps.ts";
import { finiteDifferences } from "./finiteDifferences.ts";
import { forwardSteps } from "./forwardSteps.ts";
import { type ExamplePass, examplePass, type Lesson, type WeightGradients, weightGradients } from "./passes.ts";
import { exampleShape, readExample } from "./readExample.ts";
import { readSmallNet } from "./smallNet.ts";
import type { Explained } from "./stepParts.ts";
import { gradientAt, placesOf } from "./weightPlaces.ts";
import { describeWeights, meanSteps, updateSteps } from "./weightUpdates.ts";

/** What is learned from: one example, or a batch of which one is shown. */
export interface BackpropExample {
  /** The features of one example, or those of a batch, a row each. */
  readonly x: TensorLike;
  /** Its target, or a target for each row. */
  readonly y: TensorLike;
  /** Which example of a batch is shown, from 0 (the first). */
  readonly example?: number | undefined;
}

/**
 * A model without weights takes its shapes from the example and makes them now, as `predict` would.
 *
 * @throws ValueError for a net that is too large or not compiled; UnknownNameError for an option that is none; ShapeError where example and net do not fit.
 */
export function backpropView(model: Model<unknown>, given: BackpropExample): BackpropView {
  const op = "show.backprop";
  const { compiled } = model;
  if (compiled === null)
    throw new ValueError({
      op,
      expected: "a compiled model: the loss says what the gradients are of",
      got: "one without loss and optimizer",
      hint: 'Call model.compile({ loss: "mse", optimizer: "sgd" }) first.',
    });
  if (model.isBuilt || !model.isChain) return viewOf(op, model, { compiled, given });
  const shape = exampleShape(op, given);
  // A copy goes first: a model whose example is refused may still take another.
  const copy = model.clone();
  copy.build(shape);
  const view = viewOf(op, copy, { compiled, given });
  model.build(shape);
  return view;
}

function viewOf(
  op: string,
  model: Model<unknown>,
  { compiled, given }: { readonly compiled: Compiled; readonly given: BackpropExample },
): BackpropView {
  const net = readSmallNet(op, model);
  const lossWeight = compiled.losses[0]?.weight ?? 1;
  if (lossWeight !== 1)
    throw new ValueError({
      op,
      expected: "a loss that counts once",
      got: `lossWeights of ${lossWeight}`,
      hint: "Compile the model without lossWeights to follow its numbers.",
    });
  const read = readExample(op, given, {
    inputs: net.inputs,
    outputs: net.layers.at(-1)?.units ?? 1,
    loss: compiled.loss,
  });
  const batch: Lesson = { net, loss: compiled.loss, x: tensor(read.xs), y: read.targets(null) };
  const lesson: Lesson = { ...batch, x: tensor([read.x]), y: read.targets(read.example) };
  const pass = examplePass(lesson);
  expectFinite(op, lesson, pass);
  const gradients = weightGradients(lesson);
  const checks = checkGradients(lesson, pass.loss, gradients);
  const all: Explained = { lesson, x: read.x, y: read.y, pass, gradients, checks };
  const weights = describeWeights(all, model, { mean: weightGradients(batch), each: exampleGradients(batch, read) });
  const agreeing = weights.filter(({ check }) => check.agrees).length;
  const loss = number(pass.loss);
  const size = read.xs.length;
  const optimizer = { name: compiled.optimizer.name, step: compiled.optimizer.steps + 1 };
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
      ...meanSteps(net, weights, size),
      ...updateSteps(net, weights, optimizer, size),
    ],
    weights,
    batch: { size, example: read.example },
    optimizer,
  };
}

/** Beyond the largest number nothing can be followed: the first value that is none, on the way forward and back. */
function expectFinite(op: string, { net }: Lesson, pass: ExamplePass): void {
  const lists = net.layers.flatMap(({ name }, at) => [
    { what: `the weighted sum of ${name}`, numbers: pass.sums[at] },
    { what: `the output of ${name}`, numbers: pass.values[at] },
  ]);
  const back = net.layers.map(({ name }, at) => ({ what: `the gradient of ${name}`, numbers: pass.sumGradients[at] }));
  for (const { what, numbers = [] } of [...lists, { what: "the loss", numbers: [pass.loss] }, ...back.reverse()]) {
    const at = numbers.findIndex((each) => !Number.isFinite(each));
    if (at < 0) continue;
    throw new ValueError({
      op,
      expected: "numbers that stay finite on the way forward and back",
      got: `${formatNumber(toViewNumber(numbers[at] ?? null))} as ${what}${numbers.length > 1 ? `, unit ${at + 1}` : ""}`,
      hint: "Scale the example (data.standardize()), or start from smaller weights: single precision ends at 3.4e38.",
    });
  }
}

type Compiled = NonNullable<Model["compiled"]>;

type Gradients = readonly WeightGradients[];

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
