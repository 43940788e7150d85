// The bar over a large tensor: all of it thinned, or some rows and columns number by number, and the way from part to part.

import type { TableView, TensorView, TensorWindow } from "../../src/shared/views.ts";
import { type Argument, type IdOf, type Locale, plainMessage } from "../../src/shared/words/message.ts";
import { element, setAttributes, setHidden, setIdle, setText } from "../dom.ts";
import { gridColumns, gridRows } from "../tensor/gridSize.ts";
import { gridWords } from "../words/gridWords.ts";

export interface GridBar {
  readonly node: HTMLElement;
  show(view: TensorView | TableView, window: TensorWindow | null): void;
  takeKey(event: KeyboardEvent): void;
}

const start: TensorWindow = { page: 0, row: 0, column: 0 };
const axes = ["page", "row", "column"] as const;
type Axis = (typeof axes)[number];
/** How far a step goes: to what stands beside what is shown. */
const steps: Readonly<Record<Axis, number>> = { page: 1, row: gridRows, column: gridColumns };

export function createGridBar(locale: Locale, choose: (window: TensorWindow | null) => void): GridBar {
  const word = (id: IdOf<typeof gridWords>, args: Readonly<Record<string, Argument>> = {}) =>
    plainMessage(gridWords, { id, args }, locale);
  let sizes: Readonly<Record<Axis, number>> = { page: 1, row: 1, column: 1 };
  let window: TensorWindow | null = null;

  const button = (label: string, press: () => void) => {
    const made = element("button", { class: "gridButton", type: "button" }, label);
    made.addEventListener("click", press);
    return made;
  };
  const move = (axis: Axis, direction: 1 | -1) => {
    if (window === null) return;
    const last = Math.max(0, sizes[axis] - steps[axis]);
    const next = Math.max(0, Math.min(last, window[axis] + direction * steps[axis]));
    if (next !== window[axis]) choose({ ...window, [axis]: next });
  };
  const overview = button(word("overview"), () => choose(null));
  const numbers = button(word("numbers"), () => choose(window ?? start));
  const movers = { page: mover("page"), row: mover("row"), column: mover("column") };
  const node = element(
    "div",
    { class: "gridBar", role: "toolbar", "aria-label": word("toolbar"), title: word("keys"), hidden: true },
    overview,
    numbers,
    ...axes.map((axis) => movers[axis].node),
  );

  function mover(axis: Axis) {
    const [before, after] = {
      page: ["earlierPlace", "laterPlace"] as const,
      row: ["earlierRows", "laterRows"] as const,
      column: ["earlierColumns", "laterColumns"] as const,
    }[axis];
    const [back, on] = [button("‹", () => move(axis, -1)), button("›", () => move(axis, 1))];
    setAttributes(back, { "aria-label": word(before), title: word(before) });
    setAttributes(on, { "aria-label": word(after), title: word(after) });
    const said = element("output");
    return { node: element("span", { class: "gridMover", hidden: true }, back, said, on), back, on, said };
  }

  function showMover(axis: Axis): void {
    const { node: place, back, on, said } = movers[axis];
    const isNeeded = window !== null && sizes[axis] > steps[axis];
    setHidden(place, !isNeeded);
    if (window === null) return;
    const from = Math.min(window[axis], Math.max(0, sizes[axis] - steps[axis]));
    const to = Math.min(sizes[axis], from + steps[axis]) - 1;
    const count = (value: number) => ({ kind: "count", value }) as const;
    const args = { from: count(from), to: count(to), at: count(from), all: count(sizes[axis]) };
    setText(said, word(({ page: "places", row: "rows", column: "columns" } as const)[axis], args));
    setIdle(back, from === 0);
    setIdle(on, to >= sizes[axis] - 1);
  }

  return {
    node,
    show(view, shown) {
      window = shown;
      if (view.kind === "table") return setHidden(node, true);
      sizes = { page: view.pageCount, row: view.shape.at(-2) ?? 1, column: view.shape.at(-1) ?? 1 };
      setHidden(
        node,
        axes.every((axis) => axis === "page" || sizes[axis] <= steps[axis]),
      );
      setAttributes(overview, { "aria-pressed": String(shown === null) });
      setAttributes(numbers, { "aria-pressed": String(shown !== null) });
      for (const axis of axes) showMover(axis);
    },
    takeKey(event) {
      if (event.key !== "PageUp" && event.key !== "PageDown") return;
      if (window === null || node.hidden) return;
      move(event.shiftKey ? "column" : "row", event.key === "PageDown" ? 1 : -1);
      event.preventDefault();
    },
  };
}
