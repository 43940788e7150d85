// Recurrent and attention layers against reference values of another framework, through the public API.

import { describe, expect, it } from "vitest";
import { type AttentionFile, checkMultiHeadAttention } from "./support/fixtureChecks/attention.ts";
import type { CaseResult } from "./support/fixtureChecks/caseResult.ts";
import { checkGru, checkLstm, checkSimpleRnn, type RecurrentFile } from "./support/fixtureChecks/recurrent.ts";
import { readFixture } from "./support/fixtures.ts";

const recurrent = (name: string) => readFixture<RecurrentFile>(`layers/${name}.json`);
const checks: Readonly<Record<string, () => { readonly count: number; readonly results: CaseResult[] }>> = {
  simple_rnn: () => ({ count: recurrent("simple_rnn").cases.length, results: checkSimpleRnn(recurrent("simple_rnn")) }),
  lstm: () => ({ count: recurrent("lstm").cases.length, results: checkLstm(recurrent("lstm")) }),
  gru: () => ({ count: recurrent("gru").cases.length, results: checkGru(recurrent("gru")) }),
  multi_head_attention: () => {
    const file = readFixture<AttentionFile>("layers/multi_head_attention.json");
    return { count: file.cases.length, results: checkMultiHeadAttention(file) };
  },
};

describe.each(Object.entries(checks))("%s", (_, check) => {
  const { count, results } = check();

  it("has every case checked", () => {
    expect(count).toBeGreaterThan(0);
    expect(results.filter(({ skipped }) => skipped === undefined)).toHaveLength(count);
  });

  it.each(results)("$name agrees in outputs, states and all gradients", ({ worst }) => {
    expect(worst).toBeLessThanOrEqual(1);
  });
});

it("a wrong number in a case is found", () => {
  const file = recurrent("gru");
  const first = file.cases[0] ?? expect.fail("no case");
  const sequence = first.outputs.sequence ?? expect.fail("no sequence");
  const data = sequence.data.map((value, index) => (index === 3 ? Number(value) + 0.001 : value));
  const broken = { ...file, cases: [{ ...first, outputs: { ...first.outputs, sequence: { ...sequence, data } } }] };
  expect(checkGru(broken)[0]?.worst).toBeGreaterThan(1);
});
