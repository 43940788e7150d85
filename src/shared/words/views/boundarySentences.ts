// What is said of a decision boundary.

import { wordTable } from "../message.ts";

export const boundarySentences = wordTable(
  {
    boundaryRight: "**{right} of {total}** points {right|lies on its|lie on their} side of the boundary ({share}).",
    boundaryValidation: "Of the validation points, {share} do.",
    boundaryNone: "No boundary runs through the picture: the model takes every place in it for **{class}**.",
    boundaryStraight: "No hidden layer bends it: its lines are straight.",
  },
  {
    boundaryRight: "점 **{total}개 중 {right}개**가 결정 경계의 맞는 쪽에 있습니다({share}).",
    boundaryValidation: "검증 점 중 맞는 쪽에 있는 것은 {share}입니다.",
    boundaryNone: "그림을 지나는 결정 경계가 없습니다. 모델은 어디서나 **{class}** 클래스라고 답합니다.",
    boundaryStraight: "경계를 휘게 하는 은닉층이 없어 경계가 직선입니다.",
  },
);
