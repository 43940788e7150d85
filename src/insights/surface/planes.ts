// Planes through the weights of a net: through its own trajectory, or along random directions of its filters' lengths.

import { Random } from "../../engine/random.ts";

/** All weights of a net, one after the other. */
export type Place = Float64Array;

export interface Plane {
  readonly middle: Place;
  readonly directions: readonly [x: Place, y: Place];
  /** Share (0–1) of the places' variance along each direction; `null` where the places did not choose it. */
  readonly explained: readonly [x: number, y: number] | null;
}

/** A spread below this share of the whole is rounding: along it nothing moved. */
const nothing = 1e-10;

/** How often a direction is turned towards the largest spread; each turn shrinks what is left of smaller ones. */
const turns = 300;

/**
 * The plane through the mean of the places that they leave least: their first two principal components, found by turning a
 * direction (power iteration) on the small matrix of their inner products. A direction that no place lies along has no length.
 */
export function principalPlane(places: readonly Place[]): Plane {
  const size = places[0]?.length ?? 0;
  const middle = new Float64Array(size);
  for (const place of places)
    for (let at = 0; at < size; at++) middle[at] = (middle[at] ?? 0) + (place[at] ?? 0) / places.length;
  const moved = places.map((place) => place.map((value, at) => value - (middle[at] ?? 0)));
  const products = moved.map(() => new Float64Array(moved.length));
  moved.forEach((one, row) => {
    for (let column = 0; column <= row; column++) {
      const product = dot(one, moved[column] ?? one);
      (products[row] ?? one)[column] = product;
      (products[column] ?? one)[row] = product;
    }
  });
  const spreads = products.reduce((sum, row, index) => sum + (row[index] ?? 0), 0);
  const sizes = places.reduce((sum, place) => sum + dot(place, place), 0);
  const total = spreads > nothing ** 2 * sizes ? spreads : 0;
  const found: { readonly mix: Float64Array; readonly spread: number }[] = [];
  for (let component = 0; component < 2; component++) {
    // Any start will do that is no mix of the components before.
    let mix: Float64Array = Float64Array.from(places, (_, index) => Math.cos(1 + index * (component + 1)));
    let spread = 0;
    for (let turn = 0; turn < turns; turn++) {
      const next = Float64Array.from(products, (row) => dot(row, mix));
      for (const before of found) {
        const share = dot(next, before.mix);
        next.forEach((value, at) => {
          next[at] = value - share * (before.mix[at] ?? 0);
        });
      }
      spread = Math.sqrt(dot(next, next));
      if (!(spread > 0)) break;
      mix = next.map((value) => value / spread);
    }
    found.push({ mix, spread });
  }
  const directions = found.map(({ mix, spread }) => {
    const direction = new Float64Array(size);
    if (total === 0 || !(spread > nothing * total)) return direction;
    moved.forEach((place, index) => {
      for (let at = 0; at < size; at++) direction[at] = (direction[at] ?? 0) + (mix[index] ?? 0) * (place[at] ?? 0);
    });
    const length = Math.sqrt(dot(direction, direction));
    return length > 0 ? direction.map((value) => value / length) : direction;
  });
  const share = (index: number) => {
    const { spread = 0 } = found[index] ?? {};
    return total > 0 && spread > nothing * total ? Math.min(1, spread / total) : 0;
  };
  return {
    middle,
    directions: [directions[0] ?? middle, directions[1] ?? middle],
    explained: [share(0), share(1)],
  };
}

/**
 * Two random directions from a place, as Li et al. (2018) draw them: normal numbers, each filter (what one unit weighs its inputs
 * with) as long as the net's own; weights of one axis, biases among them, stay.
 */
export function randomPlane(middle: Place, shapes: readonly (readonly number[])[], seed: number): Plane {
  const random = new Random(seed);
  const draw = (): Place => {
    const direction = new Float64Array(middle.length);
    let start = 0;
    for (const shape of shapes) {
      const size = shape.reduce((product, length) => product * length, 1);
      const filters = shape.at(-1) ?? 1;
      if (shape.length > 1)
        for (let filter = 0; filter < filters; filter++) {
          const own: number[] = [];
          for (let at = start + filter; at < start + size; at += filters) {
            direction[at] = random.normal();
            own.push(at);
          }
          const length = (of: Place) => Math.sqrt(own.reduce((sum, at) => sum + (of[at] ?? 0) ** 2, 0));
          const factor = length(middle) / (length(direction) || 1);
          for (const at of own) direction[at] = (direction[at] ?? 0) * factor;
        }
      start += size;
    }
    return direction;
  };
  return { middle, directions: [draw(), draw()], explained: null };
}

/** Where the shadow of a place falls: the nearest place of the plane. */
export function shadowOn(
  { middle, directions: [first, second] }: Plane,
  place: Place,
): readonly [x: number, y: number] {
  const moved = place.map((value, at) => value - (middle[at] ?? 0));
  const [a, b, c] = [dot(first, first), dot(first, second), dot(second, second)];
  const [p, q] = [dot(moved, first), dot(moved, second)];
  const size = a * c - b * b;
  if (!(size > 0)) return [a > 0 ? p / a : 0, 0];
  return [(p * c - q * b) / size, (q * a - p * b) / size];
}

export function placeOn({ middle, directions: [first, second] }: Plane, x: number, y: number): Place {
  return middle.map((value, at) => value + x * (first[at] ?? 0) + y * (second[at] ?? 0));
}

/** How far places lie off the plane, as a share of their distance from its middle (both root mean square). */
export function offPlane(plane: Plane, places: readonly Place[]): number {
  let off = 0;
  let all = 0;
  for (const place of places) {
    const shadow = placeOn(plane, ...shadowOn(plane, place));
    place.forEach((value, at) => {
      off += (value - (shadow[at] ?? 0)) ** 2;
      all += (value - (plane.middle[at] ?? 0)) ** 2;
    });
  }
  return all > 0 ? Math.sqrt(off / all) : 0;
}

function dot(one: Float64Array, other: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < one.length; at++) sum += (one[at] ?? 0) * (other[at] ?? 0);
  return sum;
}
