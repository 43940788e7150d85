// Walks the nodes of a view and tells a painter what stands where. What is not part of the picture (tools, menus, the table) is left out.

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Line {
  readonly from: readonly [x: number, y: number];
  readonly to: readonly [x: number, y: number];
}

export interface TextStyle {
  readonly family: string;
  readonly sizePx: number;
  readonly weight: string;
  readonly colour: string;
}

export interface Painter {
  box(
    box: Box,
    look: { readonly fill: string | null; readonly stroke: string | null; readonly radiusPx: number },
  ): void;
  /** Straight strokes of one colour and width. */
  lines(lines: readonly Line[], colour: string, widthPx: number): void;
  /** One line of text whose baseline is at `baseline`. */
  text(text: string, x: number, baseline: number, style: TextStyle): void;
  /** What a canvas shows now. */
  picture(canvas: HTMLCanvasElement, box: Box): void;
  /** A path of an SVG element, in the coordinates of `viewBox`, put into `box`. */
  path(d: string, viewBox: Box, box: Box, look: PathLook): void;
}

/** What a path of an SVG element looks like; `null` for what it has not. */
export interface PathLook {
  readonly fill: string | null;
  readonly stroke: string | null;
  readonly strokeWidthPx: number;
}

const leftOut =
  ".tools, .iconButton, .menu, .visuallyHidden, .numbers, .card, .surfaceZooms, .moreChips, button.button, input";

export function paintView(root: HTMLElement, painter: Painter, marginPx = 0): void {
  const origin = root.getBoundingClientRect();
  const place = (rect: DOMRect): Box => ({
    x: rect.x - origin.x + marginPx,
    y: rect.y - origin.y + marginPx,
    width: rect.width,
    height: rect.height,
  });
  const walk = (node: Node): void => {
    if (node instanceof Text) paintText(node, painter, place);
    else if (node instanceof HTMLCanvasElement) painter.picture(node, place(node.getBoundingClientRect()));
    else if (node instanceof SVGSVGElement) paintIcon(node, painter, place);
    else if (node instanceof HTMLSelectElement) paintChoice(node, painter, place);
    else if (node instanceof MathMLElement) for (const child of node.childNodes) walk(child);
    else if (node instanceof HTMLElement && isPainted(node)) {
      paintBox(node, painter, place);
      for (const child of node.childNodes) walk(child);
    }
  };
  for (const child of root.childNodes) walk(child);
}

/** Where the lowest thing ends that {@link paintView} would paint. */
export function paintedHeight(root: HTMLElement): number {
  let lowest = 0;
  const lower = ({ y, height }: Box) => {
    lowest = Math.max(lowest, y + height);
  };
  paintView(root, {
    box: lower,
    lines: () => {},
    text: (_text, _x, baseline, { sizePx }) => lower({ x: 0, y: baseline, width: 0, height: sizePx / 4 }),
    picture: (_canvas, box) => lower(box),
    path: (_path, _viewBox, box) => lower(box),
  });
  return lowest;
}

function isPainted(node: HTMLElement): boolean {
  if (node.hidden || node.matches(leftOut)) return false;
  const style = getComputedStyle(node);
  return style.display !== "none" && style.visibility !== "hidden";
}

function paintBox(node: HTMLElement, painter: Painter, place: (rect: DOMRect) => Box): void {
  const style = getComputedStyle(node);
  const fill = isTransparent(style.backgroundColor) ? null : style.backgroundColor;
  const bordered = Number.parseFloat(style.borderTopWidth) > 0 && Number.parseFloat(style.borderLeftWidth) > 0;
  const stroke = bordered && !isTransparent(style.borderTopColor) ? style.borderTopColor : null;
  const box = place(node.getBoundingClientRect());
  if (fill !== null || stroke !== null)
    painter.box(box, { fill, stroke, radiusPx: Number.parseFloat(style.borderRadius) || 0 });
  const hatch = hatchOf(style.backgroundImage);
  if (hatch !== null) painter.lines(hatchLines(box, hatch.distancePx), hatch.colour, hatch.widthPx);
}

interface Hatch {
  readonly colour: string;
  readonly widthPx: number;
  readonly distancePx: number;
}

/** The hatches of our style sheet as the browser computes them: `repeating-linear-gradient(135deg, C 0px, C 2px, transparent 2px, … 6px)`. */
function hatchOf(backgroundImage: string): Hatch | null {
  if (!backgroundImage.startsWith("repeating-linear-gradient(135deg")) return null;
  const colour = /(rgba?\([^)]*\)|color\([^)]*\)|#[\da-f]+)/i.exec(backgroundImage)?.[1];
  const stops = [...backgroundImage.matchAll(/([\d.]+)px/g)].map((match) => Number(match[1]));
  const [widthPx, distancePx] = [stops[1], stops.at(-1)];
  return colour && widthPx && distancePx ? { colour, widthPx, distancePx } : null;
}

/** Rising lines `distancePx` apart, cut at the box a little inside its border. */
function hatchLines(box: Box, distancePx: number): readonly Line[] {
  const [left, top] = [box.x + 1, box.y + 1];
  const [right, bottom] = [box.x + box.width - 1, box.y + box.height - 1];
  const lines: Line[] = [];
  const step = distancePx * Math.SQRT2;
  // On each line x + y is the same.
  for (let sum = left + top + step / 2; sum < right + bottom; sum += step) {
    const [x0, x1] = [Math.max(left, sum - bottom), Math.min(right, sum - top)];
    lines.push({ from: [x0, sum - x0], to: [x1, sum - x1] });
  }
  return lines;
}

function isTransparent(colour: string): boolean {
  return colour === "transparent" || /^rgba\(.*, 0\)$/.test(colour);
}

/** A menu says what is chosen: the measure that is drawn, the layer that is shown. */
function paintChoice(node: HTMLSelectElement, painter: Painter, place: (rect: DOMRect) => Box): void {
  const text = node.selectedOptions[0]?.text ?? "";
  const box = place(node.getBoundingClientRect());
  if (text === "" || box.width === 0 || !isPainted(node)) return;
  paintBox(node, painter, place);
  const style = textStyle(node);
  const left = Number.parseFloat(getComputedStyle(node).paddingLeft) || 0;
  // Browsers put a few pixels of their own before the text of a menu.
  painter.text(text, box.x + left + 4, box.y + box.height / 2 + style.sizePx * 0.36, style);
}

function textStyle(node: Element): TextStyle {
  const { fontFamily, fontSize, fontWeight, color } = getComputedStyle(node);
  return { family: fontFamily, sizePx: Number.parseFloat(fontSize), weight: fontWeight, colour: color };
}

/** A text node may wrap: its words are painted line by line, each where it stands. */
function paintText(node: Text, painter: Painter, place: (rect: DOMRect) => Box): void {
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
    const box = place(rect);
    // The rectangle of a line of text is its ascent and descent; about four fifths lie above the baseline.
    painter.text(match[0], box.x, box.y + box.height * 0.79, style);
  }
}

function paintIcon(node: SVGSVGElement, painter: Painter, place: (rect: DOMRect) => Box): void {
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
