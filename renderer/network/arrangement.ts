// Where the blocks of a network stand, and how the lines between them run. Pixels in, pixels out: no DOM.

/** What is asked of a block: the places of what it takes, all before its own. */
export interface Taker {
  readonly takes: readonly number[];
  /** How wide a block would show its words whole: it is, where there is room. */
  readonly wantedPx?: number;
  /** How wide its name is: it takes more lines where the block is narrower. */
  readonly namePx?: number;
}

export interface BlockBox {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A line of straight pieces from one block to another, with an arrow at its end. */
export interface Wire {
  /** The block whose output it carries; its shape stands at `label`. */
  readonly from: number;
  readonly to: number;
  readonly points: readonly (readonly [x: number, y: number])[];
}

/** The shape of what a block gives, where its line begins. */
export interface WireLabel {
  readonly from: number;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  /** Whether it begins beside the line, instead of standing in the middle above it. */
  readonly isBeside: boolean;
}

export interface Arrangement {
  readonly kind: "flow" | "columns" | "rows";
  readonly boxes: readonly BlockBox[];
  readonly wires: readonly Wire[];
  readonly labels: readonly WireLabel[];
  readonly height: number;
  /** In rows: whether what is said of a layer stands below its name, not beside it. */
  readonly isStacked: boolean;
}

/** Wider than `widest` no words make a block. */
export const blockPx = { width: 100, height: 84, widest: 240 } as const;
const gapPx = 54;
/** Between columns where there is room: the shape of a batch of pictures stands there whole. */
const wideGapPx = 84;
const rowGapPx = 14;
/** How far from its block a line that skips others turns down. */
const turnPx = 10;
/** Between two lines that run side by side. */
const lanePx = 9;
/** Under this width each layer gets a row of its own. */
const rowsBelowPx = 700;
const downGapPx = 24;
/** In rows: from the blocks to beside the nearest line that runs down past them. */
const besideGutterPx = 7;
/** Of a block, beside its name. */
export const insetPx = 16;
const linePx = 16;
/** A longer name is cut. */
export const mostNameLines = 6;
/** In a row: its height, also with a second line; what stands beside the name (units, parameters, gradient), and the gradient alone. */
const rowPx = { height: 32, stackedHeight: 48, beside: 320, footer: 100 } as const;
/** Under this width a row has two lines. */
const stackedBelowPx = 420;

/** Blocks in a row that wraps; columns by depth where ways branch; a row a block where there is no room. */
export function arrange(blocks: readonly Taker[], widthPx: number): Arrangement {
  const isChain = blocks.every(({ takes }, place) => place === 0 || (takes.length === 1 && takes[0] === place - 1));
  if (widthPx < rowsBelowPx) return inRows(blocks, widthPx);
  if (isChain) return inFlow(blocks, widthPx);
  const depths = depthsOf(blocks);
  const columns = Math.max(0, ...depths) + 1;
  const room = Math.floor((widthPx - columns * blockPx.width) / Math.max(1, columns - 1));
  return room >= gapPx
    ? inColumns(blocks, depths, { gap: Math.min(wideGapPx, room), widthPx })
    : inRows(blocks, rowsBelowPx);
}

/** How many blocks lie before each on the longest way to it. */
export function depthsOf(blocks: readonly Taker[]): readonly number[] {
  const depths: number[] = [];
  for (const { takes } of blocks) depths.push(Math.max(-1, ...takes.map((taken) => depths[taken] ?? 0)) + 1);
  return depths;
}

function inFlow(blocks: readonly Taker[], widthPx: number): Arrangement {
  const widths = blocks.map(({ wantedPx = 0 }) => Math.max(blockPx.width, Math.min(wantedPx, blockPx.widest)));
  const height = blockHeight(blocks, widths);
  let [x, y] = [0, 0];
  const boxes = widths.map((width) => {
    // The last block of a line has an arrow too, which leads on to the next line.
    if (x > 0 && x + width + gapPx > widthPx) [x, y] = [0, y + height + rowGapPx];
    const box = { x, y, width, height };
    x += width + gapPx;
    return box;
  });
  const out = boxes.slice(0, -1).map((box, from) => ({ from, x: box.x + box.width, y: box.y + box.height / 2 }));
  return {
    kind: "flow",
    isStacked: false,
    boxes,
    wires: out.map(({ from, x, y }) => ({
      from,
      to: from + 1,
      points: [
        [x + 8, y],
        [x + gapPx - 8, y],
      ],
    })),
    labels: out.map(({ from, x, y }) => ({ from, x, y: y - 18, width: gapPx, isBeside: false })),
    height: Math.max(0, ...boxes.map(({ y, height }) => y + height)),
  };
}

/** Of all blocks, so that the name which takes the most lines stands whole. */
function blockHeight(blocks: readonly Taker[], widths: readonly number[]): number {
  const more = blocks.map(({ namePx = 0 }, place) => nameLines(namePx, widths[place] ?? blockPx.width) - 1);
  return blockPx.height + linePx * Math.max(0, ...more);
}

function nameLines(namePx: number, widthPx: number): number {
  return Math.max(1, Math.min(mostNameLines, Math.ceil(namePx / Math.max(1, widthPx - insetPx))));
}

function inColumns(
  blocks: readonly Taker[],
  depths: readonly number[],
  { gap, widthPx }: { readonly gap: number; readonly widthPx: number },
): Arrangement {
  const filled: number[] = [];
  const widths = columnWidths(blocks, depths, { gap, widthPx });
  const height = blockHeight(
    blocks,
    depths.map((depth) => widths[depth] ?? blockPx.width),
  );
  const lefts = widths.map((_, depth) => widths.slice(0, depth).reduce((x, width) => x + width + gap, 0));
  const boxes = depths.map((depth) => {
    const row = filled[depth] ?? 0;
    filled[depth] = row + 1;
    return {
      x: lefts[depth] ?? 0,
      y: row * (height + rowGapPx),
      width: widths[depth] ?? blockPx.width,
      height,
    };
  });
  const bottom = Math.max(...boxes.map(({ y, height }) => y + height));
  let lanes = 0;
  // What comes from far away arrives from below, so it enters below the others.
  const nearestFirst = (takes: readonly number[]) => [...takes].sort((a, b) => (depths[b] ?? 0) - (depths[a] ?? 0));
  const wires = blocks.flatMap(({ takes }, to) =>
    nearestFirst(takes).map((from, which): Wire => {
      const [start, end] = [boxes[from] ?? zeroBox, boxes[to] ?? zeroBox];
      const [startX, startY] = [start.x + start.width, start.y + start.height / 2];
      // Several lines into one block arrive side by side.
      const endY = end.y + (end.height * (which + 1)) / (takes.length + 1);
      const middle = end.x - 9;
      if ((depths[to] ?? 0) - (depths[from] ?? 0) === 1)
        return { from, to, points: corners([startX, startY], [middle, startY], [middle, endY], [end.x - 2, endY]) };
      const lane = bottom + 12 + lanes * lanePx;
      const down = startX + turnPx + (lanes % 2) * 4;
      const up = end.x - 14 - (lanes % 2) * 4;
      lanes++;
      const way = corners([startX, startY], [down, startY], [down, lane], [up, lane], [up, endY], [end.x - 2, endY]);
      return { from, to, points: way };
    }),
  );
  const givers = [...new Set(wires.map(({ from }) => from))];
  return {
    kind: "columns",
    isStacked: false,
    boxes,
    wires,
    labels: givers.map((from) => {
      const { x, y, width, height } = boxes[from] ?? zeroBox;
      const goesOn = wires.some((wire) => wire.from === from && (depths[wire.to] ?? 0) - (depths[from] ?? 0) === 1);
      // Where all its lines turn down at once, the middle of the gap is none of theirs.
      const besidePx = turnPx + 4 + 5;
      if (!goesOn && gap === wideGapPx)
        return {
          from,
          x: x + width + besidePx,
          y: y + height / 2 - 7,
          width: gap - 4 - besidePx,
          isBeside: true,
        };
      const ends = wires.flatMap((wire) => (wire.from === from ? [wire.points.at(-1)?.[1] ?? 0] : []));
      // Above its line, and above where the line climbs to, or it would run through the words.
      const line = ends.filter((end) => end > y && end < y + height).reduce((a, b) => Math.min(a, b), y + height / 2);
      return { from, x: x + width, y: line - 18, width: gap - 4, isBeside: false };
    }),
    height: bottom + (lanes === 0 ? 0 : 14 + lanes * lanePx),
  };
}

/** What is left beside the columns goes to those whose blocks want more, as far as it reaches. */
function columnWidths(
  blocks: readonly Taker[],
  depths: readonly number[],
  { gap, widthPx }: { readonly gap: number; readonly widthPx: number },
): readonly number[] {
  const more = Array.from({ length: Math.max(0, ...depths) + 1 }, () => 0);
  depths.forEach((depth, place) => {
    more[depth] = Math.max(more[depth] ?? 0, Math.min(blocks[place]?.wantedPx ?? 0, blockPx.widest) - blockPx.width);
  });
  const spare = Math.max(0, widthPx - more.length * (blockPx.width + gap) + gap);
  const share = Math.min(1, spare / Math.max(1, sum(more)));
  return more.map((each) => blockPx.width + Math.floor(each * share));
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function inRows(blocks: readonly Taker[], widthPx: number): Arrangement {
  const skips = blocks.flatMap(({ takes }, to) =>
    takes.flatMap((from, which) => (from === to - 1 ? [] : [{ from, to, which }])),
  );
  const laneOf = new Map(assignLanes(skips).map((lane, index) => [skips[index], lane]));
  const laneCount = Math.max(0, ...[...laneOf.values()].map((lane) => lane + 1));
  const gutter = laneCount === 0 ? 0 : laneCount * lanePx + 12;
  const width = Math.max(0, widthPx - gutter);
  const isStacked = widthPx < stackedBelowPx || blocks.some(({ namePx = 0 }) => namePx + rowPx.beside > width);
  let y = 0;
  const boxes = blocks.map(({ namePx = 0 }) => {
    const lines = isStacked ? nameLines(namePx, width - rowPx.footer) : 1;
    const height = (isStacked ? rowPx.stackedHeight : rowPx.height) + (lines - 1) * linePx;
    const box = { x: gutter, y, width, height };
    y += height + downGapPx;
    return box;
  });
  /** Whether what it gives runs down nearer to the blocks than all else that passes below it. */
  const isNearest = (from: number) => {
    const passing = skips.filter((skip) => skip.from <= from && from < skip.to);
    const nearest = passing.reduce((least, skip) => Math.min(least, laneOf.get(skip) ?? 0), Number.POSITIVE_INFINITY);
    return passing.some((skip) => skip.from === from && laneOf.get(skip) === nearest);
  };
  const direct = blocks.flatMap(({ takes }, to) => (takes.includes(to - 1) ? [to] : []));
  const wires = [
    ...direct.map((to): Wire => {
      const { x, y } = boxes[to] ?? zeroBox;
      return {
        from: to - 1,
        to,
        points: [
          [x + 20, y - downGapPx],
          [x + 20, y - 2],
        ],
      };
    }),
    ...skips.map((skip): Wire => {
      const [start, end] = [boxes[skip.from] ?? zeroBox, boxes[skip.to] ?? zeroBox];
      const x = gutter - 12 - (laneOf.get(skip) ?? 0) * lanePx;
      const y = end.y + end.height * 0.3 + skip.which * 5;
      const out = start.y + start.height * 0.7;
      return {
        from: skip.from,
        to: skip.to,
        points: corners([start.x, out], [x, out], [x, y], [end.x - 2, y]),
      };
    }),
  ];
  return {
    kind: "rows",
    isStacked,
    boxes,
    wires,
    // Below what gives it, also where the next block takes something else.
    labels: [...new Set(wires.map(({ from }) => from))].map((from) => {
      const { x, y, height } = boxes[from] ?? zeroBox;
      const left = direct.includes(from + 1) || !isNearest(from) ? x + 30 : x - besideGutterPx;
      return { from, x: left, y: y + height + 4, width: x + width - left, isBeside: true };
    }),
    height: Math.max(0, y - downGapPx),
  };
}

const zeroBox: BlockBox = { x: 0, y: 0, width: 0, height: 0 };

/** Lines that run side by side for a while get lanes of their own; lane 0 is the nearest. */
export function assignLanes(ways: readonly { readonly from: number; readonly to: number }[]): readonly number[] {
  const order = ways.map((_, index) => index).sort((a, b) => length(ways[a]) - length(ways[b]));
  const lanes: number[] = ways.map(() => -1);
  for (const index of order) {
    const way = ways[index];
    if (way === undefined) continue;
    const taken = new Set(
      ways.flatMap((other, at) =>
        (lanes[at] ?? -1) >= 0 && other.from < way.to && way.from < other.to ? [lanes[at]] : [],
      ),
    );
    let lane = 0;
    while (taken.has(lane)) lane++;
    lanes[index] = lane;
  }
  return lanes;
}

function length(way: { readonly from: number; readonly to: number } | undefined): number {
  return way === undefined ? 0 : way.to - way.from;
}

/** The corners of a way, without pieces of no length. */
function corners(...points: (readonly [number, number])[]): readonly (readonly [number, number])[] {
  return points.filter((point, index) => {
    const before = points[index - 1];
    return before === undefined || before[0] !== point[0] || before[1] !== point[1];
  });
}

/** A wire as a filled shape, so that a saved picture paints it as it stands: strips, and an arrowhead at the end. */
export function wirePath({ points }: Pick<Wire, "points">, widthPx = 1): string {
  const half = widthPx / 2;
  const strips = points.slice(1).map(([x, y], index) => {
    const [fromX, fromY] = points[index] ?? [x, y];
    const [left, right] = [Math.min(fromX, x) - half, Math.max(fromX, x) + half];
    const [top, end] = [Math.min(fromY, y) - half, Math.max(fromY, y) + half];
    return `M${left} ${top}H${right}V${end}H${left}Z`;
  });
  const [x, y] = points.at(-1) ?? [0, 0];
  const [beforeX, beforeY] = points.at(-2) ?? [x, y];
  const head =
    Math.abs(x - beforeX) >= Math.abs(y - beforeY)
      ? `M${x + 1} ${y}l${-6 * Math.sign(x - beforeX)} 3.5v-7Z`
      : `M${x} ${y + 1}l-3.5 ${-6 * Math.sign(y - beforeY)}h7Z`;
  return [...strips, head].join("");
}
