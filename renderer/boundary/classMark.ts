// The marks by which the points of each class are told, not by colour alone; on the page and in a still picture.

import type { Pen } from "../parts/pen.ts";

/** The mark of a class: circle, triangle, square, diamond, cross, then again. */
export function classMark(pen: Pen, index: number, x: number, y: number, radius: number): void {
  pen.beginPath();
  const corners = (places: readonly (readonly [number, number])[]) => {
    places.forEach(([dx, dy], at) => {
      if (at === 0) pen.moveTo(x + dx * radius, y + dy * radius);
      else pen.lineTo(x + dx * radius, y + dy * radius);
    });
    pen.closePath();
  };
  switch (index % 5) {
    case 0:
      pen.arc(x, y, radius * 0.95, 0, 2 * Math.PI);
      break;
    case 1:
      corners([
        [0, -1.15],
        [1.1, 0.85],
        [-1.1, 0.85],
      ]);
      break;
    case 2:
      pen.rect(x - radius * 0.85, y - radius * 0.85, radius * 1.7, radius * 1.7);
      break;
    case 3:
      corners([
        [0, -1.2],
        [1.2, 0],
        [0, 1.2],
        [-1.2, 0],
      ]);
      break;
    default:
      corners([
        [-0.4, -1.1],
        [0.4, -1.1],
        [0.4, -0.4],
        [1.1, -0.4],
        [1.1, 0.4],
        [0.4, 0.4],
        [0.4, 1.1],
        [-0.4, 1.1],
        [-0.4, 0.4],
        [-1.1, 0.4],
        [-1.1, -0.4],
        [-0.4, -0.4],
      ]);
  }
}
