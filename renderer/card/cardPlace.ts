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

/** Widths of the card: as designed, and the least it can be read at. */
const minWidthPx = 260;
const gapPx = 4;

/**
 * Places a card of `wantedWidth` × `height`.
 * Beside `keep` (the names and the dot plot) where there is room to its right; otherwise below the anchor's row, or above it near the bottom.
 */
export function placeCard(options: {
  readonly anchor: Box;
  readonly keep: Box;
  readonly holder: { readonly width: number; readonly height: number };
  readonly wantedWidth: number;
  readonly height: number;
  /** How far to the right of `keep` the card starts. */
  readonly beside: number;
}): CardPlace {
  const { anchor, keep, holder, wantedWidth, height, beside } = options;
  const left = keep.left + keep.width + beside;
  const room = holder.width - left;
  if (room >= Math.min(minWidthPx, wantedWidth)) {
    const centred = anchor.top + anchor.height / 2 - 60;
    return { left, top: Math.max(0, centred), width: Math.min(wantedWidth, room) };
  }
  const width = Math.min(wantedWidth, holder.width);
  const below = anchor.top + anchor.height + gapPx;
  const fitsBelow = below + height <= holder.height || anchor.top - gapPx - height < 0;
  return { left: holder.width - width, top: fitsBelow ? below : anchor.top - gapPx - height, width };
}
