// The labels of the confusion matrix and of pictures.

import { wordTable } from "../../src/shared/words/message.ts";

export const confusionWords = wordTable(
  {
    matrix: "true class by row, prediction by column",
    truth: "true",
    recall: "recall",
    precision: "precision",
    validation: "validation examples",
    train: "training examples",
    cell: "true {truth}, predicted {predicted}: {count} {count|example|examples}",
    wrong: "true {truth}, predicted {predicted}: {shown} of {count} shown, the surest first",
    right: "True {truth}, predicted {truth}: right. Choose a cell off the diagonal to see what went wrong.",
    row: "example",
    probability: "probability",
    none: "Choose a cell with mistakes to see them.",
    example: "example {row}, taken for {predicted} with {confidence}",
  },
  {
    matrix: "행은 정답, 열은 예측",
    truth: "정답",
    recall: "재현율",
    precision: "정밀도",
    validation: "검증 예제",
    train: "훈련 예제",
    cell: "정답 {truth}, 예측 {predicted}: 예제 {count}개",
    wrong: "정답 {truth}, 예측 {predicted}: {count}개 중 {shown}개, 확신이 큰 것부터",
    right: "정답 {truth}, 예측 {truth}: 맞힌 예제입니다. 대각선 밖의 칸을 고르면 틀린 예제를 볼 수 있습니다.",
    row: "예제",
    probability: "확률",
    none: "틀린 예제가 있는 칸을 고르세요.",
    example: "예제 {row}, 예측 {predicted}, 확률 {confidence}",
  },
);
