// Checks dropout against a fixture file of the schema of `layers/dropout.json`: for given masks, and the statistics of its own.

import { backend, setBackend } from "../../../src/engine/backend/current.ts";
import { layers, ones, Random } from "../../../src/engine/index.ts";
import type { FixtureTensor, Tolerance } from "../fixtures.ts";
import { type CaseResult, checkCase } from "./caseResult.ts";
import { Comparison, readTensor } from "./comparison.ts";

interface MaskCase {
  readonly rate: number;
  readonly x: FixtureTensor;
  /** 1 for what is kept. */
  readonly mask: FixtureTensor;
  readonly y: FixtureTensor;
  readonly upstream: FixtureTensor;
  readonly grad_x: FixtureTensor;
  readonly y_inference: FixtureTensor;
}

interface StatisticsCase {
  readonly rate: number;
  /** Numbers, all of them 1. */
  readonly n: number;
  readonly kept_fraction_bounds_5sigma: readonly [number, number];
  readonly value_of_kept: number;
  readonly mean_bounds_5sigma: readonly [number, number];
}

interface DropoutFile {
  readonly tolerance: { readonly f32: Tolerance };
  readonly given_mask: readonly MaskCase[];
  readonly statistics: readonly StatisticsCase[];
}

export function checkDropout(file: DropoutFile): CaseResult[] {
  const { f32 } = file.tolerance;
  return [
    ...file.given_mask.map((each, index) =>
      checkCase(`given_mask ${index}, rate ${each.rate}`, () => checkGivenMask(each, f32)),
    ),
    ...file.statistics.map((each) => checkCase(`statistics, rate ${each.rate}`, () => checkStatistics(each, f32))),
  ];
}

function checkGivenMask(each: MaskCase, tolerance: Tolerance): number {
  const random = new Random(1);
  const layer = layers.dropout(each.rate);
  const x = readTensor(each.x, { requiresGrad: true });
  layer.build(x.shape.slice(1), random);
  const comparison = new Comparison(tolerance);
  withMask(each.mask.data.map(Number), () => {
    const output = layer.call(x, { training: true, random });
    // At rate 0 the output is the input itself, which keeps no gradient of its own.
    output.mul(1).backward(readTensor(each.upstream));
    comparison.tensor(output, each.y);
    comparison.tensor(x.grad, each.grad_x);
  });
  comparison.tensor(layer.call(x, { training: false, random }), each.y_inference);
  return comparison.worst;
}

/** Runs with a backend that drops exactly what the mask says. */
function withMask(mask: readonly number[], work: () => void): void {
  const usual = backend();
  const dropoutMask: typeof usual.dropoutMask = (output, rate) => {
    mask.forEach((kept, place) => {
      output[place] = kept / (1 - rate);
    });
  };
  setBackend({ ...usual, dropoutMask });
  try {
    work();
  } finally {
    setBackend(usual);
  }
}

function checkStatistics(each: StatisticsCase, tolerance: Tolerance): number {
  const random = new Random(1);
  const layer = layers.dropout(each.rate);
  layer.build([each.n], random);
  const { data } = layer.call(ones([1, each.n]), { training: true, random });
  const kept = data.filter((value) => value !== 0);
  const comparison = new Comparison(tolerance);
  const claimWithin = (what: string, value: number, [least, most]: readonly [number, number]) =>
    comparison.claim(value >= least && value <= most, `the ${what} ${value} is from ${least} to ${most}`);
  comparison.numbers(kept, new Array<number>(kept.length).fill(each.value_of_kept));
  claimWithin("share that is kept", kept.length / each.n, each.kept_fraction_bounds_5sigma);
  claimWithin("mean", data.reduce((sum, value) => sum + value, 0) / each.n, each.mean_bounds_5sigma);
  return comparison.worst;
}
