// When the layer card opens and closes, and where it stands: hover after a moment, focus at once, Escape closes.

import { placeCard } from "../card/cardPlace.ts";
import { type CardContent, createLayerCard } from "../card/layerCard.ts";
import type { ViewHost } from "../viewHost.ts";

const openAfterMs = 150;
/** Long enough to cross from a row to its card. */
const closeAfterMs = 300;
/** Below this width the card opens in the flow of the page. */
const floatingFromPx = 520;

export interface CardHolder {
  /** The pointer stands on a row (`null`: it left the rows and the card). */
  pointed(row: number | null): void;
  /** A row has the focus (`null`: the focus left the rows and the card). */
  focused(row: number | null): void;
  /** Opens at once: a row was pressed. */
  press(row: number): void;
  close(): void;
  /** The step, the width or the data changed: shows the open card anew. */
  refresh(): void;
  readonly openRow: number | null;
}

export interface CardHolderOptions {
  /** The grid that holds names, plot and card. */
  readonly grid: HTMLElement;
  /** What stands left of the card and must not be covered. */
  readonly names: HTMLElement;
  readonly plot: HTMLElement;
  readonly rowHeightPx: number;
  readonly content: (row: number) => CardContent | null;
  /** Another row (or none) has the card now. */
  readonly changed: (row: number | null) => void;
  /** The reader closed the card while the focus was in it. */
  readonly restoreFocus: (row: number) => void;
}

export function createCardHolder(host: ViewHost, options: CardHolderOptions): CardHolder {
  let openRow: number | null = null;
  let focusedRow: number | null = null;
  /** The focus goes back to a row whose card was just closed: that must not open it again. */
  let restoring = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const floats = () => host.widthPx > floatingFromPx;

  const close = () => {
    clearTimeout(timer);
    if (openRow === null) return;
    document.removeEventListener("keydown", closeByKey, true);
    const row = openRow;
    const hadFocus = card.node.contains(activeElement(host));
    openRow = null;
    card.node.remove();
    options.changed(null);
    if (!hadFocus) return;
    restoring = true;
    options.restoreFocus(row);
    restoring = false;
  };
  // The pointer opens a card without moving the focus, so Escape is heard wherever the focus is.
  const closeByKey = (event: KeyboardEvent) => {
    if (event.key !== "Escape") return;
    close();
    event.preventDefault();
    event.stopPropagation();
  };
  const card = createLayerCard(host, { closed: close });
  const open = (row: number) => {
    clearTimeout(timer);
    const content = options.content(row);
    if (content === null) return close();
    const other = row !== openRow;
    if (openRow === null) document.addEventListener("keydown", closeByKey, true);
    openRow = row;
    card.show(content);
    if (!card.node.isConnected) options.plot.after(card.node);
    stand(host, card.node, options, { row, columns: content.runs.length, floats: floats() });
    if (other) options.changed(row);
  };
  card.node.addEventListener("pointerenter", () => clearTimeout(timer));
  host.onEnd(close);

  return {
    get openRow() {
      return openRow;
    },
    pointed(row) {
      clearTimeout(timer);
      if (row !== null) {
        if (row !== openRow) timer = setTimeout(() => open(row), openAfterMs);
      } else if (floats() && openRow !== null) {
        // In the flow a card stays until it is closed: what is below it must not jump when the pointer leaves.
        timer = setTimeout(() => (focusedRow === null ? close() : open(focusedRow)), closeAfterMs);
      }
    },
    focused(row) {
      focusedRow = row;
      if (restoring) return;
      if (row !== null) open(row);
      else if (floats() && !options.grid.matches(":hover")) close();
    },
    press: open,
    close,
    refresh() {
      if (openRow !== null) open(openRow);
    },
  };
}

/** The focused element inside the view's shadow root. */
function activeElement(host: ViewHost): Element | null {
  const root = host.root.getRootNode();
  return root instanceof ShadowRoot ? root.activeElement : null;
}

const wantedWidthPx = 380;
/** What stands below the card's edge. */
const shadowPx = 6;
/** More than two runs need more room for their columns. */
const furtherColumnPx = 96;

function stand(
  host: ViewHost,
  node: HTMLElement,
  { grid, names, plot, rowHeightPx }: CardHolderOptions,
  { row, columns, floats }: { readonly row: number; readonly columns: number; readonly floats: boolean },
): void {
  const { style } = node;
  if (!floats) {
    style.left = style.top = style.width = "";
    return;
  }
  const wantedWidth = wantedWidthPx + Math.max(0, columns - 2) * furtherColumnPx;
  const anchor = {
    left: names.offsetLeft,
    top: names.offsetTop + row * rowHeightPx,
    width: names.offsetWidth,
    height: rowHeightPx,
  };
  const keep = {
    left: names.offsetLeft,
    top: names.offsetTop,
    width: plot.offsetLeft + plot.offsetWidth - names.offsetLeft,
    height: plot.offsetHeight,
  };
  const gridTop = grid.getBoundingClientRect().top - host.root.getBoundingClientRect().top;
  const holder = { width: grid.clientWidth, height: host.root.offsetHeight - gridTop - shadowPx };
  const wide = placeCard({ anchor, keep, holder, wantedWidth, height: 0 });
  style.width = `${wide.width}px`;
  const height = node.offsetHeight;
  const place = placeCard({ anchor, keep, holder, wantedWidth, height });
  style.left = `${place.left}px`;
  style.top = `${place.top}px`;
  // An output is cut at its lower edge. A short net makes room for its card once, and keeps it.
  const needed = Math.ceil(gridTop + place.top + height + shadowPx);
  if (needed <= host.root.offsetHeight) return;
  host.root.style.boxSizing = "border-box";
  host.root.style.minHeight = `${needed}px`;
}
