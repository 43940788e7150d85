// The layers in the list that `sequential` takes, as far as the code tells them.

import ts from "typescript";
import type { Given } from "./cellsCode.ts";
import { type ReadLayer, readLayer } from "./codeValues.ts";
import { type Elements, elementsOf } from "./listElements.ts";
import { settle } from "./settled.ts";

/** One place in the row; "unknown" stands for one or more layers, or none, that the code does not tell. */
export type RowPart = ReadLayer | "unknown";

export function readRow(list: Given): readonly RowPart[] {
  return parts(elementsOf(list));
}

function parts(elements: Elements): readonly RowPart[] {
  return elements.flatMap((element) => {
    if (element === null) return "unknown";
    // A model among them stands for its layers.
    const { expression, code } = settle(element);
    const [list] = ts.isCallExpression(expression) ? expression.arguments : [];
    if (list !== undefined && ts.isCallExpression(expression) && code.nameOf(expression.expression) === "sequential")
      return readRow({ expression: list, code });
    return readLayer(element) ?? "unknown";
  });
}
