// A remedy's changes of code as a diff to read and copy: what it was, what it becomes, and where.

import type { RemedyAnswer } from "../../src/shared/rendererProtocol.ts";
import type { Remedy, RemedyEdit } from "../../src/shared/views.ts";
import { element, setAttributes, setHidden, setText } from "../dom.ts";
import type { ViewHost } from "../viewHost.ts";
import { diagnosisWords } from "../words/diagnosisWords.ts";

export interface ChangesOf {
  readonly remedy: Remedy;
  readonly title: string;
  readonly runId: string | undefined;
  readonly id: string;
}

/** The event that tells a diff that it is shown. */
export const changesShown = "nnbook-changes-shown";

interface Changes {
  readonly edits: readonly RemedyEdit[];
  readonly title: string;
  readonly runId: string;
}

export function createChanges(host: ViewHost, { remedy: { edits }, title, runId, id }: ChangesOf): HTMLElement {
  const places = edits.map((edit) => placeText(host, edit));
  const parts = edits.flatMap((edit, index) => [
    // Said once for changes of the same calls.
    ...(places[index] === places[index - 1] ? [] : [element("div", { class: "place" }, places[index])]),
    ...linesOf(edit).map(({ sign, code }) =>
      element("div", { class: sign === "+" ? "in" : "out" }, `${sign}   ${code}`),
    ),
  ]);
  const node = element("div", { class: "diff", id, hidden: true, tabindex: 0, role: "group" }, ...parts);
  if (!host.connected) return node;
  const copy = element("button", { class: "link", type: "button" }, host.wordIn(diagnosisWords, "copyChange"));
  const text = changesText(edits);
  copy.addEventListener("click", () => host.post({ kind: "copyText", text }));
  const apply = runId === undefined ? null : createApply(host, node, { edits, title, runId });
  node.append(element("div", { class: "foot" }, apply, copy));
  return node;
}

/**
 * Only where an editor can know the place: what a data set needs, a person puts in. Where cells may not run, it says so in place
 * of the button. Each time the changes are shown, the editor says anew whether it can put them in, or show their place alone.
 */
function createApply(host: ViewHost, diff: HTMLElement, { edits, title, runId }: Changes): HTMLElement | null {
  if (edits.some(({ kind }) => kind === "callOnData")) return null;
  if (!host.trusted) return element("span", { class: "why" }, host.wordIn(diagnosisWords, "untrusted"));
  const apply = element("button", { class: "button", type: "button" });
  let can: RemedyAnswer = "apply";
  const show = (answer: RemedyAnswer) => {
    can = answer;
    setHidden(apply, can === "nothing");
    setText(apply, host.wordIn(diagnosisWords, can === "reveal" ? "showPlace" : "applyChange"));
    setAttributes(apply, {
      "aria-label": host.wordIn(diagnosisWords, can === "reveal" ? "showPlaceTitle" : "applyTitle", { title }),
      title: can === "reveal" ? host.wordIn(diagnosisWords, "showPlaceReason") : null,
    });
  };
  show("apply");
  diff.addEventListener(changesShown, () => host.remedyAnswers.ask({ runId, edits }, show));
  apply.addEventListener("click", () =>
    host.post({ kind: can === "reveal" ? "revealRemedy" : "applyRemedy", runId, edits }),
  );
  return apply;
}

/** The new code, a line each. */
export function changesText(edits: readonly RemedyEdit[]): string {
  return edits
    .flatMap(linesOf)
    .filter(({ sign }) => sign === "+")
    .map(({ code }) => code)
    .join("\n");
}

function linesOf(edit: RemedyEdit): readonly { readonly sign: "+" | "−"; readonly code: string }[] {
  switch (edit.kind) {
    case "setOption":
      return [
        ...(edit.was === null ? [] : [{ sign: "−" as const, code: `${edit.option}: ${edit.was},` }]),
        { sign: "+", code: `${edit.option}: ${edit.value},` },
      ];
    case "insertAfter":
      return [{ sign: "+", code: `${edit.code},` }];
    case "callOnData":
      return [{ sign: "+", code: `.${edit.code}` }];
  }
}

function placeText(host: ViewHost, edit: RemedyEdit): string {
  const inLayers = (word: "inLayers" | "afterLayers", layers: readonly string[]) =>
    host.wordIn(diagnosisWords, word, { count: { kind: "count", value: layers.length }, names: shortList(layers) });
  switch (edit.kind) {
    case "insertAfter":
      return inLayers("afterLayers", edit.layers);
    case "callOnData":
      return host.wordIn(diagnosisWords, "inData");
    case "setOption":
      switch (edit.call) {
        case "layer":
          return inLayers("inLayers", edit.layers);
        case "optimizer":
          return host.wordIn(diagnosisWords, "inOptimizer");
        case "compile":
          return host.wordIn(diagnosisWords, "inCompile");
        case "fit":
          return host.wordIn(diagnosisWords, "inFit");
      }
  }
}

function shortList(names: readonly string[]): string {
  return names.length <= 4 ? names.join(", ") : `${names.slice(0, 2).join(", ")} … ${names.at(-1)}`;
}
