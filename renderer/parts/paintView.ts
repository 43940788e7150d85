// Walks the nodes of a view and tells a painter what stands where. What is not part of the picture (tools, menus, the table) is left out.

import { isTransparent, paintBox } from "./paintBox.ts";
import type { Box, Painter, Place } from "./painter.ts";
import { type CutLine, cutLineOf, paintText, textStyle } from "./paintText.ts";

const leftOut =
  ".tools, .iconButton, .menu, .visuallyHidden, .numbers, .card, .surfaceZooms, .moreChips, .link, button.button, input";

export function paintView(root: HTMLElement, painter: Painter, marginPx = 0): void {
  const origin = root.getBoundingClientRect();
  const place: Place = (rect) => ({
    x: rect.x - origin.x + marginPx,
    y: rect.y - origin.y + marginPx,
    width: rect.width,
    height: rect.height,
  });
  const walk = (node: Node, cut: CutLine | null): void => {
    if (node instanceof Text) paintText(node, painter, place, cut);
    else if (node instanceof HTMLCanvasElement) paintCanvas(node, painter, place);
    else if (node instanceof SVGSVGElement) paintIcon(node, painter, place);
    else if (node instanceof HTMLSelectElement) paintChoice(node, painter, place);
    else if (node instanceof MathMLElement) for (const child of node.childNodes) walk(child, cut);
    else if (node instanceof HTMLElement && isPainted(node)) {
      paintBox(node, painter, place);
      const inner = cutLineOf(node) ?? cut;
      const paintChildren = () => {
        for (const child of shownChildren(node)) walk(child, inner);
      };
      if (hidesOverflow(node)) painter.clipped(place(node.getBoundingClientRect()), paintChildren);
      else paintChildren();
    }
  };
  for (const child of root.childNodes) walk(child, null);
}

/** What is folded away is not seen. */
function shownChildren(node: HTMLElement): readonly ChildNode[] {
  const isFolded = node instanceof HTMLDetailsElement && !node.open;
  return [...node.childNodes].filter((child) => !isFolded || (child instanceof Element && child.matches("summary")));
}

/** Whether more stands in an element than is seen there: what a reader would have to scroll to. */
function hidesOverflow(node: HTMLElement): boolean {
  if (node.scrollWidth <= node.clientWidth && node.scrollHeight <= node.clientHeight) return false;
  const { overflowX, overflowY } = getComputedStyle(node);
  return overflowX !== "visible" || overflowY !== "visible";
}

/** The picture stands within the border of its canvas. */
function paintCanvas(node: HTMLCanvasElement, painter: Painter, place: Place): void {
  const { x, y } = place(node.getBoundingClientRect());
  const box = { x: x + node.clientLeft, y: y + node.clientTop, width: node.clientWidth, height: node.clientHeight };
  paintBox(node, painter, place);
  painter.picture(node, box, getComputedStyle(node).imageRendering === "pixelated");
}

/** Where the lowest thing ends that {@link paintView} would paint. */
export function paintedHeight(root: HTMLElement): number {
  let lowest = 0;
  let end = Number.POSITIVE_INFINITY;
  const lower = ({ y, height }: Box) => {
    lowest = Math.max(lowest, Math.min(end, y + height));
  };
  paintView(root, {
    box: lower,
    lines: () => {},
    text: (_text, _x, baseline, { sizePx }) => lower({ x: 0, y: baseline, width: 0, height: sizePx / 4 }),
    picture: (_canvas, box) => lower(box),
    path: (_path, _viewBox, box) => lower(box),
    clipped: (box, paint) => {
      const outer = end;
      end = Math.min(outer, box.y + box.height);
      paint();
      end = outer;
    },
  });
  return lowest;
}

function isPainted(node: HTMLElement): boolean {
  if (node.hidden || node.matches(leftOut)) return false;
  const style = getComputedStyle(node);
  return style.display !== "none" && style.visibility !== "hidden";
}

/** A menu says what is chosen: the measure that is drawn, the layer that is shown. */
function paintChoice(node: HTMLSelectElement, painter: Painter, place: Place): void {
  const text = node.selectedOptions[0]?.text ?? "";
  const box = place(node.getBoundingClientRect());
  if (text === "" || box.width === 0 || !isPainted(node)) return;
  paintBox(node, painter, place);
  const style = textStyle(node);
  const left = Number.parseFloat(getComputedStyle(node).paddingLeft) || 0;
  // Browsers put a few pixels of their own before the text of a menu.
  painter.text(text, box.x + left + 4, box.y + box.height / 2 + style.sizePx * 0.36, style);
}

function paintIcon(node: SVGSVGElement, painter: Painter, place: Place): void {
  if (getComputedStyle(node).display === "none") return;
  const view = node.viewBox.baseVal;
  const box = place(node.getBoundingClientRect());
  const viewBox = { x: view.x, y: view.y, width: view.width || box.width, height: view.height || box.height };
  for (const path of node.querySelectorAll("path")) {
    const { fill, stroke, strokeWidth, display } = getComputedStyle(path);
    if (display === "none") continue;
    const seen = (paint: string) => (paint === "none" || isTransparent(paint) ? null : paint);
    painter.path(path.getAttribute("d") ?? "", viewBox, box, {
      fill: seen(fill),
      stroke: seen(stroke),
      strokeWidthPx: Number.parseFloat(strokeWidth) || 0,
    });
  }
}
