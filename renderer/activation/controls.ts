// Chips for functions, a slider for each alpha, menus of trained layers and of a layer's units. Made once, changed in place, so that the focus stays.

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
  const alphas = createAlphas(host, choices, changed);
  const layers = createLayerMenu(host, choices, changed);
  const units = createUnitMenu(host, choices, changed);
  const layout = createLayoutSwitch(host, choices, changed);
  const fields = element("div", { class: "row" }, layout.node, alphas.node, layers.node, units.node);
  return {
    node: element("div", { class: "controls" }, chips.node, fields),
    draw() {
      chips.draw();
      alphas.draw();
      layers.draw();
      units.draw();
      layout.draw();
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

/** All functions in one drawing, or a drawing for each. */
function createLayoutSwitch(host: ViewHost, choices: () => Choices, changed: () => void): Controls {
  const select = element(
    "select",
    {},
    ...(["overlaid", "multiples"] as const).map((layout) => element("option", { value: layout }, word(host, layout))),
  );
  select.addEventListener("change", () => {
    choices().layout = select.value === "multiples" ? "multiples" : "overlaid";
    changed();
  });
  return {
    node: element("label", { class: "field" }, word(host, "layout"), select),
    draw() {
      select.value = choices().layout;
    },
  };
}

/** A slider for each chosen function that has an alpha. */
function createAlphas(host: ViewHost, choices: () => Choices, changed: () => void): Controls {
  const node = element("div", { class: "row" });
  const sliders = new Map<string, Controls>();
  return {
    node,
    draw() {
      const names = choices().adjustable.map(({ curve }) => curve.name);
      for (const name of names) {
        const slider = sliders.get(name) ?? createAlpha(host, name, { choices, changed });
        if (!sliders.has(name)) node.append(slider.node);
        sliders.set(name, slider);
        slider.draw();
      }
      for (const [name, slider] of sliders) setHidden(slider.node, !names.includes(name));
      setHidden(node, names.length === 0);
    },
  };
}

function createAlpha(
  host: ViewHost,
  name: string,
  { choices, changed }: { readonly choices: () => Choices; readonly changed: () => void },
): Controls {
  const label = element("span");
  const range = element("input", { type: "range", min: 0, step: 1 });
  const said = element("output", { "aria-live": "off" });
  const own = () => choices().adjustable.find(({ curve }) => curve.name === name);
  range.addEventListener("input", () => {
    const alpha = own()?.curve.variants[Number(range.value)]?.alpha ?? null;
    if (alpha !== null) choices().alphas.set(name, alpha);
    changed();
  });
  range.addEventListener("keydown", (event) => event.stopPropagation());
  return {
    node: element("label", { class: "field" }, label, range, said),
    draw() {
      const shown = own();
      if (shown === undefined) return;
      const { curve, variant } = shown;
      const text = formatNumber(variant.alpha, { digits: 2, locale: host.locale });
      setText(label, word(host, "alpha", { functions: curve.label }));
      setAttributes(range, { max: curve.variants.length - 1, "aria-valuetext": text });
      range.value = String(Math.max(0, curve.variants.indexOf(variant)));
      setText(said, text);
    },
  };
}

/** Where a unit of the chosen layer stands on the curve: its mean z. Units that are dead are named so. */
function createUnitMenu(host: ViewHost, choices: () => Choices, changed: () => void): Controls {
  const select = element("select");
  const node = element("label", { class: "field" }, word(host, "unit"), select);
  let madeFor: Choices["layer"] = null;
  select.addEventListener("change", () => {
    const z = choices().layer?.unitMeans?.[Number(select.value)];
    if (typeof z !== "number") return;
    choices().z = z;
    changed();
  });
  return {
    node,
    draw() {
      const { layer } = choices();
      setHidden(node, layer?.unitMeans === undefined);
      if (layer === null || layer === madeFor) return;
      madeFor = layer;
      const options = (layer.unitMeans ?? []).map((z, unit) => {
        const id = layer.deadUnits?.includes(unit) === true ? "deadUnitChoice" : "unitChoice";
        const args = { unit: String(unit + 1), z: formatNumber(z, { digits: 2, locale: host.locale }) };
        return element("option", { value: unit }, word(host, id, args));
      });
      select.replaceChildren(element("option", { value: -1 }, word(host, "noUnit")), ...options);
    },
  };
}

function createLayerMenu(host: ViewHost, choices: () => Choices, changed: () => void): Controls {
  const select = element("select");
  const node = element("label", { class: "field" }, word(host, "preActivations"), select);
  let madeFor: ActivationView | null = null;
  select.addEventListener("change", () => {
    choices().chooseLayer(choices().view.layers[Number(select.value)] ?? null);
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
