// The order in which trainings begin.

import { describe, expect, it } from "vitest";
import { layers, type Model, sequential } from "../index.ts";
import { longestFirst } from "./jobOrder.ts";
import type { Starter } from "./racePlan.ts";

const starter = (name: string, template: Model<unknown>, planned: number | null = 10, batchSize = 32) => ({
  starter: { entrant: { name }, template, planned, settings: { batchSize } } as unknown as Starter,
});
const orderOf = (all: readonly { readonly starter: Starter }[], shapes: readonly (readonly number[])[]) =>
  longestFirst(all, shapes).map((each) => each.starter.entrant.name);
const deep = (depth: number) =>
  sequential(Array.from({ length: depth }, () => layers.dense(16, { activation: "tanh" })));

describe("trainings begin", () => {
  it("with the deepest net and the most steps, and as they were given where they are alike", () => {
    const all = [
      starter("two", deep(2)),
      starter("four", deep(4)),
      starter("twenty", deep(20)),
      starter("as four", deep(4)),
    ];
    expect(orderOf(all, [[8]])).toEqual(["twenty", "four", "as four", "two"]);
    expect(orderOf([starter("short", deep(4)), starter("long", deep(4), 1000)], [[8]])).toEqual(["long", "short"]);
    expect(orderOf([starter("a", deep(2), null), starter("b", deep(2), null)], [[8]])).toEqual(["a", "b"]);
  });

  it("with convolutions before dense layers of as many weights", () => {
    const flat = sequential([layers.flatten(), layers.dense(10)]);
    const convolution = sequential([layers.conv2d(8, 3), layers.globalAveragePooling2d(), layers.dense(10)]);
    expect(orderOf([starter("flat", flat), starter("convolution", convolution)], [[12, 12, 1]])).toEqual([
      "convolution",
      "flat",
    ]);
  });

  it("in whatever order where a model does not fit the data: its training says so", () => {
    const wrong = sequential([layers.conv2d(8, 3)]);
    expect(orderOf([starter("wrong", wrong), starter("right", deep(1))], [[4]])).toEqual(["right", "wrong"]);
  });
});
