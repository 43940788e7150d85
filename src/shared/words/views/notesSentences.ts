// Notes about parts of a model that do not go together.

import { wordTable } from "../message.ts";

export const notesSentences = wordTable(
  {
    // Notes about what does not go together.
    softmaxWithOneUnit: "**{layer}**: softmax over one unit is always 1; use sigmoid with binary cross-entropy.",
    crossentropyWithOneUnit:
      "**{layer}**: categorical cross-entropy needs a unit for each class; for one unit use binary cross-entropy.",
    squaredErrorOnClasses:
      "The targets are classes: cross-entropy learns them faster than a squared or absolute error.",
    crossentropyWithoutProbabilities:
      "**{layer}**: cross-entropy expects probabilities; end with sigmoid or softmax, or set fromLogits: true.",
    logitsAfterActivation:
      "**{layer}**: the loss takes raw scores (fromLogits: true) and applies the activation itself; leave one of the two out.",
    targetsOutOfReach:
      "**{layer}**: some targets lie beyond what its activation can give; end with a linear layer, or scale the targets.",
    stepActivation: "**{layer}**: the step function has slope 0, so the layers before it cannot learn.",
    flatOperation:
      "**{layer}**: rounds, compares or picks places; that has slope 0, so the layers before it cannot learn.",
    nothingToLearn: "Training changes nothing in this model: no layer has weights that are trained (trainable: true).",
    symmetricStart: "**{layer}**: all its units start with the same weights, so they stay copies of one another.",
    symmetricStartOfSeveral:
      "**{names}**: in each of these {layers} layers all units start with the same weights, so they stay copies of one another.",
  },
  {
    softmaxWithOneUnit:
      "**{layer}**: 유닛이 하나인 소프트맥스의 출력은 항상 1입니다. 시그모이드와 이진 교차 엔트로피를 쓰세요.",
    crossentropyWithOneUnit:
      "**{layer}**: 범주형 교차 엔트로피에는 클래스마다 유닛이 필요합니다. 유닛이 하나이면 이진 교차 엔트로피를 쓰세요.",
    squaredErrorOnClasses: "목푯값이 클래스입니다. 제곱 오차나 절대 오차보다 교차 엔트로피로 더 빨리 학습됩니다.",
    crossentropyWithoutProbabilities:
      "**{layer}**: 교차 엔트로피는 확률을 기대합니다. 마지막에 시그모이드나 소프트맥스를 쓰거나 fromLogits: true로 설정하세요.",
    logitsAfterActivation:
      "**{layer}**: fromLogits: true인 손실 함수는 활성화 전의 값을 받아 활성화를 스스로 적용합니다. 둘 중 하나를 빼세요.",
    targetsOutOfReach:
      "**{layer}**: 활성화 함수가 낼 수 없는 목푯값이 있습니다. 선형 층으로 끝내거나 목푯값의 크기를 조정하세요.",
    stepActivation: "**{layer}**: 계단 함수의 미분값은 0이므로 그 앞의 층은 학습할 수 없습니다.",
    flatOperation:
      "**{layer}**: 반올림, 비교, 위치 선택과 같은 연산을 합니다. 그 미분값은 0이므로 그 앞의 층은 학습할 수 없습니다.",
    nothingToLearn:
      "이 모델은 학습해도 아무것도 바뀌지 않습니다. 학습되는 가중치(trainable: true)를 가진 층이 없습니다.",
    symmetricStart: "**{layer}**: 모든 유닛이 똑같은 가중치로 시작하므로 끝까지 서로 같은 값을 가집니다.",
    symmetricStartOfSeveral:
      "**{names}**: 이 {layers}개 층은 층마다 모든 유닛이 똑같은 가중치로 시작하므로 끝까지 서로 같은 값을 가집니다.",
  },
);
