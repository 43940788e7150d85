// What is said of tables and tensors, and the words of their text versions.

import { wordTable } from "../message.ts";

export const tableSentences = wordTable(
  {
    tableSize: "**{rows}** {rows|row|rows}, **{columns}** {columns|column|columns}.",
    dataSizeClasses:
      "**{rows} {rows|example|examples}** of {features} {features|feature|features}, in {classes} classes.",
    dataSizeNumbers:
      "**{rows} {rows|example|examples}** of {features} {features|feature|features}; what there is to learn is a number.",
    valuesMissing:
      "**{missing} {missing|value|values}** {missing|is|are} missing or not finite, most of them in {column}.",
    valuesMissingAll: "**{missing} {missing|value|values}** {missing|is|are} missing or not finite, in {column}.",
    valuesMissingApart: "**{missing} values** are missing or not finite, in {columns} columns.",
    featuresUnscaled:
      "**{feature}** varies {times} as much as the middle feature; standardize() brings all to one scale, so that none rules the first steps.",
    classesUneven:
      "There are {times} as many examples of **{most}** as of **{least}**: accuracy alone hides how the rare class fares.",
  },
  {
    tableSize: "행 **{rows}**개, 열 **{columns}**개입니다.",
    dataSizeClasses: "**예제 {rows}개**, 특성 {features}개, 클래스 {classes}개입니다.",
    dataSizeNumbers: "**예제 {rows}개**, 특성 {features}개이며, 학습할 것은 수치입니다.",
    valuesMissing: "값 **{missing}개**가 없거나 유한하지 않습니다. 대부분 {column} 열에 있습니다.",
    valuesMissingAll: "{column} 열의 값 **{missing}개**가 없거나 유한하지 않습니다.",
    valuesMissingApart: "열 {columns}개에서 값 **{missing}개**가 없거나 유한하지 않습니다.",
    featuresUnscaled:
      "**{feature}**의 변동 폭이 중간 특성의 {times}입니다. standardize()로 모든 특성의 크기를 맞추면 한 특성이 초반 스텝을 좌우하지 않습니다.",
    classesUneven:
      "**{most}** 예제가 **{least}** 예제의 {times}입니다. 정확도만으로는 드문 클래스를 얼마나 맞히는지 알 수 없습니다.",
  },
);

export const tableTextWords = wordTable(
  {
    column: "column",
    spread: "spread",
    values: "values",
    missing: "({count} missing)",
    moreColumns: "and {count} more {count|column|columns}",
    tensor: "Tensor",
    range: "from {min} to {max}, mean {mean} ± {std}, {zeros} {zeros|zero|zeros}",
    someNotFinite: "{count} not finite",
    at: "at [{place}]",
    thinned: "{rows} of its rows and {columns} of its columns, evenly apart",
    morePages: "and {count} more",
  },
  {
    column: "열",
    spread: "분포",
    values: "값",
    missing: "(빈 값 {count}개)",
    moreColumns: "외 열 {count}개",
    tensor: "텐서",
    range: "{min}부터 {max}까지, 평균 {mean} ± {std}, 0인 값 {zeros}개",
    someNotFinite: "유한하지 않은 값 {count}개",
    at: "[{place}] 위치",
    thinned: "고른 간격으로 고른 행 {rows}개와 열 {columns}개",
    morePages: "외 {count}개",
  },
);
