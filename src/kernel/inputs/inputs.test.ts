// Controls in a real kernel: what cells get, what is kept when they run again, and what moving one changes.

import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestSession, type TestSession } from "../../../test/support/testSession.ts";
import { type ControlView, type SurfaceView, viewMimeTypes } from "../../shared/views.ts";

let kernel: TestSession;
beforeAll(async () => {
  kernel = await startTestSession();
  await kernel.run('import { input } from "nnbook";');
}, 60_000);
afterAll(() => kernel.dispose());

function shown(at = 0): ControlView {
  return kernel.outputs()[at]?.items[viewMimeTypes.control] as unknown as ControlView;
}

const runCell = (source: string) => kernel.session.runCell({ cellId: "cell:own", label: "Cell", source });

test("each shows itself, says itself as text, and gives how it stands", async () => {
  const all = `console.log(
    input.slider("rate", { min: 0.001, max: 1, scale: "log", value: 0.1 }),
    input.select("activation", ["tanh", "relu"], { value: "relu" }),
    input.checkbox("norm"),
    input.button("Again"))`;
  await kernel.run(all);
  expect(kernel.printed()).toBe("0.1 relu false 0\n");
  expect([0, 1, 2, 3].map((at) => shown(at).control)).toEqual([
    { kind: "slider", min: 0.001, max: 1, step: null, value: 0.1 },
    { kind: "select", options: ["tanh", "relu"], chosen: 1 },
    { kind: "checkbox", checked: false },
    { kind: "button", presses: 0 },
  ]);
  expect(kernel.outputs().map(({ items }) => items["text/plain"])).toEqual([
    "rate: 0.1",
    "activation: relu",
    "norm: off",
    "Again (pressed 0 times)",
  ]);
  expect(new Set([0, 1, 2, 3].map((at) => shown(at).controlId)).size).toBe(4);
});

test("it says where it was made, and its variable gets the value it is moved to, with a new picture", async () => {
  await kernel.run('const first = 1;\nconst chosen = input.select("net", ["small", "large"]);');
  const made = kernel.events.findLast((event) => event.kind === "controlShown");
  expect(made?.place).toMatchObject({ line: 2, column: 22 });
  const { controlId } = shown();
  const updated = kernel.until("displayUpdated");
  kernel.session.setControl(controlId, 1, "chosen");
  expect((await updated).output.items["text/plain"]).toBe("net: large");
  expect(await kernel.value("chosen")).toBe("'large'");
  kernel.session.setControl(controlId, 7, "chosen");
  expect(await kernel.value("chosen"), "there is no seventh option").toBe("'large'");
});

test("its cell keeps what the reader chose, until the code asks for something else", async () => {
  const cell = 'const many = 10 * input.slider("n", { max: 9, step: 1, value: 2 });';
  await runCell(cell);
  expect(await kernel.value("many")).toBe("20");
  await runCell(cell);
  const { controlId } = shown();
  kernel.session.setControl(controlId, 5, null);
  await runCell(cell);
  expect(shown()).toMatchObject({ controlId, control: { value: 5 } });
  expect(await kernel.value("many")).toBe("50");
  await runCell(`${cell} // edited elsewhere`);
  expect(await kernel.value("many")).toBe("50");
  await runCell(cell.replace("value: 2", "value: 3"));
  expect(await kernel.value("many")).toBe("30");
});

test("two cells with the same text have a control each", async () => {
  const cell = 'const twin = input.checkbox("twin");';
  await kernel.run(cell);
  const { controlId } = shown();
  await kernel.run(cell);
  expect(shown().controlId).toBe(`${controlId}-2`);
});

test.each([
  ["input.slider()", /a label, which says what it changes/],
  ['input.slider("a", { min: 2 })', /min below max/],
  ['input.slider("a", { value: 2 })', /value from 0 to 1, got 2/],
  ['input.slider("a", { scale: "log", min: 0 })', /min above 0/],
  ['input.slider("a", { step: 1e-9 })', /at most 10001 positions/],
  ['input.slider("a", { maximum: 1 })', /Did you mean "max"/],
  ['input.select("a", [])', /a list of what to choose from/],
  ['input.select("a", ["b"], { value: "c" })', /one of b, got "c"/],
  ['input.checkbox("a", { value: "no" })', /true or false/],
  ['input.slyder("a")', /Did you mean "slider"/],
])("%s is refused", async (source, message) => {
  const outcome = await kernel.run(source);
  expect(outcome).toMatchObject({ kind: "failed", error: { message: expect.stringMatching(message) } });
});

test("a surface's start is moved like a control, in its own picture and with no cell run again", async () => {
  await kernel.run('import { show } from "nnbook";');
  await kernel.run('show.surface("ravine", { optimizers: ["sgd"], steps: 3 })');
  const before = kernel.outputs()[0]?.items[viewMimeTypes.surface] as unknown as SurfaceView;
  const made = kernel.events.findLast((event) => event.kind === "controlShown");
  expect(made).toMatchObject({ controlId: before.controlId, isPicture: true });
  const updated = kernel.until("displayUpdated");
  kernel.session.setControl(before.controlId ?? "", [2, -1], null);
  const after = (await updated).output.items[viewMimeTypes.surface] as unknown as SurfaceView;
  expect([before.start, after.start]).toEqual([
    [-3.5, 1],
    [2, -1],
  ]);
  expect([after.paths[0]?.x[0], after.paths[0]?.y[0]]).toEqual([2, -1]);
  expect([after.controlId, after.heights]).toEqual([before.controlId, before.heights]);
});
