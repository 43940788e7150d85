// What is said of a decision boundary.

import { wordTable } from "../message.ts";

export const boundarySentences = wordTable(
  {
    boundaryRight: "**{right} of {total}** points lie on their side of the boundary ({share}).",
    boundaryValidation: "Of the validation points, {share} do.",
    boundaryStraight: "No hidden layer bends it: its lines are straight.",
  },
  {
    boundaryRight: "점 **{total}개 중 {right}개**가 결정 경계의 맞는 쪽에 있습니다({share}).",
    boundaryValidation: "검증 점은 {share}가 맞는 쪽에 있습니다.",
    boundaryStraight: "경계를 휘게 하는 은닉층이 없어 경계가 직선입니다.",
  },
);
