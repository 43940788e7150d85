// A random matrix whose columns (or rows) are orthonormal.

import { Doubles, Floats, maths } from "../intrinsics.ts";
import type { Random } from "../random.ts";

/**
 * Normal random vectors made orthonormal one after another (Gram–Schmidt, each passed twice, which is as exact as
 * Householder's way), times `gain`. The fewer of rows and columns are the vectors.
 */
export function orthogonalMatrix(rows: number, columns: number, gain: number, random: Random): Floats {
  const count = maths.min(rows, columns);
  const length = maths.max(rows, columns);
  const vectors: Doubles[] = [];
  while (vectors.length < count) {
    const vector = new Doubles(length).map(() => random.normal());
    for (const earlier of [...vectors, ...vectors]) removePart(vector, earlier);
    const size = maths.sqrt(dot(vector, vector));
    // A vector that lay almost in the span of the others is drawn again.
    if (size > 1e-6) vectors.push(vector.map((entry) => entry / size));
  }
  const matrix = new Floats(rows * columns);
  vectors.forEach((vector, index) => {
    vector.forEach((entry, along) => {
      matrix[rows >= columns ? along * columns + index : index * columns + along] = gain * entry;
    });
  });
  return matrix;
}

function removePart(vector: Doubles, unit: Doubles): void {
  const part = dot(vector, unit);
  unit.forEach((entry, index) => {
    vector[index] = (vector[index] ?? 0) - part * entry;
  });
}

function dot(a: Doubles, b: Doubles): number {
  return a.reduce((sum, entry, index) => sum + entry * (b[index] ?? 0), 0);
}
