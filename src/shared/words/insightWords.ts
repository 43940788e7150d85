// The words of verdicts about trainings, gradients, layers and activation functions, in both languages.
// Korean avoids particles that depend on the last sound of a name ("dense_4의", never "dense_4은/는").

import type { WordTable } from "./message.ts";

const en = {
  // Gradients of one run.
  gradientsShrink: "Gradients shrink **{factor} per layer** towards the input: vanishing.",
  gradientsGrow: "Gradients grow **{factor} per layer** towards the input: exploding.",
  gradientsHuge: "Gradients reach **{size}** in {layer}: exploding.",
  gradientsBlocked: "No gradient reaches **{layer}**: what lies behind it on the way back passes nothing on.",
  gradientsHealthy: "Gradients of all layers stay within **{range}**: healthy.",
  gradientsUneven: "Gradients of the layers differ by {range}, without a trend towards the input.",
  gradientHealthyAlone: "The gradient is **{size}**: healthy.",
  gradientsNotFinite: "Numbers are **not finite** any more: the training diverged.",
  gradientsUnknown: "No gradients were recorded yet.",
  gradientsTooFew: "The gradients of the layers differ by {range}; too few layers for a trend.",
  // The same in a comparison, with the name of each run.
  runGradientsShrink: "With **{run}**, gradients shrink **{factor} per layer** towards the input: vanishing.",
  runGradientsGrow: "With **{run}**, gradients grow **{factor} per layer** towards the input: exploding.",
  runGradientsHuge: "With **{run}**, gradients reach **{size}** in {layer}: exploding.",
  runGradientsBlocked: "With **{run}**, no gradient reaches **{layer}**.",
  runGradientsHealthy: "With **{run}** all layers stay within {range}: healthy.",
  runGradientsUneven: "With **{run}** the layers differ by {range}, without a trend.",
  runGradientHealthyAlone: "With **{run}** the gradient is {size}: healthy.",
  runGradientsNotFinite: "With **{run}**, numbers are not finite any more: it diverged.",
  runGradientsUnknown: "With **{run}**, no gradients were recorded yet.",
  runGradientsTooFew: "With **{run}** the layers differ by {range}; too few layers for a trend.",
  firstLayersGetLess: "The first layers get about {times} times less than the output.",
  firstLayersGetMore: "The first layers get about {times} times more than the output.",
  // One layer.
  layerVanishes: "**Gradient vanishes:** {size}, {times} less than {next}.",
  layerVanishesAlone: "**Gradient vanishes:** {size}.",
  layerGetsNothing: "**No gradient:** it is 0, so this layer learns nothing.",
  layerExplodes: "**Gradient explodes:** {size}.",
  layerNotFinite: "**Not finite:** the gradient is {size}.",
  layerNotFiniteSince: "**Not finite** since step {step}.",
  layerHealthy: "Gradient healthy: {size}.",
  layerUnknown: "No gradient recorded yet.",
  layerMoves: "One step moves the weights by {ratio} of their size.",
  layerDead: "**{dead} of {units} units are dead:** they gave 0 for a whole batch.",
  layerDeadFilters: "**{dead} of {units} filters are dead:** they gave 0 everywhere, for a whole batch.",
  layerHeld: "**Held:** no step moves its weights. It is frozen, or the learning rate is 0.",
  layerSaturated:
    "**Saturated:** {share} of its outputs lie where the slope of {activation} is below a tenth of its largest.",
  layerBehindStep: "The step function has slope 0, so nothing before it can learn.",
  // Outcome of a training.
  lossFell: "The loss fell from {first} to **{last}**.",
  lossRose: "The loss rose from {first} to **{last}**.",
  lossStays: "The loss stays at {last}.",
  lossStaysAtGuess: "The loss stays at {last}, the loss of guessing.",
  lossNow: "The loss is {last}.",
  validationBest: "Validation {metric} was best at **epoch {epoch}**: {value}.",
  overfits: "Validation loss rose since epoch {epoch} while the training loss went on falling: overfitting.",
  stoppedAt:
    "Stopped at **epoch {epoch}** of {planned}; the model keeps these weights, and run.resume() goes on from here.",
  failed: "The training ended with an error at step {step}; the model keeps the weights it had.",
  divergedInActivation: "At **step {step}** the first number that is not finite appeared in the output of **{layer}**.",
  divergedInGradient: "At **step {step}** the first number that is not finite appeared in the gradient of **{layer}**.",
  divergedInWeights: "At **step {step}** the first number that is not finite appeared in the weights of **{layer}**.",
  divergedInLoss:
    "At **step {step}** the **loss** became a number that is not finite, while all layers' outputs were finite.",
  divergedByRate:
    "The numbers grew until they overflowed: the learning rate of {rate} is too large here; try {better}.",
  divergedByGrowth: "The numbers grew until they overflowed: lower the learning rate, or clip the gradients.",
  divergedByData: "It came without growing first: look at the data and the loss (a logarithm or a division of 0).",
  keptEpoch: "The model has the weights of epoch {epoch} again.",
  keptStart: "The model has the weights from before the training again.",
  // Notes about what does not go together.
  softmaxWithOneUnit: "**{layer}**: softmax over one unit is always 1; use sigmoid with binary cross-entropy.",
  crossentropyWithOneUnit:
    "**{layer}**: categorical cross-entropy needs a unit for each class; for one unit use binary cross-entropy.",
  squaredErrorOnClasses: "The targets are classes: cross-entropy learns them faster than a squared or absolute error.",
  crossentropyWithoutProbabilities:
    "**{layer}**: cross-entropy expects probabilities; end with sigmoid or softmax, or set fromLogits: true.",
  logitsAfterActivation:
    "**{layer}**: the loss takes raw scores (fromLogits: true) and applies the activation itself; leave one of the two out.",
  stepActivation: "**{layer}**: the step function has slope 0, so the layers before it cannot learn.",
  nothingToLearn: "Training changes nothing in this model: no layer has weights that are trained (trainable: true).",
  // Activation functions.
  activationSaturatedHere:
    "**{share}** of the values that reach {layer} lie where **{activation}** is saturated: there the gradient loses more than nine tenths.",
  activationPassesHere:
    "**{share}** of the values that reach {layer} lie where {activation} is saturated: most gradients pass.",
  activationDampsHere:
    "**{share}** of the values that reach {layer} lie where {activation} is saturated; yet its slope never passes **{bound}**: each such layer leaves at most {bound} of a gradient.",
  activationFlatHere:
    "**{share}** of the values that reach {layer} lie where the slope of **{activation}** is (nearly) 0; the others pass.",
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
} as const;

/** The ids of the sentences that insights say. */
export type InsightWordId = keyof typeof en;

const ko: Record<InsightWordId, string> = {
  gradientsShrink: "입력 쪽으로 갈수록 기울기가 **층마다 {factor}씩** 줄어듭니다: 기울기 소실입니다.",
  gradientsGrow: "입력 쪽으로 갈수록 기울기가 **층마다 {factor}씩** 커집니다: 기울기 폭주입니다.",
  gradientsHuge: "{layer}의 기울기가 **{size}**에 이릅니다: 기울기 폭주입니다.",
  gradientsBlocked: "**{layer}**에 기울기가 전혀 도달하지 않습니다: 뒤쪽 층이 기울기를 전달하지 않습니다.",
  gradientsHealthy: "모든 층의 기울기 차이가 **{range}** 이내입니다: 정상입니다.",
  gradientsUneven: "층 사이의 기울기 차이는 {range}이며, 입력 쪽으로 뚜렷한 경향은 없습니다.",
  gradientHealthyAlone: "기울기는 **{size}**입니다: 정상입니다.",
  gradientsNotFinite: "값이 더 이상 **유한하지 않습니다**: 학습이 발산했습니다.",
  gradientsUnknown: "아직 기록된 기울기가 없습니다.",
  gradientsTooFew: "층 사이의 기울기 차이는 {range}입니다. 경향을 말하기에는 층이 너무 적습니다.",
  runGradientsShrink:
    "**{run}**에서는 입력 쪽으로 갈수록 기울기가 **층마다 {factor}씩** 줄어듭니다: 기울기 소실입니다.",
  runGradientsGrow: "**{run}**에서는 입력 쪽으로 갈수록 기울기가 **층마다 {factor}씩** 커집니다: 기울기 폭주입니다.",
  runGradientsHuge: "**{run}**에서는 {layer}의 기울기가 **{size}**에 이릅니다: 기울기 폭주입니다.",
  runGradientsBlocked: "**{run}**에서는 **{layer}**에 기울기가 전혀 도달하지 않습니다.",
  runGradientsHealthy: "**{run}**에서는 모든 층의 차이가 {range} 이내입니다: 정상입니다.",
  runGradientsUneven: "**{run}**에서는 층 사이의 차이가 {range}이며, 뚜렷한 경향은 없습니다.",
  runGradientHealthyAlone: "**{run}**에서는 기울기가 {size}입니다: 정상입니다.",
  runGradientsNotFinite: "**{run}**에서는 값이 더 이상 유한하지 않습니다: 발산했습니다.",
  runGradientsUnknown: "**{run}**에서는 아직 기록된 기울기가 없습니다.",
  runGradientsTooFew: "**{run}**에서는 층 사이의 차이가 {range}입니다. 경향을 말하기에는 층이 너무 적습니다.",
  firstLayersGetLess: "앞쪽 층이 받는 기울기는 출력층의 약 {times}분의 1입니다.",
  firstLayersGetMore: "앞쪽 층이 받는 기울기는 출력층의 약 {times}배입니다.",
  layerVanishes: "**기울기 소실:** {size}, {next}보다 {times} 작습니다.",
  layerVanishesAlone: "**기울기 소실:** {size}.",
  layerGetsNothing: "**기울기 없음:** 0이므로 이 층은 아무것도 학습하지 못합니다.",
  layerExplodes: "**기울기 폭주:** {size}.",
  layerNotFinite: "**유한하지 않음:** 기울기가 {size}입니다.",
  layerNotFiniteSince: "{step}번째 스텝부터 **유한하지 않습니다**.",
  layerHealthy: "기울기 정상: {size}.",
  layerUnknown: "아직 기록된 기울기가 없습니다.",
  layerMoves: "한 스텝에 가중치가 그 크기의 {ratio}만큼 움직입니다.",
  layerDead: "**뉴런 {units}개 중 {dead}개가 죽었습니다:** 배치 전체에서 0만 출력했습니다.",
  layerDeadFilters: "**필터 {units}개 중 {dead}개가 죽었습니다:** 배치 전체의 모든 위치에서 0만 출력했습니다.",
  layerHeld: "**고정:** 어떤 스텝에서도 가중치가 움직이지 않습니다. 층이 동결되었거나 학습률이 0입니다.",
  layerSaturated: "**포화:** 출력의 {share}에서 {activation}의 기울기가 최댓값의 10분의 1에 미치지 못합니다.",
  layerBehindStep: "계단 함수의 기울기는 0이므로 그 앞의 층은 학습할 수 없습니다.",
  lossFell: "손실이 {first}에서 **{last}**까지 줄었습니다.",
  lossRose: "손실이 {first}에서 **{last}**까지 늘었습니다.",
  lossStays: "손실이 {last}에 머물러 있습니다.",
  lossStaysAtGuess: "손실이 {last}에 머물러 있습니다. 무작위로 찍을 때의 손실과 같습니다.",
  lossNow: "현재 손실은 {last}입니다.",
  validationBest: "검증 {metric} 값은 **에포크 {epoch}**에서 가장 좋았습니다: {value}.",
  overfits: "에포크 {epoch} 이후 훈련 손실은 계속 줄었지만 검증 손실은 늘었습니다: 과적합입니다.",
  stoppedAt:
    "전체 {planned} 에포크 중 **에포크 {epoch}**에서 멈췄습니다. 모델은 이때의 가중치를 유지하며, run.resume()으로 이어서 학습할 수 있습니다.",
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
  softmaxWithOneUnit:
    "**{layer}**: 유닛이 하나인 소프트맥스의 출력은 항상 1입니다. 시그모이드와 이진 교차 엔트로피를 쓰세요.",
  crossentropyWithOneUnit:
    "**{layer}**: 범주형 교차 엔트로피에는 클래스마다 유닛이 필요합니다. 유닛이 하나이면 이진 교차 엔트로피를 쓰세요.",
  squaredErrorOnClasses: "목푯값이 클래스입니다. 제곱 오차나 절대 오차보다 교차 엔트로피로 더 빨리 학습됩니다.",
  crossentropyWithoutProbabilities:
    "**{layer}**: 교차 엔트로피는 확률을 기대합니다. 마지막에 시그모이드나 소프트맥스를 쓰거나 fromLogits: true로 설정하세요.",
  logitsAfterActivation:
    "**{layer}**: fromLogits: true인 손실 함수는 활성화 전의 값을 받아 활성화를 스스로 적용합니다. 둘 중 하나를 빼세요.",
  stepActivation: "**{layer}**: 계단 함수의 기울기는 0이므로 그 앞의 층은 학습할 수 없습니다.",
  nothingToLearn: "이 모델은 학습해도 아무것도 바뀌지 않습니다. 학습되는 가중치(trainable: true)를 가진 층이 없습니다.",
  activationSaturatedHere:
    "{layer}에 들어오는 값의 **{share}**가 **{activation}** 함수의 포화 영역에 있습니다. 거기서는 기울기가 10분의 9 넘게 사라집니다.",
  activationPassesHere:
    "{layer}에 들어오는 값 중 {activation} 함수의 포화 영역에 있는 것은 **{share}**입니다. 기울기는 대부분 통과합니다.",
  activationDampsHere:
    "{layer}에 들어오는 값 중 {activation} 함수의 포화 영역에 있는 것은 **{share}**입니다. 그래도 미분값은 최대 **{bound}**이므로, 이런 층을 지날 때마다 기울기는 많아야 {bound}배만 남습니다.",
  activationFlatHere:
    "{layer}에 들어오는 값의 **{share}**가 **{activation}** 함수의 미분값이 거의 0인 곳에 있습니다. 나머지는 통과합니다.",
  activationFlatEverywhere:
    "{layer}에 들어오는 값이 **모두** **{activation}** 함수의 미분값이 거의 0인 곳에 있습니다. 기울기가 통과하지 못합니다.",
  activationFlatNowhere: "{layer}에 들어오는 값 중 **{activation}** 함수의 미분값이 거의 0인 곳에 있는 것은 없습니다.",
  slopeNeverAbove: "{activation} 함수를 통과하는 기울기는 최대 **{bound}**배입니다.",
  slopeTenLayers:
    "**{activation}** 함수의 미분값은 최대 {bound}입니다. 열 개 층을 지나면 기울기는 많아야 {left}배만 남습니다.",
  slopeOne: "**{activation}** 함수는 미분값이 1인 곳에서 기울기를 그대로 전달합니다.",
  slopeAboveOne: "**{activation}** 함수의 미분값은 최대 {bound}입니다.",
  slopeZero:
    "**{activation}** 함수의 미분값은 정의되는 모든 곳에서 0입니다. 기울기가 통과하지 못하므로 이 함수를 거쳐서는 학습할 수 없습니다.",
  slopeUnbounded: "**{activation}** 함수의 미분값에는 상한이 없습니다. 값이 크면 기울기도 커집니다.",
};

/** The words of verdicts, by language. */
export const insightWords: WordTable<InsightWordId> = { en, ko };
