// What is said of the weights of a training: which moved, which did not, which are odd.

import { wordTable } from "../message.ts";

export const weightsSentences = wordTable(
  {
    weightsMoved:
      "All weights moved: **{most}** most, by {mostFactor} its size at the start; **{least}** least, by {leastFactor}.",
    weightsMovedAlike: "All weights moved alike, by about **{factor}** their size at the start.",
    weightsMovedOne: "The weights moved: **{most}** by {mostFactor} its size at the start.",
    weightsStill:
      "**{names} did not move.** No gradient reaches what does not move, or the learning rate is too small.",
    weightsAlike:
      "**The units of {names} are all equal.** They get the same gradients and stay equal: start from random weights.",
    weightsGrew: "**{name}** grew to **{factor}** its size at the start. Try a smaller learning rate or weight decay.",
    weightsNotFinite: "**{names}**: not finite any more (NaN or infinite).",
    weightsUntrained:
      "**{count} {count|array|arrays} of weights** as {count|it is|they are} now: the model was not trained, or its weights on the way were not kept.",
    weightsFrozen: "Training leaves all of these weights as they are.",
    weightsNotKept:
      "Only mean and spread of each layer were kept on the way: fit(…, { snapshots: 20 }) keeps the weights themselves.",
    weightMoved: "Moved by {moved} (root mean square), {factor} their size at the start.",
    weightFromZero: "Moved from 0 by {moved} (root mean square).",
    weightStill: "Did not move at all.",
    weightBarely: "Hardly moved: by {moved} (root mean square), less than one healthy step.",
    weightEqual: "All are {value}.",
    weightAlike: "All {units} units have the same weights.",
    weightGrew: "Grew to {factor} their size at the start.",
    weightShrank: "Shrank: at the start its size was {factor} what it is now.",
    weightNotFinite: "Not finite (NaN or infinite).",
    weightFrozen: "Training does not change them by a gradient.",
    weightAlone: "Typical size (root mean square): {size}.",
    weightNow: "Mean {mean}, standard deviation {std}.",
  },
  {
    weightsMoved:
      "모든 가중치가 움직였습니다. **{most}** 쪽이 처음 크기의 {mostFactor}로 가장 많이, **{least}** 쪽이 {leastFactor}로 가장 적게 움직였습니다.",
    weightsMovedAlike: "모든 가중치가 처음 크기의 **{factor}** 정도로 고르게 움직였습니다.",
    weightsMovedOne: "가중치가 움직였습니다. **{most}** 쪽이 처음 크기의 {mostFactor}만큼 움직였습니다.",
    weightsStill: "**움직이지 않은 가중치가 있습니다: {names}.** 기울기가 닿지 않거나 학습률이 너무 작은 것입니다.",
    weightsAlike:
      "**모든 유닛의 가중치가 똑같은 곳이 있습니다: {names}.** 기울기도 똑같아 계속 같은 값으로 남으므로, 무작위 가중치에서 시작해야 합니다.",
    weightsGrew: "**{name}** 쪽이 처음 크기의 **{factor}**로 커졌습니다. 학습률을 줄이거나 가중치 감쇠를 써 보세요.",
    weightsNotFinite: "**{names}**: 더 이상 유한한 수가 아닙니다(NaN 또는 무한대).",
    weightsUntrained:
      "지금의 **가중치 배열 {count}개**입니다. 모델을 학습하지 않았거나 도중의 가중치를 남기지 않았습니다.",
    weightsFrozen: "학습해도 바뀌지 않는 가중치들입니다.",
    weightsNotKept:
      "도중의 값은 층마다 평균과 퍼진 정도만 남아 있습니다. fit(…, { snapshots: 20 })으로 학습하면 가중치 자체가 남습니다.",
    weightMoved: "처음 크기의 {factor}인 {moved}만큼 움직였습니다(제곱평균제곱근).",
    weightFromZero: "0에서 {moved}만큼 움직였습니다(제곱평균제곱근).",
    weightStill: "전혀 움직이지 않았습니다.",
    weightBarely: "거의 움직이지 않았습니다. {moved}(제곱평균제곱근)로, 건강한 한 스텝보다도 작습니다.",
    weightEqual: "모두 {value}입니다.",
    weightAlike: "유닛 {units}개의 가중치가 모두 같습니다.",
    weightGrew: "처음 크기의 {factor}로 커졌습니다.",
    weightShrank: "작아졌습니다. 처음 크기가 지금의 {factor}였습니다.",
    weightNotFinite: "유한한 수가 아닙니다(NaN 또는 무한대).",
    weightFrozen: "기울기로 학습하지 않는 값입니다.",
    weightAlone: "대표적인 크기(제곱평균제곱근): {size}.",
    weightNow: "평균 {mean}, 표준편차 {std}입니다.",
  },
);
