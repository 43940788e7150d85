// What a name that nothing declares most likely means to say: a part of nnbook, or what another language or library calls otherwise.
// The editor asks while code is written, the kernel when it has failed: both say the same.

import {
  type ForeignNames,
  foreignNames,
  type Library,
  libraryNames,
  libraryParts,
  namesOfTheirParts,
  tensorFunctions,
} from "./foreignNames.ts";
import { type Locale, plainMessage, wordTable } from "./words/message.ts";

/** What `import … from "nnbook"` gives, as far as names go. */
export interface NnbookNames {
  readonly exports: readonly string[];
  /** Those of `layers`, `losses` and so on, by the name of the object. */
  readonly members: Readonly<Record<string, readonly string[]>>;
}

/** Those that other libraries have too, under their own names. */
const sharedOwners: readonly string[] = [...new Set(Object.values(libraryParts))];
/** Exports that are nothing by themselves. */
const holders: readonly string[] = [...sharedOwners, "schedules", "datasets", "show"];
/** The exports whose members people name without them. */
export const ownersOfNames: readonly string[] = [...holders, "input"];

/** A name in code, with those that follow it: `np.array(…)`. */
export interface WrittenName {
  /** `["np", "array"]` */
  readonly chain: readonly string[];
  /** Whether what it comes to is called. */
  readonly isCalled: boolean;
}

export interface MeantName {
  /** How many names of the chain it stands for: 3 for `keras.layers.Dense`. */
  readonly parts: number;
  /** Code to write instead; several where each may be meant. */
  readonly codes: readonly string[];
  /** Where the name is at home; `null` for nnbook itself. */
  readonly library: Library | null;
}

const partsOfGlobalObject: ReadonlySet<string> = new Set([
  ...["setTimeout", "setInterval", "clearTimeout", "clearInterval", "queueMicrotask", "structuredClone", "fetch"],
  ...["postMessage", "onmessage", "addEventListener", "removeEventListener", "importScripts", "close"],
  ...["console", "crypto", "performance", "navigator", "location"],
]);

/** "leaky_relu", "Leaky ReLU" and "leakyRelu" are one name. Letters of every script count. */
export function plainName(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\p{M}\p{N}]/gu, "");
}

/**
 * `null` where nothing is known. Names that are as likely the user's own, from a cell that did not run (`model`, `accuracy`, `sum`),
 * count only where they are called.
 */
export function meantName({ chain, isCalled }: WrittenName, names: NnbookNames): MeantName | null {
  const [root = "", second = ""] = chain;
  const library = Object.hasOwn(libraryNames, root) ? libraryNames[root] : undefined;
  if (library !== undefined) {
    const found = ofLibrary(chain, library, names);
    return found.parts === 1 && namesOfTheirParts.includes(root) ? null : found;
  }
  const isAlone = chain.length === 1;
  if (names.exports.includes(root)) {
    const isMeant = Object.hasOwn(names.members, root) || /^\p{Lu}/u.test(root) || (isAlone && isCalled);
    return isMeant ? { parts: 1, codes: [`import { ${root} } from "nnbook"`], library: null } : null;
  }
  for (const home of ["Python", "PyTorch", "Synaptic"] as const) {
    const dotted = own(foreignNames[home], `${root}.${second}`);
    if (dotted !== null) return { parts: 2, codes: [dotted], library: home };
  }
  // A browser's worker calls its global object so, and what it has is no part of a class of Python's.
  if (root === "self" && partsOfGlobalObject.has(second)) return null;
  const python = own(foreignNames.Python, root);
  if (python !== null) {
    const needsCall = /[(.[:]/.test(python);
    return needsCall && !(isAlone && isCalled) ? null : { parts: 1, codes: [python], library: "Python" };
  }
  if (!isForeignSpelling(root)) {
    const exact = isAlone && isCalled ? membersCalled((member) => member === root, names) : [];
    return exact.length === 0 ? null : { parts: 1, codes: exact.map(asCall), library: null };
  }
  const inTables = (homes: readonly Library[]) =>
    homes.flatMap((library) => {
      const code = own(foreignNames[library], root);
      return code === null ? [] : [{ parts: 1, codes: [code], library }];
    })[0];
  const known = inTables(["Keras", "scikit-learn"]);
  if (known !== undefined) return known;
  const isSpelt = (member: string, owner: string) =>
    sharedOwners.includes(owner) && plainName(member) === plainName(root);
  const spelt = exportCalled(root, names) ?? membersCalled(isSpelt, names);
  if (spelt.length > 0) return { parts: 1, codes: spelt.map(asCall), library: "Keras" };
  return inTables(["PyTorch", "brain.js"]) ?? null;
}

const chainOfNames = /^([\p{L}_$][\p{L}\p{N}_$]*(?:\s*\.\s*[\p{L}_$][\p{L}\p{N}_$]*)*)\s*(\(?)/u;

/** A name of code and what follows it, as it stands at the beginning of `code`. */
export function writtenName(code: string): WrittenName | null {
  const [, text, after] = chainOfNames.exec(code) ?? [];
  return text === undefined ? null : { chain: text.split(/\s*\.\s*/), isCalled: after === "(" };
}

/** What to say of it, in the reader's language. */
export function meantSentence({ parts, codes, library }: MeantName, chain: readonly string[], locale: Locale): string {
  const args = { name: chain.slice(0, parts).join("."), code: codes.join(orWords[locale]), library: library ?? "" };
  const isWhole = parts === 1 && Object.hasOwn(libraryNames, chain[0] ?? "");
  const id = library === null ? "partOfNnbook" : isWhole ? "foreignLibrary" : "foreign";
  return plainMessage(words, { id, args }, locale);
}

/** `epochs=5` among the arguments of a call. */
export function namedArgumentSentence(code: string, locale: Locale): string {
  return plainMessage(words, { id: "namedArgument", args: { code } }, locale);
}

/** `rate = 0.1` where nothing declares `rate`. */
export function newVariableSentence(name: string, code: string, locale: Locale): string {
  return plainMessage(words, { id: "newVariable", args: { name, code } }, locale);
}

/** The part with the longest way to it that is known; the library itself where none is. */
function ofLibrary(
  chain: readonly string[],
  [library, otherwise]: readonly [Library, string],
  names: NnbookNames,
): MeantName {
  for (let parts = chain.length; parts > 1; parts--) {
    const [before = "", name = ""] = chain.slice(parts - 2, parts);
    const code = own(foreignNames[library], name);
    if (code !== null) return { parts, codes: [code], library };
    // What these call alike does other things.
    if (library === "NumPy" || library === "pandas" || library === "Matplotlib") continue;
    const owner = own(libraryParts, before);
    const spelt = (names.members[owner ?? ""] ?? []).find((member) => plainName(member) === plainName(name));
    if (owner !== null && spelt !== undefined) return { parts, codes: [`${owner}.${spelt}(…)`], library };
    const exported = own(libraryParts, name) === null ? exportCalled(name, names) : null;
    if (exported !== null) return { parts, codes: exported.map(asCall), library };
    const computed = library === "TensorFlow" || library === "PyTorch" ? own(tensorFunctions, name) : null;
    if (computed !== null) return { parts, codes: [computed], library };
  }
  return { parts: 1, codes: [otherwise], library };
}

function exportCalled(name: string, { exports }: NnbookNames): readonly string[] | null {
  // `tensor` makes what `Tensor` is the class of.
  const alike = exports.filter((each) => plainName(each) === plainName(name));
  const found = alike.find((each) => each === name) ?? alike.find((each) => !/^\p{Lu}/u.test(each)) ?? alike[0];
  return found === undefined ? null : [found];
}

function membersCalled(
  isMeant: (member: string, owner: string) => boolean,
  { members }: NnbookNames,
): readonly string[] {
  return Object.entries(members).flatMap(([owner, own]) =>
    own.filter((member) => isMeant(member, owner)).map((member) => `${owner}.${member}`),
  );
}

/** Capitals at the front, or words joined by "_": a name of ours is written in neither way. */
function isForeignSpelling(name: string): boolean {
  return /^\p{Lu}|_/u.test(name);
}

function asCall(name: string): string {
  return holders.includes(name) ? name : `${name}(…)`;
}

function own(table: ForeignNames, name: string): string | null {
  return Object.hasOwn(table, name) ? (table[name] ?? null) : null;
}

const orWords = { en: " or ", ko: " 또는 " } as const;

const words = wordTable(
  {
    foreign: '"{name}" is {library}. In nnbook, write {code}.',
    foreignLibrary: '"{name}" is {library}. nnbook has parts of its own, for example {code}.',
    partOfNnbook: '"{name}" is a part of nnbook: write {code}.',
    newVariable: 'Nothing declares "{name}". A new variable begins with let: write {code}.',
    namedArgument: "Arguments have no names here. Write {code}.",
  },
  {
    foreign: '"{name}": {library}에서 쓰는 이름입니다. nnbook에서는 다음과 같이 씁니다: {code}.',
    foreignLibrary: '"{name}": {library}에서 쓰는 이름입니다. nnbook에는 nnbook의 기능이 따로 있습니다. 예: {code}.',
    partOfNnbook: '"{name}": nnbook에 들어 있습니다. 다음과 같이 쓰세요: {code}.',
    newVariable: '"{name}": 선언한 곳이 없습니다. 새 변수는 let으로 시작합니다. 다음과 같이 쓰세요: {code}.',
    namedArgument: "여기서는 인수에 이름을 붙이지 않습니다. 다음과 같이 쓰세요: {code}.",
  },
);
