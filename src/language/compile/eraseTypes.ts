// TypeScript of one cell → plain JavaScript with a source map, or every syntax error in it. Knows nothing of the notebook.

import ts from "typescript";
import type { CompileError } from "../../shared/languageProtocol.ts";
import { pythonIn } from "../foreign/python.ts";
import type { Say } from "../languageWords.ts";
import { positionAt } from "../program/sourcePositions.ts";
import { hasParseErrors } from "../program/syntaxTree.ts";

/** ES2022 so that `using`, `accessor` and decorators run on Node 20; imports stay, because a later cell may use them. */
const cellOptions: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.ESNext,
  moduleDetection: ts.ModuleDetectionKind.Force,
  newLine: ts.NewLineKind.LineFeed,
  isolatedModules: true,
  verbatimModuleSyntax: true,
  sourceMap: true,
  experimentalDecorators: false,
  useDefineForClassFields: true,
};

export type ErasedCell =
  | { readonly kind: "erased"; readonly code: string; readonly map: string }
  | { readonly kind: "failed"; readonly errors: readonly CompileError[] };

export function eraseCellTypes(source: string, say: Say): ErasedCell {
  const output = ts.transpileModule(source, {
    fileName: "cell.ts",
    reportDiagnostics: true,
    compilerOptions: cellOptions,
  });
  const errors = [...syntaxErrors(output.diagnostics ?? [], source), ...unsupportedStatements(source, say)];
  if (errors.length > 0) {
    const jsx = firstJsx(source);
    if (jsx !== null) return { kind: "failed", errors: [{ ...positionAt(source, jsx), message: say("noJsx") }] };
    const python = pythonErrors(source, output.diagnostics ?? [], say);
    // What follows from them is noise.
    return { kind: "failed", errors: python.length > 0 ? python : inOrder(errors) };
  }
  return { kind: "erased", code: withoutMapComment(output.outputText), map: output.sourceMapText ?? "" };
}

function pythonErrors(source: string, diagnostics: readonly ts.Diagnostic[], say: Say): CompileError[] {
  const wrong = diagnostics.flatMap(({ start }) => start ?? []);
  return pythonIn(source, wrong).map(({ start, code }) => ({
    ...positionAt(source, start),
    message: say("python", { code }),
  }));
}

/** What TypeScript says about the text itself, each at its place. */
export function syntaxErrors(diagnostics: readonly ts.Diagnostic[], source: string): CompileError[] {
  return diagnostics
    .filter((diagnostic) => diagnostic.category === ts.DiagnosticCategory.Error)
    .map((diagnostic) => ({
      ...positionAt(source, diagnostic.start ?? 0),
      message: ts.flattenDiagnosticMessageText(diagnostic.messageText, "\n"),
    }));
}

export function withoutMapComment(code: string): string {
  return code.replace(/\/\/# sourceMappingURL=\S*\s*$/, "");
}

export function inOrder(errors: readonly CompileError[]): CompileError[] {
  return [...errors].sort((a, b) => a.line - b.line || a.column - b.column);
}

/** Where markup begins, in text that would be right if a cell could hold it. */
function firstJsx(source: string): number | null {
  const file = ts.createSourceFile("cell.tsx", source, ts.ScriptTarget.ESNext, false, ts.ScriptKind.TSX);
  if (hasParseErrors(file)) return null;
  const visit = (node: ts.Node): number | undefined =>
    ts.isJsxElement(node) || ts.isJsxSelfClosingElement(node) || ts.isJsxFragment(node)
      ? node.getStart(file)
      : ts.forEachChild(node, visit);
  return visit(file) ?? null;
}

/** Statements that are right in a file but have no meaning in a cell: TypeScript would drop some of them silently. */
function unsupportedStatements(source: string, say: Say): CompileError[] {
  const file = ts.createSourceFile("cell.ts", source, ts.ScriptTarget.ESNext, false, ts.ScriptKind.TS);
  return file.statements.flatMap((statement) => {
    const message = whyUnsupported(statement, say);
    return message === null ? [] : [{ ...positionAt(source, statement.getStart(file)), message }];
  });
}

function whyUnsupported(statement: ts.Statement, say: Say): string | null {
  if (ts.isExportDeclaration(statement) && statement.moduleSpecifier !== undefined && !statement.isTypeOnly)
    return say("cannotExportFrom");
  if (ts.isExportAssignment(statement) && statement.isExportEquals === true) return say("cannotExportEquals");
  if (ts.isImportEqualsDeclaration(statement) && ts.isExternalModuleReference(statement.moduleReference))
    return say("cannotImportEquals", { name: statement.name.text });
  return null;
}
