// Names of losses and metrics in words. A name that is not here (a custom one) stands as its maker wrote it.

import type { Locale } from "../../src/shared/words/message.ts";

const names: Readonly<Record<string, Readonly<Record<Locale, string>>>> = {
  mse: { en: "mean squared error", ko: "평균 제곱 오차" },
  mae: { en: "mean absolute error", ko: "평균 절대 오차" },
  rmse: { en: "root mean squared error", ko: "평균 제곱근 오차" },
  meanSquaredError: { en: "mean squared error", ko: "평균 제곱 오차" },
  meanAbsoluteError: { en: "mean absolute error", ko: "평균 절대 오차" },
  huber: { en: "Huber loss", ko: "후버 손실" },
  logCosh: { en: "log-cosh", ko: "로그 코사인 쌍곡" },
  hinge: { en: "hinge loss", ko: "힌지 손실" },
  binaryCrossentropy: { en: "binary cross-entropy", ko: "이진 교차 엔트로피" },
  categoricalCrossentropy: { en: "categorical cross-entropy", ko: "범주형 교차 엔트로피" },
  sparseCategoricalCrossentropy: { en: "categorical cross-entropy", ko: "범주형 교차 엔트로피" },
  kullbackLeibler: { en: "Kullback–Leibler divergence", ko: "쿨백-라이블러 발산" },
  accuracy: { en: "share of examples classified right", ko: "맞게 분류한 예의 비율" },
  binaryAccuracy: { en: "share of examples classified right", ko: "맞게 분류한 예의 비율" },
  categoricalAccuracy: { en: "share of examples classified right", ko: "맞게 분류한 예의 비율" },
  sparseCategoricalAccuracy: { en: "share of examples classified right", ko: "맞게 분류한 예의 비율" },
  precision: { en: "share of those taken for positive that are", ko: "양성으로 판정한 예 가운데 실제 양성의 비율" },
  recall: { en: "share of positive examples that are found", ko: "양성 예 가운데 찾아낸 것의 비율" },
  f1: { en: "harmonic mean of precision and recall", ko: "정밀도와 재현율의 조화 평균" },
  r2: { en: "share of variance explained", ko: "설명된 분산의 비율" },
};

export function measureName(measure: string, locale: Locale): string {
  return Object.hasOwn(names, measure) ? (names[measure]?.[locale] ?? measure) : measure;
}

const shares: ReadonlySet<string> = new Set([
  "accuracy",
  "binaryAccuracy",
  "categoricalAccuracy",
  "sparseCategoricalAccuracy",
  "precision",
  "recall",
  "f1",
]);

/** True for measures between 0 and 1, whose axis ends at 1. */
export function isShare(measure: string): boolean {
  return shares.has(measure);
}
