// The words that stand on the canvases of a page, with their places: what no query of the DOM finds.

import type { RendererPage } from "./harness.mts";

export interface DrawnText {
  readonly text: string;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** From now on the page remembers what is written on each canvas since it was last cleared. */
export async function recordTexts(page: RendererPage): Promise<void> {
  await page.page.evaluate(() => {
    const drawn = new Map<HTMLCanvasElement, DrawnText[]>();
    Object.assign(window, { drawnTexts: drawn });
    const pen = CanvasRenderingContext2D.prototype;
    const { clearRect, fillText } = pen;
    pen.clearRect = function (...area) {
      drawn.set(this.canvas, []);
      clearRect.apply(this, area);
    };
    pen.fillText = function (text, x, y, ...rest) {
      const size = this.measureText(text);
      const { a: scale, d: scaleDown, e: left, f: top } = this.getTransform();
      if (!drawn.has(this.canvas)) drawn.set(this.canvas, []);
      drawn.get(this.canvas)?.push({
        text,
        left: (x - size.actualBoundingBoxLeft) * scale + left,
        right: (x + size.actualBoundingBoxRight) * scale + left,
        top: (y - size.actualBoundingBoxAscent) * scaleDown + top,
        bottom: (y + size.actualBoundingBoxDescent) * scaleDown + top,
      });
      fillText.call(this, text, x, y, ...rest);
    };
  });
}

/** What stands on each canvas now, in the order of the page. */
export function drawnTexts(page: RendererPage): Promise<readonly (readonly DrawnText[])[]> {
  return page.page
    .locator("canvas")
    .evaluateAll((canvases) =>
      canvases.map(
        (canvas) => (window as unknown as { drawnTexts: Map<Element, DrawnText[]> }).drawnTexts.get(canvas) ?? [],
      ),
    );
}

/** The pairs that stand nearer to each other than two pixels, or on each other. */
export function overlapping(texts: readonly DrawnText[]): readonly string[] {
  return texts.flatMap((one, index) =>
    texts
      .slice(index + 1)
      .filter(
        (other) =>
          one.left < other.right + 2 && other.left < one.right + 2 && one.top < other.bottom && other.top < one.bottom,
      )
      .map((other) => `${one.text} and ${other.text}`),
  );
}
