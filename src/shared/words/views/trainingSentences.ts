// Sentences about the outcome of a training.

import { wordTable } from "../message.ts";

export const trainingSentences = wordTable(
  {
    // Outcome of a training.
    lossEarly: "The loss is {last} after {epochs} {epochs|epoch|epochs}: too early to tell whether it falls.",
    lossFell: "The loss fell from {first} to **{last}**.",
    lossHolds: "The loss stays at {last}.",
    lossRose: "The loss rose from {first} to **{last}**.",
    lossStays: "The loss stays at {last}.",
    lossStaysAtGuess: "The loss stays at {last}, the loss of guessing.",
    lossFellToGuess: "The loss fell from {first} to **{last}**, the loss of guessing, and no further.",
    lossNow: "The loss is {last}.",
    validationLossBest: "Validation loss was best at **epoch {epoch}**: {value}.",
    validationAccuracyBest: "Validation accuracy was best at **epoch {epoch}**: {value}.",
    validationBest: "Validation {metric} was best at **epoch {epoch}**: {value}.",
    overfits: "Validation loss rose from epoch {epoch} on while the training loss went on falling: overfitting.",
    overfitsSince: "Overfitting since epoch {epoch}.",
    stoppedAt:
      "Stopped at **epoch {epoch}** of {planned}; the model keeps these weights, and run.resume() goes on from here.",
    stoppedKeeps: "The model keeps these weights, and await model.run?.resume() goes on from here.",
    endedByEarlyStopping:
      "**Early stopping** after epoch {epoch} of {planned}: {monitor} no better for {patience} {patience|epoch|epochs}.",
    endedByBudget: "The budget of the comparison ended it after epoch {epoch} of {planned}.",
    endedByCallback: "A callback ended it after epoch {epoch} of {planned}.",
    failed: "The training ended with an error at step {step}; the model keeps the weights it had.",
    divergedInActivation:
      "At **step {step}** the first number that is not finite appeared in the output of **{layer}**.",
    divergedInGradient:
      "At **step {step}** the first number that is not finite appeared in the gradient of **{layer}**.",
    divergedInWeights: "At **step {step}** the first number that is not finite appeared in the weights of **{layer}**.",
    divergedInLoss:
      "At **step {step}** the **loss** became a number that is not finite, while all layers' outputs were finite.",
    divergedByRate:
      "The numbers grew until they overflowed: the learning rate of {rate} is too large here; try {better}.",
    divergedByGrowth: "The numbers grew until they overflowed: lower the learning rate, or clip the gradients.",
    divergedByData:
      "The numbers had not grown before: look at the data and the loss (a logarithm of 0, or a division by 0).",
    keptEpoch: "The model has the weights of epoch {epoch} again.",
    keptStart: "The model has the weights from before the training again.",
  },
  {
    lossEarly: "손실은 {last}입니다. {epochs}에포크만으로는 줄어들고 있는지 아직 알 수 없습니다.",
    lossFell: "손실이 {first}에서 **{last}**까지 줄었습니다.",
    lossHolds: "손실이 {last}에 머물러 있습니다.",
    lossRose: "손실이 {first}에서 **{last}**까지 늘었습니다.",
    lossStays: "손실이 {last}에 머물러 있습니다.",
    lossStaysAtGuess: "손실이 {last}에 머물러 있습니다. 입력을 보지 않고 답할 때의 손실과 같습니다.",
    lossFellToGuess: "손실이 {first}에서 **{last}**까지만 줄었습니다. 입력을 보지 않고 답할 때의 손실과 같습니다.",
    lossNow: "현재 손실은 {last}입니다.",
    validationLossBest: "검증 손실은 **에포크 {epoch}**에서 가장 좋았습니다: {value}.",
    validationAccuracyBest: "검증 정확도는 **에포크 {epoch}**에서 가장 좋았습니다: {value}.",
    validationBest: "검증 {metric} 값은 **에포크 {epoch}**에서 가장 좋았습니다: {value}.",
    overfits: "에포크 {epoch} 이후 훈련 손실은 계속 줄었지만 검증 손실은 늘었습니다: 과적합입니다.",
    overfitsSince: "에포크 {epoch} 이후로는 과적합입니다.",
    stoppedAt:
      "전체 {planned} 에포크 중 **에포크 {epoch}**에서 멈췄습니다. 모델은 이때의 가중치를 유지하며, run.resume()으로 이어서 학습할 수 있습니다.",
    stoppedKeeps: "모델은 이때의 가중치를 유지하며, await model.run?.resume()으로 이어서 학습할 수 있습니다.",
    endedByEarlyStopping:
      "{patience}에포크 동안 {monitor} 값이 나아지지 않아 전체 {planned} 에포크 중 에포크 {epoch}에서 **조기 종료**했습니다.",
    endedByBudget: "비교의 예산이 다해 전체 {planned} 에포크 중 에포크 {epoch}에서 끝났습니다.",
    endedByCallback: "콜백이 전체 {planned} 에포크 중 에포크 {epoch}에서 학습을 끝냈습니다.",
    failed: "{step}번째 스텝에서 오류로 학습이 끝났습니다. 모델은 그때의 가중치를 유지합니다.",
    divergedInActivation: "**{step}번째 스텝**에서 **{layer}**의 출력에 유한하지 않은 값이 처음 나타났습니다.",
    divergedInGradient: "**{step}번째 스텝**에서 **{layer}**의 기울기에 유한하지 않은 값이 처음 나타났습니다.",
    divergedInWeights: "**{step}번째 스텝**에서 **{layer}**의 가중치에 유한하지 않은 값이 처음 나타났습니다.",
    divergedInLoss: "**{step}번째 스텝**에서 모든 층의 출력은 유한했지만 **손실**이 유한하지 않은 값이 되었습니다.",
    divergedByRate:
      "값이 점점 커져 표현 범위를 넘었습니다. 여기서는 학습률({rate})이 너무 큽니다. {better} 정도로 낮춰 보세요.",
    divergedByGrowth: "값이 점점 커져 표현 범위를 넘었습니다. 학습률을 낮추거나 기울기를 클리핑하세요.",
    divergedByData: "미리 커지는 조짐 없이 나타났습니다. 데이터와 손실 함수를 확인하세요(0의 로그나 0으로 나누기).",
    keptEpoch: "모델의 가중치를 에포크 {epoch}의 값으로 되돌렸습니다.",
    keptStart: "모델의 가중치를 학습 전의 값으로 되돌렸습니다.",
  },
);
