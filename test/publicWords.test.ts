// Every name that a cell can reach has words of its own: they are what hovers and completions show.

import { execFileSync } from "node:child_process";
import path from "node:path";
import ts from "typescript";
import { expect, test } from "vitest";
import { collectNnbookTypes } from "../scripts/languageFiles.mts";

const root = path.join(import.meta.dirname, "..");
const entry = "/src/kernel/nnbookModule.d.ts";
/** What JavaScript gives a meaning of its own. */
const knownToAll = ["toString", "name"];
/** How TypeScript calls members named by a symbol. */
const symbolPrefix = "__@";

test("every export of nnbook, and every public member of it, is documented", { timeout: 120_000 }, () => {
  execFileSync(process.execPath, [path.join(root, "node_modules/typescript/bin/tsc"), "-b", "src/kernel"], {
    cwd: root,
  });
  const checker = programOf(collectNnbookTypes(path.join(root, "build/types")));
  const silent: string[] = [];
  let count = 0;
  for (const exported of checker.exports) {
    count++;
    if (!checker.hasWords(exported)) silent.push(exported.name);
    for (const member of checker.membersOf(exported)) {
      count++;
      const isKnown = knownToAll.includes(member.name) || member.name.startsWith(symbolPrefix);
      if (!isKnown && !checker.hasWords(member)) silent.push(`${exported.name}.${member.name}`);
    }
  }
  expect(silent).toEqual([]);
  expect(count).toBeGreaterThan(1000);
});

function programOf(files: Readonly<Record<string, string>>) {
  const textOf = (file: string) => files[file.slice(1)];
  const options: ts.CompilerOptions = {
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    allowImportingTsExtensions: true,
    noEmit: true,
    noLib: true,
    types: [],
  };
  const program = ts.createProgram([entry], options, {
    ...ts.createCompilerHost(options),
    fileExists: (file) => textOf(file) !== undefined,
    directoryExists: () => true,
    getDirectories: () => [],
    readFile: textOf,
    getSourceFile: (file, version) => {
      const text = textOf(file);
      return text === undefined ? undefined : ts.createSourceFile(file, text, version);
    },
  });
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(entry);
  const module = source && checker.getSymbolAtLocation(source);
  if (module === undefined) throw new Error(`${entry} is no module.`);
  const resolved = (symbol: ts.Symbol) =>
    symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
  const isPublic = ({ declarations = [] }: ts.Symbol) =>
    declarations.some((each) => {
      const flags = ts.getCombinedModifierFlags(each);
      const isHidden = flags & (ts.ModifierFlags.Protected | ts.ModifierFlags.Private);
      const isPrivateName = ts.isPropertyDeclaration(each) && ts.isPrivateIdentifier(each.name);
      return !isHidden && !isPrivateName && textOf(each.getSourceFile().fileName) !== undefined;
    });
  const typeOf = (symbol: ts.Symbol) =>
    symbol.flags & ts.SymbolFlags.Variable ? checker.getTypeOfSymbol(symbol) : checker.getDeclaredTypeOfSymbol(symbol);
  const hasMembers = ts.SymbolFlags.Class | ts.SymbolFlags.Interface | ts.SymbolFlags.Variable;
  return {
    exports: checker.getExportsOfModule(module).map(resolved),
    hasWords: (symbol: ts.Symbol) =>
      symbol.getDocumentationComment(checker).length > 0 || symbol.getJsDocTags(checker).length > 0,
    membersOf: (symbol: ts.Symbol) =>
      symbol.flags & hasMembers ? typeOf(symbol).getProperties().filter(isPublic).map(resolved) : [],
  };
}
