// What the code at a place is about, whose numbers a run may know: a layer, a model, its loss and optimizer, a run; or what holds one.

import ts from "typescript";
import type { CallPlace } from "../../shared/layerReport.ts";
import type { ModelRules } from "../../shared/modelRules.ts";
import type { CodeSubject } from "../../shared/modelsInCode.ts";
import type { CellSpot } from "../program/notebookProgram.ts";
import type { NotebookService } from "../program/notebookService.ts";
import { functionAround } from "./callContexts.ts";
import type { CellsCode, Given } from "./cellsCode.ts";
import { isLayerCall, readLayer } from "./codeValues.ts";
import type { ModelInCode } from "./modelsInCode.ts";
import { awaitedCall, plainExpression } from "./nnbookNames.ts";
import type { LayerOfModel } from "./plannedLayers.ts";
import { raceAt } from "./raceAt.ts";
import { type ReadNotebook, readNotebook } from "./readNotebook.ts";
import { settle } from "./settled.ts";

export function subjectAt(notebook: NotebookService, spot: CellSpot, rules: ModelRules): CodeSubject | null {
  const offset = notebook.offset(spot);
  const node = offset === null ? null : notebook.nodeAt(offset);
  if (node === null || (!ts.isIdentifier(node) && !ts.isStringLiteralLike(node))) return null;
  const read = readNotebook(notebook, rules);
  const span = read?.code.spanOf(node)?.span;
  return read === null || span === undefined ? null : new SubjectReader(read).read(node, span);
}

class SubjectReader {
  readonly #code: CellsCode;
  readonly #models: readonly ModelInCode[];

  constructor({ code, models }: ReadNotebook) {
    this.#code = code;
    this.#models = models;
  }

  read(node: ts.Identifier | ts.StringLiteralLike, span: CodeSubject["span"]): CodeSubject | null {
    const race = raceAt(node, this.#code);
    if (race !== null) return { kind: "race", span, ...race };
    const ofOption = this.#readOption(node, span);
    if (ofOption !== null || !ts.isIdentifier(node)) return ofOption;
    return this.#readCalled(node, span) ?? this.#readName(node, span);
  }

  /** `activation: "relu"` of a layer, `loss` and `optimizer` of `compile`: the option's name and all of its value. */
  #readOption(node: ts.Node, span: CodeSubject["span"]): CodeSubject | null {
    const property = propertyAround(node);
    const call = property?.parent.parent;
    if (property === null || call === undefined || !ts.isCallExpression(call)) return null;
    const option = property.name.getText(this.#code.source);
    const place = option === "activation" && isLayerCall(call, this.#code) ? this.#code.placeOf(call) : null;
    if (place !== null) return { kind: "layer", span, place };
    const model = this.#models.find(({ calls }) => calls.compiles.includes(call));
    if (model === undefined || (option !== "loss" && option !== "optimizer")) return null;
    return { kind: option, span, layers: this.#layersOf(model) };
  }

  /** `sequential` and `fit`, where they are called. */
  #readCalled(name: ts.Identifier, span: CodeSubject["span"]): CodeSubject | null {
    const called = ts.isPropertyAccessExpression(name.parent) && name.parent.name === name ? name.parent : name;
    const call = called.parent;
    if (!ts.isCallExpression(call) || call.expression !== called) return null;
    const model = this.#models.find((each) => each.call === call);
    if (model !== undefined) return { kind: "model", span, layers: this.#layersOf(model) };
    return this.#runOf(call, span);
  }

  /** A variable: what it was given. */
  #readName(name: ts.Identifier, span: CodeSubject["span"]): CodeSubject | null {
    const symbol = this.#code.checker.getSymbolAtLocation(name);
    const value = this.#code.valueOf(name)?.expression ?? null;
    if (symbol === undefined || value === null) return this.#readMember(name, span);
    const layer = readLayer(maker({ expression: value, code: this.#code }));
    const place = layer === null ? null : this.#code.placeOf(layer.call);
    if (place !== null) return { kind: "layer", span, place };
    const plain = plainExpression(value);
    const model = this.#models.find(({ call, calls }) => call === plain || calls.holders.has(symbol));
    if (model !== undefined && !ts.isArrowFunction(plain))
      return { kind: "model", span, layers: this.#layersOf(model) };
    const call = awaitedCall(plain);
    return call === null
      ? null
      : (this.#runOf(call, span) ?? (this.#isRun(name) ? this.#runFrom(call, span, []) : null));
  }

  /** `run` of `const { run } = await train("deep")` and of `deep.run`: the call that gave it. */
  #readMember(name: ts.Identifier, span: CodeSubject["span"]): CodeSubject | null {
    if (!this.#isRun(name)) return null;
    const { parent } = name;
    const isMember = ts.isPropertyAccessExpression(parent) && parent.name === name;
    const owner = isMember ? parent.expression : this.#code.takenFrom(name)?.from.expression;
    const settled = owner === undefined ? undefined : settle({ expression: owner, code: this.#code }).expression;
    const call = settled === undefined ? null : awaitedCall(settled);
    return call === null ? null : this.#runFrom(call, span, []);
  }

  #isRun(name: ts.Identifier): boolean {
    const { checker } = this.#code;
    return checker.typeToString(checker.getTypeAtLocation(name)) === "Run";
  }

  /** What `model.fit(…)` gives. */
  #runOf(call: ts.CallExpression, span: CodeSubject["span"]): CodeSubject | null {
    const model = this.#models.find(({ calls }) => calls.fits.includes(call));
    return model === undefined ? null : this.#runFrom(call, span, this.#layersOf(model));
  }

  #runFrom(call: ts.CallExpression, span: CodeSubject["span"], layers: readonly CallPlace[]): CodeSubject | null {
    const cell = this.#code.toCell(call.getStart(this.#code.source));
    const isInFunction = functionAround(call) !== null;
    if (cell === null || (isInFunction && layers.length === 0)) return null;
    const text = call.arguments.find(ts.isStringLiteralLike)?.text ?? runName(call);
    return { kind: "run", span, cellId: isInFunction ? null : cell.cellId, name: text, layers };
  }

  #layersOf({ row }: ModelInCode): readonly CallPlace[] {
    const layers = row.flatMap((part) => (part === "unknown" ? [] : layersOf(part, this.#code)));
    return layers.flatMap(({ call, times }) => {
      const place = this.#code.placeOf(call);
      return place === null ? [] : Array.from({ length: times }, () => place);
    });
  }
}

/** Of a place in a graph, the layer that is applied there. */
function maker(given: Given): Given {
  const { expression, code } = settle(given);
  const method = ts.isCallExpression(expression) ? expression.expression : null;
  const isApplied = method !== null && ts.isPropertyAccessExpression(method) && method.name.text === "apply";
  return isApplied ? { expression: method.expression, code } : given;
}

/** The layers of a block are layers of the model; the one of both directions is none. */
function layersOf(layer: LayerOfModel, code: CellsCode): readonly LayerOfModel[] {
  const isBlock = code.nameOf(layer.call.expression) === "layers.residual";
  return isBlock ? [...layer.inner.flatMap((each) => layersOf(each, code)), layer] : [layer];
}

/** `name` of `fit(data, { name: "deep" })`. */
function runName(call: ts.CallExpression): string | null {
  const options = call.arguments.at(-1);
  if (options === undefined || !ts.isObjectLiteralExpression(options)) return null;
  const property = options.properties.find((each) => each.name !== undefined && each.name.getText() === "name");
  if (property === undefined || !ts.isPropertyAssignment(property)) return null;
  return ts.isStringLiteralLike(property.initializer) ? property.initializer.text : null;
}

/** The option whose name or value `node` is, or whose value it is called for: `adam` of `optimizer: optimizers.adam(…)`. */
function propertyAround(node: ts.Node): ts.PropertyAssignment | null {
  let part = node;
  if (ts.isPropertyAccessExpression(part.parent) && part.parent.name === part) part = part.parent;
  if (ts.isCallExpression(part.parent) && part.parent.expression === part) part = part.parent;
  const { parent } = part;
  const isOption = ts.isPropertyAssignment(parent) && (parent.name === part || parent.initializer === part);
  return isOption ? parent : null;
}
