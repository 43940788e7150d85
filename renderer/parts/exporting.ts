// A view as a file: walks what stands on the page and paints it again, as pixels (PNG) or as a drawing (SVG).

import type { ViewHost } from "../viewHost.ts";
import { CanvasPainter } from "./canvasPainter.ts";
import { paintView } from "./paintView.ts";
import { SvgPainter } from "./svgPainter.ts";

export type ExportFormat = "png" | "svg" | "csv";

/** Pictures are twice the page's size, so that they stay sharp on paper. */
const pngScale = 2;

/** The view as PNG, base64 without the data URL's head. */
export function pngBase64(host: ViewHost): string {
  return paintedCanvas(host).toDataURL("image/png").split(",", 2)[1] ?? "";
}

/** The view as an SVG document: text as text, charts as embedded pictures. */
export function toSvg(host: ViewHost): string {
  const { width, height } = sizeOf(host);
  const painter = new SvgPainter(width, height, host.theme.page);
  paintView(host.root, painter);
  return painter.document();
}

/** Puts the view's picture into the clipboard; false when the browser does not let us. */
export async function copyPicture(host: ViewHost): Promise<boolean> {
  const canvas = paintedCanvas(host);
  const picture = new Promise<Blob>((resolve, reject) => {
    canvas.toBlob(
      (blob) => (blob === null ? reject(new Error("The canvas gave no picture.")) : resolve(blob)),
      "image/png",
    );
  });
  try {
    await navigator.clipboard.write([new ClipboardItem({ "image/png": picture })]);
    return true;
  } catch {
    // Refused without permission or focus: the caller says so and offers saving.
    return false;
  }
}

function paintedCanvas(host: ViewHost): HTMLCanvasElement {
  const { width, height } = sizeOf(host);
  const painter = new CanvasPainter(width, height, host.theme.page, pngScale);
  paintView(host.root, painter);
  return painter.canvas;
}

function sizeOf(host: ViewHost): { width: number; height: number } {
  const { width, height } = host.root.getBoundingClientRect();
  return { width: Math.ceil(width), height: Math.ceil(height) };
}
