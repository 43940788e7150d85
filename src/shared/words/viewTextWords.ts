// The words of views as plain text: headings, states, names of columns.

import type { WordTable } from "./message.ts";

const en = {
  training: "Training",
  running: "Running: epoch {done} of {planned}",
  finished: "Finished: epoch {done} of {planned}",
  stopped: "Stopped: epoch {done} of {planned} was complete",
  diverged: "Diverged: epoch {done} of {planned} was complete",
  failed: "Failed: epoch {done} of {planned} was complete",
  epoch: "epoch",
  validation: "validation {name}",
  gradients: "Gradients",
  run: "run",
  layer: "layer",
  shape: "shape",
  meanAbsAt: "mean |g| at step {step}",
  updateRatio: "update : weights",
  activation: "activation",
  activations: "Activation functions",
  function: "function",
  largestSlope: "largest f′",
  slopeAt: "f′({z})",
  valueAt: "f({z})",
  unbounded: "no bound",
  saturatedWhere: "f′ below a tenth of its largest",
  nowhere: "nowhere",
  histogram: "{layer}: {activation}, {share} of {examples} examples' values saturated",
  model: "Model",
  type: "type",
  outputShape: "output shape",
  weights: "weights",
  totalWeights: "total {total}, trainable {trainable}",
  compiledWith: "loss {loss}, optimizer {optimizer}",
  notCompiled: "not compiled yet",
} as const;

/** The ids of the words of plain-text views. */
export type ViewTextWordId = keyof typeof en;

const ko: Record<ViewTextWordId, string> = {
  training: "학습",
  running: "진행 중: 에포크 {done}/{planned}",
  finished: "완료: 에포크 {done}/{planned}",
  stopped: "중지됨: 에포크 {done}/{planned}까지 완료",
  diverged: "발산: 에포크 {done}/{planned}까지 완료",
  failed: "실패: 에포크 {done}/{planned}까지 완료",
  epoch: "에포크",
  validation: "검증 {name}",
  gradients: "기울기",
  run: "실행",
  layer: "층",
  shape: "모양",
  meanAbsAt: "{step}번째 스텝의 평균 |g|",
  updateRatio: "변화량 : 가중치",
  activation: "활성화",
  activations: "활성화 함수",
  function: "함수",
  largestSlope: "f′의 최댓값",
  slopeAt: "f′({z})",
  valueAt: "f({z})",
  unbounded: "상한 없음",
  saturatedWhere: "f′가 최댓값의 10분의 1 미만인 구간",
  nowhere: "없음",
  histogram: "{layer}: {activation}, 예제 {examples}개의 값 중 {share} 포화",
  model: "모델",
  type: "종류",
  outputShape: "출력 모양",
  weights: "가중치 수",
  totalWeights: "전체 {total}, 학습 가능 {trainable}",
  compiledWith: "손실 함수 {loss}, 옵티마이저 {optimizer}",
  notCompiled: "아직 컴파일하지 않음",
};

/** The words of plain-text views, by language. */
export const viewTextWords: WordTable<ViewTextWordId> = { en, ko };
