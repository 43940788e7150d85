// Checks pooling against a fixture file of the schema of `layers/pooling.json`.

import { type Layer, layers } from "../../../src/engine/index.ts";
import { type CaseResult, checkCase } from "./caseResult.ts";
import { tensorNamed } from "./comparison.ts";
import { pair, single } from "./convolution.ts";
import { refuseUnknownFields } from "./knownFields.ts";
import { compareLayer, type LayerCase, type LayerFile, toleranceOf } from "./layerCase.ts";

interface PoolingCase extends LayerCase {
  readonly config: {
    /** max, avg, global_max or global_avg; with "_1d" for steps. */
    readonly kind: string;
    readonly pool_size?: number | readonly number[];
    readonly strides?: number | readonly number[] | null;
    readonly padding?: string;
  };
}

export function checkPooling(file: LayerFile<PoolingCase>): CaseResult[] {
  return file.cases.map((each) =>
    checkCase(each.name, () => {
      const comparison = compareLayer(layerOf(each), each, toleranceOf(each, file), {
        training: true,
      });
      return comparison.worst;
    }),
  );
}

function layerOf({ config, inputs, name }: PoolingCase): Layer {
  refuseUnknownFields("pooling", config, ["kind", "pool_size", "strides", "padding"]);
  const { kind, pool_size: size = 2, strides } = config;
  const isMax = kind.includes("max");
  if (!isMax && !kind.includes("avg")) throw new Error(`${name}: no pooling of kind ${kind}.`);
  const isOverSteps = tensorNamed(inputs, "x").shape.length === 3;
  if (kind.startsWith("global")) {
    if (isOverSteps) return isMax ? layers.globalMaxPooling1d() : layers.globalAveragePooling1d();
    return isMax ? layers.globalMaxPooling2d() : layers.globalAveragePooling2d();
  }
  // A word that is wrong is refused by the layer.
  const padding = (config.padding ?? "valid") as "valid" | "same";
  if (isOverSteps) {
    const options = { padding, strides: single(strides ?? size) };
    return isMax ? layers.maxPooling1d(single(size), options) : layers.averagePooling1d(single(size), options);
  }
  const options = { padding, strides: pair(strides ?? size) };
  return isMax ? layers.maxPooling2d(pair(size), options) : layers.averagePooling2d(pair(size), options);
}
