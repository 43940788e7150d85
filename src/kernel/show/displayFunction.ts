// `display(value)`: shows a value in the output of a cell, anywhere in its code.

import { showHost } from "./showHost.ts";

/**
 * Shows a value in the output of the running cell, now. The last expression of a cell is shown without it.
 *
 * Pictures (`show.gradients(run)`, `model.summary()`) are drawn; everything else is printed as text.
 *
 * @example
 * for (const name of ["sigmoid", "relu"]) display(show.activation(name));
 */
export function display(value: unknown): void {
  showHost().display(value);
}
