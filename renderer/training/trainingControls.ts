// Above the figures: which lines are shown, how smooth they are, and the way back to the whole training. There from the start, so that nothing moves.

import { createRoleKey } from "../card/runKey.ts";
import { element, setAbsent, setAttributes, setText } from "../dom.ts";
import type { ViewHost } from "../viewHost.ts";
import { type Role, smoothings, type TrainingChoices } from "./trainingChoices.ts";
import { type TrainingWordId, trainingWords } from "./trainingWords.ts";

export interface TrainingControls {
  readonly node: HTMLElement;
  draw(): void;
}

export function createTrainingControls(
  host: ViewHost,
  choices: TrainingChoices,
  options: { readonly roles: readonly Role[]; readonly changed: () => void },
): TrainingControls {
  const { roles, changed } = options;
  const word = (id: TrainingWordId) => host.wordIn(trainingWords, id);
  const keys = roles.map((role) => {
    const key = element("button", { class: "lineKey", type: "button" }, createRoleKey(role, word(role)));
    key.addEventListener("click", () => {
      choices.toggle(role);
      changed();
    });
    return { role, key };
  });
  const range = element("input", { type: "range", min: 0, max: smoothings.length - 1, step: 1 });
  const said = element("output", { "aria-live": "off" });
  range.addEventListener("input", () => {
    choices.smoothing = smoothings[Number(range.value)] ?? 0;
    changed();
  });
  range.addEventListener("keydown", (event) => event.stopPropagation());
  const whole = element("button", { class: "button whole", type: "button" }, word("wholeTraining"));
  whole.addEventListener("click", () => {
    choices.range = null;
    changed();
  });
  return {
    node: element(
      "div",
      { class: "row choices" },
      // One line alone needs no legend.
      ...(keys.length > 1 ? keys.map(({ key }) => key) : []),
      element("label", { class: "field" }, word("smoothing"), range, said),
      whole,
    ),
    draw() {
      for (const { role, key } of keys) setAttributes(key, { "aria-pressed": String(!choices.hidden.has(role)) });
      const at = smoothings.indexOf(choices.smoothing);
      const text = at <= 0 ? word("smoothingOff") : String(choices.smoothing);
      range.value = String(Math.max(0, at));
      setAttributes(range, { "aria-valuetext": text });
      setText(said, text);
      setAbsent(whole, choices.range === null);
    },
  };
}
