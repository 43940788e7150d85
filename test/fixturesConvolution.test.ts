// Convolution and pooling against reference values of another framework, through the public API.

import { describe, expect, it } from "vitest";
import { checkConvolution, checkTransposedConvolution } from "./support/fixtureChecks/convolution.ts";
import { checkPooling } from "./support/fixtureChecks/pooling.ts";
import { readFixture } from "./support/fixtures.ts";

const files = [
  { name: "conv1d", check: () => checkConvolution(readFixture("layers/conv1d.json")), cases: 5 },
  { name: "conv2d", check: () => checkConvolution(readFixture("layers/conv2d.json")), cases: 11 },
  {
    name: "depthwise_separable_conv2d",
    check: () => checkConvolution(readFixture("layers/depthwise_separable_conv2d.json")),
    cases: 3,
  },
  {
    name: "conv2d_transpose",
    check: () => checkTransposedConvolution(readFixture("layers/conv2d_transpose.json")),
    cases: 3,
  },
  { name: "pooling", check: () => checkPooling(readFixture("layers/pooling.json")), cases: 16 },
];

describe.each(files)("$name", ({ check, cases }) => {
  const results = check();

  it("has all of its cases checked", () => {
    expect(results.filter(({ skipped }) => skipped === undefined)).toHaveLength(cases);
  });

  it.each(results)("$name agrees in output and all gradients", ({ worst }) => {
    expect(worst).toBeLessThanOrEqual(1);
  });
});
