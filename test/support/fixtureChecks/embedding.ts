// Checks embeddings against a fixture file of the schema of `layers/embedding.json`.

import { layers } from "../../../src/engine/index.ts";
import { type CaseResult, checkCase } from "./caseResult.ts";
import { refuseUnknownFields } from "./knownFields.ts";
import { compareLayer, type LayerCase, type LayerFile, toleranceOf } from "./layerCase.ts";

interface EmbeddingCase extends LayerCase {
  readonly config: { readonly vocab: number; readonly dim: number };
}

export function checkEmbedding(file: LayerFile<EmbeddingCase>): CaseResult[] {
  return file.cases.map((each) =>
    checkCase(each.name, () => {
      refuseUnknownFields("an embedding", each.config, ["vocab", "dim"]);
      const layer = layers.embedding(each.config.vocab, each.config.dim);
      const run = { training: true, weightNames: { embeddings: "table" } };
      return compareLayer(layer, each, toleranceOf(each, file), run).worst;
    }),
  );
}
