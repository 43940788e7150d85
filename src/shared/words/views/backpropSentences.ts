// What the backpropagation view says: its verdict, and what each step does.

import { wordTable } from "../message.ts";

export const backpropSentences = wordTable(
  {
    backpropChecked:
      "Loss **{loss}** on this example. {count|Its|All} **{count}** {count|gradient agrees|gradients agree} with finite differences of the loss.",
    backpropKinks:
      "Loss **{loss}** on this example. **{agreeing}** of {count} gradients {agreeing|agrees|agree} with finite differences; the rest lies at kinks of the loss, or is too small for single precision.",
    backpropInputs: "The example comes in",
    backpropSum: "{layer}, unit {unit}: weighted sum",
    backpropActivation: "{layer}, unit {unit}: {activation}",
    backpropLoss: "Loss: {loss}",
    backpropLossBack: "Back through the loss ({loss})",
    backpropFused: "Back through {loss} and {activation} together",
    backpropActivationBack: "{layer}, unit {unit}: back through {activation}",
    backpropWeights: "{layer}, unit {unit}: gradients of its weights",
    backpropValue: "Back to {layer}, unit {unit}",
    backpropMean: "Mean over the {size} examples of the batch: {layer}",
    backpropUpdate: "{optimizer}, update {step}: {layer}",
  },
  {
    backpropChecked: "이 예제의 손실은 **{loss}**입니다. 기울기 **{count}**개 모두 손실의 유한 차분과 일치합니다.",
    backpropKinks:
      "이 예제의 손실은 **{loss}**입니다. 기울기 {count}개 중 **{agreeing}**개가 유한 차분과 일치합니다. 나머지는 손실이 꺾이는 곳에 있거나 단정밀도로 재기에 너무 작습니다.",
    backpropInputs: "예제 입력",
    backpropSum: "{layer}, 유닛 {unit}: 가중합",
    backpropActivation: "{layer}, 유닛 {unit}: {activation}",
    backpropLoss: "손실: {loss}",
    backpropLossBack: "손실({loss})을 거슬러 올라가기",
    backpropFused: "손실({loss}) 및 {activation} 함수를 한꺼번에 거슬러 올라가기",
    backpropActivationBack: "{layer}, 유닛 {unit}: {activation} 함수를 거슬러 올라가기",
    backpropWeights: "{layer}, 유닛 {unit}: 가중치의 기울기",
    backpropValue: "{layer}, 유닛 {unit}: 거슬러 온 기울기",
    backpropMean: "배치의 예제 {size}개에 대한 평균: {layer}",
    backpropUpdate: "{optimizer}의 {step}번째 갱신: {layer}",
  },
);
