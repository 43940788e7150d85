// What hovers over a race say: who is ahead, and each variant's rank, losses and their intervals.

import { expect, test, vi } from "vitest";
import { raceView } from "../../../test/support/runReports.ts";
import type { Racer } from "../../shared/views.ts";

vi.mock("vscode", () => import("../../../test/support/fakeVscode.ts"));

const { raceHover } = await import("./raceHover.ts");

const subject = { kind: "race", span: { start: 0, length: 4 }, cellId: "cell:a", index: 0, variant: null } as const;
const [blank] = raceView().racers as [Racer];
const sgd: Racer = {
  ...{ ...blank, rank: 2, ended: 3, diverged: 1 },
  ...{ final: { mean: 0.5, low: 0.4, high: 0.6 }, best: { mean: 0.45, low: null, high: null } },
};
const adam: Racer = {
  ...{ ...blank, name: "adam|w", learningRate: null, rank: 1, isShared: true, ended: 3 },
  ...{ final: { mean: 0.131, low: 0.11, high: 0.156 }, best: { mean: 0.12, low: 0.1, high: 0.14 } },
  ...{ target: { mean: 131, low: 110, high: 156 }, reached: 2 },
};
const sentence = { tone: "info", messages: [{ id: "raceAlone", args: { name: "adam", loss: "0.131" } }] } as const;
const race = raceView({ state: "finished", sentence, racers: [sgd, adam] });

function hover(changes: Partial<Parameters<typeof raceHover>[0]> = {}) {
  return raceHover({ subject, races: [race], isOld: false, locale: "en", ...changes });
}

test("the standings by rank, with intervals and what diverged", () => {
  expect(hover()).toMatchInlineSnapshot(`
    "$(info) **adam** ends at a loss of **0.131**.

    | rank | variant | rate | final loss | best loss |
    |--:|:--|--:|--:|--:|
    | 1= | adam\\|w | &emsp;schedule | &emsp;0.131 (0.110–0.156) | &emsp;0.120 (0.100–0.140) |
    | 2 | sgd (diverged in 1 of 3) | &emsp;0.1 | &emsp;0.500 (0.400–0.600) | &emsp;0.450 |"
  `);
  expect(hover({ races: [{ ...race, target: 0.2, hasValidation: true }], isOld: true })).toMatchInlineSnapshot(`
    "$(info) **adam** ends at a loss of **0.131**. · old

    | rank | variant | rate | steps to 0.2 | final loss | best loss | validation loss |
    |--:|:--|--:|--:|--:|--:|--:|
    | 1= | adam\\|w | &emsp;schedule | &emsp;131 (110–156) 2/3 | &emsp;0.131 (0.110–0.156) | &emsp;0.120 (0.100–0.140) | &emsp;– |
    | 2 | sgd (diverged in 1 of 3) | &emsp;0.1 | &emsp;– | &emsp;0.500 (0.400–0.600) | &emsp;0.450 | &emsp;– |"
  `);
});

test("one variant alone; none that the race does not have", () => {
  expect(hover({ subject: { ...subject, variant: "sgd" } })?.match(/^\|.*$/gm)).toHaveLength(3);
  expect(hover({ subject: { ...subject, variant: "lion" } })).toBeNull();
});

test("each of a cell's races is its own, and before it runs there is nothing to say", () => {
  const second = { ...race, racers: [adam] };
  expect(hover({ races: [race, second], subject: { ...subject, index: 1 } })).not.toContain("sgd");
  expect(hover({ races: [race], subject: { ...subject, index: 1 } })).toBeNull();
  expect(hover({ races: [race, second], subject: { ...subject, index: null } })).not.toContain("sgd");
  expect(hover({ races: [] })).toBeNull();
});

test("many variants are told in a few lines, in the reader's language", () => {
  const racers = Array.from({ length: 12 }, (_, index) => ({ ...adam, name: `v${index}` }));
  expect(hover({ races: [{ ...race, racers }] })).toMatch(/\| v7 \|.*\n\nand 4 more$/);
  expect(hover({ locale: "ko" })).toContain("| 순위 | 변형 | 학습률 | 최종 손실 | 최저 손실 |");
});
