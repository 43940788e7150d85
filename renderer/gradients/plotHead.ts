// Above the dots: the measure, the runs' keys, and the key of the slope's bound.

import { createReferenceKey, createRunKey } from "../card/runKey.ts";
import { element, setHidden } from "../dom.ts";
import type { ViewHost } from "../viewHost.ts";
import { boundWords, word } from "./captions.ts";
import type { GradientsModel } from "./gradientsModel.ts";
import { isGradient, type Measure, measures } from "./measures.ts";

export interface PlotHead {
  readonly node: HTMLElement;
  update(model: GradientsModel): void;
}

export function createPlotHead(host: ViewHost, chosen: (measure: Measure) => void): PlotHead {
  const select = element(
    "select",
    { class: "measure", "aria-label": word(host, "measure") },
    ...measures.map((measure) => element("option", { value: measure }, word(host, measure))),
  );
  select.addEventListener("change", () => chosen(measures.find((measure) => measure === select.value) ?? "meanAbs"));
  const keys = element("span", { class: "row" });
  const reference = element("span", { class: "reference" });
  return {
    node: element("div", { class: "head plotHead" }, select, keys, reference),
    update({ view, measure }) {
      select.value = measure;
      keys.replaceChildren(...view.runs.map((run, index) => createRunKey(index, run.name)));
      const words = [...new Set(view.runs.flatMap((run) => boundWords(host, run)))];
      reference.replaceChildren(...words.map((text) => createReferenceKey(text)));
      setHidden(reference, words.length === 0 || !isGradient(measure));
    },
  };
}
