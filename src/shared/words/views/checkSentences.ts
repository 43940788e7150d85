// What `check` says of an answer. It says what is off, never what the answer is. Names stand before a colon, since Korean has no particle that suits every name.

import { wordTable } from "../message.ts";

export const checkSentences = wordTable(
  {
    answerRight: "{name}: **right**.",
    answerRightNumber: "{name}: **right**, {answer}.",
    answerRightNumbers: "{name}: **right**, all {count} values.",
    answerOpen: "{name}: **no answer yet**. Write yours in place of undefined, and run the cell again.",
    answerPromise: "{name}: **not yet**. What was given is still under way: write await before it.",
    answerNearSmall:
      "{name}: **close**, but {answer} is {off} too small. Give more digits, or look at the last step again.",
    answerNearLarge:
      "{name}: **close**, but {answer} is {off} too large. Give more digits, or look at the last step again.",
    answerSmall: "{name}: **not yet**. {answer} is too small.",
    answerLarge: "{name}: **not yet**. {answer} is too large.",
    answerSign: "{name}: **not yet**. {answer} has the right size, but the wrong sign.",
    answerFactor: "{name}: **not yet**. {answer} is {times} what it should be.",
    answerNotFinite: "{name}: **not yet**. {answer} is not a finite number.",
    answerOther: "{name}: **not yet**. It is not {answer}.",
    answerTooLow: "{name}: **not yet**. {answer} is less than {bound}.",
    answerTooHigh: "{name}: **not yet**. {answer} is more than {bound}.",
    answerNotNumber: "{name}: **not yet**. A number is wanted.",
    answerNotList: "{name}: **not yet**. A list of the shape [{expected}] is wanted.",
    answerNotText: "{name}: **not yet**. A text is wanted.",
    answerNotYesNo: "{name}: **not yet**. true or false is wanted.",
    answerNotObject: "{name}: **not yet**. An object with {keys} is wanted.",
    answerShape: "{name}: **not yet**. The shape is [{shape}], but [{expected}] is wanted.",
    answerTransposed: "{name}: **not yet**. The numbers are right, but rows and columns are exchanged.",
    answersSign: "{name}: **not yet**. All values have the right size, but the wrong sign.",
    answersFactor: "{name}: **not yet**. All values are {times} what they should be.",
    answersOff: "{name}: **not yet**. {wrong} of {count} values {wrong|is|are} off; look at [{place}] first.",
  },
  {
    answerRight: "{name}: **맞았습니다**.",
    answerRightNumber: "{name}: **맞았습니다**. {answer}입니다.",
    answerRightNumbers: "{name}: **맞았습니다**. 값 {count}개가 모두 맞습니다.",
    answerOpen: "{name}: **아직 답이 없습니다**. undefined 자리에 답을 쓰고 셀을 다시 실행하세요.",
    answerPromise: "{name}: **아직입니다**. 계산이 끝나지 않은 값입니다. 앞에 await를 쓰세요.",
    answerNearSmall:
      "{name}: **거의 맞았습니다**. {answer}의 값이 {off} 작습니다. 자릿수를 늘리거나 마지막 단계를 다시 보세요.",
    answerNearLarge:
      "{name}: **거의 맞았습니다**. {answer}의 값이 {off} 큽니다. 자릿수를 늘리거나 마지막 단계를 다시 보세요.",
    answerSmall: "{name}: **아직입니다**. {answer}보다 큰 값입니다.",
    answerLarge: "{name}: **아직입니다**. {answer}보다 작은 값입니다.",
    answerSign: "{name}: **아직입니다**. {answer}의 크기는 맞지만 부호가 반대입니다.",
    answerFactor: "{name}: **아직입니다**. {answer}: 맞는 값의 {times}입니다.",
    answerNotFinite: "{name}: **아직입니다**. 유한한 수가 아니라 {answer}입니다.",
    answerOther: "{name}: **아직입니다**. {answer} 말고 다른 답입니다.",
    answerTooLow: "{name}: **아직입니다**. {answer}의 값이 {bound}보다 작습니다.",
    answerTooHigh: "{name}: **아직입니다**. {answer}의 값이 {bound}보다 큽니다.",
    answerNotNumber: "{name}: **아직입니다**. 수 하나를 써야 합니다.",
    answerNotList: "{name}: **아직입니다**. 모양이 [{expected}]인 목록을 써야 합니다.",
    answerNotText: "{name}: **아직입니다**. 글자로 답해야 합니다.",
    answerNotYesNo: "{name}: **아직입니다**. true나 false로 답해야 합니다.",
    answerNotObject: "{name}: **아직입니다**. {keys} 값이 있는 객체를 써야 합니다.",
    answerShape: "{name}: **아직입니다**. 모양이 [{shape}]인데 [{expected}] 모양이어야 합니다.",
    answerTransposed: "{name}: **아직입니다**. 수는 맞지만 행과 열이 바뀌었습니다.",
    answersSign: "{name}: **아직입니다**. 크기는 모두 맞지만 부호가 반대입니다.",
    answersFactor: "{name}: **아직입니다**. 모든 값이 맞는 값의 {times}입니다.",
    answersOff: "{name}: **아직입니다**. 값 {count}개 가운데 {wrong}개가 다릅니다. [{place}] 위치부터 보세요.",
  },
);
