// Above the dots: the measure, the runs' keys (several hide and show their run), and the key of the slope's bound.

import { createReferenceKey, createRunKey } from "../card/runKey.ts";
import { element, setAttributes, setHidden } from "../dom.ts";
import type { ViewHost } from "../viewHost.ts";
import { gradientWords } from "../words/gradientWords.ts";
import { boundWords, word } from "./captions.ts";
import type { GradientsModel } from "./gradientsModel.ts";
import { isGradient, type Measure, measures } from "./measures.ts";

export interface PlotHead {
  readonly node: HTMLElement;
  update(model: GradientsModel): void;
}

export interface PlotHeadActions {
  readonly chosen: (measure: Measure) => void;
  /** The reader hides or shows this run. */
  readonly toggled: (run: number) => void;
}

export function createPlotHead(host: ViewHost, { chosen, toggled }: PlotHeadActions): PlotHead {
  const select = element(
    "select",
    { class: "measure", "aria-label": word(host, "measure") },
    ...measures.map((measure) => element("option", { value: measure }, word(host, measure))),
  );
  select.addEventListener("change", () => chosen(measures.find((measure) => measure === select.value) ?? "meanAbs"));
  const keys = element("span", { class: "row" });
  const reference = element("span", { class: "reference" });
  let toggles: readonly HTMLElement[] = [];
  let names = "";
  /** Made anew only for other runs: a pressed key keeps the focus. */
  const makeKeys = ({ view }: GradientsModel) => {
    const next = JSON.stringify(view.runs.map((run) => run.name));
    if (next === names) return;
    names = next;
    const keysOfRuns = view.runs.map((run, index) => createRunKey(index, run.name));
    toggles = view.runs.length === 1 ? [] : keysOfRuns.map((key, run) => createToggle(key, () => toggled(run)));
    keys.replaceChildren(...(toggles.length === 0 ? keysOfRuns : toggles));
  };
  return {
    node: element("div", { class: "head plotHead" }, select, keys, reference),
    update(model) {
      const { view, measure } = model;
      select.value = measure;
      makeKeys(model);
      toggles.forEach((toggle, run) => {
        const name = view.runs[run]?.name ?? "";
        const title = host.wordIn(gradientWords, model.isShown(run) ? "hideRun" : "showRun", { run: name });
        setAttributes(toggle, { "aria-pressed": String(model.isShown(run)), title });
      });
      const words = [...new Set(view.runs.flatMap((run) => boundWords(host, run)))];
      const drawn = new Set(view.runs.flatMap((run, at) => (model.isShown(at) ? boundWords(host, run) : [])));
      reference.replaceChildren(...words.map((text) => referenceKey(text, drawn.has(text))));
      setHidden(reference, words.length === 0 || !isGradient(measure));
    },
  };
}

/** Of a line that is hidden with its run, the room alone: nothing moves. */
function referenceKey(words: string, isDrawn: boolean): HTMLElement {
  const key = createReferenceKey(words);
  if (!isDrawn) key.style.visibility = "hidden";
  return key;
}

function createToggle(key: HTMLElement, pressed: () => void): HTMLElement {
  const toggle = element("button", { class: "runToggle", type: "button" }, key);
  toggle.addEventListener("click", pressed);
  return toggle;
}
