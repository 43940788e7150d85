// Values → outputs: views with their text beside them, everything else as Node's own prompt would show it.

import { inspect } from "node:util";
import { Dataset } from "../../engine/datasets/dataset.ts";
import { SplitDataset } from "../../engine/datasets/split.ts";
import type { Model, Race } from "../../engine/index.ts";
import { Tensor } from "../../engine/tensor.ts";
import { optimizersView, summaryView, tableView, tensorView, viewText } from "../../insights/index.ts";
import type { JsonValue } from "../../shared/json.ts";
import type { Output } from "../../shared/outputs.ts";
import { type SurfaceView, type View, viewMimeTypes } from "../../shared/views.ts";
import type { Locale } from "../../shared/words/message.ts";
import { showHost } from "./showHost.ts";

/** A value that says itself how it is shown has this property. */
export const displaySymbol: unique symbol = Symbol.for("nnbook.display") as never;

/** A picture: shown as the last expression of a cell, or by `display(…)`. */
export interface Displayable {
  readonly [displaySymbol]: DisplayRequest;
}

/** How a value asks to be shown. */
export type DisplayRequest =
  | { readonly kind: "view"; readonly view: View }
  | { readonly kind: "summary"; readonly model: Model<unknown> }
  | { readonly kind: "race"; readonly race: Race }
  | { readonly kind: "text"; readonly text: (locale: Locale) => string }
  | { readonly kind: "startingPicture"; readonly picture: StartingPicture };

/** A picture whose paths a reader may start from elsewhere. */
export interface StartingPicture {
  /** `null`: from where the code says. */
  readonly viewFrom: (start: readonly [x: number, y: number] | null) => SurfaceView;
}

/** A value as such a picture; `null` for any other. */
export function startingPictureOf(value: unknown): StartingPicture | null {
  const request = displayRequest(value);
  return request?.kind === "startingPicture" ? request.picture : null;
}

/** The race whose picture a value is, also the race itself; `null` for any other. */
export function raceOf(value: unknown): Race | null {
  const request = displayRequest(value);
  return request?.kind === "race" ? request.race : null;
}

/** The output for a value; `null` when there is nothing to show. */
export function outputOf(value: unknown, locale: Locale): Output | null {
  if (value === undefined) return null;
  const request = displayRequest(value);
  if (request?.kind === "text") return { items: { "text/plain": request.text(locale) } };
  if (request !== null) return viewOutput(viewOf(request), locale);
  const view = dataView(value);
  // A tensor's own text is exact, and short.
  if (view?.kind === "tensor")
    return { items: { ...viewOutput(view, locale).items, "text/plain": inspectValue(value) } };
  if (view !== null) return viewOutput(view, locale);
  return { items: { "text/plain": inspectValue(value) } };
}

/** A view as an output: its JSON, and its text for whoever cannot draw it. */
export function viewOutput(view: View, locale: Locale): Output {
  // A view is plain JSON by its definition; an interface just has no index signature that says so.
  const json = view as unknown as JsonValue;
  return { items: { [viewMimeTypes[view.kind]]: json, "text/plain": viewText(view, locale) } };
}

/** Data sets and tensors of more than one number have pictures of their own. */
function dataView(value: unknown): View | null {
  if (value instanceof Dataset || value instanceof SplitDataset) return tableView(value);
  return value instanceof Tensor && value.size > 1 ? tensorView(value) : null;
}

function viewOf(request: Exclude<DisplayRequest, { readonly kind: "text" }>): View {
  switch (request.kind) {
    case "view":
      return request.view;
    case "summary":
      return summaryView(request.model);
    case "race":
      return optimizersView(request.race, showHost().raceId(request.race));
    case "startingPicture":
      return request.picture.viewFrom(null);
  }
}

const requestKinds: Readonly<Record<DisplayRequest["kind"], true>> = {
  view: true,
  summary: true,
  race: true,
  text: true,
  startingPicture: true,
};

function displayRequest(value: unknown): DisplayRequest | null {
  if ((typeof value !== "object" && typeof value !== "function") || value === null) return null;
  const found: unknown = (value as { [displaySymbol]?: unknown })[displaySymbol];
  const request: unknown = typeof found === "function" ? found.call(value) : found;
  if (typeof request !== "object" || request === null) return null;
  const { kind } = request as { kind?: unknown };
  return typeof kind === "string" && Object.hasOwn(requestKinds, kind) ? (request as DisplayRequest) : null;
}

/** The most characters of an inspected value. */
const inspectedLimit = 50_000;

function inspectValue(value: unknown): string {
  const text = inspect(value, { depth: 4, maxArrayLength: 100, maxStringLength: 10_000, breakLength: 100 });
  if (text.length <= inspectedLimit) return text;
  return `${text.slice(0, inspectedLimit)}\n… ${text.length - inspectedLimit} more characters`;
}
