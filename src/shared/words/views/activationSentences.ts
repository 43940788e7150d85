// Sentences about activation functions.

import { wordTable } from "../message.ts";

export const activationSentences = wordTable(
  {
    // Activation functions.
    activationSaturatedHere:
      "**{share}** of the values that reach {layer} lie where **{activation}** is saturated: there the gradient loses more than nine tenths.",
    activationPassesHere:
      "**{share}** of the values that reach {layer} lie where {activation} is saturated: most gradients pass.",
    activationDampsHere:
      "**{share}** of the values that reach {layer} lie where {activation} is saturated; yet its slope never passes **{bound}**: each such layer leaves at most {bound} of a gradient.",
    activationFlatHere:
      "**{share}** of the values that reach {layer} lie where the slope of **{activation}** is (nearly) 0; the gradients of the others pass.",
    activationFlatEverywhere:
      "**All** values that reach {layer} lie where the slope of **{activation}** is (nearly) 0: no gradient passes.",
    activationFlatNowhere: "No value that reaches {layer} lies where the slope of **{activation}** is (nearly) 0.",
    slopeNeverAbove: "{activation} never passes more than **{bound}** of a gradient.",
    slopeTenLayers:
      "**{activation}** has a slope of at most {bound}: through ten layers {left} of a gradient is left at best.",
    slopeOne: "**{activation}** passes a gradient on undiminished where its slope is 1.",
    slopeAboveOne: "**{activation}** has a slope of up to {bound}.",
    slopeZero:
      "**{activation}** has slope 0 wherever it has one: no gradient passes, so nothing can be learned through it.",
    slopeUnbounded: "**{activation}** has a slope without bound: large values make large gradients.",
  },
  {
    activationSaturatedHere:
      "{layer}에 들어오는 값 중 **{activation}** 함수의 포화 영역에 있는 것이 **{share}**입니다. 거기서는 기울기의 10분의 9 이상이 사라집니다.",
    activationPassesHere:
      "{layer}에 들어오는 값 중 {activation} 함수의 포화 영역에 있는 것은 **{share}**입니다. 기울기는 대부분 통과합니다.",
    activationDampsHere:
      "{layer}에 들어오는 값 중 {activation} 함수의 포화 영역에 있는 것은 **{share}**입니다. 그래도 미분값은 최대 **{bound}**이므로, 이런 층을 지날 때마다 기울기는 많아야 {bound}배만 남습니다.",
    activationFlatHere:
      "{layer}에 들어오는 값 중 **{activation}** 함수의 미분값이 거의 0인 곳에 있는 것은 **{share}**입니다. 나머지 값의 기울기는 통과합니다.",
    activationFlatEverywhere:
      "{layer}에 들어오는 값이 **모두** **{activation}** 함수의 미분값이 거의 0인 곳에 있습니다. 기울기가 통과하지 못합니다.",
    activationFlatNowhere:
      "{layer}에 들어오는 값 중 **{activation}** 함수의 미분값이 거의 0인 곳에 있는 것은 없습니다.",
    slopeNeverAbove: "{activation} 함수를 통과하는 기울기는 최대 **{bound}**배입니다.",
    slopeTenLayers:
      "**{activation}** 함수의 미분값은 최대 {bound}입니다. 열 개 층을 지나면 기울기는 많아야 {left}배만 남습니다.",
    slopeOne: "**{activation}** 함수는 미분값이 1인 곳에서 기울기를 그대로 전달합니다.",
    slopeAboveOne: "**{activation}** 함수의 미분값은 최대 {bound}입니다.",
    slopeZero:
      "**{activation}** 함수의 미분값은 정의되는 모든 곳에서 0입니다. 기울기가 통과하지 못하므로 이 함수를 거쳐서는 학습할 수 없습니다.",
    slopeUnbounded: "**{activation}** 함수의 미분값에는 상한이 없습니다. 값이 크면 기울기도 커집니다.",
  },
);
