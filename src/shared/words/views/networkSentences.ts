// What the network view says of a model's size and of the gradients that reach its layers.

import { wordTable } from "../message.ts";

export const networkSentences = wordTable(
  {
    networkSize: "{layers} {layers|layer|layers}, **{parameters} {parameters|parameter|parameters}**.",
    networkNotBuilt:
      "{layers} {layers|layer|layers}. Shapes and parameters follow from the first data, or from the first layer’s inputShape.",
    networkGradients:
      "Typical mean |g| over the training: **{output}** at {layer}, down to **{least}** at {leastLayer}.",
    networkGradientAtOutput: "Typical mean |g| over the training: **{output}** at {layer}; no layer gets less.",
  },
  {
    networkSize: "층 {layers}개, **매개변수 {parameters}개**입니다.",
    networkNotBuilt: "층 {layers}개입니다. 형상과 매개변수는 처음 보는 데이터나 첫 층의 inputShape에 따라 정해집니다.",
    networkGradients:
      "학습 동안 평균 |g|의 중앙값은 {layer}에서 **{output}**이고, 가장 작은 {leastLayer}에서는 **{least}**입니다.",
    networkGradientAtOutput: "학습 동안 평균 |g|의 중앙값은 {layer}에서 **{output}**이며, 이보다 작은 층은 없습니다.",
  },
);
