// What is wrong with a notebook file, in the reader's language: one sentence on what was expected, what was found, what to do.

import type { WordTable } from "../shared/words/message.ts";

export const fileErrorWords = {
  en: {
    notUtf8:
      "The file is not UTF-8 text from here on. Nothing of it was changed: open it as text in the encoding it has, and save it as UTF-8.",
    syntax: "The file is not valid JSON: {problem}.",
    wrongShape: "{path} must be {expected}, but is {found}.",
    missing: "{path} is missing: expected {expected}.",
    noVersion:
      'This is not an nnbook notebook: expected an object with "nnbook": 1 as its first field. Was the file made by another tool?',
    newerVersion:
      "The notebook has format {found}; this version of nnbook reads format {expected}. Update the extension to open it.",
    wrongVersion: '"nnbook" must be {expected} (the format version), but is {found}.',
    located: "Line {line}, column {column}: {message}",
    anObject: "an object",
    anArray: "an array",
    anArrayOfStrings: "an array of strings, one for each line",
    aString: "a string",
    aKind: '"markdown" or "code"',
    text: "the text {value}",
    number: "the number {value}",
    other: "{value}",
  },
  ko: {
    notUtf8:
      "여기부터 UTF-8 텍스트가 아닙니다. 파일은 바뀌지 않았습니다. 원래 인코딩의 텍스트로 열어 UTF-8로 저장하세요.",
    syntax: "파일이 올바른 JSON이 아닙니다: {problem}.",
    wrongShape: "{path}의 값은 {expected}이어야 하지만 {found}입니다.",
    missing: "{path} 항목이 없습니다. 필요한 값: {expected}.",
    noVersion:
      'nnbook 노트북이 아닙니다. 첫 항목이 "nnbook": 1인 객체여야 합니다. 다른 도구에서 만든 파일인지 확인하세요.',
    newerVersion:
      "이 노트북의 형식은 {found}인데, 이 버전의 nnbook은 형식 {expected}까지 읽습니다. 확장을 업데이트하세요.",
    wrongVersion: '"nnbook"(형식 버전)의 값은 {expected}이어야 하지만 {found}입니다.',
    located: "{line}번째 줄, {column}번째 열: {message}",
    anObject: "객체",
    anArray: "배열",
    anArrayOfStrings: "한 줄에 하나씩 문자열을 담은 배열",
    aString: "문자열",
    aKind: '"markdown" 또는 "code"',
    text: "문자열 {value}",
    number: "숫자 {value}",
    other: "{value}",
  },
} as const satisfies WordTable<string>;

export type FileErrorWord = keyof (typeof fileErrorWords)["en"];

/** JSON's own troubles, by the names that the JSON scanner gives them. */
export const syntaxWords = {
  en: {
    InvalidSymbol: "this word is not a JSON value",
    InvalidNumberFormat: "the number is malformed",
    PropertyNameExpected: 'expected a field name in double quotes, or "}"',
    ValueExpected: "expected a value",
    ColonExpected: 'expected ":" after the field name',
    CommaExpected: 'expected ","',
    CloseBraceExpected: 'the file ends before the object is closed with "}"',
    CloseBracketExpected: 'the file ends before the array is closed with "]"',
    EndOfFileExpected: "expected the end of the file",
    InvalidCommentToken: "comments are not allowed",
    UnexpectedEndOfComment: "comments are not allowed",
    UnexpectedEndOfString: "the string is not closed",
    UnexpectedEndOfNumber: "the number is malformed",
    InvalidUnicode: "the \\u escape is malformed",
    InvalidEscapeCharacter: "this escape is not known in JSON",
    InvalidCharacter: "a string may not hold this character unescaped",
    CutOff: "it ends too early; part of it is missing",
    other: "it cannot be read",
  },
  ko: {
    InvalidSymbol: "이 단어는 JSON 값이 아닙니다",
    InvalidNumberFormat: "숫자 형식이 잘못되었습니다",
    PropertyNameExpected: '큰따옴표로 감싼 항목 이름이나 "}"가 필요합니다',
    ValueExpected: "값이 필요합니다",
    ColonExpected: '항목 이름 뒤에 ":"이 필요합니다',
    CommaExpected: '","가 필요합니다',
    CloseBraceExpected: '객체가 "}"로 닫히기 전에 파일이 끝났습니다',
    CloseBracketExpected: '배열이 "]"로 닫히기 전에 파일이 끝났습니다',
    EndOfFileExpected: "여기에서 파일이 끝나야 합니다",
    InvalidCommentToken: "주석은 쓸 수 없습니다",
    UnexpectedEndOfComment: "주석은 쓸 수 없습니다",
    UnexpectedEndOfString: "문자열이 닫히지 않았습니다",
    UnexpectedEndOfNumber: "숫자 형식이 잘못되었습니다",
    InvalidUnicode: "\\u 이스케이프 형식이 잘못되었습니다",
    InvalidEscapeCharacter: "JSON에 없는 이스케이프입니다",
    InvalidCharacter: "문자열 안에 이스케이프하지 않은 이 문자를 쓸 수 없습니다",
    CutOff: "중간에 끝나서 뒷부분이 없습니다",
    other: "읽을 수 없습니다",
  },
} as const satisfies WordTable<string>;
