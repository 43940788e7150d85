// `model.add(…)`, `tensor.numpy()`: what models, tensors and layers of other libraries have. The engine knows what to write instead.

import ts from "typescript";
import type { CellDiagnostic } from "../../shared/languageProtocol.ts";
import type { ModelRules } from "../../shared/modelRules.ts";
import type { Say } from "../languageWords.ts";
import { isVirtualFile } from "../program/languageHost.ts";
import type { NotebookService } from "../program/notebookService.ts";

const noSuchProperty: readonly number[] = [2339, 2551];

/** The same marks; those of such names with what the engine says when the cell runs. `readRules` is called where there is one. */
export function withOtherMembers(
  notebook: NotebookService,
  diagnostics: readonly CellDiagnostic[],
  readRules: () => ModelRules,
  say: Say,
): readonly CellDiagnostic[] {
  return diagnostics.map((diagnostic) => {
    const { cellId, span, code } = diagnostic;
    const offset = noSuchProperty.includes(code) ? notebook.offset({ cellId, offset: span.start }) : null;
    const access = offset === null ? undefined : notebook.nodeAt(offset + 1)?.parent;
    if (access === undefined || !ts.isPropertyAccessExpression(access)) return diagnostic;
    const kind = kindOf(notebook, access.expression);
    const name = access.name.text;
    const instead = kind === null ? null : readRules().insteadOf(kind, name);
    return instead === null ? diagnostic : { ...diagnostic, message: say("otherMember", { name, instead }) };
  });
}

/** What a value is, of what nnbook's types make of it. */
function kindOf(notebook: NotebookService, value: ts.Expression): "model" | "tensor" | "layer" | null {
  const checker = notebook.checked()?.checker;
  const waiting = checker === undefined ? [] : [checker.getTypeAtLocation(value)];
  for (let type = waiting.pop(); type !== undefined; type = waiting.pop()) {
    const { symbol } = type;
    const files = (symbol?.declarations ?? []).map((each) => each.getSourceFile().fileName);
    const isOurs = files.some((file) => file !== notebook.file && isVirtualFile(file));
    if (isOurs && symbol.name === "Model") return "model";
    if (isOurs && symbol.name === "Tensor") return "tensor";
    if (isOurs && symbol.name === "Layer") return "layer";
    waiting.push(...(type.isClassOrInterface() ? (checker?.getBaseTypes(type) ?? []) : []));
  }
  return null;
}
