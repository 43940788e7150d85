// The check that fixture files of layers have in common: given weights and input, the outputs and all gradients.

import { type Layer, Random, type Tensor } from "../../../src/engine/index.ts";
import type { Tolerance } from "../fixtures.ts";
import { Comparison, type NamedTensors, readTensor, tensorNamed } from "./comparison.ts";

/** One case of `test/fixtures/layers/*.json` with a single input `x` and a single output `y`; see SCHEMA.md. */
export interface LayerCase {
  readonly name: string;
  readonly inputs: NamedTensors;
  readonly outputs: NamedTensors;
  readonly upstream: NamedTensors;
  readonly grads: NamedTensors;
  readonly tolerance_f32?: Tolerance;
  readonly tolerance?: { readonly f32: Tolerance };
}

/** A file of such cases. */
export interface LayerFile<Case extends LayerCase> {
  readonly tolerance: { readonly f32: Tolerance };
  readonly cases: readonly Case[];
}

/** A case's own tolerance, or that of its file. */
export function toleranceOf(each: LayerCase, file: LayerFile<LayerCase>): Tolerance {
  return each.tolerance_f32 ?? each.tolerance?.f32 ?? file.tolerance.f32;
}

/** How a case is run. */
export interface LayerRun {
  readonly training: boolean;
  /** What the file calls our weights, where that differs. */
  readonly weightNames?: Readonly<Record<string, string>>;
}

/** Runs a layer on a case and compares its output and each gradient the case lists. */
export function compareLayer(layer: Layer, each: LayerCase, tolerance: Tolerance, run: LayerRun): Comparison {
  const random = new Random(1);
  const nameOf = (weight: string) => run.weightNames?.[weight] ?? weight;
  const x = readTensor(tensorNamed(each.inputs, "x"), { requiresGrad: each.grads.x !== undefined });
  layer.build(x.shape.slice(1), random);
  for (const weight of layer.weights) {
    const given = each.inputs[nameOf(weight.name)];
    if (given !== undefined) weight.assign(readTensor(given));
    else if (weight.isTrainable) throw new Error(`${each.name} gives no ${nameOf(weight.name)}.`);
  }
  const output = layer.call(x, { training: run.training, random });
  output.backward(readTensor(tensorNamed(each.upstream, "y")));
  const comparison = new Comparison(tolerance);
  comparison.tensor(output, tensorNamed(each.outputs, "y"));
  const found: Record<string, Tensor | null> = { x: x.grad };
  for (const weight of layer.weights) found[nameOf(weight.name)] = weight.grad;
  for (const [name, wanted] of Object.entries(each.grads)) comparison.tensor(found[name], wanted);
  for (const { name, grad } of layer.weights)
    comparison.claim(
      grad === null || each.grads[nameOf(name)] !== undefined,
      `the case lists a gradient of ${nameOf(name)}`,
    );
  return comparison;
}
