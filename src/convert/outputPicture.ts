// The picture of an output, for forms that cannot hold the renderer: what the output holds, or a drawing of its view.

import { stillPicture } from "../../renderer/still/stillPicture.ts";
import type { NotebookFileOutput } from "../notebook/notebookFile.ts";
import { viewMimeTypes } from "../shared/views.ts";
import type { Locale } from "../shared/words/message.ts";

export type OutputPicture =
  | { readonly kind: "svg"; readonly content: string; readonly label: string }
  /** `content` is base64. */
  | { readonly kind: "png" | "jpeg" | "gif" | "webp"; readonly content: string; readonly label: string };

const viewTypes: ReadonlySet<string> = new Set(Object.values(viewMimeTypes));

export function isView(mime: string): boolean {
  return viewTypes.has(mime);
}

/** `null` for an output that is text. */
export function outputPicture({ items }: NotebookFileOutput, locale: Locale): OutputPicture | null {
  const view = Object.keys(items).find(isView);
  if (view !== undefined) {
    const still = stillPicture(view, items[view], locale);
    return still === null ? null : { kind: "svg", content: still.svg, label: still.label };
  }
  const svg = items["image/svg+xml"];
  if (typeof svg === "string") return { kind: "svg", content: svg, label: "" };
  for (const kind of ["png", "jpeg", "gif", "webp"] as const) {
    const content = items[`image/${kind}`];
    if (typeof content === "string") return { kind, content, label: "" };
  }
  return null;
}
