// A picture cannot be scrolled: what scrolls sideways on the page, a wide table or a long network, stands in it whole.

/** Canvases of a browser are at most 16,384 pixels wide, and a PNG has two for each of the page. */
const widestPx = 8_000;

/** Shows all that could be scrolled to sideways while `paint` runs. `widthPx`: from the left edge of `root` to where the last of it ends. */
export function unscrolled<Painted>(root: HTMLElement, paint: (widthPx: number) => Painted): Painted {
  const wide = [...root.querySelectorAll<HTMLElement>("*")].filter(scrollsSideways);
  const before = wide.map((node) => ({ node, left: node.scrollLeft, overflow: node.style.overflow }));
  for (const { node } of before) node.style.overflow = "visible";
  try {
    const { left, right } = root.getBoundingClientRect();
    const ends = wide.map((node) => node.getBoundingClientRect().left + node.scrollWidth);
    return paint(Math.ceil(Math.min(widestPx, Math.max(right, ...ends) - left)));
  } finally {
    for (const { node, left, overflow } of before) {
      node.style.overflow = overflow;
      node.scrollLeft = left;
    }
  }
}

/** A list that scrolls downwards as well stays as high as it is, and so as wide. */
function scrollsSideways(node: HTMLElement): boolean {
  if (node.scrollWidth <= node.clientWidth || node.scrollHeight > node.clientHeight) return false;
  return /^(auto|scroll)$/.test(getComputedStyle(node).overflowX);
}
