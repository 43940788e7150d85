// Where the layer card stands: beside what it explains, never on it. Pixels inside the box that holds rows and card.

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

export interface CardPlace {
  readonly left: number;
  readonly top: number;
  readonly width: number;
}

/** The least width a card can be read at. */
const minWidthPx = 260;
/** How far it stands from what it must not cover. */
const besidePx = 16;
const gapPx = 4;

/**
 * Places a card of `wantedWidth` × `height`.
 * Beside `keep` (the names and the dot plot) where there is room to its right, no lower than needed to end with the holder;
 * otherwise below the anchor's row, or above it near the bottom.
 */
export function placeCard(options: {
  readonly anchor: Box;
  readonly keep: Box;
  /** What the card should not leave. */
  readonly holder: { readonly width: number; readonly height: number };
  readonly wantedWidth: number;
  readonly height: number;
}): CardPlace {
  const { anchor, keep, holder, wantedWidth, height } = options;
  const left = keep.left + keep.width + besidePx;
  const room = holder.width - left;
  if (room >= Math.min(minWidthPx, wantedWidth)) {
    const wanted = anchor.top + anchor.height / 2 - 60;
    return { left, top: Math.max(0, Math.min(wanted, holder.height - height)), width: Math.min(wantedWidth, room) };
  }
  const width = Math.min(wantedWidth, holder.width);
  const below = anchor.top + anchor.height + gapPx;
  const fitsBelow = below + height <= holder.height || anchor.top - gapPx - height < 0;
  return { left: holder.width - width, top: fitsBelow ? below : anchor.top - gapPx - height, width };
}
