// The signatures of the call around a place in a cell, and which of their parameters is being typed.

import ts from "typescript";
import type { SignatureHelp } from "../../shared/languageProtocol.ts";
import type { CellSpot } from "../program/notebookProgram.ts";
import type { NotebookService } from "../program/notebookService.ts";
import { documentationMarkdown, nameDocumentation, partsMarkdown } from "./documentation.ts";

export function signatureAt(notebook: NotebookService, spot: CellSpot): SignatureHelp | null {
  const offset = notebook.offset(spot);
  const help = offset === null ? undefined : notebook.service.getSignatureHelpItems(notebook.file, offset, {});
  if (help === undefined) return null;
  return {
    activeSignature: help.selectedItemIndex,
    activeParameter: help.argumentIndex,
    signatures: help.items.map((item) => {
      const shown = signature(item);
      return { ...shown, documentation: calledDocumentation(notebook, help, shown.documentation) };
    }),
  };
}

/** The doc comment of what is called: the name that ends right before the arguments. */
function calledDocumentation(
  notebook: NotebookService,
  { applicableSpan }: ts.SignatureHelpItems,
  ofSignature: string,
): string {
  const before = notebook.program.text.slice(0, applicableSpan.start).trimEnd();
  const name = before.endsWith("(") ? before.slice(0, -1).trimEnd() : before;
  return nameDocumentation(notebook, name.length, ofSignature);
}

function signature(item: ts.SignatureHelpItem): SignatureHelp["signatures"][number] {
  const separator = ts.displayPartsToString(item.separatorDisplayParts);
  let label = ts.displayPartsToString(item.prefixDisplayParts);
  const parameters = item.parameters.map((parameter, index) => {
    if (index > 0) label += separator;
    const start = label.length;
    label += ts.displayPartsToString(parameter.displayParts);
    return { label: [start, label.length] as const, documentation: partsMarkdown(parameter.documentation) };
  });
  label += ts.displayPartsToString(item.suffixDisplayParts);
  const tags = item.tags.filter((tag) => tag.name !== "param");
  return { label, documentation: documentationMarkdown(item.documentation, tags), parameters };
}
