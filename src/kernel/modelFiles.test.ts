// Models that cells keep in files beside the notebook.

import { existsSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestSession, type TestSession } from "../../test/support/testSession.ts";

let session: TestSession;
beforeAll(async () => {
  session = await startTestSession({}, ["exporters"]);
}, 60_000);
afterAll(() => session.dispose());

test("a cell keeps a model beside the notebook, and another loads it", { timeout: 60_000 }, async () => {
  await session.value(`import { layers, load, sequential } from "nnbook";
const net = sequential([layers.dense(2, { inputShape: 3 })], { seed: 1 });
net.compile({ loss: "mse", optimizer: "adam" });
net.trainOnBatch([[1, 2, 3]], [[1, 2]]);
net.save("kept/net")`);
  const { workFolder } = session.bundles;
  expect(existsSync(path.join(workFolder, "kept", "net.safetensors"))).toBe(true);
  const same = `String(load("kept/net").predict([[1, 2, 3]]).toArray()) === String(net.predict([[1, 2, 3]]).toArray())`;
  expect(await session.value(same)).toBe("true");
  const shown = await session.value("net.toPyTorch()");
  expect(shown).toMatch(/^A script of \d+ lines and \d+ bytes of weights; \.save\(path\) writes both\./);
  const outcome = await session.run('load("none")');
  expect(outcome).toMatchObject({ kind: "failed", error: { name: "ValueError" } });
  expect(JSON.stringify(outcome)).toContain(`got no ${path.join(workFolder, "none.json")}`);
});

test("a cell writes a model down for another program", { timeout: 60_000 }, async () => {
  await session.value(
    `net.toPyTorch().save("torch/net.py", { x: [[1, 2, 3]], y: [[1, 2]] }); net.toOnnx().save("torch/net")`,
  );
  const { workFolder } = session.bundles;
  expect(existsSync(path.join(workFolder, "torch", "net.py"))).toBe(true);
  expect(existsSync(path.join(workFolder, "torch", "net.weights.safetensors"))).toBe(true);
  expect(existsSync(path.join(workFolder, "torch", "net.data.safetensors"))).toBe(true);
  expect(existsSync(path.join(workFolder, "torch", "net.onnx"))).toBe(true);
  for (const to of ["toPyTorch", "toKeras", "toOnnx"]) {
    const misplaced = JSON.stringify(await session.run(`net.${to}("torch/net")`));
    expect(misplaced).toContain(`save takes the path: model.${to}().save(path).`);
  }
  const outcome =
    await session.run(`const own = sequential([layers.custom({ inputShape: 2, forward: (x) => x.mul(2) })], { seed: 1 });
own.toPyTorch()`);
  expect(outcome).toMatchObject({ kind: "failed", error: { name: "ValueError" } });
  expect(JSON.stringify(outcome)).toContain("got custom_1, which was written in a cell");
});
