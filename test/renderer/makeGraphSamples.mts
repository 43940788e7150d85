// Writes the sample views of expressions: `node test/renderer/makeGraphSamples.mts`.

import { writeFile } from "node:fs/promises";
import { type Tensor, tensor } from "../../src/engine/index.ts";
import { graphView } from "../../src/insights/index.ts";

async function write(name: string, loss: Tensor, names: Readonly<Record<string, Tensor>>): Promise<void> {
  const view = graphView(loss, { names });
  await writeFile(new URL(`samples/${name}.json`, import.meta.url), `${JSON.stringify(view)}\n`);
}

const given = (value: number | number[]) => tensor(value, { requiresGrad: true });

const [x, w1, w2, b] = [tensor(1.5), given(0.5), given(-0.8), given(0.1)];
const hidden = w1.mul(x).add(b).tanh();
const loss = hidden.mul(w2).add(hidden).sub(1).square();
await write("graphForward", loss, { x, w1, w2, b });
loss.backward();
await write("graphNeuron", loss, { x, w1, w2, b });

const [inputs, weights, bias] = [tensor([1, -2, 3]), given([0.1, 0.2, 0.3]), given(0.5)];
const mean = weights.mul(inputs).sum().add(bias).sigmoid().log().neg();
mean.backward();
mean.backward();
await write("graphLists", mean, { inputs, weights, bias });
