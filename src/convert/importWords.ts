// What an import says: what is wrong with a file, and what became of cells that nnbook does not run.

import { wordTable } from "../shared/words/message.ts";

export const importWords = wordTable(
  {
    unknownKind:
      "{file} is neither a Jupyter notebook (.ipynb) nor a notebook of the extension “TypeScript Notebooks” (.nnb).",
    empty: "The file is empty.",
    noCells:
      "This is not a notebook: expected an object with a list “cells”, found {found}. Was the file made by another tool?",
    oldJupyter:
      "This Jupyter notebook has format {found}; nnbook reads format 4. Open and save it in Jupyter, which brings it up to date.",
    badCell: "Cell {number} is broken: {field} must be {expected}, but is {found}. Nothing was imported.",
    text: "a text or a list of texts",
    kind: "“code”, “markdown” or “raw”",
    object: "an object",
    otherLanguage: "This cell is {language}: nnbook runs TypeScript, so it is kept here as text.",
    otherLanguages: "{count} {count|cell|cells} in other languages became text: {languages}.",
    noOutputs: "Outputs of this format are not taken over: run the cells again.",
    packages:
      "Cells import what this notebook may not have: {modules}. In nnbook, layers, data and pictures come from “nnbook”.",
  },
  {
    unknownKind: "{file} 파일은 Jupyter 노트북(.ipynb)도 “TypeScript Notebooks” 확장의 노트북(.nnb)도 아닙니다.",
    empty: "파일이 비어 있습니다.",
    noCells:
      "노트북이 아닙니다. “cells” 목록이 있는 객체여야 하지만 {found}입니다. 다른 도구에서 만든 파일인지 확인하세요.",
    oldJupyter:
      "이 Jupyter 노트북의 형식은 {found}인데, nnbook은 형식 4를 읽습니다. Jupyter에서 열어 저장하면 새 형식이 됩니다.",
    badCell:
      "{number}번 셀이 잘못되었습니다. {field}의 값은 {expected}이어야 하지만 {found}입니다. 아무것도 가져오지 않았습니다.",
    text: "문자열이나 문자열 목록",
    kind: "“code”, “markdown”, “raw” 중 하나",
    object: "객체",
    otherLanguage: "이 셀의 언어는 {language}입니다. nnbook은 TypeScript를 실행하므로 글로 남겨 둡니다.",
    otherLanguages: "다른 언어의 셀 {count}개를 글로 바꾸었습니다: {languages}.",
    noOutputs: "이 형식의 출력은 가져오지 않습니다. 셀을 다시 실행하세요.",
    packages:
      "이 노트북에 없을 수 있는 모듈을 셀에서 가져옵니다: {modules}. nnbook에서는 층과 데이터, 그림을 “nnbook”에서 가져옵니다.",
  },
);
