// The columns of a race's standings, in the picture, as text and in hovers.

import { wordTable } from "./message.ts";

export const raceColumns = wordTable(
  {
    rank: "rank",
    variant: "variant",
    rate: "rate",
    schedule: "schedule",
    stepsTo: "steps to {target}",
    finalLoss: "final loss",
    bestLoss: "best loss",
    validationLoss: "validation loss",
    divergedIn: "diverged in {diverged} of {ended}",
  },
  {
    rank: "순위",
    variant: "변형",
    rate: "학습률",
    schedule: "스케줄",
    stepsTo: "손실 {target}까지의 스텝",
    finalLoss: "최종 손실",
    bestLoss: "최저 손실",
    validationLoss: "검증 손실",
    divergedIn: "{ended}개 중 {diverged}개 발산",
  },
);
