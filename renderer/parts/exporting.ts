// A view as a file: walks what stands on the page and paints it again, as pixels (PNG) or as a drawing (SVG).

import { atScale } from "../charts/chartSetup.ts";
import type { ViewHost } from "../viewHost.ts";
import { CanvasPainter } from "./canvasPainter.ts";
import type { Painter } from "./painter.ts";
import { paintedHeight, paintView } from "./paintView.ts";
import { SvgPainter } from "./svgPainter.ts";
import { unscrolled } from "./unscrolled.ts";

export type ExportFormat = "png" | "svg" | "csv";

/** Pictures are twice the page's size, so that they stay sharp on paper. */
const pngScale = 2;
const marginPx = 12;

/** The view as PNG, base64 without the data URL's head. */
export function pngBase64(host: ViewHost): string {
  return paintedCanvas(host).toDataURL("image/png").split(",", 2)[1] ?? "";
}

/** The view as an SVG document: text as text, charts as embedded pictures. */
export function toSvg(host: ViewHost): string {
  return paintedBy(host, (width, height) => new SvgPainter(width, height, host.theme.page)).document();
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
  return paintedBy(host, (width, height) => new CanvasPainter(width, height, host.theme.page, pngScale)).canvas;
}

/** Paints the view and a margin around it; nothing for what is left out (an open table). */
function paintedBy<Kind extends Painter>(host: ViewHost, makePainter: (width: number, height: number) => Kind): Kind {
  return unscrolled(host.root, (widthPx) => {
    const painter = makePainter(widthPx + 2 * marginPx, Math.ceil(paintedHeight(host.root)) + 2 * marginPx);
    atScale(host.root.querySelectorAll("canvas"), pngScale, () => paintView(host.root, painter, marginPx));
    return painter;
  });
}
