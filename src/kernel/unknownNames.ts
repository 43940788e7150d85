// What to write instead of a name that a cell uses and nothing declares; the editor says the same while it is written.
// Bundled as unknownNames.cjs, which a kernel reads when a cell first names what is not there.

import {
  meantName,
  meantSentence,
  type NnbookNames,
  namedArgumentSentence,
  newVariableSentence,
  ownersOfNames,
  writtenName,
} from "../shared/meantName.ts";
import type { Locale } from "../shared/words/message.ts";
import type { UserFrame } from "./errors/stackFrames.ts";

/** What a kernel gives to know the names of: its module "nnbook". */
export type NnbookModule = Readonly<Record<string, unknown>>;

export function nnbookNames(nnbook: NnbookModule): NnbookNames {
  const owners = Object.entries(nnbook).filter(([name]) => ownersOfNames.includes(name));
  return {
    exports: Object.keys(nnbook),
    members: Object.fromEntries(owners.map(([name, owner]) => [name, Object.keys(Object(owner))])),
  };
}

/** `message`: V8's own, "np is not defined". `frame`: where it was. `null` where nothing is known to be meant. */
export function unknownNameAdvice(
  message: string,
  frame: UserFrame | undefined,
  { nnbook, locale }: { readonly nnbook: NnbookModule; readonly locale: Locale },
): string | null {
  const name = /^(\S+) is not defined$/.exec(message)?.[1];
  // In a package it is none of the user's names.
  if (name === undefined || frame?.ran === undefined) return null;
  const { before, after } = codeAround(frame.ran, name);
  const isAssigned = /^\s*=(?![=>])/.test(after.slice(name.length));
  // The value of a cell's last statement is returned.
  if (isAssigned && /(?:^|[;{}\n]|\breturn \()\s*$/.test(before))
    return newVariableSentence(name, `let ${name} = …`, locale);
  if (isAssigned && /[(,]\s*$/.test(before)) return namedArgumentSentence(`{ ${name}: … }`, locale);
  const written = writtenName(after) ?? { chain: [name], isCalled: false };
  const meant = meantName(written, nnbookNames(nnbook));
  return meant === null ? null : meantSentence(meant, written.chain, locale);
}

/** The code up to the name, and from it on. V8 gives the place of an assignment behind its name, or of the statement that the name stands in. */
function codeAround(
  { code, line, column }: NonNullable<UserFrame["ran"]>,
  name: string,
): { readonly before: string; readonly after: string } {
  const lines = code.split("\n").slice(0, line - 1);
  const start = lines.reduce((sum, each) => sum + each.length + 1, 0) + column - 1;
  const assigned = code.slice(0, start).trimEnd();
  const at = assigned.endsWith(name) ? assigned.length - name.length : code.indexOf(name, start);
  return at === -1 ? { before: "", after: name } : { before: code.slice(0, at), after: code.slice(at) };
}
