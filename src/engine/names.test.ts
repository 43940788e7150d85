// Names are found in any spelling style, and a wrong one finds its neighbour.

import { describe, expect, it } from "vitest";
import { closestName, editDistance, findName } from "./names.ts";

const known = ["relu", "leakyRelu", "sigmoid", "softmax", "tanh"] as const;

describe("names", () => {
  it.each(["leakyRelu", "leaky_relu", "LeakyReLU", "leaky relu", "LEAKY-RELU"])("%s is leakyRelu", (name) => {
    expect(findName(name, known)).toBe("leakyRelu");
  });

  it("an alias is found in any style too", () => {
    expect(findName("Hyperbolic_Tangent", known, { hyperbolicTangent: "tanh" })).toBe("tanh");
    expect(findName("sine", known)).toBeNull();
  });

  it.each([
    ["sigmoyd", "sigmoid"],
    ["rleu", "relu"],
    ["soft_max", "softmax"],
    ["leakyrel", "leakyRelu"],
    ["sig", "sigmoid"],
  ])("%s is near %s", (wrong, right) => expect(closestName(wrong, known)).toBe(right));

  it.each([
    ["heads", "numHeads"],
    ["dim", null],
  ])("%s is the last word of %s alone", (wrong, right) =>
    expect(closestName(wrong, ["numHeads", "keyDim", "valueDim"])).toBe(right),
  );

  it("names in other scripts are told apart", () => {
    expect(findName("왼쪽", ["오른쪽", "왼쪽"])).toBe("왼쪽");
    expect(findName("위", ["오른쪽", "왼쪽"])).toBeNull();
    expect(closestName("학습율", ["배치 크기", "학습률"])).toBe("학습률");
  });

  it("something else is near nothing", () => expect(closestName("banana", known)).toBeNull());

  it("a misspelt alias offers the name it means", () => {
    expect(closestName("hyperbolic_tangant", known, { hyperbolicTangent: "tanh" })).toBe("tanh");
  });

  it("swapped neighbours are one mistake", () => {
    expect(editDistance("adma", "adam")).toBe(1);
    expect(editDistance("", "abc")).toBe(3);
    expect(editDistance("kitten", "sitting")).toBe(3);
  });
});
