// Looking rows up in a table of weights by their ids.

import type { RefuseId } from "../backend/lookup.ts";
import { gatherRowsOp } from "./arrange.ts";
import { inputAt, type Op } from "./op.ts";

/**
 * `table` `[rows, width]` and `ids` of any shape give `[…ids, width]`. The ids are checked by the backend before a row is
 * read, also each time a planned step runs; they get no gradient, and each row of the table gets the sum over the places
 * that took it.
 */
export const embedOp: Op<{ readonly refuse: RefuseId }> = {
  name: "embed",
  outputShape: (inputs) => gatherRowsOp.outputShape(inputs, null),
  forward(backend, inputs, output, { refuse }) {
    backend.checkIds(inputAt(inputs, 1).data, inputAt(inputs, 0).shape[0] ?? 0, refuse);
    gatherRowsOp.forward(backend, inputs, output, null);
  },
  backward: (backend, pass) => gatherRowsOp.backward(backend, pass, null),
  derive: (pass) => gatherRowsOp.derive?.(pass, null) ?? [],
};
