// The words of the activation view, English and Korean.

import type { WordTable } from "../../src/shared/words/message.ts";

export type ActivationWordId =
  | "functions"
  | "more"
  | "fewer"
  | "alpha"
  | "preActivations"
  | "layerChoice"
  | "noLayer"
  | "unit"
  | "noUnit"
  | "unitChoice"
  | "deadUnitChoice"
  | "deadUnits"
  | "tangentNote"
  | "output"
  | "slopeMeaning"
  | "histogram"
  | "share"
  | "passes"
  | "saturated"
  | "zone"
  | "zoneShort"
  | "valueLabel"
  | "slopeLabel"
  | "histogramLabel"
  | "reading"
  | "wholeRange"
  | "readAt"
  | "throughTen"
  | "atBest"
  | "largestSlope"
  | "tenth"
  | "unbounded"
  | "noteLayer"
  | "notePrelu"
  | "noteSoftmax"
  | "noteZones"
  | "noteZonesOfSeveral"
  | "noteKeys"
  | "tableZ"
  | "layout"
  | "overlaid"
  | "multiples"
  | "panelLabel"
  | "noteBars";

export const activationWords: WordTable<ActivationWordId> = {
  en: {
    functions: "Functions, up to five",
    more: "{count} more…",
    fewer: "Fewer",
    alpha: "alpha ({functions})",
    preActivations: "pre-activations of",
    layerChoice: "{layer} ({activation}, {units} {units|unit|units})",
    noLayer: "no layer",
    unit: "unit",
    noUnit: "none",
    unitChoice: "{unit}: mean z {z}",
    deadUnitChoice: "{unit}: mean z {z}, dead",
    deadUnits: "Dead units of {layer}, which gave 0 for every example: {units}.",
    tangentNote: "The short lines are tangents: their steepness is f′.",
    output: "output",
    slopeMeaning: "what a gradient is multiplied by on its way back",
    histogram: "z in {layer}",
    share: "share of values",
    passes: "passes",
    saturated: "saturated: f′ below 10 % of its largest",
    zone: "{activation} saturated",
    zoneShort: "saturated",
    valueLabel: "f(z) of {functions} for z from {from} to {to}",
    slopeLabel: "f′(z) of {functions} for z from {from} to {to}",
    histogramLabel: "Share of pre-activations z of {layer} in each interval; {share} of them saturated",
    reading: "Reading line, z",
    readAt: "z = {z}",
    throughTen: "Through ten layers",
    atBest: "what is left of a gradient at best",
    largestSlope: "largest f′",
    tenth: "to the 10th",
    unbounded: "no limit",
    noteZones: "Hatched: where f′ is below 10 % of its largest.",
    noteZonesOfSeveral:
      "Strips at the top: where each function’s f′ is below 10 % of its largest; hatched: where all with a strip are.",
    noteSoftmax:
      "Softmax takes a whole row: drawn is the share of a class with score z against one other with score 0.",
    notePrelu: "PReLU learns its α; the curve has the one that it began with.",
    noteLayer:
      "Values of z at the end of training, {examples} {examples|example|examples}; the outermost bars hold all beyond.",
    wholeRange: "All of z",
    noteKeys: "Point at a curve, or use ← and →, to read it; + and − zoom.",
    tableZ: "z",
    layout: "curves",
    overlaid: "in one drawing",
    multiples: "a drawing each",
    panelLabel: "f(z) and, dashed, f′(z) of {functions} for z from {from} to {to}",
    noteBars: "Bars: how the z of {layer} would lie on each function.",
  },
  ko: {
    functions: "함수, 최대 다섯 개",
    more: "{count}개 더…",
    fewer: "접기",
    alpha: "알파 ({functions})",
    preActivations: "활성화 전 값을 볼 층",
    layerChoice: "{layer} ({activation}, 유닛 {units}개)",
    noLayer: "층 없음",
    unit: "유닛",
    noUnit: "없음",
    unitChoice: "{unit}번: 평균 z {z}",
    deadUnitChoice: "{unit}번: 평균 z {z}, 죽음",
    deadUnits: "{layer}에서 모든 예제에 0만 출력한 죽은 유닛: {units}.",
    tangentNote: "짧은 선은 접선이며 기울기가 f′입니다.",
    output: "출력",
    slopeMeaning: "되돌아가는 기울기에 곱해지는 값",
    histogram: "{layer}의 z",
    share: "값의 비율",
    passes: "통과",
    saturated: "포화: f′가 최댓값의 10 % 미만",
    zone: "{activation} 포화",
    zoneShort: "포화",
    valueLabel: "z가 {from}에서 {to}까지일 때 {functions}의 f(z)",
    slopeLabel: "z가 {from}에서 {to}까지일 때 {functions}의 f′(z)",
    histogramLabel: "구간마다 {layer}의 활성화 전 값 z가 차지하는 비율. {share}가 포화 상태",
    reading: "읽는 선, z",
    readAt: "z = {z}",
    throughTen: "층 열 개를 지나면",
    atBest: "기울기가 가장 많이 남을 때의 크기",
    largestSlope: "최대 f′",
    tenth: "10제곱",
    unbounded: "한계 없음",
    noteZones: "빗금: f′이 최댓값의 10 %보다 작은 곳입니다.",
    noteZonesOfSeveral: "위쪽 띠: 각 함수의 f′이 최댓값의 10 %보다 작은 곳, 빗금: 띠가 있는 함수가 모두 그런 곳입니다.",
    noteSoftmax:
      "소프트맥스는 한 행 전체로 계산됩니다. 곡선은 점수가 0인 다른 클래스 하나와 견준, 점수가 z인 클래스의 몫입니다.",
    notePrelu: "PReLU의 α는 학습됩니다. 곡선은 시작할 때의 값으로 그렸습니다.",
    noteLayer: "학습이 끝났을 때의 z 값, 예제 {examples}개. 양 끝 막대에는 그 밖의 값도 모두 들어 있습니다.",
    wholeRange: "z 전체",
    noteKeys: "곡선을 가리키거나 ←, → 키로 값을 읽습니다. +, −로 확대·축소합니다.",
    tableZ: "z",
    layout: "곡선",
    overlaid: "한 그림에 겹쳐서",
    multiples: "함수마다 따로",
    panelLabel: "z가 {from}에서 {to}까지일 때 {functions}의 f(z)와 f′(z)(점선)",
    noteBars: "막대: {layer}의 z를 각 함수에 놓아 본 분포입니다.",
  },
};
