// The labels of pictures and filters.

import { wordTable } from "../../src/shared/words/message.ts";

export const imagesWords = wordTable(
  {
    pictures: "pictures",
    picture: "picture",
    truth: "true",
    predicted: "predicted",
    confidence: "probability",
    filter: "filter {row}",
    unit: "unit {row}",
    map: "feature map {row}",
    some: "the first {shown} of {total}",
    example: "example {row}",
    isRight: "right: {predicted}, {confidence}",
    isWrong: "wrong: {predicted} instead of {truth}, {confidence}",
  },
  {
    pictures: "그림",
    picture: "그림",
    truth: "정답",
    predicted: "예측",
    confidence: "확률",
    filter: "필터 {row}",
    unit: "유닛 {row}",
    map: "특성 맵 {row}",
    some: "전체 {total}개 중 처음 {shown}개",
    example: "예제 {row}",
    isRight: "맞음: {predicted}, {confidence}",
    isWrong: "틀림: 정답 {truth}, 예측 {predicted}, {confidence}",
  },
);
