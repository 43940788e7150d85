// The labels of the view of a race.

import type { OptimizersView } from "../../src/shared/views.ts";
import { wordTable } from "../../src/shared/words/message.ts";
import { raceColumns } from "../../src/shared/words/raceColumns.ts";

/** What the lines are means of: of all seeds only once all runs have ended. No longer than that one: the caption must not wrap for less. */
export function captionId({ seeds, state }: Pick<OptimizersView, "seeds" | "state">) {
  if (seeds === 1) return "captionOneSeed";
  return state === "finished" ? "captionSeeds" : "captionSoFar";
}

/** Of which lines the intervals are drawn: of `banded` among `shown` variants. */
export function intervalId(banded: number, shown: number) {
  if (banded >= shown) return "intervalOfAll";
  return banded === 0 ? "intervalOfRead" : "intervalOfSome";
}

export const raceWords = wordTable(
  {
    trainingLoss: "training loss",
    captionSeeds: "{measure}; mean of {seeds} seeds, {interval}",
    captionSoFar: "{measure}; mean so far, {interval}",
    captionOneSeed: "{measure}; one seed",
    intervalOfAll: "95 % interval",
    intervalOfSome: "95 % interval of those in colour",
    intervalOfRead: "95 % interval of the one pointed at",
    moreNames: "and {count} more",
    byStep: "by step",
    byTime: "by time",
    axis: "What the loss is drawn against",
    firstStep: "step {step}",
    seconds: "{seconds} s",
    target: "target {target}",
    ...raceColumns.en,
    msPerStep: "ms a step",
    reached: "runs there",
    low: "{name}, from",
    high: "{name}, to",
    ended: "runs",
    diverged: "diverged",
    standings: "Standings",
    lines: "Lines",
    stepOfLine: "step",
    secondsOfLine: "seconds",
    hide: "Hide {name}",
    show: "Show {name}",
    stopLabel: "Stop this race; race.resume() goes on with it",
    runAgainLabel: "Run the cell of this race again",
    waiting: "Waiting for the first steps",
    noSteps: "No step was made.",
    noneFinite: "The loss was never a finite number.",
    closeUp: "One step of one weight",
    closeUpOf: "What {name} did at step {step} to w = {weight}",
    closeUpWeight: "{weight} of {layer}",
    closeUpStep: "Steps that were looked at closely",
    closeUpNote:
      "Of the run of the first seed: the weight of the last layer that had the largest gradient at the first step. g is its mean gradient over the batch, η the learning rate, c what clipping leaves of g, λ the weight decay; what the optimizer remembers stands left of an arrow.",
    closeUpWaiting: "It can be looked at when the race has ended.",
    closeUpNone: "Nothing was looked at: no run of a first seed has ended in a thread of its own.",
    closeUpNoRule: "The rule is not written out here; what it got, what it remembers, and what came out:",
    interval: "{name}: {mean}, 95 % from {low} to {high}",
    alone: "{name}: {mean}",
    chartLabel:
      "Training loss of {count} variants, {axis}. {sentence} Arrow keys left and right read the lines, up and down choose one.",
    at: "{place}: {name} {mean}",
    atBand: "{place}: {name} {mean} ({low}–{high})",
  },
  {
    trainingLoss: "훈련 손실",
    captionSeeds: "{measure}, 시드 {seeds}개의 평균과 {interval}",
    captionSoFar: "{measure}, 지금까지의 평균과 {interval}",
    captionOneSeed: "{measure}, 시드 1개",
    intervalOfAll: "95% 구간",
    intervalOfSome: "색이 있는 곡선의 95% 구간",
    intervalOfRead: "가리킨 곡선의 95% 구간",
    moreNames: "외 {count}개",
    byStep: "스텝별",
    byTime: "시간별",
    axis: "손실의 가로축",
    firstStep: "스텝 {step}",
    seconds: "{seconds}초",
    target: "목표 {target}",
    ...raceColumns.ko,
    // Short: a column of the picture is narrow.
    stepsTo: "{target}까지의 스텝",
    msPerStep: "스텝당 ms",
    reached: "도달한 실행",
    low: "{name}, 하한",
    high: "{name}, 상한",
    ended: "실행",
    diverged: "발산",
    standings: "순위표",
    lines: "곡선",
    stepOfLine: "스텝",
    secondsOfLine: "초",
    hide: "{name} 숨기기",
    show: "{name} 보이기",
    stopLabel: "이 경주 멈추기. race.resume()으로 이어서 할 수 있습니다",
    runAgainLabel: "이 경주의 셀을 다시 실행",
    waiting: "첫 스텝을 기다리는 중",
    noSteps: "진행된 스텝이 없습니다.",
    noneFinite: "손실이 유한한 수였던 적이 없습니다.",
    closeUp: "가중치 하나의 한 스텝",
    closeUpOf: "{name}: 스텝 {step}에서 w = {weight}에 한 일",
    closeUpWeight: "{layer}의 {weight}",
    closeUpStep: "자세히 살펴본 스텝",
    closeUpNote:
      "첫 번째 시드의 실행에서, 마지막 층의 가중치 가운데 첫 스텝의 기울기가 가장 컸던 것입니다. g는 배치 평균 기울기, η는 학습률, c는 클리핑으로 남는 비율, λ는 가중치 감쇠이며, 화살표 왼쪽은 옵티마이저가 기억하는 값입니다.",
    closeUpWaiting: "경주가 끝나면 볼 수 있습니다.",
    closeUpNone: "살펴본 스텝이 없습니다: 자기 스레드에서 끝난 첫 번째 시드의 실행이 없습니다.",
    closeUpNoRule: "이 규칙은 식으로 풀어 쓰지 않습니다. 받은 기울기, 기억하는 값, 결과는 다음과 같습니다.",
    interval: "{name}: {mean}, 95% 구간 {low}~{high}",
    alone: "{name}: {mean}",
    chartLabel:
      "변형 {count}개의 훈련 손실, {axis}. {sentence} 왼쪽·오른쪽 화살표 키로 값을 읽고, 위·아래 화살표 키로 선을 고릅니다.",
    at: "{place}: {name} {mean}",
    atBand: "{place}: {name} {mean} ({low}~{high})",
  },
);
