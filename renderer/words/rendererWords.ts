// The labels that every view may need, in the languages nnbook speaks. Verdicts are worded by src/shared/words; views with many words have a table of their own.

import type { WordTable } from "../../src/shared/words/message.ts";

const en = {
  // tones, read aloud for their icons
  good: "Good",
  info: "Note",
  warning: "Warning",
  error: "Error",
  // tools of a view
  tools: "Tools of this view",
  showNumbers: "Show the numbers",
  hideNumbers: "Hide the numbers",
  copy: "Copy…",
  save: "Save as…",
  copied: "Copied",
  copyFailed: "The picture could not be copied. Save it instead.",
  formatPng: "Picture (PNG)",
  formatSvg: "Drawing (SVG)",
  formatCsv: "Numbers (CSV)",
  numbersOf: "Numbers: {caption}",
  // data that cannot be shown
  unreadable: "This output cannot be drawn: expected {expected}, found {found}.",
  unreadableNewer:
    "It may come from a newer nnbook: update the extension, run the cell again, or choose “text/plain” under “Change Presentation”.",
  unreadableBroken: "Run the cell again, or choose “text/plain” under “Change Presentation”.",
  // layers
  layer: "layer",
  type: "type",
  outputShape: "output shape",
  takes: "takes",
  inputShape: "input shape",
  parameters: "parameters",
  summaryTotals: "{layers} {layers|layer|layers}, {parameters} {parameters|parameter|parameters}",
  summaryLayers: "{layers} {layers|layer|layers}",
  total: "total",
  trainable: "trainable",
  compiledWith: "Loss {loss}, optimizer {optimizer}.",
  notBuilt: "Shapes and parameters follow from the first data it sees, or from the first layer’s inputShape.",
  notCompiled: "Not compiled yet: it has no loss and no optimizer.",
  gradient: "gradient",
  gradientOfLayers: "Gradient of each layer, input first",
  gradientCaption: "mean |g| of each layer, newest epoch",
  gradientScale: "Colour scale of mean |g| from 10⁻⁹, faint, to 10³; above 10 the hue turns",
  meanGradient: "mean |g|",
  notRecorded: "not recorded yet",
  notFinite: "not a finite number",
  blockLabel: "{layer}: mean gradient {value}",
  close: "Close",
} as const;

export type RendererWordId = keyof typeof en;

const ko: Readonly<Record<RendererWordId, string>> = {
  good: "좋음",
  info: "참고",
  warning: "주의",
  error: "오류",
  tools: "이 보기의 도구",
  showNumbers: "숫자 보기",
  hideNumbers: "숫자 숨기기",
  copy: "복사…",
  save: "다른 이름으로 저장…",
  copied: "복사했습니다",
  copyFailed: "그림을 복사하지 못했습니다. 대신 파일로 저장하세요.",
  formatPng: "그림(PNG)",
  formatSvg: "벡터 그림(SVG)",
  formatCsv: "숫자(CSV)",
  numbersOf: "숫자: {caption}",
  unreadable: "이 출력을 그릴 수 없습니다. 있어야 할 것: {expected}, 실제로 있는 것: {found}.",
  unreadableNewer:
    "더 새로운 nnbook에서 만든 출력일 수 있습니다. 확장을 업데이트하거나 셀을 다시 실행하거나, ‘표시 방법 변경’에서 “text/plain”을 고르세요.",
  unreadableBroken: "셀을 다시 실행하거나, ‘표시 방법 변경’에서 “text/plain”을 고르세요.",
  layer: "층",
  type: "종류",
  outputShape: "출력 형상",
  takes: "입력",
  inputShape: "입력 형상",
  parameters: "매개변수",
  summaryTotals: "층 {layers}개, 매개변수 {parameters}개",
  summaryLayers: "층 {layers}개",
  total: "합계",
  trainable: "학습되는 것",
  compiledWith: "손실 {loss}, 옵티마이저 {optimizer}.",
  notBuilt: "형상과 매개변수는 처음 보는 데이터나 첫 층의 inputShape에 따라 정해집니다.",
  notCompiled: "아직 compile하지 않아 손실과 옵티마이저가 없습니다.",
  gradient: "기울기",
  gradientOfLayers: "층별 기울기, 입력 쪽부터",
  gradientCaption: "층별 평균 |g|, 가장 최근 에포크",
  gradientScale: "평균 |g|의 색 눈금: 옅은 10⁻⁹부터 10³까지, 10을 넘으면 색조가 바뀜",
  meanGradient: "평균 |g|",
  notRecorded: "아직 기록 없음",
  notFinite: "유한한 수가 아님",
  blockLabel: "{layer}: 평균 기울기 {value}",
  close: "닫기",
};

export const rendererWords: WordTable<RendererWordId> = { en, ko };
