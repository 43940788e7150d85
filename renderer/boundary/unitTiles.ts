// The hidden units as small fields, a button each: pointing at one or focusing it shows it large.

import { formatNumber } from "../../src/shared/numbers.ts";
import type { BoundaryView } from "../../src/shared/views.ts";
import { element, setAttributes, setText } from "../dom.ts";
import type { ViewHost } from "../viewHost.ts";
import { boundaryWords } from "../words/boundaryWords.ts";
import type { Field } from "./changeLine.ts";
import { paintField } from "./fieldPainter.ts";

export interface ShownUnit {
  readonly layer: number;
  readonly unit: number;
}

export interface UnitTiles {
  readonly node: HTMLElement;
  /** `frame`: the place in the view's frames that the fields are of. */
  show(fieldOf: (unit: ShownUnit) => Field, frame: number): void;
  /** Marks the layer that is pointed at in another output; `null` marks none. */
  mark(layer: string | null): void;
}

const tilePx = 74;
/** A unit whose outgoing weights are smaller is hardly used; how small they are is told on pointing. */
const smallestSize = 0.01;

export function createUnitTiles(
  host: ViewHost,
  view: BoundaryView,
  pointed: (unit: ShownUnit | null) => void,
): UnitTiles {
  const tiles: { readonly at: ShownUnit; readonly canvas: HTMLCanvasElement; readonly say: (frame: number) => void }[] =
    [];
  const layers = view.layers.map((layer, layerAt) => {
    const buttons = layer.units.map(({ outgoing: atEnd, outgoingByFrame }, unitAt) => {
      const at = { layer: layerAt, unit: unitAt };
      const canvas = element("canvas", { "aria-hidden": "true" });
      const args = { layer: layer.name, unit: String(unitAt + 1) };
      const name = element("span", {}, host.wordIn(boundaryWords, "unit", args));
      const written = element("span", { class: "size" });
      const button = element(
        "button",
        { class: "unitTile", type: "button" },
        canvas,
        element("span", {}, name, " ", written),
      );
      const say = (frame: number) => {
        const outgoing = outgoingByFrame === undefined ? atEnd : (outgoingByFrame[frame] ?? null);
        const size = formatNumber(outgoing, { digits: 2, locale: host.locale });
        // Under a tile there is no room for powers of ten.
        const isTiny = typeof outgoing === "number" && outgoing > 0 && outgoing < smallestSize;
        setText(written, isTiny ? `<\u200a${formatNumber(smallestSize, { digits: 1, locale: host.locale })}` : size);
        setAttributes(button, { title: host.wordIn(boundaryWords, "unitLabel", { ...args, size }) });
      };
      tiles.push({ at, canvas, say });
      button.addEventListener("pointerenter", () => pointed(at));
      button.addEventListener("pointerleave", () => pointed(null));
      button.addEventListener("focus", () => pointed(at));
      button.addEventListener("blur", () => pointed(null));
      return button;
    });
    const isSome = layer.units.length < layer.unitCount;
    const some = { shown: String(layer.units.length), units: String(layer.unitCount) };
    const caption = element(
      "figcaption",
      {},
      element("b", {}, host.wordIn(boundaryWords, "seen", { layer: layer.name })),
      isSome ? ` (${host.wordIn(boundaryWords, "someUnits", some)})` : "",
    );
    return element("figure", { class: "unitLayer" }, caption, element("div", { class: "unitTiles" }, ...buttons));
  });
  return {
    node: element("div", {}, ...layers),
    mark(name) {
      layers.forEach((figure, at) => {
        figure.classList.toggle("marked", view.layers[at]?.name === name);
      });
    },
    show(fieldOf, frame) {
      const ratio = window.devicePixelRatio || 1;
      for (const { at, canvas, say } of tiles) {
        say(frame);
        canvas.width = Math.round(tilePx * ratio);
        canvas.height = Math.round(tilePx * ratio);
        const pen = canvas.getContext("2d");
        if (pen === null) continue;
        pen.scale(ratio, ratio);
        paintField(pen, fieldOf(at), tilePx, host.theme);
      }
    },
  };
}
