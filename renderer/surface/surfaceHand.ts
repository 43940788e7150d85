// What a reader does on the picture of a surface: a click or Enter starts the paths, arrows aim, a drag moves what is zoomed into.

import { listenForZoomWheel } from "../time/zoomKeys.ts";
import {
  isWhole,
  movePlace,
  moveWindow,
  type Place,
  type SurfaceWindow,
  windowWith,
  zoomWindow,
} from "./surfaceWindow.ts";

export interface SurfaceHand {
  readonly node: HTMLElement;
  readonly shown: () => { readonly window: SurfaceWindow; readonly whole: SurfaceWindow; readonly aim: Place | null };
  /** Where the aim begins. */
  readonly origin: () => Place;
  /** The place under a point of the page. */
  readonly placeAt: (event: MouseEvent) => Place;
  readonly windowChanged: (window: SurfaceWindow) => void;
  /** `null`: nothing is aimed at any more. */
  readonly aimed: (aim: Place | null) => void;
  readonly chosen: (place: Place) => void;
}

/** What moves less is a click. */
const dragPx = 4;
const zoomFactor = 0.5;

export function listenToHand(hand: SurfaceHand): void {
  const { node } = hand;
  let grip: { x: number; y: number; isDragged: boolean } | null = null;
  node.addEventListener("pointerdown", (event) => {
    if (event.button === 0) grip = { x: event.clientX, y: event.clientY, isDragged: false };
  });
  node.addEventListener("pointermove", (event) => {
    if (grip === null || (event.buttons & 1) === 0) return;
    const { window, whole } = hand.shown();
    const [dx, dy] = [event.clientX - grip.x, event.clientY - grip.y];
    if (!grip.isDragged && Math.hypot(dx, dy) < dragPx) return;
    if (!grip.isDragged) node.setPointerCapture(event.pointerId);
    grip = { x: event.clientX, y: event.clientY, isDragged: true };
    if (isWhole(window, whole)) return;
    hand.windowChanged(
      moveWindow(window, whole, -dx / Math.max(1, node.clientWidth), dy / Math.max(1, node.clientHeight)),
    );
  });
  node.addEventListener("pointerup", (event) => {
    if (grip !== null && !grip.isDragged) hand.chosen(hand.placeAt(event));
    grip = null;
  });
  node.addEventListener("pointercancel", () => {
    grip = null;
  });
  listenForZoomWheel(node, ({ factor }, event) => {
    const { window, whole } = hand.shown();
    hand.windowChanged(zoomWindow(window, whole, factor, hand.placeAt(event)));
  });
  node.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !press(hand, event)) return;
    event.preventDefault();
    event.stopPropagation();
  });
}

const arrows: Readonly<Record<string, Place>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowDown: [0, -1],
  ArrowUp: [0, 1],
};

/** Whether the key meant something here. */
function press(hand: SurfaceHand, { key, shiftKey }: KeyboardEvent): boolean {
  const { window, whole, aim } = hand.shown();
  const arrow = arrows[key];
  if (arrow !== undefined) {
    const share = shiftKey ? 0.1 : 0.02;
    const next = movePlace(aim ?? hand.origin(), window, whole, arrow[0] * share, arrow[1] * share);
    hand.windowChanged(windowWith(window, whole, next));
    hand.aimed(next);
    return true;
  }
  if (key === "Enter" && aim !== null) hand.chosen(aim);
  else if (key === "Home" || key === "End") {
    // Across to the edge of what is shown; VS Code would go to the notebook's first or last cell.
    const [, y] = aim ?? hand.origin();
    hand.aimed([key === "Home" ? window.x.from : window.x.to, y]);
  } else if (key === "Escape" && aim !== null) hand.aimed(null);
  else if (key === "+" || key === "=" || key === "-")
    hand.windowChanged(zoomBy(hand, key === "-" ? 1 / zoomFactor : zoomFactor));
  else if (key === "0") hand.windowChanged(whole);
  else return false;
  return true;
}

/** Around what is aimed at, or the middle. */
export function zoomBy({ shown }: Pick<SurfaceHand, "shown">, factor: number): SurfaceWindow {
  const { window, whole, aim } = shown();
  const { x, y } = window;
  return zoomWindow(window, whole, factor, aim ?? [(x.from + x.to) / 2, (y.from + y.to) / 2]);
}
