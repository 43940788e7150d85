// Derivatives of everything in the catalogues against finite differences; whatever is new and not checked here fails.

import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import {
  input,
  type Layer,
  layers,
  lossNames,
  Random,
  type Shape,
  ShapeError,
  type SymbolicTensor,
  Tensor,
  tensor,
  useBackend,
} from "../../src/engine/index.ts";
import { inside } from "../../src/engine/training/plans/twins.testing.ts";
import { forwardPass, trainableWeights } from "../../src/engine/training/step.ts";
import { Draw } from "../support/randomModels/draw.ts";
import { modelOf } from "../support/randomModels/randomGraphs.ts";
import { layerNames, mergeNames, randomLayerOf } from "../support/randomModels/randomLayers.ts";
import { lossForms } from "../support/randomModels/randomTrainings.ts";
import {
  type Compared,
  compareGradients,
  compareSecondGradients,
  type Differentiated,
} from "../support/sampledDifferences.ts";

/** More by hand: `GRADIENTS=100 npx vitest run gradientsOfAll --testTimeout 900000`. */
const count = Number(process.env.GRADIENTS ?? 3);
const lengths = [1, 3, 5, 7, 9, 17] as const;
const mostNumbers = 60;

function randomShape(draw: Draw): Shape {
  for (;;) {
    const shape = Array.from({ length: 1 + draw.integer(3) }, () => draw.pick(...lengths));
    if (shape.reduce<number>((size, length) => size * length, 1) <= mostNumbers) return shape;
  }
}

/** One layer between inputs and output; other shapes are drawn for a layer that refuses them. */
function randomNetwork(name: keyof typeof layers, draw: Draw): { inputs: SymbolicTensor[]; output: SymbolicTensor } {
  for (;;) {
    const shape = name === "embedding" ? [draw.pick(...lengths)] : randomShape(draw);
    const isMerge = mergeNames.some((merge) => merge === name);
    const inputs = [input([...shape]), ...(isMerge ? [input([...shape])] : [])];
    const layer = oneOfKind(name, shape, draw);
    try {
      if (layer !== null) return { inputs, output: layer.apply(inputs.length === 1 ? (inputs[0] ?? []) : inputs) };
    } catch (error) {
      if (!(error instanceof ShapeError)) throw error;
    }
  }
}

function oneOfKind(name: keyof typeof layers, shape: Shape, draw: Draw): Layer | null {
  const merge = mergeNames.find((each) => each === name);
  if (merge !== undefined) return layers[merge]();
  // Without seeds of their own these are the same in every pass.
  if (name === "dropout" || name === "gaussianNoise" || name === "spatialDropout1d" || name === "spatialDropout2d")
    return layers[name](0.4);
  if (name === "embedding") return layers.embedding(draw.pick(3, 5), draw.pick(...lengths));
  const known = layerNames.find((each) => each === name);
  return known === undefined ? expect.fail(`There is no random ${name} layer.`) : randomLayerOf(known, shape, draw);
}

function differentiatedLayer(name: keyof typeof layers, seed: number): Differentiated {
  const draw = new Draw(seed);
  const random = new Random(seed);
  const { inputs, output } = randomNetwork(name, draw);
  const net = modelOf(inputs, [output], seed);
  const batch = draw.pick(1, 3, 5);
  const isOfIds = name === "embedding";
  const xs = inputs.map(({ shape }) => {
    const whole = [batch, ...(shape ?? [])];
    const size = whole.reduce((product, length) => product * length, 1);
    const numbers = isOfIds
      ? Float32Array.from({ length: size }, () => random.integer(3))
      : random.uniformFloats(size, -1.5, 1.5);
    return new Tensor(whole, numbers, { requiresGrad: !isOfIds });
  });
  return {
    output: () =>
      forwardPass(inside(net).graph, xs, { training: true, random: new Random(seed) }).outputs[0] ?? tensor(0),
    leaves: [...(isOfIds ? [] : xs), ...trainableWeights(net.layers)],
  };
}

/** Most numbers lie where a function is smooth. */
function expectMostCompared(all: readonly Compared[]): void {
  const compared = all.reduce((sum, each) => sum + each.compared, 0);
  const skipped = all.reduce((sum, each) => sum + each.skipped, 0);
  expect(compared).toBeGreaterThan(2 * skipped);
}

describe("layers", () => {
  const all = Object.keys(layers) as (keyof typeof layers)[];
  it.each(all)("%s has the derivatives that differences show", (name) => {
    const [first, second]: [Compared[], Compared[]] = [[], []];
    for (let seed = 0; seed < count; seed++) {
      useBackend(seed % 2 === 0 ? "plain" : "simd");
      const differentiated = differentiatedLayer(name, seed);
      // Frozen, with nothing to learn from.
      if (differentiated.leaves.length === 0) continue;
      first.push(compareGradients(differentiated, new Random(seed)));
      second.push(compareSecondGradients(differentiated, new Random(seed)));
    }
    expectMostCompared(first);
    expectMostCompared(second);
  });
});

describe("losses", () => {
  it.each([...lossNames, "custom"])("%s has the derivatives that differences show", (name) => {
    const [first, second]: [Compared[], Compared[]] = [[], []];
    for (const form of lossForms[name] ?? expect.fail("There is no form of it."))
      for (let seed = 0; seed < count; seed++) {
        useBackend(seed % 2 === 0 ? "plain" : "simd");
        const draw = new Draw(seed);
        const [rows, columns] = [draw.pick(...lengths), draw.pick(3, 5, 7)];
        const loss = form.make();
        const targets = tensor(Array.from({ length: rows }, () => form.targets(draw, columns)));
        // Before the activation, so that predictions are what the loss takes.
        const numbers = new Random(seed).uniformFloats(rows * columns, -1, 1);
        const x = new Tensor([rows, columns], numbers, { requiresGrad: true });
        const activation = layers.activation(form.activation);
        activation.build([columns], new Random(1));
        const predictions = () => activation.call(x, { training: true, random: new Random(1) });
        const differentiated = { output: () => loss.compute(predictions(), targets).mul(rows), leaves: [x] };
        first.push(compareGradients(differentiated, new Random(seed)));
        second.push(compareSecondGradients(differentiated, new Random(seed)));
      }
    expectMostCompared(first);
    expectMostCompared(second);
  });
});

describe("operations of tensors", () => {
  /** What has no derivative, or is no operation. */
  const others = new Set([
    ...["constructor", "grad", "backward", "propagate", "detach", "data", "rank", "size", "needsGradient"],
    ...["keepsGradient", "gradientHome", "item", "toArray", "retainGrad", "zeroGrad", "toString"],
    // What operations are made of, and clip's other name.
    ...["apply", "derived", "applyUnary", "applyBinary", "clamp"],
    // Their derivative is 0 everywhere: they say so.
    ...["argMax", "argMin", "argSort", "sign", "floor", "ceil", "round", "trunc"],
    ...["greater", "greaterEqual", "less", "lessEqual", "equal", "notEqual"],
  ]);

  function methodNames(): string[] {
    const names = new Set<string>();
    let prototype: unknown = Tensor.prototype;
    while (prototype !== null && prototype !== Object.prototype) {
      // Getters compute nothing: some tell what to write instead of another library's name.
      for (const [name, { value }] of Object.entries(Object.getOwnPropertyDescriptors(prototype)))
        if (typeof value === "function") names.add(name);
      prototype = Object.getPrototypeOf(prototype);
    }
    return [...names].filter((name) => !others.has(name));
  }

  it.each(["Gradients", "SecondGradients"])("are all among those whose %s are compared", (kind) => {
    const files = readdirSync(import.meta.dirname).filter((file) =>
      /^(gradients|secondDerivatives).*\.test\.ts$/.test(file),
    );
    const texts = files
      .map((file) => readFileSync(path.join(import.meta.dirname, file), "utf8"))
      // Second derivatives that are known need no differences.
      .filter((text) =>
        new RegExp(`expect(${kind}|Both)\\(|${kind === "Gradients" ? "$^" : "grad\\(grad\\("}`).test(text),
      )
      .join("");
    expect(methodNames().filter((name) => !texts.includes(`.${name}(`))).toEqual([]);
  });
});
