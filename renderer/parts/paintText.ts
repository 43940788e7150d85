// Tells a painter what words stand where, and where the room for them ends.

import type { Painter, Place, TextStyle } from "./painter.ts";

export function textStyle(node: Element): TextStyle {
  const { fontFamily, fontSize, fontWeight, color } = getComputedStyle(node);
  return { family: fontFamily, sizePx: Number.parseFloat(fontSize), weight: fontWeight, colour: color };
}

/** A line that ends with "…" where its element is too narrow for it. */
export interface CutLine {
  readonly right: number;
  /** Whether the "…" was painted: what comes after it is not seen. */
  isCut: boolean;
}

/** How a browser ends the texts in an element; `null` where it shows them whole. */
export function cutLineOf(node: HTMLElement): CutLine | null {
  const { textOverflow, overflowX, paddingRight, borderRightWidth } = getComputedStyle(node);
  if (textOverflow !== "ellipsis" || overflowX === "visible" || node.scrollWidth <= node.clientWidth) return null;
  const inset = Number.parseFloat(paddingRight) + Number.parseFloat(borderRightWidth);
  return { right: node.getBoundingClientRect().right - inset, isCut: false };
}

/** A text node may wrap: its words are painted line by line, each where it stands. */
export function paintText(node: Text, painter: Painter, place: Place, cut: CutLine | null): void {
  const parent = node.parentElement;
  if (parent === null || node.data.trim() === "") return;
  const style = textStyle(parent);
  const range = document.createRange();
  // A long word may also break where it holds a space without width.
  for (const match of node.data.matchAll(/[^\s\u200b]+/g)) {
    range.setStart(node, match.index);
    range.setEnd(node, match.index + match[0].length);
    const rect = range.getClientRects()[0];
    if (rect === undefined || rect.width === 0) continue;
    const text = cut === null ? match[0] : seenOf(range, cut, style.sizePx);
    if (text === "") continue;
    const box = place(rect);
    painter.text(text, box.x, box.y + box.height * shareAbove(style), style);
    if (isStruckThrough(parent)) {
      const middle = box.y + box.height / 2;
      painter.lines([{ from: [box.x, middle], to: [box.x + box.width, middle] }], style.colour, 1);
    }
  }
}

/** How much of the rectangle of a line of text, which is its ascent and descent, lies above the baseline. */
function shareAbove({ family, sizePx, weight }: TextStyle): number {
  const font = `${weight} ${sizePx}px ${family}`;
  const known = sharesAbove.get(font);
  if (known !== undefined) return known;
  ruler ??= document.createElement("canvas").getContext("2d");
  if (ruler === null) return usualShare;
  ruler.font = font;
  const { fontBoundingBoxAscent: above, fontBoundingBoxDescent: below } = ruler.measureText("x");
  const share = above + below > 0 ? above / (above + below) : usualShare;
  sharesAbove.set(font, share);
  return share;
}

const usualShare = 0.79;
const sharesAbove = new Map<string, number>();
let ruler: CanvasRenderingContext2D | null = null;

/** What is seen of a word: the letters that leave room for "…", if it does not fit; nothing after the "…". */
function seenOf(word: Range, cut: CutLine, sizePx: number): string {
  if (cut.isCut) return "";
  const whole = word.toString();
  if (word.getBoundingClientRect().right <= cut.right) return whole;
  cut.isCut = true;
  const part = word.cloneRange();
  for (let length = whole.length - 1; length > 0; length--) {
    part.setEnd(word.endContainer, word.startOffset + length);
    if (part.getBoundingClientRect().right <= cut.right - ellipsisEm * sizePx) return `${part.toString()}…`;
  }
  return "…";
}

/** How wide a "…" may be. */
const ellipsisEm = 0.8;

/** Said of an element, it holds for all text inside. */
function isStruckThrough(node: Element): boolean {
  return getComputedStyle(node).textDecorationLine.includes("line-through");
}
