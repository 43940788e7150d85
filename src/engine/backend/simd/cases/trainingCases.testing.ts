// Losses, optimizers' rules and normalizations for tests, in odd sizes and even ones.

import type { Backend } from "../../backend.ts";
import { elementLosses, type LossFunctionName, rowLosses } from "../../lossMaths.ts";
import { sizes } from "./guarded.testing.ts";
import { type Draw, type RoutineCase, read, routineCase, update, write } from "./routineCases.testing.ts";

const lossNames = [...Object.keys(elementLosses), ...Object.keys(rowLosses)] as LossFunctionName[];
const widths = [1, 3, 4, 5, 7, 17, 33];
const rows = 7;

export function lossCases(draw: Draw): RoutineCase[] {
  return lossNames.flatMap((name) =>
    widths.flatMap((width) => {
      const setting = { width, divisor: rows, parameter: 1 };
      const kind = /entropy$|EntropyPlain|kl|poisson|Torch/i.test(name) ? "share" : "any";
      const pair = () => ({ prediction: read(draw(rows * width, kind)), target: read(draw(rows * width, "share")) });
      return [
        routineCase(`loss ${name} of ${width}`, { ...pair(), output: write(1) }, (backend, at) =>
          backend.loss(name, at, at.output, setting),
        ),
        routineCase(
          `lossGrad ${name} of ${width}`,
          { ...pair(), predictionGrad: update(draw(rows * width)), outputGrad: read([0.5]) },
          (backend, at) => backend.lossGrad(name, at, at.predictionGrad, at.outputGrad, setting),
        ),
      ];
    }),
  );
}

type UpdateArrays = Readonly<Record<"values" | "gradient" | "first" | "second" | "third", Float32Array>>;

/** Each optimizer's rule. `is` chooses between its two forms, where it has two. */
export const updateRules: Readonly<Record<string, (backend: Backend, at: UpdateArrays, is: boolean) => void>> = {
  momentumUpdate: (backend, { values, gradient, first }, is) =>
    backend.momentumUpdate(
      { values, gradient, velocity: first },
      { momentum: is ? 0.9 : 0, gradientScale: -0.01, velocityScale: 1, looksAhead: is },
    ),
  adagradUpdate: (backend, { values, gradient, second }, is) =>
    backend.adagradUpdate({ values, gradient, squares: second }, { epsilon: 1e-7, isEpsilonInRoot: is, rate: 0.01 }),
  rmspropUpdate: (backend, { values, gradient, first, second, third }, is) =>
    backend.rmspropUpdate(
      { values, gradient, squares: second, means: is ? first : null, velocity: is ? third : null },
      { rho: 0.9, momentum: 0.5, epsilon: 1e-7, isEpsilonInRoot: is, gradientScale: 0.01, changeScale: 1 },
    ),
  adadeltaUpdate: (backend, { values, gradient, second, third }) =>
    backend.adadeltaUpdate(
      { values, gradient, squares: second, changeSquares: third },
      { rho: 0.95, epsilon: 1e-7, rate: 0.5 },
    ),
  adamUpdate: (backend, { values, gradient, first, second, third }, is) =>
    backend.adamUpdate(
      { values, gradient, means: first, squares: second, largestSquares: is ? third : null },
      { beta1: 0.9, beta2: 0.999, epsilon: 1e-7, rate: 0.01, isAdaptive: true },
    ),
  "adamUpdate without a root": (backend, { values, gradient, first, second }) =>
    backend.adamUpdate(
      { values, gradient, means: first, squares: second, largestSquares: null },
      { beta1: 0.9, beta2: 0.999, epsilon: 1e-7, rate: 0.01, isAdaptive: false },
    ),
  adamaxUpdate: (backend, { values, gradient, first, second }, is) =>
    backend.adamaxUpdate(
      { values, gradient, means: first, largest: second },
      { beta1: 0.9, beta2: 0.999, epsilon: 1e-7, isEpsilonInLargest: is, rate: 0.01 },
    ),
  nadamUpdate: (backend, { values, gradient, first, second }) =>
    backend.nadamUpdate(
      { values, gradient, means: first, squares: second },
      { beta1: 0.9, beta2: 0.999, epsilon: 1e-7, gradientRate: 0.001, meanRate: 0.01 },
    ),
  lionUpdate: (backend, { values, gradient, first }) =>
    backend.lionUpdate({ values, gradient, means: first }, { beta1: 0.9, beta2: 0.99, rate: 0.01 }),
};

export function updateCases(draw: Draw): RoutineCase[] {
  return Object.entries(updateRules).flatMap(([name, rule]) =>
    sizes.flatMap((size) =>
      [false, true].map((is) =>
        routineCase(
          `${name} of ${size} (${is})`,
          {
            values: update(draw(size)),
            gradient: read(draw(size)),
            first: update(draw(size)),
            second: update(draw(size, "positive")),
            third: update(draw(size, "positive")),
          },
          (backend, at) => rule(backend, at, is),
        ),
      ),
    ),
  );
}

const tables: readonly (readonly [number, number])[] = [
  [1, 1],
  [3, 5],
  [5, 3],
  [7, 9],
  [17, 17],
  [9, 100],
  [100, 7],
];

export function normalizationCases(draw: Draw): RoutineCase[] {
  return tables.flatMap(([count, width]) => [
    ...statisticsCases(count, width, draw),
    ...normalizing(count, width, true, draw),
    ...normalizing(count, width, false, draw),
    routineCase(`followStatistics of ${width}`, { moving: update(draw(width)), batch: read(draw(width)) }, (b, at) =>
      b.followStatistics(at.moving, at.batch, 0.9, 0.1),
    ),
  ]);
}

function statisticsCases(count: number, width: number, draw: Draw): RoutineCase[] {
  const size = `${count} × ${width}`;
  const x = () => read(draw(count * width));
  return [
    routineCase(`columnMeans of ${size}`, { x: x(), means: write(width) }, (b, at) =>
      b.columnMeans(at.x, at.means, count, width),
    ),
    routineCase(`columnVariances of ${size}`, { x: x(), means: read(draw(width)), variances: write(width) }, (b, at) =>
      b.columnVariances(at.x, at.means, at.variances, count, width),
    ),
    routineCase(`rowMeans of ${size}`, { x: x(), means: write(count) }, (b, at) =>
      b.rowMeans(at.x, at.means, count, width),
    ),
    routineCase(`rowVariances of ${size}`, { x: x(), means: read(draw(count)), variances: write(count) }, (b, at) =>
      b.rowVariances(at.x, at.means, at.variances, count, width),
    ),
    routineCase(`rowVariances from 0 of ${size}`, { x: x(), variances: write(count) }, (b, at) =>
      b.rowVariances(at.x, null, at.variances, count, width),
    ),
  ];
}

function normalizing(count: number, width: number, isOfRows: boolean, draw: Draw): RoutineCase[] {
  const statistics = isOfRows ? count : width;
  const setting = { rows: count, width, epsilon: 1e-3 };
  const what = `${isOfRows ? "Rows" : "Columns"} of ${count} × ${width}`;
  const given = () => ({
    ...{ x: read(draw(count * width)), means: read(draw(statistics)) },
    ...{ variances: read(draw(statistics, "positive")), scale: read(draw(width)) },
  });
  return [
    routineCase(`normalize${what}`, { ...given(), shift: read(draw(width)), output: write(count * width) }, (b, at) =>
      isOfRows ? b.normalizeRows(at, setting) : b.normalizeColumns(at, setting),
    ),
    ...[false, true].map((areStatisticsOfX) =>
      routineCase(
        `normalizeGrad${what} (${areStatisticsOfX})`,
        {
          ...given(),
          ...{ outputGrad: read(draw(count * width)), xGrad: update(draw(count * width)) },
          ...{ scaleGrad: update(draw(width)), shiftGrad: update(draw(width)) },
        },
        (b, at) =>
          isOfRows ? b.normalizeRowsGrad(at, setting) : b.normalizeColumnsGrad(at, { ...setting, areStatisticsOfX }),
      ),
    ),
  ];
}
