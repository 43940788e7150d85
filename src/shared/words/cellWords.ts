// What the kernel says in a cell besides its values: of what was thrown, of packages that are not there, of outputs that are cut.

import { type Argument, type Locale, plainMessage, type WordTable } from "./message.ts";

const cellWords = {
  en: {
    thrownValue: "Thrown value",
    onlyErrors: 'Only an Error tells where it was thrown: throw new Error("…").',
    cannotLook: "A value that cannot be looked at. Throw an Error.",
    moreCharacters: "… ({count} more characters)",
    layerIsNoFunction: "A layer takes its input by apply: {layer}(…).apply(x).",
    packageNotFound:
      'Cannot find the package "{name}". Looked in {folder} and in the folders above. Check the spelling, or install it there: npm install {name}. A file of your own is imported with a path: "./{specifier}".',
    tooManyFits:
      "… this cell has trained more than {limit} times; no further trainings are shown. Their runs are complete.",
    tooManyShown: "… this cell has shown more than {limit} values; the rest is not shown. Show fewer, or print them.",
    truncated: "… output truncated: this cell has printed more than 1 MB. Print less, or write to a file.",
  },
  ko: {
    thrownValue: "던져진 값",
    onlyErrors: '던진 곳은 Error만 알려 줍니다. throw new Error("…")로 던지세요.',
    cannotLook: "들여다볼 수 없는 값입니다. Error를 던지세요.",
    moreCharacters: "… (이후 {count}자 생략)",
    layerIsNoFunction: "층의 입력은 apply로 줍니다: {layer}(…).apply(x).",
    packageNotFound:
      '"{name}" 패키지를 찾을 수 없습니다. {folder} 폴더와 그 위의 폴더에서 찾았습니다. 철자를 확인하거나 그곳에 설치하세요: npm install {name}. 직접 만든 파일은 경로로 가져옵니다: "./{specifier}".',
    tooManyFits:
      "… 이 셀에서 {limit}번 넘게 학습하여 이후의 학습은 보여 주지 않습니다. 학습 기록은 빠짐없이 남아 있습니다.",
    tooManyShown: "… 이 셀에서 값을 {limit}개 넘게 보여 주어 나머지는 생략합니다. 적게 보여 주거나 글자로 출력하세요.",
    truncated: "… 이 셀에서 1 MB 넘게 출력하여 나머지는 생략합니다. 적게 출력하거나 파일에 쓰세요.",
  },
} as const satisfies WordTable<string>;

export type CellWord = keyof (typeof cellWords)["en"];

export function cellWord(id: CellWord, locale: Locale, args: Readonly<Record<string, Argument>> = {}): string {
  return plainMessage(cellWords, { id, args }, locale);
}
