// The parts of a control: what the reader moves, made of the page's own slider, menu, checkbox and button.

import { type ControlValue, positionCount, positionOf, valueAt } from "../../src/shared/controlValues.ts";
import { formatChosen } from "../../src/shared/numbers.ts";
import type { Control } from "../../src/shared/views.ts";
import { element, setAttributes, setText } from "../dom.ts";
import type { ViewHost } from "../viewHost.ts";
import { controlWords } from "../words/controlWords.ts";

export interface ControlPart<Shown extends Control = Control> {
  readonly node: HTMLElement;
  /** What takes the focus. */
  readonly input: HTMLInputElement | HTMLSelectElement | HTMLButtonElement;
  draw(label: string, control: Shown): void;
}

type CreatePart<Shown extends Control> = (host: ViewHost, moved: (value: ControlValue) => void) => ControlPart<Shown>;
type ControlOf<Kind extends Control["kind"]> = Extract<Control, { readonly kind: Kind }>;

const createSlider: CreatePart<ControlOf<"slider">> = (host, moved) => {
  const label = element("span");
  const input = element("input", { type: "range", min: 0, step: 1 });
  const said = element("output", { "aria-live": "off" });
  let shown: ControlOf<"slider"> | null = null;
  input.addEventListener("input", () => {
    if (shown !== null) moved(valueAt(shown, Number(input.value)));
  });
  return {
    node: element("label", { class: "field" }, label, input, said),
    input,
    draw(text, control) {
      shown = control;
      const value = formatChosen(control.value, host.locale);
      setText(label, text);
      setAttributes(input, { max: positionCount(control) - 1, "aria-valuetext": value });
      input.value = String(positionOf(control));
      setText(said, value);
    },
  };
};

const createSelect: CreatePart<ControlOf<"select">> = (_host, moved) => {
  const label = element("span");
  const input = element("select");
  let options: readonly string[] = [];
  input.addEventListener("change", () => moved(Number(input.value)));
  return {
    node: element("label", { class: "field" }, label, input),
    input,
    draw(text, control) {
      setText(label, text);
      if (control.options.join("\n") !== options.join("\n")) {
        options = control.options;
        input.replaceChildren(...options.map((option, index) => element("option", { value: index }, option)));
      }
      input.value = String(control.chosen);
    },
  };
};

const createCheckbox: CreatePart<ControlOf<"checkbox">> = (_host, moved) => {
  const input = element("input", { type: "checkbox" });
  const label = element("span");
  input.addEventListener("change", () => moved(input.checked));
  return {
    node: element("label", { class: "check" }, input, label),
    input,
    draw(text, control) {
      setText(label, text);
      input.checked = control.checked;
    },
  };
};

const createButton: CreatePart<ControlOf<"button">> = (host, moved) => {
  const input = element("button", { class: "button", type: "button" });
  const said = element("span", { class: "muted small" });
  let presses = 0;
  input.addEventListener("click", () => moved(presses + 1));
  return {
    node: element("span", { class: "press" }, input, said),
    input,
    draw(text, control) {
      presses = control.presses;
      setText(input, text);
      const count = { kind: "count", value: presses } as const;
      setText(said, presses === 0 ? "" : host.wordIn(controlWords, "pressed", { presses: count }));
    },
  };
};

const parts: { readonly [Kind in Control["kind"]]: CreatePart<ControlOf<Kind>> } = {
  slider: createSlider,
  select: createSelect,
  checkbox: createCheckbox,
  button: createButton,
};

/** The part for a kind of control; its `draw` takes controls of that kind. */
export function createPart(host: ViewHost, kind: Control["kind"], moved: (value: ControlValue) => void): ControlPart {
  // The table pairs each kind with its own part, which the type system cannot follow through an index.
  return parts[kind](host, moved) as ControlPart;
}
