// The recurrent layers as the user calls them: simpleRnn, lstm, gru, bidirectional.

import { Bidirectional, type BidirectionalOptions } from "./bidirectional.ts";
import { Gru, type GruOptions } from "./gru.ts";
import { Lstm, type LstmOptions } from "./lstm.ts";
import type { Recurrent } from "./recurrent.ts";
import { SimpleRnn, type SimpleRnnOptions } from "./simpleRnn.ts";

/** `layers.lstm({ units: 32 })` is the same as `layers.lstm(32)`. */
export type WithUnits<Options> = Options & {
  /** How many numbers the state holds. */
  readonly units: number;
};

function simpleRnn(units: number | WithUnits<SimpleRnnOptions>, options: SimpleRnnOptions = {}): SimpleRnn {
  return isOptions(units) ? new SimpleRnn(units.units, units) : new SimpleRnn(units, options);
}

function lstm(units: number | WithUnits<LstmOptions>, options: LstmOptions = {}): Lstm {
  return isOptions(units) ? new Lstm(units.units, units) : new Lstm(units, options);
}

function gru(units: number | WithUnits<GruOptions>, options: GruOptions = {}): Gru {
  return isOptions(units) ? new Gru(units.units, units) : new Gru(units, options);
}

function isOptions<Options extends object>(units: number | Options): units is Options {
  return typeof units === "object" && units !== null;
}

/** A part of `layers`. */
export const recurrentLayers = {
  /**
   * Plain recurrent layer: `hₜ = f(xₜ · W + hₜ₋₁ · U + b)`, with `f` tanh by default (Elman 1990).
   *
   * Input `[batch, steps, features]` → output `[batch, units]`, the state after the last step; with
   * `returnSequences: true` `[batch, steps, units]`. `W` (kernel) is `[features, units]` and starts Glorot-uniform, `U`
   * (recurrentKernel) is `[units, units]` and starts orthogonal, `b` (bias) is `[units]` and starts at zero. The state
   * starts at zero, in a graph `apply([x, hidden])` at another layer's output; `run(x, { initialState })` starts elsewhere
   * and gives all states.
   *
   * Its gradient shrinks (or grows) by a factor at every step back in time: what lies many steps back it learns badly.
   *
   * @throws ShapeError when the input is not `[batch, steps, features]`.
   * @throws UnknownNameError for an unknown activation, initializer or option, with the nearest right name.
   * @example sequential([layers.simpleRnn(16, { inputShape: [20, 1] }), layers.dense(1)])
   */
  simpleRnn,
  /**
   * Long short-term memory (Hochreiter & Schmidhuber 1997; forget gate: Gers et al. 2000):
   * `cₜ = f ∘ cₜ₋₁ + i ∘ g`, `hₜ = o ∘ tanh(cₜ)`, where the gates `i`, `f`, `o` are sigmoid and the candidate `g` tanh of
   * `xₜ · W + hₜ₋₁ · U + b`.
   *
   * Input `[batch, steps, features]` → output `[batch, units]`; with `returnSequences: true` `[batch, steps, units]`.
   * `W` (kernel) is `[features, 4 · units]`, `U` (recurrentKernel) `[units, 4 · units]`, `b` (bias) `[4 · units]`, in
   * Keras' order i, f, g, o. The forget gate's bias starts at 1 (`unitForgetBias`), all others at zero.
   * `run(x, { initialState })` gives `{ sequence, lastHidden, lastCell }`; in a graph `apply([x, hidden, cell])` starts at
   * other layers' outputs.
   *
   * The memory `c` is added to, not multiplied anew: its gradient lasts over many steps while the forget gate is open.
   *
   * @throws ShapeError when the input is not `[batch, steps, features]`.
   * @throws UnknownNameError for an unknown activation, initializer or option, with the nearest right name.
   * @example layers.lstm(32, { returnSequences: true })
   */
  lstm,
  /**
   * Gated recurrent unit (Cho et al. 2014): `hₜ = z ∘ hₜ₋₁ + (1 − z) ∘ h̃`, with the gates `z` (update) and `r` (reset)
   * sigmoid of `xₜ · W + hₜ₋₁ · U + b`, and the candidate `h̃ = tanh(xₜ · Wₕ + b₀ + r ∘ (hₜ₋₁ · Uₕ + b₁))`; with
   * `resetAfter: false` `h̃ = tanh(xₜ · Wₕ + b + (r ∘ hₜ₋₁) · Uₕ)`.
   *
   * Input `[batch, steps, features]` → output `[batch, units]`; with `returnSequences: true` `[batch, steps, units]`.
   * `W` (kernel) is `[features, 3 · units]`, `U` (recurrentKernel) `[units, 3 · units]`, in Keras' order z, r, h̃; `b`
   * (bias) is `[2, 3 · units]`, one row for the input and one for the state, or `[3 · units]` with `resetAfter: false`.
   *
   * @throws ShapeError when the input is not `[batch, steps, features]`.
   * @throws UnknownNameError for an unknown activation, initializer or option, with the nearest right name.
   * @example layers.gru(32, { resetAfter: false })
   */
  gru,
  /**
   * A recurrent layer in both directions (Schuster & Paliwal 1997): one reads from the first step on, one, with weights
   * of its own, from the last. Both states of a step become one: side by side (`mergeMode: "concat"`, default), or their
   * "sum", product ("mul") or mean ("ave").
   *
   * Input `[batch, steps, features]` → output `[batch, 2 · units]`, or with the layer's `returnSequences: true`
   * `[batch, steps, 2 · units]`; `units` alone when they are not put side by side. Weights are named forwardKernel …
   * backwardBias.
   *
   * @throws ValueError for a layer that is not recurrent; UnknownNameError for an unknown mergeMode.
   * @example layers.bidirectional(layers.lstm(16, { returnSequences: true }), { mergeMode: "sum" })
   */
  bidirectional: (layer: Recurrent, options: BidirectionalOptions = {}): Bidirectional =>
    new Bidirectional(layer, options),
} as const;
