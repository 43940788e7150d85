// What the checks of models say, in both languages.

import { type Locale, plainMessage, wordTable } from "../../shared/words/message.ts";
import { notesSentences } from "../../shared/words/views/notesSentences.ts";

const checkWords = wordTable(
  {
    refused: "{message}",
    givesOtherThanTargets: "The model gives {output} for each example, but the targets of {data} are {targets}.",
    takesOtherThanData: "The model takes {input} for each example, but {data} gives {given}.",
    neverCompiled:
      "{method} needs a compiled model, and nothing gives {model} a loss and an optimizer: {model}.compile comes first.",
    compiledLater: "{method} needs a compiled model, but {model} is compiled only further down.",
    theModel: "the model",
    theData: "the data",
    oneNumber: "single numbers",
    deepSigmoid:
      "{count} layers with sigmoid one after the other: its slope is 0.25 at most, so the gradient shrinks four times or more with each of them, and the first ones hardly learn.",
    unscaledData:
      "The features of {data} differ much in size, or are large: a network learns faster from standardized ones.",
    useRelu: 'Use "relu" with "heNormal" in these layers',
    addBatchNorm: "Add layers.batchNorm() behind these layers",
    standardize: "Standardize the data",
    useActivation: 'Use activation: "{name}"',
    useLoss: 'Use loss: "{name}"',
    useBoth: 'Use activation: "{activation}" with loss: "{loss}"',
    addBefore: "Add {code} before it",
    setOption: "Set {option}: {value}",
    compileWith: 'Compile with loss: "{loss}"',
    compileFirst: "Compile before it",
    leaveOut: "Leave out {option}: the data decide",
  },
  {
    refused: "{op}에는 {expected} 형태가 필요한데 {got}이(가) 들어옵니다. {hint}",
    givesOtherThanTargets: "이 모델은 예제마다 {output}을(를) 내는데 {data}의 목푯값은 {targets}입니다.",
    takesOtherThanData: "이 모델은 예제마다 {input}을(를) 받는데 {data}의 예제는 {given}입니다.",
    neverCompiled:
      "{method}에는 컴파일한 모델이 필요한데 {model}에 손실 함수와 옵티마이저를 정하는 코드가 없습니다. 먼저 {model}.compile을 호출하세요.",
    compiledLater: "{method}에는 컴파일한 모델이 필요한데 {model}은(는) 그 아래에서야 컴파일됩니다.",
    theModel: "모델",
    theData: "데이터",
    oneNumber: "수 하나씩",
    deepSigmoid:
      "시그모이드 층이 {count}개 이어집니다. 시그모이드의 기울기는 최대 0.25이므로 한 층마다 기울기가 4분의 1 이하로 줄어 앞쪽 층은 거의 학습하지 못합니다.",
    unscaledData: "{data}의 특성은 크기가 서로 많이 다르거나 큽니다. 표준화하면 신경망이 더 빨리 학습합니다.",
    useRelu: '이 층들에 "relu"와 "heNormal" 쓰기',
    addBatchNorm: "이 층들 뒤에 layers.batchNorm() 넣기",
    standardize: "데이터 표준화하기",
    useActivation: 'activation: "{name}" 쓰기',
    useLoss: 'loss: "{name}" 쓰기',
    useBoth: 'activation: "{activation}"와 loss: "{loss}" 쓰기',
    addBefore: "앞에 {code} 넣기",
    setOption: "{option}: {value}로 설정하기",
    compileWith: 'loss: "{loss}"로 컴파일하기',
    compileFirst: "그 앞에서 컴파일하기",
    leaveOut: "{option} 빼기: 데이터에 맞춥니다",
  },
);

export type CheckWord = keyof (typeof checkWords)["en"];

/** Words one of the checks' sentences. */
export type SayCheck = (id: CheckWord, args?: Readonly<Record<string, string>>) => string;

export function sayCheckIn(locale: Locale): SayCheck {
  return (id, args = {}) => plainMessage(checkWords, { id, args }, locale).trim();
}

/** A note that a training makes too, about a layer. */
export function noteText(note: keyof (typeof notesSentences)["en"], layer: string, locale: Locale): string {
  return plainMessage(notesSentences, { id: note, args: { layer } }, locale);
}
