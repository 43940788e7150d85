// Checks attention against fixture files of the schema of `layers/multi_head_attention.json`: output, shares, gradients.

import { layers, Random } from "../../../src/engine/index.ts";
import { type CaseResult, checkCase } from "./caseResult.ts";
import { readTensor, tensorNamed } from "./comparison.ts";
import { refuseUnknownFields } from "./knownFields.ts";
import type { LayerCase, LayerFile } from "./layerCase.ts";
import { assignWeights, type CaseRun, compareCase } from "./recurrent.ts";

export interface AttentionCase extends LayerCase {
  readonly config: { readonly heads: number; readonly causal: boolean; readonly cross: boolean };
}

export type AttentionFile = LayerFile<AttentionCase>;

export function checkMultiHeadAttention(file: AttentionFile): CaseResult[] {
  return file.cases.map((each) => checkCase(each.name, () => compareCase(each, file, runCase(each))));
}

const fixtureNames: Readonly<Record<string, string>> = {
  queryKernel: "wq",
  keyKernel: "wk",
  valueKernel: "wv",
  outputKernel: "wo",
  queryBias: "bq",
  keyBias: "bk",
  valueBias: "bv",
  outputBias: "bo",
};

function runCase({ config, inputs }: AttentionCase): CaseRun {
  refuseUnknownFields("attention", config, ["heads", "causal", "cross"]);
  const query = readTensor(tensorNamed(inputs, "x"), { requiresGrad: true });
  const memory = config.cross ? readTensor(tensorNamed(inputs, "memory"), { requiresGrad: true }) : undefined;
  const columns = (name: string) => tensorNamed(inputs, name).shape[1] ?? 0;
  const layer = layers.multiHeadAttention({
    numHeads: config.heads,
    keyDim: columns("wk") / config.heads,
    valueDim: columns("wv") / config.heads,
    causal: config.causal,
    useBias: "bq" in inputs,
  });
  const given = memory === undefined ? [query] : [query, memory];
  layer.buildAll(
    given.map(({ shape }) => shape.slice(1)),
    new Random(1),
  );
  const weights = assignWeights(layer.weights, (name) => fixtureNames[name] ?? name, inputs);
  const { output, attention } = layer.attend(query, memory ?? query);
  const called = layer.callAll(given, { training: true, random: new Random(1) });
  return {
    outputs: { y: output, attention, "called:y": called },
    leaves: { x: query, ...(memory && { memory }), ...weights },
  };
}
