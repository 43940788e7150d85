// Still pictures made of boxes: a confusion matrix, the field of a decision, small pictures.

import { unpackFineShares, unpackShares } from "../../src/shared/levels.ts";
import { formatCount } from "../../src/shared/numbers.ts";
import type { BoundaryView, ConfusionView, ImageGroup, ImagesView } from "../../src/shared/views.ts";
import { plainMessage } from "../../src/shared/words/message.ts";
import { inkOn, mixed } from "../theme.ts";
import { confusionWords } from "../words/confusionWords.ts";
import type { Paper } from "./paper.ts";
import { drawKey, drawXAxis, drawYAxis, type PlotFrame, place } from "./plotFrame.ts";
import { type Box, SvgDrawing, textWidthPx } from "./svgDrawing.ts";

export function confusionStill(view: ConfusionView, { theme, locale }: Paper): SvgDrawing {
  const { classes, counts } = view;
  const namePx = Math.min(140, Math.max(...classes.map((name) => textWidthPx(name)), 20) + 16);
  const cellPx = Math.max(34, Math.min(64, (740 - namePx) / Math.max(1, classes.length)));
  const top = 52;
  const drawing = new SvgDrawing(
    Math.max(420, Math.round(namePx + classes.length * cellPx + 20)),
    Math.round(top + classes.length * cellPx + 14),
    theme,
  );
  drawing.text(
    plainMessage(confusionWords, { id: "matrix", args: {} }, locale),
    { x: 12, y: 20 },
    { colour: drawing.theme.muted },
  );
  const letters = Math.floor(cellPx / 6.5);
  classes.forEach((name, column) => {
    const words = name.length > letters ? `${name.slice(0, letters - 1)}…` : name;
    drawing.text(words, { x: namePx + (column + 0.5) * cellPx, y: top - 8 }, { anchor: "middle", sizePx: 11 });
  });
  counts.forEach((row, truth) => {
    const y = top + truth * cellPx;
    const total = row.reduce((sum, count) => sum + count, 0);
    drawing.text(classes[truth] ?? "", { x: namePx - 8, y: y + cellPx / 2 + 4 }, { anchor: "end", sizePx: 11 });
    row.forEach((count, predicted) => {
      const share = total > 0 ? count / total : 0;
      const colour = mixed(theme.page, theme.colour(truth === predicted ? "gradient" : "validation"), Math.sqrt(share));
      const x = namePx + predicted * cellPx;
      drawing.box(
        { x: x + 1, y: y + 1, width: cellPx - 2, height: cellPx - 2 },
        count === 0 ? theme.colour("g-9") : colour,
      );
      if (count > 0)
        drawing.text(
          formatCount(count, locale),
          { x: x + cellPx / 2, y: y + cellPx / 2 + 4 },
          { anchor: "middle", colour: inkOn(colour) },
        );
    });
  });
  return drawing;
}

/** Shades of each class in a field. */
const fieldLevels = 32;

export function boundaryStill(view: BoundaryView, { theme, locale }: Paper): SvgDrawing | null {
  const last = view.frames.at(-1);
  if (last === undefined) return null;
  const drawing = new SvgDrawing(520, 500, theme);
  const frame: PlotFrame = {
    ...{ left: 56, top: 34, width: 420, height: 420 },
    x: { low: view.x[0], high: view.x[1], log: false },
    y: { low: view.y[0], high: view.y[1], log: false },
  };
  const margins = unpackFineShares(last.margins);
  const sidePx = frame.width / view.size;
  // What looks the same is one shape: a field has thousands of points.
  const alike = new Map<string, Box[]>();
  for (let point = 0; point < view.size * view.size; point++) {
    const key = `${last.winners.charAt(point)} ${Math.round((margins[point] ?? 0) * fieldLevels)}`;
    const [row, column] = [Math.floor(point / view.size), point % view.size];
    // Neighbours overlap a little, or their edges would show as a grid.
    const box = { width: sidePx + 0.4, height: sidePx + 0.4 };
    const boxes = alike.get(key) ?? [];
    boxes.push({ x: frame.left + column * sidePx, y: frame.top + row * sidePx, ...box });
    alike.set(key, boxes);
  }
  for (const [key, boxes] of alike) {
    const [winner = 0, level = 0] = key.split(" ").map(Number);
    drawing.boxes(boxes, mixed(theme.page, theme.classColour(winner), 0.06 + (0.5 * level) / fieldLevels));
  }
  drawYAxis(drawing, frame, { grid: false, locale });
  drawXAxis(drawing, frame, { locale });
  drawing.text(
    view.features[0],
    { x: frame.left + frame.width, y: frame.top + frame.height + 34 },
    { anchor: "end", colour: drawing.theme.muted },
  );
  drawing.text(
    view.features[1],
    { x: frame.left - 6, y: frame.top - 4 },
    { anchor: "end", colour: drawing.theme.muted },
  );
  let x = 12;
  view.classes.forEach((name, index) => {
    x = drawKey(drawing, { x, y: 18 }, name, { colour: theme.classColour(index), widthPx: 6 });
  });
  for (const point of view.points) drawing.dot(place(frame, point.x, point.y), 3.2, theme.classColour(point.class));
  return drawing;
}

const tilePx = 56;
const tilesInRow = 11;
const rowPx = tilePx + 24;

export function imagesStill(view: ImagesView, { theme, locale }: Paper): SvgDrawing | null {
  const groups = view.groups.filter(({ tiles }) => tiles.length > 0);
  if (groups.length === 0) return null;
  const rowsOf = ({ tiles }: ImageGroup) => Math.ceil(tiles.length / tilesInRow);
  const heightPx = groups.reduce((sum, group) => sum + 26 + rowsOf(group) * rowPx, 8);
  const drawing = new SvgDrawing(760, heightPx, theme);
  let top = 8;
  for (const group of groups) {
    drawing.text(group.name, { x: 12, y: top + 14 }, { weight: 600 });
    drawing.text(
      `${formatCount(group.tiles.length, locale)} / ${formatCount(group.total, locale)}`,
      { x: 748, y: top + 14 },
      { anchor: "end", colour: drawing.theme.muted },
    );
    group.tiles.forEach((tile, index) => {
      const x = 12 + (index % tilesInRow) * (tilePx + 12);
      const y = top + 24 + Math.floor(index / tilesInRow) * rowPx;
      drawPicture(drawing, { x, y }, tile.picture, group.scale === "signed");
      const wrong = tile.predicted !== null && tile.truth !== null && tile.predicted !== tile.truth;
      const words = wrong ? `${tile.truth} → ${tile.predicted}` : (tile.truth ?? tile.predicted ?? String(tile.row));
      drawing.text(
        words,
        { x, y: y + tilePx + 13 },
        { sizePx: 11, colour: wrong ? drawing.theme.colour("error") : drawing.theme.muted },
      );
    });
    top += 26 + rowsOf(group) * rowPx;
  }
  return drawing;
}

function drawPicture(
  drawing: SvgDrawing,
  { x, y }: { readonly x: number; readonly y: number },
  { width, height, channels, levels }: ImagesView["groups"][number]["tiles"][number]["picture"],
  isSigned: boolean,
): void {
  const shares = unpackShares(levels);
  const pointPx = tilePx / Math.max(width, height);
  for (let point = 0; point < width * height; point++) {
    const at = (channel: number) => shares[point * channels + (channels === 3 ? channel : 0)] ?? 0;
    const sign = 2 * at(0) - 1;
    const colour = isSigned
      ? drawing.theme.signedColour(sign)
      : `rgb(${[0, 1, 2].map((channel) => Math.round(at(channel) * 255)).join(",")})`;
    const place = { x: x + (point % width) * pointPx, y: y + Math.floor(point / width) * pointPx };
    drawing.box({ ...place, width: pointPx + 0.2, height: pointPx + 0.2 }, colour);
  }
  // What is as bright as the page would have no end.
  const [right, bottom] = [x + width * pointPx, y + height * pointPx];
  const edge = [
    { x, y },
    { x: right, y },
    { x: right, y: bottom },
    { x, y: bottom },
    { x, y },
  ];
  drawing.lines([edge], { colour: drawing.theme.colour("neutral-soft"), widthPx: 1 });
}
