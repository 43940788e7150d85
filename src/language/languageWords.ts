// What the language service says itself, in both languages. TypeScript's own messages stay as TypeScript words them.

import { type Locale, plainMessage, type WordTable } from "../shared/words/message.ts";

const en = {
  cannotDeclare: '"{name}" cannot be declared in a cell. Choose another name.',
  changesGlobal: 'This changes "{name}" for all code in the kernel. Choose another name.',
  definedLater: '"{name}" is defined in a later cell: cell {cell}. Run that cell first.',
  cannotExportFrom:
    "A cell cannot export from another module: cells share their names without it. Use `import` instead.",
  cannotExportEquals: "A cell cannot use `export =`: cells share their names without it.",
  cannotImportEquals: "A cell cannot use `import {name} = require(…)`. Write `import * as {name} from …` instead.",
  noJsx: "Cells hold TypeScript without markup (JSX). Show values with display(…) and the pictures of show.",
  python: "This is Python. In TypeScript, write {code}",
  tuple: "In TypeScript {tuple} is {last}: a comma keeps the last value alone. For a list, write {code}.",
  toTypescript: "Change to TypeScript: {code}",
  allToTypescript: "Change all Python to TypeScript",
  noRequire: "Cells have no `require`. Write `import * as {name} from {specifier}`.",
  noDefaultExport: '"nnbook" has no default export. Write `import * as {name} from "nnbook"`.',
  fileNotFound: 'Cannot find "{specifier}" in {folder}. Check the spelling, or save the file there.',
  fileWithoutFolder: 'Cannot find "{specifier}": this notebook has no folder yet. Save it first.',
  packageNotFound:
    'Cannot find the package "{specifier}". Install it in {folder} (npm install {package}), or check the spelling.',
  packageWithoutFolder:
    'Cannot find the package "{specifier}". Save the notebook and install it beside it (npm install {package}), or check the spelling.',
  meantNnbook: 'Cannot find the package "{specifier}". Did you mean "nnbook"?',
  moduleNotFound:
    'Cannot find "{specifier}", imported from {importer}. Looked for {tried}. Check the spelling, or save the file there.',
  pathNotFound:
    'Cannot find "{specifier}". {file} leads it to {tried}, where no module is. Check the spelling, or save the file there.',
  projectBroken: "{file} could not be read whole, so its paths may be missing: {reason}",
  notebookFolder: "the notebook's folder {folder}",
  unsavedModule: "{file} has changes that are not saved: cells see and run it as it was saved. Save it.",
  notJson: "{file} is not valid JSON: {reason}",
  markupInModule:
    "{file} is for markup (JSX), which notebooks do not run. Put what cells import into a file that ends in .ts or .js.",
  awaitInModule:
    "`await` outside a function does not work in an imported module. Put it into an async function, or into a cell.",
  noNameHere: "Here stands no name that could be changed.",
  cannotRename: '"{name}" cannot be renamed.',
  nameOfNnbook: '"{name}" belongs to nnbook and cannot be renamed.',
  nameOfTypescript: '"{name}" belongs to JavaScript and cannot be renamed.',
  importedOverAnother:
    '"{name}" is imported where an earlier cell gave the name another meaning, and cannot be renamed. Write `as` and another name into the import.',
  nameOfPackage: '"{name}" belongs to an installed package and cannot be renamed.',
  notAName:
    '"{name}" cannot be a name. A name begins with a letter, "_" or "$", goes on with those and digits, and is no word of TypeScript.',
  nameTaken: '"{name}" has a meaning there already: it is declared in cell {cell}. Choose another name.',
  importFrom: 'Import "{name}" from "{from}"',
  useMember: 'Change to "{name}"',
  addAwaitWhereMade: 'Wait for it where it is made: "const {name} = await …"',
  addAwait: "Add await",
  unknownActivation: 'There is no activation function "{name}".',
  unknownLoss: 'There is no loss "{name}".',
  unknownOptimizer: 'There is no optimizer "{name}".',
  unknownMetric: 'There is no metric "{name}".',
  unknownInitializer: 'There is no initializer "{name}".',
  unknownRegularizer: 'There is no regularizer "{name}".',
  unknownConstraint: 'There is no constraint "{name}".',
  otherMember: 'There is no "{name}" here. {instead}',
  otherSpelling: 'nnbook calls this "{name}".',
  didYouMean: 'Did you mean "{name}"?',
  known: "Known: {names}.",
  scriptOrigin:
    "Made from an nnbook notebook. It needs the package nnbook, which the build of nnbook makes: npm install PATH/TO/nnbook/dist/engine. Then run node with this file (Node 24 or later).",
  scriptOriginTransformed:
    "Made from an nnbook notebook. It needs the package nnbook, which the build of nnbook makes: npm install PATH/TO/nnbook/dist/engine. Then run node --experimental-transform-types with this file (Node 24 or later): it has enums or the like, which are more than types.",
  scriptFolder: "Relative paths begin in the notebook's folder, as they do in its cells.",
  scriptModules:
    "Node wants the whole name of a file in an import, and `type` before a type. Where the modules beside the notebook write it in other ways, this is meant.",
  inNotebook: "In the notebook: {code}",
  otherLanguageCell: "Cell {number} is not TypeScript:",
} as const;

export type LanguageWord = keyof typeof en;

const ko: Readonly<Record<LanguageWord, string>> = {
  cannotDeclare: '"{name}": 셀에서 선언할 수 없는 이름입니다. 다른 이름을 쓰세요.',
  changesGlobal: '커널의 모든 코드가 쓰는 "{name}"의 뜻이 바뀝니다. 다른 이름을 쓰세요.',
  definedLater: '"{name}": 뒤에 있는 {cell}번 셀에서 정의합니다. 그 셀을 먼저 실행하세요.',
  cannotExportFrom:
    "셀에서는 다른 모듈을 다시 내보낼 수 없습니다. 셀끼리는 내보내지 않아도 이름을 함께 씁니다. `import`를 쓰세요.",
  cannotExportEquals: "셀에서는 `export =`를 쓸 수 없습니다. 셀끼리는 내보내지 않아도 이름을 함께 씁니다.",
  cannotImportEquals: "셀에서는 `import {name} = require(…)`를 쓸 수 없습니다. `import * as {name} from …`라고 쓰세요.",
  noJsx: "셀에는 마크업(JSX) 없는 TypeScript를 씁니다. 값은 display(…)로, 그림은 show로 보여 주세요.",
  python: "Python으로 쓴 코드입니다. TypeScript에서는 다음과 같이 씁니다: {code}",
  tuple: "TypeScript에서 {tuple}의 값은 {last}입니다. 쉼표는 마지막 값만 남깁니다. 목록은 다음과 같이 씁니다: {code}",
  toTypescript: "TypeScript로 바꾸기: {code}",
  allToTypescript: "Python을 모두 TypeScript로 바꾸기",
  noRequire: "셀에는 `require`가 없습니다. `import * as {name} from {specifier}`라고 쓰세요.",
  noDefaultExport: '"nnbook"에는 기본 내보내기(default)가 없습니다. `import * as {name} from "nnbook"`이라고 쓰세요.',
  fileNotFound: '{folder} 폴더에 "{specifier}" 파일이 없습니다. 철자를 확인하거나 그 폴더에 파일을 저장하세요.',
  fileWithoutFolder: '"{specifier}" 파일을 찾을 수 없습니다. 이 노트북은 아직 폴더가 없으니 먼저 저장하세요.',
  packageNotFound:
    '"{specifier}" 패키지를 찾을 수 없습니다. {folder} 폴더에 설치하거나(npm install {package}) 철자를 확인하세요.',
  packageWithoutFolder:
    '"{specifier}" 패키지를 찾을 수 없습니다. 노트북을 저장하고 같은 폴더에 설치하거나(npm install {package}) 철자를 확인하세요.',
  meantNnbook: '"{specifier}" 패키지를 찾을 수 없습니다. 혹시 "nnbook"인가요?',
  moduleNotFound:
    '{importer}에서 가져오는 "{specifier}" 파일을 찾을 수 없습니다. 찾아본 곳: {tried}. 철자를 확인하거나 그곳에 파일을 저장하세요.',
  pathNotFound:
    '"{specifier}" 파일을 찾을 수 없습니다. {file}에 따르면 {tried}에 있어야 하는데 그곳에 모듈이 없습니다. 철자를 확인하거나 그곳에 파일을 저장하세요.',
  projectBroken: "{file} 파일을 다 읽지 못해 그 안의 paths가 빠졌을 수 있습니다: {reason}",
  notebookFolder: "노트북 폴더 {folder}",
  unsavedModule:
    "{file}에 저장하지 않은 변경 내용이 있습니다. 셀은 저장되어 있는 내용을 보고 실행합니다. 파일을 저장하세요.",
  notJson: "{file} 파일이 올바른 JSON이 아닙니다: {reason}",
  markupInModule:
    "{file}: 마크업(JSX) 파일이라 노트북에서 실행할 수 없습니다. 셀에서 가져올 것은 .ts나 .js로 끝나는 파일에 쓰세요.",
  awaitInModule: "가져온 모듈에서는 함수 밖의 `await`를 쓸 수 없습니다. 비동기(async) 함수 안이나 셀에서 쓰세요.",
  noNameHere: "여기에는 바꿀 수 있는 이름이 없습니다.",
  cannotRename: '"{name}": 이름을 바꿀 수 없습니다.',
  nameOfNnbook: '"{name}": nnbook의 이름이라 바꿀 수 없습니다.',
  nameOfTypescript: '"{name}": JavaScript의 이름이라 바꿀 수 없습니다.',
  importedOverAnother:
    '"{name}": 앞의 셀에서 다른 뜻으로 쓴 이름을 가져온 것이라 바꿀 수 없습니다. 가져오는 곳에 `as`와 다른 이름을 쓰세요.',
  nameOfPackage: '"{name}": 설치된 패키지의 이름이라 바꿀 수 없습니다.',
  notAName:
    '"{name}": 이름으로 쓸 수 없습니다. 이름은 글자, "_", "$"로 시작하고 그 뒤에는 숫자도 올 수 있으며, TypeScript의 예약어는 쓸 수 없습니다.',
  nameTaken: '"{name}": {cell}번 셀에서 선언하여 그곳에서 이미 쓰는 이름입니다. 다른 이름을 쓰세요.',
  importFrom: '"{from}"에서 "{name}" 가져오기',
  useMember: '"{name}"(으)로 바꾸기',
  addAwaitWhereMade: '만드는 곳에서 기다리기: "const {name} = await …"',
  addAwait: "await 추가",
  unknownActivation: '"{name}"이라는 활성화 함수는 없습니다.',
  unknownLoss: '"{name}"이라는 손실은 없습니다.',
  unknownOptimizer: '"{name}"이라는 옵티마이저는 없습니다.',
  unknownMetric: '"{name}"이라는 지표는 없습니다.',
  unknownInitializer: '"{name}"이라는 초기화 방법은 없습니다.',
  unknownRegularizer: '"{name}"이라는 규제 방법은 없습니다.',
  unknownConstraint: '"{name}"이라는 제약 조건은 없습니다.',
  otherMember: '"{name}": 여기에는 없는 이름입니다. {instead}',
  otherSpelling: 'nnbook에서는 "{name}"(이)라고 씁니다.',
  didYouMean: '혹시 "{name}"인가요?',
  known: "쓸 수 있는 이름: {names}.",
  scriptOrigin:
    "nnbook 노트북에서 만든 파일입니다. 실행하려면 nnbook 패키지가 필요하며, 이 패키지는 nnbook을 빌드하면 만들어집니다: npm install 경로/nnbook/dist/engine. 그다음 node로 이 파일을 실행하세요(Node 24 이상).",
  scriptOriginTransformed:
    "nnbook 노트북에서 만든 파일입니다. 실행하려면 nnbook 패키지가 필요하며, 이 패키지는 nnbook을 빌드하면 만들어집니다: npm install 경로/nnbook/dist/engine. 그다음 node --experimental-transform-types로 이 파일을 실행하세요(Node 24 이상). 타입만이 아닌 enum 같은 문법이 들어 있습니다.",
  scriptFolder: "상대 경로는 셀에서와 같이 노트북이 있는 폴더를 기준으로 합니다.",
  scriptModules:
    "Node는 import에 파일의 전체 이름이 있어야 하고, 타입 앞에는 `type`이 있어야 합니다. 노트북 옆의 모듈이 다르게 쓴 곳은 다음과 같이 읽습니다.",
  inNotebook: "노트북에서: {code}",
  otherLanguageCell: "{number}번 셀은 TypeScript가 아닙니다.",
};

const languageWords: WordTable<LanguageWord> = { en, ko };

/** Words one of our sentences. */
export interface Say {
  (id: LanguageWord, args?: Readonly<Record<string, string>>): string;
  /** The reader's language. */
  readonly locale: Locale;
}

export function sayIn(locale: Locale): Say {
  const say = (id: LanguageWord, args: Readonly<Record<string, string>> = {}) =>
    plainMessage(languageWords, { id, args }, locale);
  return Object.assign(say, { locale });
}
