// The picture of a surface on a canvas: drawn anew only as far as something changed.

import type { SurfaceView } from "../../src/shared/views.ts";
import { element, setAttributes } from "../dom.ts";
import type { ViewHost } from "../viewHost.ts";
import { type GroundShape, paintGround, shapeOf } from "./surfaceGround.ts";
import { SurfacePainter } from "./surfacePainter.ts";
import type { SurfaceState } from "./surfaceState.ts";

export interface SurfacePlot {
  readonly node: HTMLElement;
  draw(): void;
  /** The view is another one. */
  forget(): void;
  /** The place of the surface under a point of the picture. */
  placeAt(offsetXPx: number, offsetYPx: number): readonly [x: number, y: number];
}

interface Ground {
  readonly key: string;
  readonly picture: HTMLCanvasElement;
}

export function createSurfacePlot(host: ViewHost, state: () => SurfaceState): SurfacePlot {
  const canvas = element("canvas", { role: "img", tabindex: 0 });
  const node = element("div", { class: "surface" }, canvas);
  let shape: GroundShape | null = null;
  let ground: Ground | null = null;
  /** On which side of its head each path's name stood when it was drawn last. */
  const sides = new Map<number, number>();
  const size = () => ({ widthPx: node.clientWidth, heightPx: node.clientHeight, ratio: window.devicePixelRatio || 1 });

  const draw = () => {
    const shown = state();
    const { theme } = host;
    const { widthPx, heightPx, ratio } = size();
    setAttributes(canvas, { "aria-label": shown.words.label });
    if (widthPx === 0) return;
    shape ??= shapeOf(shown.view);
    const { window } = shown;
    const { x, y } = window;
    const key = [widthPx, heightPx, ratio, theme.kind, theme.text, theme.page, x.from, x.to, y.from, y.to].join(" ");
    if (ground?.key !== key) {
      const picture = { ...size(), window, theme, locale: host.locale };
      ground = { key, picture: paintGround(shown.view, shape, picture) };
    }
    canvas.width = Math.round(widthPx * ratio);
    canvas.height = Math.round(heightPx * ratio);
    const pen = canvas.getContext("2d");
    if (pen === null) return;
    pen.fillStyle = theme.page;
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.drawImage(ground.picture, 0, 0);
    pen.scale(ratio, ratio);
    new SurfacePainter(pen, theme, { ...shown, sides }, { widthPx, heightPx }).paint();
  };
  host.onTheme(draw);
  host.onWidth(draw);
  return {
    node,
    draw,
    forget() {
      shape = null;
      ground = null;
      sides.clear();
    },
    placeAt(offsetXPx, offsetYPx) {
      const { window } = state();
      const { widthPx, heightPx } = size();
      const along = (share: number, { from, to }: SurfaceView["x"]) => from + share * (to - from);
      return [
        along(offsetXPx / Math.max(1, widthPx), window.x),
        along(1 - offsetYPx / Math.max(1, heightPx), window.y),
      ];
    },
  };
}
