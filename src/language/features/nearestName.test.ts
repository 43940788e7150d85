// The nearest name is the one that the engine finds, too.

import { expect, test } from "vitest";
import { nearestName } from "./nearestName.ts";

test.each([
  ["learnRate", ["units", "learningRate"], "learningRate"],
  ["speed", ["units", "learningRate"], null],
  ["learningrat", ["units", "learningRate"], "learningRate"],
  ["lr", ["l", "rate"], "l"],
  ["학습율", ["배치", "학습률"], "학습률"],
  ["층", ["배치", "학습률"], null],
  // One letter is nearest to nothing but itself.
  ["t", ["e", "rate"], null],
  ["K", ["e", "k"], "k"],
])("the nearest to %s among %j is %s", (name, known, nearest) => {
  expect(nearestName(name, known)).toBe(nearest);
});
