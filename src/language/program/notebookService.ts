// TypeScript's language service over one notebook. Each notebook has its own, so that none sees another's names;
// they share parsed libraries.

import ts from "typescript";
import type { LanguageCell, NotebookSnapshot } from "../../shared/languageProtocol.ts";
import { type ProjectPaths, projectPaths } from "../imports/projectPaths.ts";
import { createLanguageHost, isVirtualFile, programPath, type SharedFiles } from "./languageHost.ts";
import { type CellSpot, NotebookProgram } from "./notebookProgram.ts";
import { innermostNode } from "./syntaxTree.ts";

let notebookCount = 0;

interface Checked {
  readonly program: ts.Program;
  readonly source: ts.SourceFile;
  readonly checker: ts.TypeChecker;
}

export class NotebookService {
  readonly program = new NotebookProgram();
  readonly folder: string | null;
  readonly #workspaceFolder: string | undefined;
  readonly service: ts.LanguageService;
  /** The program's file, as TypeScript knows it. */
  readonly file: string;
  /** What was checked during the answer under way; `undefined` before, and between answers. */
  #checked: Checked | null | undefined;
  #isAnswering = false;

  constructor(notebook: NotebookSnapshot, shared: SharedFiles, registry: ts.DocumentRegistry) {
    this.folder = notebook.folder;
    this.#workspaceFolder = notebook.workspaceFolder;
    const fileName = `nnbook-cells-${++notebookCount}.ts`;
    this.file = programPath(notebook.folder, fileName);
    this.program.update(notebook.cells);
    const host = createLanguageHost({
      ...{ shared, program: this.program, folder: notebook.folder, fileName },
      projectPaths: () => this.projectPaths(),
    });
    this.service = ts.createLanguageService(host, registry);
  }

  get cells(): readonly LanguageCell[] {
    return this.program.cells;
  }

  update(cells: readonly LanguageCell[]): void {
    this.program.update(cells);
    this.#checked = undefined;
  }

  /** What a tsconfig.json says of where its modules are. */
  projectPaths(): ProjectPaths | null {
    const { folder } = this;
    return folder === null ? null : projectPaths({ folder, workspaceFolder: this.#workspaceFolder });
  }

  /** The program's offset for a place in a cell, or `null`. */
  offset(spot: CellSpot): number | null {
    return this.program.toProgram(spot);
  }

  cell(cellId: string): LanguageCell | null {
    return this.cells.find(({ id }) => id === cellId) ?? null;
  }

  /** As a reader counts it, from 1. */
  numberOf(cellId: string): number {
    const index = this.cells.findIndex(({ id }) => id === cellId);
    return this.cells[index]?.number ?? index + 1;
  }

  /** The text of a file that the notebook's program holds, by its path. */
  textOf(fileName: string): string | undefined {
    return this.checked()?.program.getSourceFile(fileName)?.text;
  }

  /** The text of a file of types that is in memory only; `null` for all others. */
  typesText(path: string): string | null {
    return isVirtualFile(path) ? (this.textOf(path) ?? null) : null;
  }

  /** Asks TypeScript once, for all of an answer, whether a file has changed: it looks at each. */
  answer<Answer>(answer: (notebook: NotebookService) => Answer): Answer {
    this.#isAnswering = true;
    try {
      return answer(this);
    } finally {
      this.#isAnswering = false;
      this.#checked = undefined;
    }
  }

  /** The syntax tree and the type checker as they stand now. */
  checked(): Checked | null {
    if (this.#checked !== undefined) return this.#checked;
    const checked = this.#checkedNow();
    if (this.#isAnswering) this.#checked = checked;
    return checked;
  }

  #checkedNow(): Checked | null {
    const program = this.service.getProgram();
    const source = program?.getSourceFile(this.file);
    return program === undefined || source === undefined
      ? null
      : { program, source, checker: program.getTypeChecker() };
  }

  /** The smallest part of the program that an offset is in or beside. */
  nodeAt(offset: number): ts.Node | null {
    const checked = this.checked();
    return checked === null ? null : innermostNode(checked.source, offset);
  }

  /** Whether a block is one that we put around a cell. */
  isCellBlock(node: ts.Node): boolean {
    if (!ts.isBlock(node) || !(ts.isSourceFile(node.parent) || this.isCellBlock(node.parent))) return false;
    return this.program.toCell(node.getStart()) === null;
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
