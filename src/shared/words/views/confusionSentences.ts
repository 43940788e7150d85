// What is said of a classifier's mistakes, and the words of the text version.

import { wordTable } from "../message.ts";

export const confusionSentences = wordTable(
  {
    confusionRight: "**{right} of {total}** examples {right|is|are} right ({share}).",
    confusionMost: "Most often **{truth}** is taken for **{predicted}**: {times} of {of}.",
    confusionNever: "**{classes}** {count|is|are} never predicted.",
    confusionNeverMany: "**{classes}** and {more} other {more|class|classes} are never predicted.",
  },
  {
    confusionRight: "예제 **{total}개 중 {right}개**를 맞혔습니다({share}).",
    confusionMost: "가장 잦은 혼동: 정답 **{truth}** → 예측 **{predicted}**, {of}개 중 {times}개.",
    confusionNever: "**{classes}** 클래스로는 한 번도 예측하지 않았습니다.",
    confusionNeverMany: "**{classes}** 외 클래스 {more}개로는 한 번도 예측하지 않았습니다.",
  },
);

export const confusionTextWords = wordTable(
  { truth: "true \\ predicted", recall: "recall", precision: "precision" },
  { truth: "정답 \\ 예측", recall: "재현율", precision: "정밀도" },
);
