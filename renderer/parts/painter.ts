// What a painter of views can do: boxes, lines, words, pictures and paths, at places in pixels.

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Where something on the page stands in the picture. */
export type Place = (rect: DOMRect) => Box;

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
  box(box: Box, look: BoxLook): void;
  /** Straight strokes of one colour and width. `dashes`: lengths of dashes and gaps; none by default. */
  lines(lines: readonly Line[], colour: string, widthPx: number, dashes?: readonly number[]): void;
  /** One line of text whose baseline is at `baseline`. */
  text(text: string, x: number, baseline: number, style: TextStyle): void;
  /** What a canvas shows now; its points stay sharp if it `isPixelated`. */
  picture(canvas: HTMLCanvasElement, box: Box, isPixelated: boolean): void;
  /** A path of an SVG element, in the coordinates of `viewBox`, put into `box`. */
  path(d: string, viewBox: Box, box: Box, look: PathLook): void;
  /** What `paint` paints is seen inside `box` only. */
  clipped(box: Box, paint: () => void): void;
}

/** `stroke` is the colour of a border inside the box; `null` for what it has not. */
export interface BoxLook {
  readonly fill: string | null;
  readonly stroke: string | null;
  readonly strokeWidthPx: number;
  readonly radiusPx: number;
  /** Lengths of dashes and gaps of the border. */
  readonly dashes: readonly number[];
}

/** What a path of an SVG element looks like; `null` for what it has not. */
export interface PathLook {
  readonly fill: string | null;
  readonly stroke: string | null;
  readonly strokeWidthPx: number;
}
