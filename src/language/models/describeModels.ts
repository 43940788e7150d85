// What the editor shows of the models in the cells before they run.

import type ts from "typescript";
import type { ExampleShape, ModelRules, PlannedLayer } from "../../shared/modelRules.ts";
import type { LayerInCode, ModelsInCode } from "../../shared/modelsInCode.ts";
import type { Locale } from "../../shared/words/message.ts";
import { checkModels } from "../checks/checkModels.ts";
import type { NotebookService } from "../program/notebookService.ts";
import { type CellsCode, calledAt } from "./cellsCode.ts";
import { isLayerCall } from "./codeValues.ts";
import { readGraphLayers } from "./modelsInCode.ts";
import { type LayerOfModel, withInner } from "./plannedLayers.ts";
import { readNotebook } from "./readNotebook.ts";

export function describeModels(notebook: NotebookService, rules: ModelRules, locale: Locale): ModelsInCode {
  const read = readNotebook(notebook, rules);
  if (read === null) return { layers: [], problems: [], fits: [] };
  const { code, models } = read;
  const graphLayers = readGraphLayers(code, rules);
  const planned = withInner([
    // Those of graphs are read by themselves.
    ...models.flatMap(({ row, graph }) =>
      graph === null ? row.flatMap((part) => (part === "unknown" ? [] : part)) : [],
    ),
    ...graphLayers,
  ]);
  const byCall = new Map<ts.CallExpression, LayerOfModel[]>();
  for (const layer of planned) byCall.set(layer.call, [...(byCall.get(layer.call) ?? []), layer]);
  return {
    layers: code.calls
      .filter((call) => isLayerCall(call, code))
      .flatMap((call) => layerInCode(call, byCall.get(call) ?? [], code) ?? []),
    problems: checkModels({ models, graphLayers }, { code, rules, locale, hasTypeError: typeErrors(notebook) }),
    fits: [...new Set(models.flatMap(({ calls }) => calls.fits))].flatMap(
      (fit) => code.toCell(calledAt(fit.expression, code.source)) ?? [],
    ),
  };
}

function typeErrors(notebook: NotebookService): (node: ts.Node) => boolean {
  return (node) =>
    notebook.service
      .getSemanticDiagnostics(notebook.file)
      .some(({ start = 0, length = 0 }) => start < node.end && start + length > node.getStart());
}

type Planned = Extract<PlannedLayer, { kind: "planned" }>;

/** One call may stand for layers of several models: what they share is said. */
function layerInCode(call: ts.CallExpression, made: readonly LayerOfModel[], code: CellsCode): LayerInCode | null {
  const place = code.placeOf(call);
  const end = code.toCell(call.end);
  if (place === null || end === null) return null;
  const plans = made.flatMap((each) => each.plans);
  const ofPlanned = <Key extends keyof Planned>(key: Key) =>
    plans.map((plan) => (plan.kind === "planned" ? plan[key] : null));
  const isSameShape = (a: ExampleShape, b: ExampleShape) => a.join() === b.join();
  const isSame = (a: unknown, b: unknown) => a === b;
  return {
    place,
    end: end.offset,
    name: (code.nameOf(call.expression) ?? "").replace(/^.*\./, ""),
    activation: common(ofPlanned("activation"), isSame),
    inputShape: common(ofPlanned("inputShape"), isSameShape),
    outputShape: common(ofPlanned("outputShape"), isSameShape),
    parameters: common(ofPlanned("parameters"), isSame),
  };
}

/** What all of them are; `null` where they differ or one is not known. */
function common<Value>(values: readonly (Value | null)[], isSame: (a: Value, b: Value) => boolean): Value | null {
  const [first] = values;
  if (first == null) return null;
  return values.every((value) => value !== null && isSame(value, first)) ? first : null;
}
