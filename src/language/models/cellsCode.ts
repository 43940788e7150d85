// The code of all cells as its readers ask it: what a name stands for, where it is used, where a place lies in a cell.

import ts from "typescript";
import type { TextSpan } from "../../shared/languageProtocol.ts";
import type { CallPlace } from "../../shared/layerReport.ts";
import type { NotebookService } from "../program/notebookService.ts";
import { positionAt } from "../program/sourcePositions.ts";
import { constantValue, nnbookName, plainExpression } from "./nnbookNames.ts";

/** Calls that change a list or the options they are called on. */
const changing = /^(push|pop|shift|unshift|splice|reverse|sort|fill|copyWithin)$/;

export class CellsCode {
  readonly source: ts.SourceFile;
  readonly checker: ts.TypeChecker;
  readonly calls: readonly ts.CallExpression[];
  readonly #notebook: NotebookService;
  readonly #identifiers = new Map<string, ts.Identifier[]>();
  readonly #names = new Map<ts.Expression, string | null>();

  /** `null` where there is no program yet. */
  static of(notebook: NotebookService): CellsCode | null {
    const checked = notebook.checked();
    return checked === null ? null : new CellsCode(notebook, checked);
  }

  private constructor(
    notebook: NotebookService,
    { source, checker }: { readonly source: ts.SourceFile; readonly checker: ts.TypeChecker },
  ) {
    this.#notebook = notebook;
    this.source = source;
    this.checker = checker;
    const calls: ts.CallExpression[] = [];
    const visit = (node: ts.Node): void => {
      if (ts.isCallExpression(node)) calls.push(node);
      if (ts.isIdentifier(node)) {
        const known = this.#identifiers.get(node.text);
        if (known === undefined) this.#identifiers.set(node.text, [node]);
        else known.push(node);
      }
      ts.forEachChild(node, visit);
    };
    visit(source);
    this.calls = calls;
  }

  /** Which member of nnbook it is: "layers.dense". */
  nameOf(expression: ts.Expression): string | null {
    const known = this.#names.get(expression);
    if (known !== undefined) return known;
    const name = nnbookName(expression, this.checker);
    this.#names.set(expression, name);
    return name;
  }

  /** What a name stands for, where it is a `const` whose value nothing changes. */
  constant(name: ts.Identifier): ts.Expression | null {
    const isShorthand = ts.isShorthandPropertyAssignment(name.parent);
    const symbol = isShorthand
      ? this.checker.getShorthandAssignmentValueSymbol(name.parent)
      : this.checker.getSymbolAtLocation(name);
    return symbol === undefined ? null : this.constantOf(symbol);
  }

  constantOf(symbol: ts.Symbol): ts.Expression | null {
    const [declaration, ...more] = symbol.declarations ?? [];
    const value = declaration === undefined || more.length > 0 ? null : constantValue(declaration);
    if (value === null) return null;
    const plain = plainExpression(value);
    const isChangeable = ts.isArrayLiteralExpression(plain) || ts.isObjectLiteralExpression(plain);
    return isChangeable && this.uses(symbol).some(isChange) ? null : value;
  }

  /** Every place that names it, its declaration among them. */
  uses(symbol: ts.Symbol): readonly ts.Identifier[] {
    const alike = this.#identifiers.get(symbol.name) ?? [];
    return alike.filter((identifier) => {
      if (ts.isShorthandPropertyAssignment(identifier.parent))
        return this.checker.getShorthandAssignmentValueSymbol(identifier.parent) === symbol;
      return this.checker.getSymbolAtLocation(identifier) === symbol;
    });
  }

  spanOf(node: ts.Node): { readonly cellId: string; readonly span: TextSpan } | null {
    const start = node.getStart(this.source);
    return this.#notebook.program.toCellSpan({ start, length: node.end - start });
  }

  /** Where an offset of the program lies in a cell. */
  toCell(offset: number): { readonly cellId: string; readonly offset: number } | null {
    return this.#notebook.program.toCell(offset);
  }

  /** The place of a call as the report of a run names it. */
  placeOf(call: ts.CallExpression): CallPlace | null {
    const spot = this.toCell(call.questionDotToken?.end ?? calledAt(call.expression, this.source));
    const cell = spot === null ? null : this.#notebook.cell(spot.cellId);
    return spot === null || cell === null ? null : { cellId: cell.id, ...positionAt(cell.text, spot.offset) };
  }
}

/** V8 places a call at the start of the name that is called, and where there is no such name at the arguments. */
export function calledAt(expression: ts.Expression, source: ts.SourceFile): number {
  if (ts.isNonNullExpression(expression)) return calledAt(expression.expression, source);
  if (ts.isPropertyAccessExpression(expression)) return expression.name.getStart(source);
  return ts.isIdentifier(expression) ? expression.getStart(source) : expression.end;
}

/** `list.push(…)`, `options.units = …`, `list[0] = …` */
function isChange({ parent }: ts.Identifier): boolean {
  if (!ts.isPropertyAccessExpression(parent) && !ts.isElementAccessExpression(parent)) return false;
  const outer = parent.parent;
  if (ts.isBinaryExpression(outer) && outer.left === parent) return true;
  const isCalled = ts.isCallExpression(outer) && outer.expression === parent;
  return isCalled && ts.isPropertyAccessExpression(parent) && changing.test(parent.name.text);
}
