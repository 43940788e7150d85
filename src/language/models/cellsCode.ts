// The code of all cells as its readers ask it: what a name stands for, where it is used, where a place lies in a cell.

import ts from "typescript";
import type { TextSpan } from "../../shared/languageProtocol.ts";
import type { CallPlace } from "../../shared/layerReport.ts";
import type { NotebookService } from "../program/notebookService.ts";
import { positionAt } from "../program/sourcePositions.ts";
import { lastSet } from "./assignments.ts";
import { mayChange } from "./changes.ts";
import { constantValue, nnbookName, plainExpression } from "./nnbookNames.ts";
import { type Followed, followStatement } from "./statements.ts";

/** An expression with the calls that it is read for: they say what the parameters of the functions around it stand for. */
export interface Given {
  readonly expression: ts.Expression;
  readonly code: CellsCode;
}

/** What the parameters of functions stand for, and the calls that say so. */
interface Within {
  readonly parameters: ReadonlyMap<ts.Symbol, Given>;
  readonly calls: ReadonlyMap<ts.Node, ts.CallExpression>;
}

/** What is found once for all readers. */
class CellsIndex {
  readonly notebook: NotebookService;
  readonly source: ts.SourceFile;
  readonly checker: ts.TypeChecker;
  readonly calls: readonly ts.CallExpression[];
  readonly identifiers = new Map<string, ts.Identifier[]>();
  readonly names = new Map<ts.Expression, string | null>();
  readonly uses = new Map<string, ReadonlyMap<ts.Symbol | undefined, readonly ts.Identifier[]>>();

  constructor(
    notebook: NotebookService,
    { source, checker }: { readonly source: ts.SourceFile; readonly checker: ts.TypeChecker },
  ) {
    this.notebook = notebook;
    this.source = source;
    this.checker = checker;
    const calls: ts.CallExpression[] = [];
    const visit = (node: ts.Node): void => {
      if (ts.isCallExpression(node)) calls.push(node);
      if (ts.isIdentifier(node)) {
        const known = this.identifiers.get(node.text);
        if (known === undefined) this.identifiers.set(node.text, [node]);
        else known.push(node);
      }
      ts.forEachChild(node, visit);
    };
    visit(source);
    this.calls = calls;
  }
}

export class CellsCode {
  readonly #index: CellsIndex;
  readonly #within: Within;
  readonly #followed = new Map<ts.Statement, Followed | null>();

  /** `null` where there is no program yet. */
  static of(notebook: NotebookService): CellsCode | null {
    const checked = notebook.checked();
    if (checked === null) return null;
    return new CellsCode(new CellsIndex(notebook, checked), { parameters: new Map(), calls: new Map() });
  }

  private constructor(index: CellsIndex, within: Within) {
    this.#index = index;
    this.#within = within;
  }

  get source(): ts.SourceFile {
    return this.#index.source;
  }

  get checker(): ts.TypeChecker {
    return this.#index.checker;
  }

  get calls(): readonly ts.CallExpression[] {
    return this.#index.calls;
  }

  /** The same code, read for a call of a function: its parameters stand for what they are given there. */
  withinCall(
    made: ts.Node,
    call: ts.CallExpression | null,
    parameters: readonly (readonly [ts.Symbol, Given])[],
  ): CellsCode {
    const { parameters: outer, calls } = this.#within;
    return new CellsCode(this.#index, {
      parameters: new Map([...outer, ...parameters]),
      calls: call === null ? calls : new Map([...calls, [made, call]]),
    });
  }

  /** The call of a function that its code is read for; `null` for whatever call. */
  callOf(made: ts.Node): ts.CallExpression | null {
    return this.#within.calls.get(made) ?? null;
  }

  /** Which member of nnbook it is: "layers.dense". */
  nameOf(expression: ts.Expression): string | null {
    const { names } = this.#index;
    const known = names.get(expression);
    if (known !== undefined) return known;
    const name = nnbookName(expression, this.checker);
    names.set(expression, name);
    return name;
  }

  isNnbook(called: ts.Expression): boolean {
    const plain = plainExpression(called);
    return this.nameOf(ts.isCallExpression(plain) ? plain.expression : plain) !== null;
  }

  symbolOf(name: ts.Identifier): ts.Symbol | undefined {
    return ts.isShorthandPropertyAssignment(name.parent)
      ? this.checker.getShorthandAssignmentValueSymbol(name.parent)
      : this.checker.getSymbolAtLocation(name);
  }

  /**
   * What a name stands for where it is written: a parameter whose call is known, a `const` whose value nothing changes, a
   * `let` as it was last set.
   */
  valueOf(name: ts.Identifier): Given | null {
    const symbol = this.symbolOf(name);
    if (symbol === undefined) return null;
    const given = this.#within.parameters.get(symbol);
    if (given !== undefined) return given;
    const constant = this.constantOf(symbol);
    return constant === null ? this.lastValue(name, symbol) : { expression: constant, code: this };
  }

  /** What a `let` holds before a node that uses it, or before a statement. */
  lastValue(use: ts.Node, symbol: ts.Symbol): Given | null {
    const last = lastSet(use, symbol, this.uses(symbol));
    if (last === null) return null;
    if (last.kind === "value") return { expression: last.expression, code: this };
    return this.follow(last.statement)?.after.givenFor(symbol) ?? null;
  }

  /** What a name stands for in the call or the round that the code is read for. */
  givenFor(symbol: ts.Symbol): Given | null {
    return this.#within.parameters.get(symbol) ?? null;
  }

  /** What a statement does, its loops round after round; `null` where the code does not tell. */
  follow(statement: ts.Statement): Followed | null {
    const known = this.#followed.get(statement);
    if (known !== undefined) return known;
    // What needs itself is not known.
    this.#followed.set(statement, null);
    const followed = followStatement(statement, this);
    this.#followed.set(statement, followed);
    return followed;
  }

  /** The same code where a name stands for a value. */
  withValue(symbol: ts.Symbol, value: Given): CellsCode {
    const { parameters, calls } = this.#within;
    return new CellsCode(this.#index, { parameters: new Map([...parameters, [symbol, value]]), calls });
  }

  /** What a name was taken out of: `data` and "train" for `const { train } = data`. */
  takenFrom(name: ts.Identifier): { readonly from: Given; readonly name: string } | null {
    const [declaration, ...more] = this.symbolOf(name)?.declarations ?? [];
    if (declaration === undefined || more.length > 0 || !ts.isBindingElement(declaration)) return null;
    const { parent: pattern, propertyName, name: own, dotDotDotToken, initializer } = declaration;
    const key = propertyName ?? own;
    const variable = pattern.parent;
    const isConst = (ts.getCombinedNodeFlags(declaration) & ts.NodeFlags.Const) !== 0;
    if (!isConst || dotDotDotToken !== undefined || initializer !== undefined) return null;
    if (!ts.isObjectBindingPattern(pattern) || !ts.isIdentifier(key) || !ts.isVariableDeclaration(variable))
      return null;
    if (variable.initializer === undefined) return null;
    return { from: { expression: variable.initializer, code: this }, name: key.text };
  }

  /** What a `const` holds, where nothing changes it. */
  constantOf(symbol: ts.Symbol): ts.Expression | null {
    const [declaration, ...more] = symbol.declarations ?? [];
    const value = declaration === undefined || more.length > 0 ? null : constantValue(declaration);
    if (value === null) return null;
    return this.isChangeable(plainExpression(value)) && mayChange(symbol, this) ? null : value;
  }

  /** Lists and objects, and lists that functions give. What nnbook makes stays as it is read here. */
  isChangeable(value: ts.Expression): boolean {
    if (ts.isArrayLiteralExpression(value) || ts.isObjectLiteralExpression(value)) return true;
    if (!ts.isCallExpression(value) || this.isNnbook(value)) return false;
    const type = this.checker.getTypeAtLocation(value);
    return (type.flags & ts.TypeFlags.Any) !== 0 || this.checker.isArrayLikeType(type);
  }

  /** Every place that names it, its declaration among them. */
  uses(symbol: ts.Symbol): readonly ts.Identifier[] {
    const { uses } = this.#index;
    const ofName = uses.get(symbol.name) ?? this.#usesOfName(symbol.name);
    uses.set(symbol.name, ofName);
    return ofName.get(symbol) ?? [];
  }

  /** Many variables may have one name: their places are told apart once for all of them. */
  #usesOfName(name: string): Map<ts.Symbol | undefined, ts.Identifier[]> {
    const found = new Map<ts.Symbol | undefined, ts.Identifier[]>();
    for (const identifier of this.#index.identifiers.get(name) ?? []) {
      const symbol = this.symbolOf(identifier);
      found.set(symbol, [...(found.get(symbol) ?? []), identifier]);
    }
    return found;
  }

  spanOf(node: ts.Node): { readonly cellId: string; readonly span: TextSpan } | null {
    const start = node.getStart(this.source);
    return this.#index.notebook.program.toCellSpan({ start, length: node.end - start });
  }

  /** Where an offset of the program lies in a cell. */
  toCell(offset: number): { readonly cellId: string; readonly offset: number } | null {
    return this.#index.notebook.program.toCell(offset);
  }

  /** The place of a call as the report of a run names it. */
  placeOf(call: ts.CallExpression): CallPlace | null {
    const spot = this.toCell(call.questionDotToken?.end ?? calledAt(call.expression, this.source));
    const cell = spot === null ? null : this.#index.notebook.cell(spot.cellId);
    return spot === null || cell === null ? null : { cellId: cell.id, ...positionAt(cell.text, spot.offset) };
  }
}

/** V8 places a call at the start of the name that is called, and where there is no such name at the arguments. */
export function calledAt(expression: ts.Expression, source: ts.SourceFile): number {
  if (ts.isNonNullExpression(expression)) return calledAt(expression.expression, source);
  if (ts.isPropertyAccessExpression(expression)) return expression.name.getStart(source);
  return ts.isIdentifier(expression) ? expression.getStart(source) : expression.end;
}
