// Dropout along a sequence: the same numbers are left out at every step.

import { describe, expect, it } from "vitest";
import { layers, optimizers, Random, sequential, type Tensor, tensor, zeros } from "../../index.ts";
import { dropoutMaskOp } from "../../ops/randomness.ts";
import { runOp } from "../../tensor.ts";
import type { Layer } from "../layer.ts";
import type { Recurrent } from "./recurrent.ts";

const random = new Random(5);
const [batch, steps, features, units] = [3, 5, 4, 6];
const x = tensor(new Random(1).uniformFloats(batch * steps * features, -1, 1), [batch, steps, features]);
const training = { training: true, random };
const rates = { dropout: 0.5, recurrentDropout: 0.25 };
const close = (got: Tensor, expected: Tensor) => expect(got.sub(expected).abs().max().item()).toBeLessThan(1e-6);

function built<Made extends Layer>(layer: Made): Made {
  layer.name = "sequence";
  layer.build([steps, features], new Random(2));
  return layer;
}

/** The mask that a pass draws for a stream of its layer. */
function maskOf(stream: string, rate: number, width: number): Tensor {
  const { seed } = random.child("sequence").child(stream);
  return runOp(dropoutMaskOp, [], { shape: [batch, width], rate, seed: () => seed });
}

function weightsOf({ weights }: Layer): readonly [Tensor, Tensor, Tensor] {
  const [kernel, recurrent, bias] = weights;
  if (kernel === undefined || recurrent === undefined || bias === undefined) throw new Error("Build it first.");
  return [kernel, recurrent, bias];
}

const inputMask = (direction = "") => maskOf(`${direction}dropout`, rates.dropout, features);
const stateMask = (direction = "") => maskOf(`${direction}recurrentDropout`, rates.recurrentDropout, units);
const masked = (mask: Tensor) => x.mul(mask.reshape([batch, 1, features]));

describe("dropout along a sequence", () => {
  it.each<[string, (options: object) => Recurrent]>([
    ["simpleRnn", (options) => layers.simpleRnn(units, options)],
    ["lstm", (options) => layers.lstm(units, options)],
    ["gru", (options) => layers.gru(units, options)],
  ])("leaves the same features out at every step of %s, and none where nothing is learned", (_, make) => {
    const [plain, layer] = [built(make({})), built(make({ dropout: rates.dropout }))];
    close(layer.call(x, training), plain.call(masked(inputMask()), training));
    expect(layer.call(x, { ...training, training: false }).toArray()).toEqual(
      plain.call(x, { ...training, training: false }).toArray(),
    );
    expect(layer.run(x).lastHidden.toArray()).toEqual(plain.run(x).lastHidden.toArray());
    expect(layer.call(x, training).toArray()).not.toEqual(
      layer.call(x, { ...training, random: new Random(6) }).toArray(),
    );
  });

  it("hides the same part of the state from the weights at every step", () => {
    const layer = built(layers.simpleRnn(units, rates));
    const [kernel, recurrent, bias] = weightsOf(layer);
    const given = masked(inputMask());
    let state = zeros([batch, units]);
    for (let step = 0; step < steps; step++) {
      const own = given
        .slice(step, step + 1, 1)
        .reshape([batch, features])
        .matmul(kernel)
        .add(bias);
      state = own.add(state.mul(stateMask()).matmul(recurrent)).tanh();
    }
    close(layer.call(x, training), state);
  });

  it("carries the whole state of a gru on: only its weights see less of it", () => {
    const layer = built(layers.gru(units, { ...rates, resetAfter: false }));
    const [kernel, recurrent, bias] = weightsOf(layer);
    const given = masked(inputMask());
    const part = (of: Tensor, gate: number) => of.slice(gate * units, (gate + 1) * units, -1);
    let state = zeros([batch, units]);
    for (let step = 0; step < steps; step++) {
      const own = given
        .slice(step, step + 1, 1)
        .reshape([batch, features])
        .matmul(kernel)
        .add(bias);
      const seen = state.mul(stateMask());
      const gate = (index: number) =>
        part(own, index)
          .add(seen.matmul(part(recurrent, index)))
          .sigmoid();
      const [update, reset] = [gate(0), gate(1)];
      const fresh = part(own, 2)
        .add(reset.mul(seen).matmul(part(recurrent, 2)))
        .tanh();
      state = update.mul(state).add(update.neg().add(1).mul(fresh));
    }
    close(layer.call(x, training), state);
  });

  it("draws for each direction anew", () => {
    const layer = built(layers.bidirectional(layers.simpleRnn(units, { dropout: 0.5 })));
    const plain = built(layers.bidirectional(layers.simpleRnn(units)));
    const [forward, backward] = ["forward", "backward"].map((direction) =>
      plain.call(masked(inputMask(direction)), training),
    );
    if (forward === undefined || backward === undefined) throw new Error("There are two directions.");
    const output = layer.call(x, training);
    close(output.slice(0, units, 1), forward.slice(0, units, 1));
    close(output.slice(units, 2 * units, 1), backward.slice(units, 2 * units, 1));
  });

  it("leaves attention out, not what is reported of it", () => {
    const layer = built(layers.multiHeadAttention(2, { keyDim: 3, dropout: 0.5 }));
    const whole = layer.attend(x, x);
    const quiet = layer.call(x, { ...training, training: false });
    expect(quiet.toArray()).toEqual(whole.output.toArray());
    const reported: object[] = [];
    const observe = (_: Layer, values: object) => void reported.push(values);
    expect(layer.call(x, { ...training, observe }).toArray()).not.toEqual(quiet.toArray());
    expect(reported).toMatchObject([{ attention: { shape: [batch, 2, steps, steps] } }]);
  });

  it("refuses what is no rate, and learns", async () => {
    expect(() => layers.lstm(4, { recurrentDropout: 1 })).toThrow(
      "layers.lstm: expected recurrentDropout from 0 to below 1, got 1.",
    );
    expect(() => layers.gru(4, { dropout: 20 })).toThrow(
      "layers.gru: expected dropout from 0 to below 1, got 20. For 20 % give 0.2.",
    );
    expect(() => layers.multiHeadAttention(2, { keyDim: 4, dropout: -1 })).toThrow(
      "expected dropout from 0 to below 1",
    );
    const net = sequential([layers.lstm(8, { dropout: 0.1, recurrentDropout: 0.1 }), layers.dense(1)], { seed: 1 });
    net.compile({ loss: "mse", optimizer: optimizers.adam({ learningRate: 0.05 }) });
    const run = await net.fit(x, x.sum([1, 2]), { epochs: 60, seed: 1 });
    expect(run.loss.at(-1)).toBeLessThan((run.loss[0] ?? 0) / 2);
  });
});
