// The line below the picture of a surface: the height under the pointer or at what keys aim at, and what a start comes to.

import { formatNumber } from "../../src/shared/numbers.ts";
import type { SurfaceView } from "../../src/shared/views.ts";
import { element, setText } from "../dom.ts";
import type { ViewHost } from "../viewHost.ts";
import { surfaceWords } from "../words/surfaceWords.ts";
import { type HeightGrid, heightAt } from "./contours.ts";
import { short } from "./headList.ts";
import { logHeights } from "./surfaceGround.ts";
import type { SurfacePlot } from "./surfacePlot.ts";
import type { SurfaceState } from "./surfaceState.ts";
import type { Place } from "./surfaceWindow.ts";

export interface SurfaceReading {
  readonly node: HTMLElement;
  placeUnder(event: MouseEvent): Place;
  /** Another place is aimed at, or none. */
  aimed(): void;
  say(text: string): void;
  /** Nothing is to be said any more. */
  rest(): void;
}

export function createSurfaceReading(
  host: ViewHost,
  {
    plot,
    state,
    canStart,
  }: { readonly plot: SurfacePlot; readonly state: () => SurfaceState; readonly canStart: () => boolean },
): SurfaceReading {
  const seen = element("span", { "aria-hidden": "true" });
  // A pointer that moves is not to be talked along with.
  const spoken = element("span", { class: "visuallyHidden", role: "status" });
  const node = element("div", { class: "surfaceReading" }, seen, spoken);
  let of: SurfaceView | null = null;
  let grid: HeightGrid | null = null;
  const word: (id: keyof typeof surfaceWords.en, args?: Parameters<ViewHost["word"]>[1]) => string = (id, args) =>
    host.wordIn(surfaceWords, id, args);
  const read = (place: Place): string => {
    const { view } = state();
    if (of !== view) grid = logHeights(view);
    of = view;
    if (grid === null) return "";
    const share = (value: number, { from, to }: SurfaceView["x"]) => (value - from) / (to - from);
    const [column, row] = [share(place[0], view.x) * (grid.columns - 1), share(place[1], view.y) * (grid.rows - 1)];
    const height = 10 ** heightAt(grid, column, row) + view.lines.above;
    const said = formatNumber(height, { digits: 2, locale: host.locale });
    return word("reading", { x: short(place[0], view.x, host), y: short(place[1], view.y, host), height: said });
  };
  const placeUnder = ({ clientX, clientY }: MouseEvent): Place => {
    const box = plot.node.getBoundingClientRect();
    return plot.placeAt(clientX - box.left - plot.node.clientLeft, clientY - box.top - plot.node.clientTop);
  };
  const aimed = () => {
    const { aim } = state();
    const text = aim === null ? "" : canStart() ? word("aimAt", { reading: read(aim) }) : read(aim);
    setText(spoken, text);
    setText(seen, text === "" ? word(canStart() ? "pointOrStart" : "pointAt") : text);
  };
  const rest = () => aimed();
  plot.node.addEventListener("pointermove", (event) => setText(seen, read(placeUnder(event))));
  plot.node.addEventListener("pointerleave", rest);
  host.onEnd(host.liveControls.watch(rest));
  setText(seen, word("pointAt"));
  return {
    node,
    placeUnder,
    aimed,
    say(text) {
      setText(seen, text);
      setText(spoken, text);
    },
    rest,
  };
}
