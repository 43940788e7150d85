// How strong the colour of a cell of a confusion matrix is, on the page and in a still picture.

/**
 * From 0 (the page) to 1, by the share (0–1) of its true class that the cell holds. A few mistakes must be seen beside many right
 * ones: the root lifts small shares.
 */
export function matrixStrength(share: number): number {
  return 0.85 * Math.sqrt(share);
}
