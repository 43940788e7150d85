// What is said of an expression and its gradients, and what each step does.

import { wordTable } from "../message.ts";

export const graphSentences = wordTable(
  {
    graphForward: "The result is **{result}**: {values} {values|value|values}, {steps} {steps|operation|operations}.",
    graphNotYet: "**Gradients are not computed yet**: call backward() on it, then show it again.",
    graphChecked: "{count|Its|All} **{count}** {count|gradient agrees|gradients agree} with finite differences.",
    graphKinks:
      "**{agreeing}** of {count} gradients {agreeing|agrees|agree} with finite differences; the rest lies at kinks, or is too small for single precision.",
    graphNotFinite:
      "**{value}** is the first value that is no finite number: {number}. Gradients through it cannot be checked by finite differences.",
    graphKept:
      "A **grad holds more** than this gradient: backward() adds to it each time it is called. zeroGrad() forgets it.",
    graphGiven: "What is given",
    graphOperation: "Forward: {operation}",
    graphSeed: "Backward begins at the result",
    graphBack: "Back to {value}",
  },
  {
    graphForward: "결과는 **{result}**입니다. 값 {values}개, 연산 {steps}번입니다.",
    graphNotYet: "**기울기는 아직 계산하지 않았습니다.** 결과에서 backward()를 부른 뒤 다시 그려 보세요.",
    graphChecked: "기울기 **{count}**개 모두 유한 차분과 일치합니다.",
    graphKinks:
      "기울기 {count}개 중 **{agreeing}**개가 유한 차분과 일치합니다. 나머지는 꺾이는 곳에 있거나 단정밀도로 재기에 너무 작습니다.",
    graphNotFinite:
      "유한한 수가 아닌 첫 값은 **{value}**입니다: {number}. 그 값을 지나는 기울기는 유한 차분으로 확인할 수 없습니다.",
    graphKept:
      "**grad에 이 기울기보다 많은 것이 쌓인 값**이 있습니다. backward()는 부를 때마다 grad에 더하며, zeroGrad()로 비울 수 있습니다.",
    graphGiven: "주어진 값",
    graphOperation: "순전파: {operation}",
    graphSeed: "역전파는 결과에서 시작합니다",
    graphBack: "{value}까지 거슬러 올라가기",
  },
);
