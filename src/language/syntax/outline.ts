// What a cell declares, as the editor's outline shows it.

import ts from "typescript";
import type { OutlineItem } from "../../shared/editorProtocol.ts";
import { readCell } from "./cellSyntax.ts";

export function outlineOf(text: string): readonly OutlineItem[] {
  const { service, file } = readCell(text);
  return outlineItems(service.getNavigationTree(file).childItems);
}

function outlineItems(trees: readonly ts.NavigationTree[] = []): readonly OutlineItem[] {
  const items = trees.flatMap((tree) => {
    const [span] = tree.spans;
    if (span === undefined || isNameless(tree)) return [];
    const { start, length } = span;
    const { nameSpan = span } = tree;
    return {
      name: tree.text,
      kind: tree.kind,
      isDeprecated: tree.kindModifiers.split(",").includes("deprecated"),
      span: { start, length },
      nameSpan: { start: nameSpan.start, length: nameSpan.length },
      children: outlineItems(tree.childItems),
    };
  });
  return inOrder(items);
}

/** In the order of the code: TypeScript sorts by name. */
function inOrder(items: readonly OutlineItem[]): readonly OutlineItem[] {
  return items.toSorted((a, b) => a.span.start - b.span.start);
}

/** What is imported is declared elsewhere, and a function without a name says nothing. */
function isNameless({ kind, text }: ts.NavigationTree): boolean {
  return kind === ts.ScriptElementKind.alias || ["", "<function>", "<class>"].includes(text);
}
