// An error of a cell: its name and message, then where it happened, innermost first; each place leads into the code.

import {
  type ErrorPiece,
  type FoldedFrame,
  foldFrames,
  piecesOf,
  type ShownError,
} from "../../src/shared/shownError.ts";
import { element } from "../dom.ts";
import { icon } from "../icons.ts";
import { iconButton } from "../parts/viewTools.ts";
import type { ViewHost } from "../viewHost.ts";
import { errorWords } from "../words/errorWords.ts";

/** Frames that are shown at once. */
const framesAtOnce = 12;

export function errorBlock(host: ViewHost, error: ShownError): HTMLElement {
  const said = element("div", { class: "errorText" }, element("b", {}, `${error.name}: `));
  for (const [index, line] of error.message.split("\n").entries()) {
    if (index > 0) said.append("\n");
    // Indented lines are code.
    said.append(element("span", line.startsWith(" ") ? { class: "code" } : {}, ...pieces(host, line)));
  }
  const head = element("div", { class: "errorHead" }, icon("error", host.wordIn(errorWords, "error")), said);
  if (host.connected) head.append(element("div", { class: "tools" }, copyButton(host, error)));
  return element("div", { class: "cellError" }, head, frameList(host, foldFrames(error.frames)));
}

function frameList(host: ViewHost, frames: readonly FoldedFrame[]): HTMLElement | null {
  if (frames.length === 0) return null;
  const shown = frames.length <= framesAtOnce + 1 ? frames : frames.slice(0, framesAtOnce);
  const list = element("ul", { class: "frames code" }, ...shown.map((frame) => frameItem(host, frame)));
  const rest = frames.slice(shown.length);
  if (rest.length === 0) return list;
  const label = host.wordIn(errorWords, "moreFrames", { count: { kind: "count", value: rest.length } });
  const more = element("button", { class: "link", type: "button" }, label);
  const item = element("li", {}, more);
  more.addEventListener("click", () => {
    const items = rest.map((frame) => frameItem(host, frame));
    item.replaceWith(...items);
    items[0]?.querySelector<HTMLElement>(".link")?.focus();
  });
  list.append(item);
  return list;
}

function frameItem(host: ViewHost, { text, repeats }: FoldedFrame): HTMLElement {
  const repeated = repeats && element("span", { class: "muted" }, ` · ${host.wordIn(errorWords, "repeats")}`);
  return element("li", {}, ...framePieces(host, text), ...(repeated ? [repeated] : []));
}

/** The error's own words stay; those that join one error to another are the reader's. */
function framePieces(host: ViewHost, line: string): readonly (Node | string)[] {
  const more = /^joins (\d+) more$/.exec(line)?.[1];
  if (more !== undefined) return [host.wordIn(errorWords, "joinsMore", { count: more })];
  const [before = "", joint] = /^(caused by|joins) /.exec(line) ?? [];
  if (joint === undefined) return pieces(host, line);
  return [
    host.wordIn(errorWords, joint === "joins" ? "joins" : "causedBy"),
    ...pieces(host, line.slice(before.length)),
  ];
}

function pieces(host: ViewHost, line: string): readonly (Node | string)[] {
  return piecesOf(line).map((piece) =>
    host.connected && piece.place ? placeLink(host, piece, piece.place) : piece.text,
  );
}

function placeLink(host: ViewHost, { text }: ErrorPiece, place: NonNullable<ErrorPiece["place"]>): HTMLElement {
  const title = host.wordIn(errorWords, "goTo", { place: text });
  const link = element("button", { class: "link", type: "button", title }, text);
  link.addEventListener("click", () => host.post({ kind: "revealPlace", place }));
  return link;
}

function copyButton(host: ViewHost, { name, message, frames }: ShownError): HTMLElement {
  const button = iconButton("copy", host.wordIn(errorWords, "copy"));
  const text = [`${name}: ${message}`, ...frames.map((frame) => `    ${frame}`)].join("\n");
  button.addEventListener("click", () => host.post({ kind: "copyText", text }));
  return button;
}
