// Moving through a training: frames, keys, and the step that outputs share.

import { describe, expect, test, vi } from "vitest";
import { epochOf, frameSteps, keptEvery, lastAtMost } from "./frames.ts";
import { linkStep } from "./linkedStep.ts";
import { scrubKey } from "./scrubKeys.ts";
import { shareLinks } from "./sharedLinks.ts";

describe("frames", () => {
  test("are the steps of all runs, each once, in order", () => {
    expect(frameSteps([{ steps: [1, 6, 12] }, { steps: [1, 4, 12, 20] }])).toEqual([1, 4, 6, 12, 20]);
  });

  test("find the last record at a step", () => {
    expect([0, 1, 5, 6, 12, 99].map((step) => lastAtMost([1, 6, 12], step))).toEqual([-1, 0, 0, 1, 2, 2]);
  });

  test("belong to an epoch that counts from 1", () => {
    expect([1, 10, 11, 396].map((step) => epochOf(step, { stepsPerEpoch: 10 }))).toEqual([1, 1, 2, 40]);
  });

  test("say how many steps apart they are on average", () => {
    expect(keptEvery([1, 6, 12, 17, 24])).toBe(6);
    expect(keptEvery([1, 2, 3])).toBe(1);
    expect(keptEvery([1])).toBe(1);
  });
});

test("keys move a scrubber and stay inside", () => {
  const keys = ["ArrowLeft", "ArrowRight", "PageUp", "PageDown", "Home", "End", " ", "x"];
  expect(keys.map((key) => scrubKey(key, 3, 67))).toEqual([2, 4, 13, 0, 0, 66, "toggle", null]);
  expect(scrubKey("ArrowRight", 66, 67)).toBe(66);
});

describe("the linked step", () => {
  test("moves every output of the same run and no other", () => {
    const seen: string[] = [];
    const first = linkStep(["a", "b"], (step) => seen.push(`first ${step}`));
    const second = linkStep(["b"], (step) => seen.push(`second ${step}`));
    const third = linkStep(["c"], (step) => seen.push(`third ${step}`));
    second.move(12);
    expect(seen).toEqual(["first 12", "second 12"]);
    for (const link of [first, second, third]) link.dispose();
  });

  test("is where a new output starts, until the last one is gone", () => {
    const first = linkStep(["a"], () => undefined);
    expect(first.initial).toBeNull();
    first.move(7);
    const second = linkStep(["a"], () => undefined);
    expect(second.initial).toBe(7);
    first.dispose();
    second.dispose();
    const third = linkStep(["a"], () => undefined);
    expect(third.initial).toBeNull();
    third.dispose();
  });

  test("is told to other editors once a while, and what is chosen there moves the outputs here", () => {
    vi.useFakeTimers();
    const posted: unknown[] = [];
    const receive = shareLinks((message) => posted.push(message));
    const seen: number[] = [];
    const link = linkStep(["a"], (step) => seen.push(step));
    for (const step of [1, 2, 3]) link.move(step);
    expect(posted).toEqual([]);
    vi.advanceTimersByTime(100);
    expect(posted).toEqual([{ kind: "linkMoved", runIds: ["a"], to: { kind: "step", step: 3 } }]);
    receive({ kind: "linkMoved", runIds: ["a"], to: { kind: "step", step: 9 } });
    vi.advanceTimersByTime(1000);
    expect(seen).toEqual([1, 2, 3, 9]);
    expect(posted).toHaveLength(1);
    link.dispose();
    vi.useRealTimers();
  });
});
