// Checks the JSON of a view before anything is drawn from it: it may come from a file that someone else wrote.

import { type ShownError, shownErrorMimeType } from "../../src/shared/shownError.ts";
import { type View, type ViewKind, viewMimeTypes } from "../../src/shared/views.ts";
import { activation } from "./activation.ts";
import { backprop } from "./backprop.ts";
import { boundary } from "./boundary.ts";
import { confusion } from "./confusion.ts";
import { control } from "./control.ts";
import { diagnosis } from "./diagnosis.ts";
import { gradients } from "./gradients.ts";
import { graph } from "./graph.ts";
import { images } from "./images.ts";
import { network } from "./network.ts";
import { optimizers } from "./optimizers.ts";
import { describe, Mismatch, type Reader } from "./readJson.ts";
import { shownError } from "./shownError.ts";
import { summary } from "./summary.ts";
import { surface } from "./surface.ts";
import { table } from "./table.ts";
import { tensor } from "./tensor.ts";
import { training } from "./training.ts";
import { weights } from "./weights.ts";

export type ReadView =
  | { readonly kind: "view"; readonly view: View }
  /** An error of a cell: no view, for no file holds it. */
  | { readonly kind: "error"; readonly error: ShownError }
  /** `newer`: an update of the extension may help. */
  | { readonly kind: "unreadable"; readonly expected: string; readonly found: string; readonly newer: boolean };

/** The view of `mime` in `data`, or what is wrong with it. */
export function readView(mime: string, data: unknown): ReadView {
  const kind = viewKindOf(mime);
  if (kind === null && mime !== shownErrorMimeType) {
    const known = Object.values(viewMimeTypes).join(", ");
    return {
      kind: "unreadable",
      expected: known,
      found: describe(mime),
      newer: mime.startsWith("application/vnd.nnbook."),
    };
  }
  try {
    // The version first: what follows may differ in a newer one, and "newer" is the better message.
    const found = versionOf(data);
    if (typeof found === "number" && found > 1) {
      return { kind: "unreadable", expected: "version: 1", found: String(found), newer: true };
    }
    return kind === null
      ? { kind: "error", error: shownError(data, "") }
      : { kind: "view", view: readers[kind](data, "") };
  } catch (error) {
    if (!(error instanceof Mismatch)) throw error;
    return { kind: "unreadable", expected: error.expected, found: error.found, newer: false };
  }
}

/** The kind of view that a MIME type holds; `null` for one this version does not know. */
function viewKindOf(mime: string): ViewKind | null {
  return (Object.keys(viewMimeTypes) as ViewKind[]).find((kind) => viewMimeTypes[kind] === mime) ?? null;
}

function versionOf(data: unknown): unknown {
  return typeof data === "object" && data !== null && "version" in data ? data.version : undefined;
}

const readers: { readonly [Kind in ViewKind]: Reader<Extract<View, { kind: Kind }>> } = {
  training,
  gradients,
  activation,
  backprop,
  control,
  diagnosis,
  network,
  optimizers,
  summary,
  confusion,
  boundary,
  images,
  table,
  tensor,
  surface,
  weights,
  graph,
};
