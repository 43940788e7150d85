// Dense, embedding, dropout and normalization layers against reference values of other frameworks, through the public API.

import { describe, expect, it } from "vitest";
import type { CaseResult } from "./support/fixtureChecks/caseResult.ts";
import { checkDense } from "./support/fixtureChecks/dense.ts";
import { checkDropout } from "./support/fixtureChecks/dropout.ts";
import { checkEmbedding } from "./support/fixtureChecks/embedding.ts";
import { checkBatchNorm, checkLayerNorm } from "./support/fixtureChecks/normalization.ts";
import { readFixture } from "./support/fixtures.ts";

const families: readonly { name: string; results: readonly CaseResult[]; cases: number }[] = [
  { name: "dense", results: checkDense(readFixture("layers/dense.json")), cases: 8 },
  { name: "embedding", results: checkEmbedding(readFixture("layers/embedding.json")), cases: 2 },
  { name: "dropout", results: checkDropout(readFixture("layers/dropout.json")), cases: 5 },
  // Eight cases by two conventions, and the two sequences.
  { name: "batchNorm", results: checkBatchNorm(readFixture("layers/batchnorm.json")), cases: 18 },
  { name: "layerNorm and rmsNorm", results: checkLayerNorm(readFixture("layers/layernorm.json")), cases: 3 },
];

describe.each(families)("$name agrees with the reference in outputs and gradients:", ({ results, cases }) => {
  it("every case is there and none skipped", () => {
    expect(results).toHaveLength(cases);
    expect(results.filter(({ skipped }) => skipped !== undefined)).toEqual([]);
  });

  it.each(results)("$name", ({ worst }) => expect(worst).toBeLessThanOrEqual(1));
});
