// TypeScript's language service over one notebook. Each notebook has its own, so that none sees another's names;
// they share parsed libraries.

import ts from "typescript";
import type { LanguageCell, NotebookSnapshot } from "../../shared/languageProtocol.ts";
import { createLanguageHost, programPath, type SharedFiles } from "./languageHost.ts";
import { type CellSpot, NotebookProgram } from "./notebookProgram.ts";

let notebookCount = 0;

export class NotebookService {
  readonly program = new NotebookProgram();
  readonly folder: string | null;
  readonly service: ts.LanguageService;
  /** The program's file, as TypeScript knows it. */
  readonly file: string;

  constructor(notebook: NotebookSnapshot, shared: SharedFiles, registry: ts.DocumentRegistry) {
    this.folder = notebook.folder;
    const fileName = `nnbook-cells-${++notebookCount}.ts`;
    this.file = programPath(notebook.folder, fileName);
    this.program.update(notebook.cells);
    const host = createLanguageHost({ shared, program: this.program, folder: notebook.folder, fileName });
    this.service = ts.createLanguageService(host, registry);
  }

  get cells(): readonly LanguageCell[] {
    return this.program.cells;
  }

  update(cells: readonly LanguageCell[]): void {
    this.program.update(cells);
  }

  /** The program's offset for a place in a cell, or `null`. */
  offset(spot: CellSpot): number | null {
    return this.program.toProgram(spot);
  }

  cell(cellId: string): LanguageCell | null {
    return this.cells.find(({ id }) => id === cellId) ?? null;
  }

  /** The syntax tree and the type checker as they stand now. */
  checked(): { readonly source: ts.SourceFile; readonly checker: ts.TypeChecker } | null {
    const program = this.service.getProgram();
    const source = program?.getSourceFile(this.file);
    return program === undefined || source === undefined ? null : { source, checker: program.getTypeChecker() };
  }

  /** The smallest part of the program that an offset is in or beside. */
  nodeAt(offset: number): ts.Node | null {
    const checked = this.checked();
    return checked === null ? null : innermostNode(checked.source, offset);
  }

  /** The symbol of the name at an offset of the program. */
  symbolAt(offset: number): { readonly symbol: ts.Symbol; readonly checker: ts.TypeChecker } | null {
    const checked = this.checked();
    if (checked === null) return null;
    const symbol = checked.checker.getSymbolAtLocation(innermostNode(checked.source, offset));
    return symbol === undefined ? null : { symbol, checker: checked.checker };
  }

  dispose(): void {
    this.service.dispose();
  }
}

function innermostNode(source: ts.SourceFile, offset: number): ts.Node {
  let found: ts.Node = source;
  const visit = (node: ts.Node): void => {
    if (offset < node.getStart(source) || offset > node.end) return;
    found = node;
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}
