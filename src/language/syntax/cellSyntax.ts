// One cell by itself, as it is written: for what needs no other cell and no types.

import ts from "typescript";

/** A cell's text as a file of a language service. */
export interface CellSyntax {
  readonly service: ts.LanguageService;
  readonly file: string;
}

const file = "/nnbook/cell.ts";
let text = "";
let version = 0;
let service: ts.LanguageService | null = null;

/** Valid until another cell is read. */
export function readCell(cellText: string): CellSyntax {
  if (cellText !== text) {
    text = cellText;
    version++;
  }
  service ??= ts.createLanguageService(host, undefined, ts.LanguageServiceMode.Syntactic);
  return { service, file };
}

const host: ts.LanguageServiceHost = {
  getCompilationSettings: () => ({ target: ts.ScriptTarget.ESNext, noLib: true, noResolve: true }),
  getScriptFileNames: () => [file],
  getScriptVersion: () => String(version),
  getScriptSnapshot: (name) => (name === file ? ts.ScriptSnapshot.fromString(text) : undefined),
  getCurrentDirectory: () => "/nnbook",
  getDefaultLibFileName: () => "/nnbook/lib.d.ts",
  fileExists: (name) => name === file,
  readFile: (name) => (name === file ? text : undefined),
};
