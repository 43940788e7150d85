// Chips for functions, a slider for alpha, a menu of trained layers. Made once, changed in place, so that the focus stays.

import { formatNumber } from "../../src/shared/numbers.ts";
import type { ActivationCurve, ActivationView } from "../../src/shared/views.ts";
import { createRunKey } from "../card/runKey.ts";
import { element, setAttributes, setHidden, setText } from "../dom.ts";
import type { ViewHost } from "../viewHost.ts";
import { type ActivationWordId, activationWords } from "../words/activationWords.ts";
import { type Choices, offeredFunctions } from "./choices.ts";

export interface Controls {
  readonly node: HTMLElement;
  draw(): void;
}

export function createControls(host: ViewHost, choices: () => Choices, changed: () => void): Controls {
  const chips = createChips(host, choices, changed);
  const alpha = createAlpha(host, choices, changed);
  const layers = createLayerMenu(host, choices, changed);
  const fields = element("div", { class: "row" }, alpha.node, layers.node);
  return {
    node: element("div", { class: "controls" }, chips.node, fields),
    draw() {
      chips.draw();
      alpha.draw();
      layers.draw();
      setHidden(fields, alpha.node.hidden === true && layers.node.hidden === true);
    },
  };
}

function word(host: ViewHost, id: ActivationWordId, args: Parameters<ViewHost["wordIn"]>[2] = {}): string {
  return host.wordIn(activationWords, id, args);
}

function createChips(host: ViewHost, choices: () => Choices, changed: () => void): Controls {
  const node = element("div", { class: "chips", role: "group", "aria-label": word(host, "functions") });
  const more = element("button", { class: "chip moreChips", type: "button", "aria-expanded": "false" });
  let chips: {
    readonly curve: ActivationCurve;
    readonly chip: HTMLButtonElement;
    readonly isMore: boolean;
    slot: number | null;
  }[] = [];
  let madeFor: ActivationView | null = null;
  let open = false;
  more.addEventListener("click", () => {
    open = !open;
    draw();
  });
  const make = (view: ActivationView) => {
    const offered = offeredFunctions(view);
    const chipFor = (isMore: boolean) => (curve: ActivationCurve) => {
      const chip = element("button", { class: "chip", type: "button" }, curve.label);
      chip.addEventListener("click", () => {
        choices().toggle(curve.name);
        changed();
      });
      return { curve, chip, isMore, slot: null };
    };
    chips = [...offered.first.map(chipFor(false)), ...offered.more.map(chipFor(true))];
    node.replaceChildren(...chips.map(({ chip }) => chip), more);
    madeFor = view;
    open = false;
  };
  const draw = () => {
    const { view, slots } = choices();
    if (madeFor !== view) make(view);
    for (const entry of chips) {
      const at = slots.indexOf(entry.curve.name);
      const slot = at === -1 ? null : at;
      setAttributes(entry.chip, { "aria-pressed": String(slot !== null) });
      if (slot !== entry.slot) {
        entry.slot = slot;
        entry.chip.replaceChildren(
          slot === null ? entry.curve.label : createRunKey(slot, entry.curve.label, { point: false }),
        );
      }
      // A chosen function is never hidden.
      setHidden(entry.chip, entry.isMore && !open && slot === null);
    }
    const hidden = chips.filter(({ isMore, slot }) => isMore && slot === null).length;
    setHidden(more, hidden === 0 && !open);
    setAttributes(more, { "aria-expanded": String(open) });
    setText(more, open ? word(host, "fewer") : word(host, "more", { count: { kind: "count", value: hidden } }));
  };
  return { node, draw };
}

function createAlpha(host: ViewHost, choices: () => Choices, changed: () => void): Controls {
  const label = element("span");
  const range = element("input", { type: "range", min: 0, step: 1 });
  const said = element("output", { "aria-live": "off" });
  const node = element("label", { class: "field" }, label, range, said);
  range.addEventListener("input", () => {
    const { alphas } = choices();
    choices().alpha = alphas[Number(range.value)] ?? null;
    changed();
  });
  range.addEventListener("keydown", (event) => event.stopPropagation());
  return {
    node,
    draw() {
      const { alphas, chosen } = choices();
      setHidden(node, alphas.length < 2);
      if (alphas.length < 2) return;
      const own = chosen.filter(({ variant }) => variant.alpha !== null);
      const shown = [
        ...new Set(own.map(({ variant }) => formatNumber(variant.alpha, { digits: 2, locale: host.locale }))),
      ].join(", ");
      setText(label, word(host, "alpha", { functions: own.map(({ curve }) => curve.label).join(", ") }));
      const at = alphas.indexOf(choices().alpha ?? own[0]?.variant.alpha ?? 0);
      setAttributes(range, { max: alphas.length - 1, "aria-valuetext": shown });
      range.value = String(Math.max(0, at));
      setText(said, shown);
    },
  };
}

function createLayerMenu(host: ViewHost, choices: () => Choices, changed: () => void): Controls {
  const select = element("select");
  const node = element("label", { class: "field" }, word(host, "preActivations"), select);
  let madeFor: ActivationView | null = null;
  select.addEventListener("change", () => {
    choices().layer = choices().view.layers[Number(select.value)] ?? null;
    changed();
  });
  return {
    node,
    draw() {
      const { view, layer } = choices();
      setHidden(node, view.layers.length === 0);
      if (madeFor !== view) {
        madeFor = view;
        const labelOf = (name: string) => view.functions.find((curve) => curve.name === name)?.label ?? name;
        const options = view.layers.map((entry, index) => {
          const args = {
            layer: entry.name,
            activation: labelOf(entry.activation),
            units: { kind: "count", value: entry.units },
          } as const;
          return element("option", { value: index }, word(host, "layerChoice", args));
        });
        select.replaceChildren(...options, element("option", { value: -1 }, word(host, "noLayer")));
      }
      select.value = String(layer === null ? -1 : view.layers.indexOf(layer));
    },
  };
}
