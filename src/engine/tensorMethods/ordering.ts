// Operations of tensors that put numbers in order along an axis.

import { checkedCount, checkOptions, describeValue, ValueError } from "../errors.ts";
import { maths } from "../intrinsics.ts";
import { orderOp } from "../ops/order.ts";
import { axisFromFront } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import { ArrangementMethods } from "./arrangement.ts";

/** Options of sort and argSort. */
export interface SortOptions {
  /** Whether the largest comes first; `false` by default. */
  readonly descending?: boolean;
}

/** Row numbers are float32: beyond, not each whole number is one. */
const mostNumbers = 2 ** 24;

/** Orders of tensors. */
export abstract class OrderingMethods extends ArrangementMethods {
  /**
   * The numbers in order along an axis (the last, by default), the smallest first. Equal ones stay in their order; a NaN counts as the
   * largest. Each number's gradient goes back to where it stood.
   *
   * @throws ValueError for more than 2²⁴ numbers.
   * @example tensor([3, 1, 2]).sort().toArray() // [1, 2, 3]
   * @example tensor([3, 1, 2]).sort(-1, { descending: true }).toArray() // [3, 2, 1]
   */
  sort(axis = -1, options: SortOptions = {}): Tensor {
    const rows = this.#rows("sort", axis);
    return rows.turnedBack(rows.picked(rows.places("sort", isDescending("sort", options))));
  }

  /**
   * Where the numbers stand that `sort` would put there. Has no gradient.
   *
   * @throws ValueError for more than 2²⁴ numbers.
   * @example tensor([3, 1, 2]).argSort().toArray() // [1, 2, 0]
   */
  argSort(axis = -1, options: SortOptions = {}): Tensor {
    const rows = this.#rows("argSort", axis);
    return rows.turnedBack(rows.places("argSort", isDescending("argSort", options)));
  }

  /**
   * The `k` largest numbers along an axis (the last, by default), the largest first, and where they stand. Of equal ones the first
   * comes first; a NaN counts as the largest. Gradients go back to the numbers that were taken.
   *
   * @throws ValueError for a `k` that is no whole number from 1 to the length of the axis, and for more than 2²⁴ numbers.
   * @example tensor([3, 1, 2]).topK(2).values.toArray() // [3, 2]
   * @example tensor([3, 1, 2]).topK(2).indices.toArray() // [0, 2]
   */
  topK(k: number, axis = -1): { readonly values: Tensor; readonly indices: Tensor } {
    const rows = this.#rows("topK", axis);
    checkedCount("topK", "k", k, 1);
    if (k > rows.length)
      throw new ValueError({
        op: "topK",
        expected: `k from 1 to ${rows.length}, the length of the axis`,
        got: String(k),
      });
    const places = rows.places("topK", true, k);
    return { values: rows.turnedBack(rows.picked(places)), indices: rows.turnedBack(places) };
  }

  #rows(op: string, axis: number): Rows {
    const at = axisFromFront(axis, this.rank, op);
    if (this.size > mostNumbers)
      throw new ValueError({ op, expected: `at most ${mostNumbers} numbers`, got: String(this.size) });
    const axes = this.shape.map((_, index) => index);
    return new Rows(this.transpose([...axes.filter((index) => index !== at), at]), at);
  }
}

function isDescending(op: string, options: SortOptions): boolean {
  checkOptions(op, options, ["descending"]);
  const { descending = false } = options;
  if (typeof descending === "boolean") return descending;
  throw new ValueError({ op, expected: "descending as true or false", got: describeValue(descending) });
}

/** A tensor whose last axis is the one to order, which stood at `axis`. */
class Rows {
  readonly length: number;
  readonly #tensor: Tensor;
  readonly #axis: number;

  constructor(tensor: Tensor, axis: number) {
    this.#tensor = tensor;
    this.#axis = axis;
    this.length = tensor.shape.at(-1) ?? 0;
  }

  /** The places of each row's numbers, in order: all, or the first `count`. */
  places(name: string, descending: boolean, count = this.length): Tensor {
    return this.#tensor.apply(orderOp, [], { name, descending, count });
  }

  /** The numbers at these places of each row. */
  picked({ numbers, shape }: Tensor): Tensor {
    const count = shape.at(-1) ?? 0;
    const all = numbers.map((place, index) => maths.floor(index / count) * this.length + place);
    return this.#tensor.flatten().gather(all).reshape(shape);
  }

  /** With the last axis where it stood. */
  turnedBack(ordered: Tensor): Tensor {
    const axes = ordered.shape.map((_, index) => index);
    const last = axes.pop() ?? 0;
    return ordered.transpose([...axes.slice(0, this.#axis), last, ...axes.slice(this.#axis)]);
  }
}
