// The view of pictures: tiles with the true class, and what the model takes them for; filters by sign.

import { formatShare } from "../../src/shared/numbers.ts";
import type { ImageGroup, ImagesView, ImageTile } from "../../src/shared/views.ts";
import { element } from "../dom.ts";
import { createDataTable, type TableCell, type TableData } from "../parts/dataTable.ts";
import { createSentence } from "../parts/sentence.ts";
import { createSignedScale } from "../parts/signedScale.ts";
import { createViewTools } from "../parts/viewTools.ts";
import { createPictureCanvas, pictureCss } from "../pictures/pictureCanvas.ts";
import type { Chart, ViewHost } from "../viewHost.ts";
import { addStyles } from "../viewStyles.ts";
import { imagesWords } from "../words/imagesWords.ts";

const rules = `
.imageGroup { margin-bottom: 16px; }
.imageGroup .tile { width: 60px; }
.imageGroup .tile figcaption { margin-top: 4px; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.imageGroup .wrong .smallPicture { outline: 2px solid var(--nn-warning); outline-offset: 1px; }
.imageGroup .wrong figcaption { color: var(--nn-warning); }
`;

const pictureSizePx = 56;

export function createImagesChart(host: ViewHost, view: ImagesView): Chart<ImagesView> {
  addStyles(host.root, pictureCss);
  addStyles(host.root, rules);
  const table = createDataTable(host, () => numbersOf(host, view));
  const sentence = createSentence(host, view.sentence, createViewTools(host, { table, fileName: "images" }).node);
  host.root.append(sentence.node, ...view.groups.map((group) => groupNode(host, group)), table.node);
  // Other pictures are another view.
  return { update: () => undefined, dispose: () => undefined };
}

function groupNode(host: ViewHost, group: ImageGroup): HTMLElement {
  const { name, total, tiles, scale, largest } = group;
  const isSome = tiles.length < total;
  const some = { shown: String(tiles.length), total: String(total) };
  const caption = element(
    "figcaption",
    {},
    name === "" ? null : element("b", {}, name),
    isSome && name !== "" ? host.wordIn(imagesWords, "some", some) : null,
  );
  const nodes = tiles.map((tile) => tileNode(host, group, tile));
  const legend =
    scale === "signed"
      ? createSignedScale(host, typeof largest === "number" ? -largest : 0, largest, { hatched: true }).node
      : null;
  return element(
    "figure",
    { class: "figure imageGroup" },
    caption,
    element("div", { class: "tiles" }, ...nodes),
    legend,
  );
}

function tileNode(host: ViewHost, group: ImageGroup, tile: ImageTile): HTMLElement {
  const { scale } = group;
  const { picture, row, truth, predicted } = tile;
  const label = tileLabel(host, group, tile);
  const isWrong = predicted !== null && predicted !== truth;
  const words = predicted === null ? (truth ?? String(row)) : isWrong ? `✕ ${truth} → ${predicted}` : `✓ ${predicted}`;
  return element(
    "figure",
    { class: isWrong ? "tile wrong" : "tile", title: label },
    createPictureCanvas(picture, pictureSizePx, label, scale === "signed" ? host : null),
    element("figcaption", {}, words),
  );
}

function tileLabel(
  host: ViewHost,
  { scale, holds }: ImageGroup,
  { row, truth, predicted, confidence }: ImageTile,
): string {
  if (scale === "signed") {
    const id = holds === "units" ? "unit" : holds === "maps" ? "map" : "filter";
    return host.wordIn(imagesWords, id, { row: String(row) });
  }
  const args = { truth: truth ?? "?", predicted: predicted ?? "", confidence: formatShare(confidence) };
  const example = host.wordIn(imagesWords, "example", { row: String(row) });
  if (predicted === null) return truth === null ? example : `${example}: ${truth}`;
  return `${example}, ${host.wordIn(imagesWords, predicted === truth ? "isRight" : "isWrong", args)}`;
}

function numbersOf(host: ViewHost, { groups }: ImagesView): TableData {
  const tiles = groups.flatMap((group) => group.tiles);
  // Filters have no classes.
  const ids = [
    "picture" as const,
    ...(tiles.some(({ truth }) => truth !== null) ? (["truth"] as const) : []),
    ...(tiles.some(({ predicted }) => predicted !== null) ? (["predicted", "confidence"] as const) : []),
  ];
  return {
    caption: host.word("numbersOf", { caption: host.wordIn(imagesWords, "pictures") }),
    columns: ids.map((id) => host.wordIn(imagesWords, id)),
    rows: groups.flatMap(({ name, tiles }) =>
      tiles.map(({ row, truth, predicted, confidence }) => {
        const cells: Readonly<Record<(typeof ids)[number], TableCell>> = {
          picture: name === "" ? String(row) : `${name} ${row}`,
          truth: truth ?? { number: null },
          predicted: predicted ?? { number: null },
          confidence: { number: confidence },
        };
        return ids.map((id) => cells[id]);
      }),
    ),
  };
}
