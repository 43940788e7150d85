// The words of the gradients view and of the layer card, English and Korean.

import type { WordTable } from "../../src/shared/words/message.ts";

export type GradientWordId =
  | "layers"
  | "layer"
  | "measure"
  | "meanAbs"
  | "l2"
  | "max"
  | "signalMeanAbs"
  | "signalL2"
  | "signalMax"
  | "updateRatio"
  | "zeroShare"
  | "activationMean"
  | "activationStd"
  | "bound"
  | "boundOf"
  | "byStep"
  | "firstStep"
  | "colour"
  | "stepBars"
  | "wholeAxis"
  | "noteGradient"
  | "noteRuns"
  | "noteDistribution"
  | "keptAll"
  | "keptSome"
  | "sameSeed"
  | "dotsLabel"
  | "heatLabel"
  | "tableTitle"
  | "ratio"
  | "cardLabel"
  | "parameters"
  | "parameter"
  | "allTrainable"
  | "someTrainable"
  | "cardMean"
  | "cardSize"
  | "cardZeroShare"
  | "cardSignal"
  | "cardWeights"
  | "cardActivation"
  | "distribution"
  | "distributionOf"
  | "distributionLabel"
  | "distributionNote"
  | "cardLost"
  | "cardTrend"
  | "cardStep"
  | "reveal"
  | "revealRun"
  | "copyNumbers"
  | "close"
  | "exploding"
  | "notRecorded"
  | "hideRun"
  | "showRun";

export const gradientWords: WordTable<GradientWordId> = {
  en: {
    layers: "Layers, input at the top",
    layer: "layer",
    measure: "Measure",
    meanAbs: "mean |g|",
    l2: "L2 norm of g",
    max: "max |g|",
    signalMeanAbs: "mean |dL/dz|",
    signalL2: "L2 norm of dL/dz",
    signalMax: "max |dL/dz|",
    updateRatio: "update : weight",
    zeroShare: "share of zeros",
    activationMean: "activation, mean",
    activationStd: "activation, std",
    bound: "{bound} per layer: the slope’s bound",
    boundOf: "{bound} per layer: {activation}’s bound",
    byStep: "by step",
    firstStep: "step {step}",
    colour: "colour: {measure}",
    stepBars: "bars: 10–90 % of all steps",
    wholeAxis: "All powers of ten",
    noteGradient:
      "g is the gradient of the loss with respect to a layer’s weights and biases, averaged over a batch of {batch}.",
    noteRuns: "Point at a layer for its numbers; ↑\u00a0↓ choose layers, ←\u00a0→ steps, +\u00a0−\u00a0zoom.",
    noteDistribution: 'Train with trace: "full" to see how |g| is distributed.',
    keptAll: "Every step is kept.",
    keptSome:
      "About one step in {distance} is kept: of those that were measured, outliers always (every: 1 measures all).",
    sameSeed: "Seed {seed}.",
    dotsLabel: "{measure} of {layers} {layers|layer|layers} at step {step}. The numbers are in the table of this view.",
    heatLabel:
      "{run}: {measure} of {layers} {layers|layer|layers} over {steps} {steps|step|steps}. The numbers are in the table of this view.",
    tableTitle: "Numbers of step {step}",
    ratio: "ratio",
    cardLabel: "{layer}: statistics",
    parameters: "{count} parameters",
    parameter: "1 parameter",
    allTrainable: "{parameters}, all trainable",
    someTrainable: "{parameters}, {share} trainable",
    cardMean: "mean ± std of g",
    cardSize: "L2, max |g|",
    cardZeroShare: "zeros, below 10⁻⁸",
    cardSignal: "mean |dL/dz|",
    cardWeights: "weights ± std",
    distribution: "Distributions over time",
    distributionOf: "|g| of {layer}, a line a step, the first at the back",
    distributionLabel: "{run}: how |g| of {layer} is distributed at {steps} {steps|step|steps}, from 10⁻¹² to 10³",
    distributionNote: "The height is the share of the layer’s weights; entries that are exactly zero are left out.",
    cardActivation: "activation ± std",
    cardLost: "saturated, dead",
    cardTrend: "mean |g|, all steps",
    cardStep: "step {step}",
    reveal: "Reveal in cell",
    revealRun: "Reveal {run} in cell",
    copyNumbers: "Copy numbers",
    close: "Close (Esc)",
    exploding: "exploding",
    notRecorded: "This measure was not recorded, or left out of a view of so many layers.",
    hideRun: "Hide {run}",
    showRun: "Show {run}",
  },
  ko: {
    layers: "층 목록, 입력이 맨 위",
    layer: "층",
    measure: "측정값",
    meanAbs: "평균 |g|",
    l2: "g의 L2 노름",
    max: "최대 |g|",
    signalMeanAbs: "평균 |dL/dz|",
    signalL2: "dL/dz의 L2 노름",
    signalMax: "최대 |dL/dz|",
    updateRatio: "갱신 : 가중치",
    zeroShare: "0의 비율",
    activationMean: "활성값 평균",
    activationStd: "활성값 표준편차",
    bound: "층마다 {bound}: 도함수의 상한",
    boundOf: "층마다 {bound}: {activation}의 상한",
    byStep: "스텝별",
    firstStep: "스텝 {step}",
    colour: "색: {measure}",
    stepBars: "막대: 전체 스텝의 10–90 %",
    wholeAxis: "눈금 전체",
    noteGradient: "g는 층의 가중치와 편향에 대한 손실의 기울기이며, 크기 {batch}인 배치에서 평균한 값입니다.",
    noteRuns: "층을 가리키면 수치가 나옵니다. ↑\u00a0↓로 층, ←\u00a0→로 스텝을 옮기고, +\u00a0−로 확대·축소합니다.",
    noteDistribution: 'trace: "full"로 학습하면 |g|의 분포도 볼 수 있습니다.',
    keptAll: "모든 스텝을 기록했습니다.",
    keptSome:
      "약 {distance}스텝마다 하나를 남기며, 측정한 스텝 가운데 튀는 값은 늘 남깁니다(every: 1이면 모든 스텝을 측정합니다).",
    sameSeed: "시드 {seed}.",
    dotsLabel: "스텝 {step}에서 {layers}개 층의 {measure}. 수치는 이 보기의 표에 있습니다.",
    heatLabel: "{run}: {steps}스텝에 걸친 {layers}개 층의 {measure}. 수치는 이 보기의 표에 있습니다.",
    tableTitle: "스텝 {step}의 수치",
    ratio: "비율",
    cardLabel: "{layer}: 통계",
    parameters: "매개변수 {count}개",
    parameter: "매개변수 1개",
    allTrainable: "{parameters}, 모두 학습",
    someTrainable: "{parameters}, 그중 {share} 학습",
    cardMean: "g의 평균 ± 표준편차",
    cardSize: "L2, 최대 |g|",
    cardZeroShare: "0, 10⁻⁸ 미만",
    cardSignal: "평균 |dL/dz|",
    cardWeights: "가중치 ± 표준편차",
    distribution: "시간에 따른 분포",
    distributionOf: "{layer}의 |g|, 선 하나가 한 스텝, 맨 뒤가 처음",
    distributionLabel: "{run}: {steps}개 스텝에서 {layer}의 |g| 분포, 10⁻¹²부터 10³까지",
    distributionNote: "높이는 그 층의 가중치 가운데 차지하는 비율입니다. 정확히 0인 값은 뺐습니다.",
    cardActivation: "활성값 ± 표준편차",
    cardLost: "포화, 죽음",
    cardTrend: "평균 |g|, 전체 스텝",
    cardStep: "스텝 {step}",
    reveal: "셀에서 보기",
    revealRun: "셀에서 {run} 보기",
    copyNumbers: "수치 복사",
    close: "닫기 (Esc)",
    exploding: "폭주",
    notRecorded: "이 측정값은 기록되지 않았거나, 층이 매우 많아 이 보기에서 뺐습니다.",
    hideRun: "{run} 숨기기",
    showRun: "{run} 보이기",
  },
};
