// Routines on whole arrays for tests: filling, copying, moving, scanning, picking rows, random numbers, measuring.

import { Doubles, Floats } from "../../../intrinsics.ts";
import { noMoments } from "../../backend.ts";
import { sizes } from "./guarded.testing.ts";
import { type Draw, type RoutineCase, read, routineCase, table, update, write } from "./routineCases.testing.ts";

export function wholeArrays(draw: Draw): RoutineCase[] {
  return sizes.flatMap((size) => [
    routineCase(`fill ${size}`, { output: write(size) }, (b, at) => b.fill(at.output, -1.5)),
    ...[1, -0.5].flatMap((scale) => [
      routineCase(`copy ${size} · ${scale}`, { x: read(draw(size)), output: write(size) }, (b, at) =>
        b.copy(at.x, at.output, scale),
      ),
      routineCase(`addScaled ${size} · ${scale}`, { x: read(draw(size)), sum: update(draw(size)) }, (b, at) =>
        b.addScaled(at.x, at.sum, scale),
      ),
    ]),
    routineCase(`clamp ${size}`, { x: read(draw(size)), output: write(size) }, (b, at) =>
      b.clamp(at.x, at.output, 0.5),
    ),
  ]);
}

export function scansAndLookups(draw: Draw): RoutineCase[] {
  const axes = [
    { outer: 1, length: 9, inner: 1 },
    { outer: 3, length: 5, inner: 7 },
    { outer: 2, length: 17, inner: 17 },
  ];
  return [
    ...axes.flatMap((each) => {
      const size = each.outer * each.length * each.inner;
      return [
        ...[false, true].map((isReverse) =>
          routineCase(
            `addRunningSums ${JSON.stringify(each)} ${isReverse}`,
            { x: read(draw(size)), sums: update(draw(size)) },
            (b, at) => b.addRunningSums(at.x, at.sums, each, isReverse),
          ),
        ),
        routineCase(
          `argMax ${JSON.stringify(each)}`,
          { x: read(draw(size)), places: write(each.outer * each.inner) },
          (b, at) => b.argMax(at.x, at.places, each),
        ),
      ];
    }),
    ...sizes.flatMap((width) => rowsOf(width, draw)),
  ];
}

function rowsOf(width: number, draw: Draw): RoutineCase[] {
  const ids = [5, 0, 2, 2, 5];
  const [rows, picked] = [6 * width, 5 * width];
  return [
    routineCase(`gatherRows of ${width}`, { rows: read(draw(rows)), ids: read(ids), output: write(picked) }, (b, at) =>
      b.gatherRows(at.rows, at.ids, at.output, width),
    ),
    routineCase(
      `addRows of ${width}`,
      { rows: read(draw(rows)), ids: read(ids), sums: update(draw(picked)) },
      (b, at) => b.addRows(at.rows, at.ids, at.sums, width),
    ),
    routineCase(
      `scatterAddRows of ${width}`,
      { grad: read(draw(picked)), ids: read(ids), rows: update(draw(rows)) },
      (b, at) => b.scatterAddRows(at.grad, at.ids, at.rows, width),
    ),
  ];
}

export function randomnessCases(): RoutineCase[] {
  return sizes.flatMap((size) => [
    routineCase(`dropoutMask ${size}`, { output: write(size) }, (b, at) => b.dropoutMask(at.output, 0.3, () => 12345)),
    routineCase(`normalNoise ${size}`, { output: write(size) }, (b, at) => b.normalNoise(at.output, 0.5, () => 12345)),
  ]);
}

const edges = [1e-3, 0.1, 0.5, 1, 2];
const regions = { below: -0.5, above: 1, low: -0.1, high: 0.1 };

export function measurementCases(draw: Draw): RoutineCase[] {
  return [...sizes, 513, 1029].flatMap((size) => {
    const x = () => read(draw(size));
    const width = size % 7 === 0 ? 7 : size % 5 === 0 ? 5 : 1;
    return [
      routineCase(`measureNumbers ${size}`, { x: x(), table: table(10) }, (b, at) =>
        b.measureNumbers(at.x, at.table, 2),
      ),
      routineCase(`measureSpread ${size}`, { x: x(), table: table(10) }, (b, at) => b.measureSpread(at.x, at.table, 2)),
      routineCase(`measureOutput ${size}`, { x: x(), table: table(10) }, (b, at) =>
        b.measureOutput(at.x, regions, at.table, 2),
      ),
      routineCase(`measureUpdate ${size}`, { x: x(), before: x(), table: table(10) }, (b, at) =>
        b.measureUpdate(at.x, at.before, at.table, 2),
      ),
      routineCase(
        `measuredStep ${size}`,
        {
          gradient: x(),
          values: update(draw(size)),
          factor: read(new Floats(new Doubles([-0.25]).buffer)),
          table: table(10),
        },
        (b, at) => b.measuredStep(at.gradient, at.values, at.factor, at.table, 2),
      ),
      routineCase(
        `keepRow ${size}`,
        {
          table: read(draw(2 * size)),
          rows: update(draw(3 * 2 * size)),
          place: read(new Floats(new Doubles([1]).buffer)),
        },
        (b, at) => b.keepRow(at.table, at.rows, at.place),
      ),
      routineCase(`measureFlat ${size}`, { x: x(), table: table(10) }, (b, at) =>
        b.measureFlat(at.x, regions, at.table, 2),
      ),
      routineCase(`measureZeroColumns ${size}`, { x: x(), table: table(10) }, (b, at) =>
        b.measureZeroColumns(at.x, width, at.table, 2),
      ),
      ...(["countMagnitudes", "countValues"] as const).map((name) =>
        routineCase(`${name} ${size}`, { x: x(), edges: read(edges), table: table(10) }, (b, at) =>
          b[name](at.x, at.edges, at.table, 2),
        ),
      ),
    ];
  });
}

/** What is answered to JavaScript is written down here. */
export function questionCases(draw: Draw): RoutineCase[] {
  return sizes.flatMap((size) => [
    routineCase(`areFinite ${size}`, { x: read(draw(size)), answer: write(1) }, (b, at) => {
      at.answer[0] = b.areFinite(at.x) ? 1 : 0;
    }),
    routineCase(`addMoments ${size}`, { x: read(draw(size)), answer: write(6) }, (b, at) => {
      const moments = noMoments();
      b.addMoments(at.x, moments);
      const { count, sum, sumAbs, sumSquares, largest, zeros } = moments;
      at.answer.set([count, sum, sumAbs, sumSquares, largest, zeros]);
    }),
  ]);
}
