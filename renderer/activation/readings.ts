// The reading line: where it stands, what each function and its slope are there. Pointer and arrow keys move it.

import { formatNumber } from "../../src/shared/numbers.ts";
import { createRunKey } from "../card/runKey.ts";
import { element, setAbsent, setAttributes, setText } from "../dom.ts";
import { timeWords } from "../time/timeWords.ts";
import type { ZoomStep } from "../time/timeZoom.ts";
import { listenForZoomWheel, takeZoomKey } from "../time/zoomKeys.ts";
import type { ViewHost } from "../viewHost.ts";
import { activationWords } from "../words/activationWords.ts";
import type { Choices } from "./choices.ts";
import { followLine, shownRange, wholeRange, zoomRange } from "./curveRange.ts";
import { valueAt } from "./readCurve.ts";

/** Steps of z that an arrow key moves, and that the pointer snaps to. */
const keyStep = 0.1;
const pointerStep = 0.05;

export interface Readings {
  readonly node: HTMLElement;
  draw(): void;
  /** Reads where the pointer is over `plot`; `zAt` gives the z at a distance from its left edge. */
  follow(plot: HTMLElement, zAt: (offsetPx: number) => number | null): void;
}

export interface ReadingsActions {
  /** The reading line moved. */
  readonly moved: () => void;
  /** Another stretch of z is shown. */
  readonly zoomed: () => void;
}

export function createReadings(host: ViewHost, choices: () => Choices, { moved, zoomed }: ReadingsActions): Readings {
  const handle = element("div", {
    class: "readAt",
    role: "slider",
    tabindex: 0,
    "aria-label": host.wordIn(activationWords, "reading"),
    title: host.wordIn(timeWords, "zoomHint"),
  });
  const whole = element("button", { class: "button", type: "button" }, host.wordIn(activationWords, "wholeRange"));
  const head = element("div", { class: "readHead" }, handle, whole);
  const node = element("div", { class: "reads" }, head);

  const draw = () => {
    const { chosen, z, range } = choices();
    const [from, to] = wholeRange(choices());
    setAbsent(whole, range === null);
    const at = host.wordIn(activationWords, "readAt", { z: formatNumber(z, { locale: host.locale }) });
    const reads = chosen.map(({ curve, variant, slot }) => ({
      label: curve.label,
      slot,
      value: formatNumber(valueAt(variant.z, variant.value, z), { locale: host.locale }),
      slope: formatNumber(valueAt(variant.z, variant.slope, z), { locale: host.locale }),
    }));
    setText(handle, at);
    const spoken = reads.map(({ label, value, slope }) => `${label} f ${value}, f′ ${slope}`).join("; ");
    setAttributes(handle, {
      "aria-valuemin": from,
      "aria-valuemax": to,
      "aria-valuenow": z,
      "aria-valuetext": `${at}: ${spoken}`,
    });
    // The line's handle stays where it is: what is put in anew loses the focus.
    for (const read of node.querySelectorAll(":scope > .read")) read.remove();
    node.append(
      ...reads.map(({ label, slot, value, slope }) =>
        element(
          "span",
          { class: "read" },
          createRunKey(slot, label, { point: false }),
          element("span", { class: "number" }, element("span", { class: "muted" }, "f = "), value),
          element("span", { class: "number" }, element("span", { class: "muted" }, "f′ = "), slope),
        ),
      ),
    );
  };
  const move = (z: number) => {
    const [from, to] = wholeRange(choices());
    const next = Number(Math.min(to, Math.max(from, z)).toFixed(2));
    if (next === choices().z) return;
    choices().z = next;
    if (followLine(choices())) zoomed();
    else moved();
    draw();
  };
  const zoom = (step: ZoomStep, around?: number) => {
    zoomRange(choices(), step, around);
    zoomed();
    draw();
  };
  whole.addEventListener("click", () => {
    zoom({ kind: "whole" });
    handle.focus();
  });
  handle.addEventListener("keydown", (event) => {
    const { z } = choices();
    const [from, to] = wholeRange(choices());
    if (takeZoomKey(event, zoom)) return;
    const target = {
      ArrowLeft: z - keyStep,
      ArrowDown: z - keyStep,
      ArrowRight: z + keyStep,
      ArrowUp: z + keyStep,
      PageDown: z - 10 * keyStep,
      PageUp: z + 10 * keyStep,
      Home: from,
      End: to,
    }[event.key];
    if (target === undefined) return;
    move(target);
    event.preventDefault();
    event.stopPropagation();
  });
  return {
    node,
    draw,
    follow(plot, zAt) {
      plot.addEventListener("pointermove", (event) => {
        const z = zAt(event.clientX - plot.getBoundingClientRect().left);
        const [from, to] = shownRange(choices());
        const step = to - from > 4 ? pointerStep : pointerStep / 5;
        if (event.buttons === 1 && choices().range !== null && plot.clientWidth > 0)
          zoom({ kind: "move", share: -event.movementX / plot.clientWidth });
        else if (z !== null) move(Math.round(z / step) * step);
      });
      listenForZoomWheel(plot, (step, event) => {
        const z = zAt(event.clientX - plot.getBoundingClientRect().left);
        zoom(step, z ?? undefined);
      });
      // A press on a drawing lets the arrow keys go on from there.
      plot.addEventListener("click", () => handle.focus());
    },
  };
}
