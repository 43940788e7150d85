// Still pictures made of boxes: a confusion matrix, the field of a decision, small pictures.

import { unpackFineShares, unpackShares } from "../../src/shared/levels.ts";
import { formatCount, formatShare } from "../../src/shared/numbers.ts";
import type { BoundaryView, ConfusionView, ImageGroup, ImagesView, ImageTile } from "../../src/shared/views.ts";
import { plainMessage } from "../../src/shared/words/message.ts";
import { changeStretches } from "../boundary/changeLine.ts";
import { classMark } from "../boundary/classMark.ts";
import { matrixStrength } from "../confusion/matrixStrength.ts";
import { inkOn, mixed } from "../theme.ts";
import { boundaryWords } from "../words/boundaryWords.ts";
import { confusionWords } from "../words/confusionWords.ts";
import type { Paper } from "./paper.ts";
import { drawXAxis, drawYAxis, type PlotFrame, place } from "./plotFrame.ts";
import { type Box, cutText, type Point, SvgDrawing, textWidthPx } from "./svgDrawing.ts";
import { SvgPen } from "./svgPen.ts";

const rowHeightPx = 28;

export function confusionStill(view: ConfusionView, { theme, locale }: Paper): SvgDrawing {
  const { classes, counts } = view;
  const word = (id: keyof typeof confusionWords.en & string) => plainMessage(confusionWords, { id, args: {} }, locale);
  const nameOf = (name: string) => cutText(name, 124, 11);
  const names = [...classes.map(nameOf), word("truth"), word("precision")];
  const namePx = Math.max(...names.map((name) => textWidthPx(name, 11)), 20) + 20;
  const cellPx = Math.max(34, Math.min(64, (700 - namePx) / Math.max(1, classes.length)));
  const [top, right] = [52, namePx + classes.length * cellPx];
  const heightPx = top + (classes.length + 1) * rowHeightPx + 4;
  const drawing = new SvgDrawing(Math.max(420, Math.round(right + 60)), Math.round(heightPx), theme);
  const part = view.part === "validation" || view.part === "train" ? word(view.part) : "";
  drawing.text(part, { x: 12, y: 20 }, { weight: 600 });
  const captionX = part === "" ? 12 : 12 + textWidthPx(part) * 1.1 + 10;
  drawing.text(word("matrix"), { x: captionX, y: 20 }, { colour: theme.muted });
  const small = { sizePx: 11, colour: theme.muted } as const;
  drawing.text(word("truth"), { x: namePx - 8, y: top - 8 }, { ...small, anchor: "end" });
  drawing.text(word("recall"), { x: right + 8, y: top - 8 }, small);
  const share = (part: number, whole: number) => (whole === 0 ? "–" : formatShare(part / whole));
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  classes.forEach((name, column) => {
    const middle = namePx + (column + 0.5) * cellPx;
    drawing.text(cutText(name, cellPx, 11), { x: middle, y: top - 8 }, { anchor: "middle", sizePx: 11 });
    const precision = share(counts[column]?.[column] ?? 0, sum(counts.map((row) => row[column] ?? 0)));
    drawing.text(precision, { x: middle, y: heightPx - 14 }, { ...small, anchor: "middle" });
  });
  drawing.text(word("precision"), { x: namePx - 8, y: heightPx - 14 }, { ...small, anchor: "end" });
  counts.forEach((row, truth) => {
    const y = top + truth * rowHeightPx;
    const total = sum(row);
    drawing.text(nameOf(classes[truth] ?? ""), { x: namePx - 8, y: y + 18 }, { anchor: "end", sizePx: 11 });
    drawing.text(share(row[truth] ?? 0, total), { x: right + 8, y: y + 18 }, small);
    row.forEach((count, predicted) => {
      const full = theme.colour(truth === predicted ? "good" : "warning");
      const colour = mixed(theme.page, full, matrixStrength(total > 0 ? count / total : 0));
      const x = namePx + predicted * cellPx;
      const box = { x: x + 1, y: y + 1, width: cellPx - 2, height: rowHeightPx - 2 };
      drawing.box(box, colour, { edge: theme.colour("hairline"), radiusPx: 2 });
      const look = { anchor: "middle", colour: count === 0 ? theme.muted : inkOn(colour) } as const;
      drawing.text(formatCount(count, locale), { x: x + cellPx / 2, y: y + 18 }, look);
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
  const field = { size: view.size, winners: [...last.winners].map(Number), margins };
  const line = changeStretches(field, frame.width).map((stretch) =>
    stretch.map(({ x, y }) => ({ x: frame.left + x, y: frame.top + y })),
  );
  drawing.lines(line, { colour: theme.page, widthPx: 4 });
  drawing.lines(line, { colour: theme.text });
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
  const pen = new SvgPen(drawing, { x: 0, y: 0 });
  const mark = (at: Point, index: number, isHollow: boolean, radiusPx: number) => {
    const colour = theme.classColour(index);
    classMark(pen, index, at.x, at.y, radiusPx);
    pen.fillStyle = isHollow ? theme.page : colour;
    pen.strokeStyle = isHollow ? colour : theme.page;
    pen.lineWidth = isHollow ? 1.75 : 1;
    pen.fill();
    pen.stroke();
  };
  view.classes.forEach((name, index) => {
    mark({ x: x + 5, y: 14 }, index, false, 4.5);
    drawing.text(name, { x: x + 16, y: 18 });
    x += 16 + textWidthPx(name) + 20;
  });
  if (view.points.some(({ validation }) => validation)) {
    const words = plainMessage(boundaryWords, { id: "validation", args: {} }, locale);
    drawing.text(words, { x, y: 18 }, { colour: theme.muted });
  }
  const radiusPx = view.points.length > 400 ? 3 : 3.5;
  for (const point of view.points) mark(place(frame, point.x, point.y), point.class, point.validation, radiusPx);
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
      if (wrong) ring(drawing, { x, y }, tile.picture);
      const words = wrong
        ? `✕ ${tile.truth} → ${tile.predicted}`
        : tile.predicted === null
          ? (tile.truth ?? String(tile.row))
          : `✓ ${tile.predicted}`;
      drawing.text(
        words,
        { x, y: y + tilePx + 13 },
        { sizePx: 11, colour: wrong ? drawing.theme.colour("warning") : drawing.theme.muted },
      );
    });
    top += 26 + rowsOf(group) * rowPx;
  }
  return drawing;
}

/** A picture that is taken for something else. */
function ring(drawing: SvgDrawing, { x, y }: Point, { width, height }: ImageTile["picture"]): void {
  const pointPx = tilePx / Math.max(width, height);
  const [left, top, right, bottom] = [x - 2, y - 2, x + width * pointPx + 2, y + height * pointPx + 2];
  const corners = [
    { x: left, y: top },
    { x: right, y: top },
    { x: right, y: bottom },
    { x: left, y: bottom },
    { x: left, y: top - 1 },
  ];
  drawing.lines([corners], { colour: drawing.theme.colour("warning"), widthPx: 2 });
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
