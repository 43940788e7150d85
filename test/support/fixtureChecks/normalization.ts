// Checks normalization layers against fixture files of the schemas of `layers/batchnorm.json` and `layers/layernorm.json`.

import { type BatchNorm, type BatchNormOptions, layers, Random, type Tensor } from "../../../src/engine/index.ts";
import type { FixtureTensor, Tolerance } from "../fixtures.ts";
import { type CaseResult, checkCase } from "./caseResult.ts";
import { Comparison, type NamedTensors, readTensor, tensorNamed } from "./comparison.ts";
import { refuseUnknownFields } from "./knownFields.ts";
import { compareLayer, type LayerCase, type LayerFile, toleranceOf } from "./layerCase.ts";

interface BatchNormCase extends LayerCase {
  readonly config: { readonly training: boolean; readonly epsilon: number; readonly momentum: number };
  /** Moving statistics before and after the update of a training case, by both conventions. */
  readonly running?: NamedTensors;
}

interface BatchNormFile extends LayerFile<BatchNormCase> {
  /** Several updates from mean 0 and variance 1; row t holds the moving statistics after batch t. */
  readonly running_sequence?: RunningSequence;
}

interface RunningSequence {
  readonly momentum: number;
  readonly batches: FixtureTensor;
  readonly mean: FixtureTensor;
  readonly var_keras: FixtureTensor;
  readonly var_torch: FixtureTensor;
}

const conventions = ["keras", "torch"] as const;
const weightNames = { movingMean: "running_mean", movingVariance: "running_var" };

/** The layer of a convention. The file's momentum is Keras', the share of the old; PyTorch's is that of the new. */
function batchNorm(
  convention: "keras" | "torch",
  momentum: number,
  options: Omit<BatchNormOptions, "convention" | "momentum"> = {},
): BatchNorm {
  return layers.batchNorm({ ...options, convention, momentum: convention === "torch" ? 1 - momentum : momentum });
}

export function checkBatchNorm(file: BatchNormFile): CaseResult[] {
  const cases = file.cases.flatMap((each) =>
    conventions.map((convention) =>
      checkCase(`${each.name} (${convention})`, () => checkBatchNormCase(each, convention, toleranceOf(each, file))),
    ),
  );
  const { running_sequence: sequence } = file;
  if (sequence === undefined) return cases;
  const sequences = conventions.map((convention) =>
    checkCase(`running_sequence (${convention})`, () => checkSequence(sequence, convention, file.tolerance.f32)),
  );
  return [...cases, ...sequences];
}

function checkBatchNormCase(each: BatchNormCase, convention: "keras" | "torch", tolerance: Tolerance): number {
  refuseUnknownFields("batch normalization", each.config, ["training", "epsilon", "momentum"]);
  const { training, epsilon, momentum } = each.config;
  const { running, inputs } = each;
  const layer = batchNorm(convention, momentum, {
    epsilon,
    scale: inputs.gamma !== undefined,
    center: inputs.beta !== undefined,
  });
  const before: NamedTensors =
    running === undefined
      ? {}
      : { running_mean: tensorNamed(running, "mean_before"), running_var: tensorNamed(running, "var_before") };
  const given = { ...each, inputs: { ...before, ...inputs } };
  const comparison = compareLayer(layer, given, tolerance, { training, weightNames });
  // Outside training nothing may have moved.
  const after = running ?? (training ? {} : inputs);
  const mean = after.mean_after ?? after.running_mean;
  const variance = after[`var_after_${convention}`] ?? after.running_var;
  if (mean !== undefined) comparison.tensor(weightOf(layer, "movingMean"), mean);
  if (variance !== undefined) comparison.tensor(weightOf(layer, "movingVariance"), variance);
  return comparison.worst;
}

function checkSequence(sequence: RunningSequence, convention: "keras" | "torch", tolerance: Tolerance): number {
  const random = new Random(1);
  const batches = readTensor(sequence.batches);
  const layer = batchNorm(convention, sequence.momentum);
  layer.build(batches.shape.slice(2), random);
  const comparison = new Comparison(tolerance);
  const rowOf = ({ shape, data }: FixtureTensor, step: number) => {
    const width = shape.at(-1) ?? 1;
    return { shape: [width], data: data.slice(step * width, (step + 1) * width) };
  };
  for (let step = 0; step < (batches.shape[0] ?? 0); step++) {
    layer.call(batches.slice(step, step + 1).reshape(batches.shape.slice(1)), { training: true, random });
    comparison.tensor(weightOf(layer, "movingMean"), rowOf(sequence.mean, step));
    comparison.tensor(weightOf(layer, "movingVariance"), rowOf(sequence[`var_${convention}`], step));
  }
  return comparison.worst;
}

function weightOf(layer: BatchNorm, name: string): Tensor | undefined {
  return layer.weights.find((weight) => weight.name === name);
}

interface LayerNormCase extends LayerCase {
  /** `kind: "rms"`: RMS normalization. The axis is always the last. */
  readonly config: { readonly epsilon: number; readonly axis?: number; readonly kind?: string };
}

export function checkLayerNorm(file: LayerFile<LayerNormCase>): CaseResult[] {
  return file.cases.map((each) => {
    const { axis = -1 } = each.config;
    const isLast = axis === -1 || axis === (each.inputs.x?.shape.length ?? 0) - 1;
    if (!isLast) return { name: each.name, worst: 0, skipped: `layer norm is over the last axis, not ${axis}` };
    return checkCase(each.name, () => checkLayerNormCase(each, toleranceOf(each, file)));
  });
}

function checkLayerNormCase(each: LayerNormCase, tolerance: Tolerance): number {
  refuseUnknownFields("layer normalization", each.config, ["epsilon", "axis", "kind"]);
  const { epsilon, kind } = each.config;
  const isPart = (name: string) => each.inputs[name] !== undefined;
  const layer =
    kind === "rms"
      ? layers.rmsNorm({ epsilon, scale: isPart("gamma") })
      : layers.layerNorm({ epsilon, scale: isPart("gamma"), center: isPart("beta") });
  return compareLayer(layer, each, tolerance, { training: true }).worst;
}
