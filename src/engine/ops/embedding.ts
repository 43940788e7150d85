// Looking rows up in a table of weights by their ids.

import type { RefuseId } from "../backend/lookup.ts";
import { sizeOf } from "../shape.ts";
import { inputAt, type Op } from "./op.ts";

/**
 * `table` `[rows, width]` and `ids` of any shape give `[…ids, width]`. The ids are checked by the backend before a row is
 * read; they get no gradient, and each row of the table gets the sum over the places that took it.
 */
export const embedOp: Op<{ readonly refuse: RefuseId }> = {
  name: "embed",
  outputShape: (inputs) => [...inputAt(inputs, 1), ...inputAt(inputs, 0).slice(1)],
  forward(backend, inputs, output, { refuse }) {
    const table = inputAt(inputs, 0);
    const ids = inputAt(inputs, 1);
    backend.checkIds(ids.data, table.shape[0] ?? 0, refuse);
    backend.gatherRows(table.data, ids.data, output.data, sizeOf(table.shape.slice(1)));
  },
  backward(backend, { inputs, outputGrad, inputGrads }) {
    const table = inputAt(inputs, 0);
    const tableGrad = inputAt(inputGrads, 0);
    if (tableGrad === null) return;
    backend.scatterAddRows(outputGrad.data, inputAt(inputs, 1).data, tableGrad.data, sizeOf(table.shape.slice(1)));
  },
};
