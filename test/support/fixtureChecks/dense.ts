// Checks dense layers against a fixture file of the schema of `layers/dense.json`.

import { layers } from "../../../src/engine/index.ts";
import { type CaseResult, checkCase } from "./caseResult.ts";
import { refuseUnknownFields } from "./knownFields.ts";
import { compareLayer, type LayerCase, type LayerFile, toleranceOf } from "./layerCase.ts";

interface DenseCase extends LayerCase {
  readonly config: { readonly units: number; readonly use_bias?: boolean; readonly activation?: string | null };
}

export function checkDense(file: LayerFile<DenseCase>): CaseResult[] {
  return file.cases.map((each) =>
    checkCase(each.name, () => {
      refuseUnknownFields("a dense layer", each.config, ["units", "use_bias", "activation"]);
      const { units, use_bias: useBias = true, activation } = each.config;
      const layer = layers.dense(units, { useBias, activation: activation ?? "linear" });
      const tolerance = toleranceOf(each, file);
      return compareLayer(layer, each, tolerance, { training: true }).worst;
    }),
  );
}
