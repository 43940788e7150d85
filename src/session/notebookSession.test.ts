// Cells in a real kernel: their order, values, errors and output, and kernels that are stopped, killed or started anew.

import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestSession, type TestSession } from "../../test/support/testSession.ts";

let kernel: TestSession;
beforeAll(async () => {
  kernel = await startTestSession();
}, 60_000);
afterAll(() => kernel.dispose());

test("shows the last expression, and nothing for undefined", async () => {
  expect(await kernel.value("({ a: [1, 2], b: 'text' })")).toBe("{ a: [ 1, 2 ], b: 'text' }");
  await kernel.run("undefined");
  expect(kernel.outputs()).toEqual([]);
});

test("values go by the names that a cell knows them by", async () => {
  await kernel.run(
    'import * as nn from "nnbook"; const iris = nn.datasets.iris(); const parts = iris.split({ seed: 1 });',
  );
  const names = "[nn.tensor([1]), iris, parts, nn.layers.dense(2), nn.optimizers.adam(), new nn.Random(1)]";
  expect(await kernel.value(`${names}.map((value) => value.constructor.name).join()`)).toBe(
    "'Tensor,Dataset,SplitDataset,Dense,Adam,Random'",
  );
  expect(await kernel.value("nn.tensor([[1, 2]])")).toMatch(/^Tensor \[1, 2\]/);
});

test("runs cells in the order they were queued, and shares their variables", async () => {
  const ends: number[] = [];
  const sources = [
    "const order = []; await new Promise(r => setTimeout(r, 30)); order.push(1)",
    "order.push(2)",
    "order.push(3)",
  ];
  await Promise.all(sources.map((source, index) => kernel.run(source).then(() => ends.push(index))));
  expect(ends).toEqual([0, 1, 2]);
  expect(await kernel.value("order")).toBe("[ 1, 2, 3 ]");
});

test("an error clears the queue, and the next run works", async () => {
  const outcomes = await Promise.all([kernel.run("1"), kernel.run("throw new RangeError('no')"), kernel.run("3")]);
  expect(outcomes.map(({ kind }) => kind)).toEqual(["succeeded", "failed", "skipped"]);
  expect(await kernel.value("4")).toBe("4");
});

test("a stop clears the queue", async () => {
  const outcomes = Promise.all([kernel.run("for (;;);"), kernel.run("2")]);
  await kernel.until("cellStarted");
  await wait(30);
  await kernel.session.interrupt();
  expect(await outcomes).toEqual([{ kind: "interrupted", how: "terminated" }, { kind: "skipped" }]);
});

test("an error names the place in the cell that threw, and the frames that led there", async () => {
  await kernel.run("function fail(x: number): never {\n  throw new TypeError('bad ' + x);\n}");
  const { cellId } = kernel.events.findLast((event) => event.kind === "cellStarted") ?? { cellId: "" };
  const label = cellId.replace("cell:", "Cell ");
  const outcome = await kernel.run("\nfail(3)");
  expect(outcome).toMatchObject({
    kind: "failed",
    error: { name: "TypeError", message: "bad 3", place: { cellId, line: 2, column: 9 } },
  });
  const stack = outcome.kind === "failed" ? outcome.error.stack.split("\n") : [];
  expect(stack[0]).toBe(`at fail (${label}:2:9)`);
  expect(stack[1]).toMatch(/^at Cell \d+:2:1$/);
});

test("a cell that does not compile fails with its place", async () => {
  const outcome = await kernel.run("const a = 1;\nconst b = a +;");
  expect(outcome).toMatchObject({ kind: "failed", error: { name: "SyntaxError", place: { line: 2, column: 14 } } });
});

test("an error in a timer is told with the cell it belongs to", async () => {
  const told = kernel.until("failedInBackground");
  await kernel.run("setTimeout(() => { throw new Error('late') }, 1)");
  expect(await told).toMatchObject({ error: { name: "Error", message: "late", place: { line: 1, column: 26 } } });
});

test("an error in a timer belongs to the cell that started it, though another runs by then", async () => {
  await kernel.run("setTimeout(() => { throw new Error('of the first') }, 150)");
  const { execution } = kernel.events.findLast((event) => event.kind === "cellStarted") ?? { execution: 0 };
  const told = kernel.until("failedInBackground");
  await kernel.run("await new Promise((resolve) => setTimeout(resolve, 400))");
  expect(await told).toMatchObject({ execution, error: { message: "of the first" } });
});

test("a promise that fails late belongs to the cell that left it alone, though another runs by then", async () => {
  const wait = (ms: number) => `await new Promise((resolve) => setTimeout(resolve, ${ms}));`;
  const ownerOf = async (...cells: readonly string[]) => {
    const first = kernel.events.length;
    for (const cell of [...cells, "let beside = 1;", wait(300)]) await kernel.run(cell);
    const started = kernel.events
      .slice(first)
      .flatMap((event) => (event.kind === "cellStarted" ? event.execution : []));
    const told = kernel.events.slice(first).find((event) => event.kind === "failedInBackground");
    return started.indexOf(told?.execution ?? 0);
  };
  const poll = `async function poll() { ${wait(100)} throw new Error("late"); }`;
  expect(await ownerOf(`${poll}\npoll(); 1`)).toBe(0);
  expect(await ownerOf(`(async () => { ${wait(100)} throw new Error("late"); })(); 1`)).toBe(0);
  expect(await ownerOf(poll, "poll(); 1"), "the cell that called it").toBe(1);
  const loader = `class Loader { async next() { ${wait(100)} throw new Error("late"); } }`;
  expect(await ownerOf(loader, "const loader = new Loader();", "loader.next(); 1")).toBe(2);
  // Where no frame tells, a timer does.
  expect(await ownerOf("setTimeout(() => Promise.reject(5), 100); 1")).toBe(0);
  expect(await ownerOf("setTimeout(async () => { await null; throw 5; }, 100); 1")).toBe(0);
  const natively = 'AbortSignal.timeout(100).addEventListener("abort", () => Promise.reject(5)); 1';
  expect(await ownerOf(natively), "where nothing tells, the newest").toBe(2);
}, 20_000);

test("an error without a place takes that of its cause", async () => {
  const failed = await kernel.run('1;\nawait fetch("http://127.0.0.1:1/x");');
  expect(failed).toMatchObject({ kind: "failed", error: { name: "TypeError", place: { line: 2 } } });
});

test("whatever is thrown, its cell ends and the next one runs", async () => {
  for (const thrown of [
    "null",
    "'text'",
    "Object.create(null)",
    "new Proxy({}, { getPrototypeOf() { throw 1; } })",
    "{ get message() { throw 1; } }",
  ]) {
    expect(await kernel.run(`throw (${thrown})`), thrown).toMatchObject({ kind: "failed" });
    expect(await kernel.value("1")).toBe("1");
  }
  const joined = await kernel.run("await Promise.any([\n  Promise.reject(new TypeError('first')),\n]);");
  expect(joined).toMatchObject({ kind: "failed", error: { name: "AggregateError", place: { line: 2, column: 18 } } });
});

test("a promise that nobody awaits and that fails is told before its cell ends", async () => {
  await kernel.run('Promise.reject(new Error("unheard")); 1');
  const at = kernel.events.findLastIndex((event) => event.kind === "cellStarted");
  expect(kernel.events.slice(at).map(({ kind }) => kind)).toEqual(["cellStarted", "displayed", "failedInBackground"]);
});

test("timers, ticks and waits behave as Node's", async () => {
  const cell = `import { promisify } from "node:util";
    import { setTimeout as sleep, setInterval as ticks } from "node:timers/promises";
    const said: unknown[] = [];
    const every = setInterval((word: string) => { said.push(word); if (said.length === 2) clearInterval(every) }, 1, "tick");
    const cleared = setTimeout(() => said.push("never"), 5); clearTimeout(cleared);
    await sleep(40);
    said.push(await promisify(setTimeout)(1, "waited"));
    for await (const value of ticks(1, "async tick")) { said.push(value); break; }
    await new Promise<void>((resolve) => { setImmediate(() => resolve()) });
    process.nextTick((word: string) => said.push(word), "next"); queueMicrotask(() => said.push("micro")); await null; await null;
    try { await sleep(1000, 0, { signal: AbortSignal.abort(new Error("given up")) }) } catch (error) { said.push(error.message) }
    said.join()`;
  expect(await kernel.value(cell)).toBe("'tick,tick,waited,async tick,next,micro,given up'");
});

test("a kernel that cannot be started is a failed cell with the reason", async () => {
  const broken = await startTestSession({ nodePath: path.join(kernel.bundles.workFolder, "no-node-here") });
  const outcome = await broken.run("1");
  expect(outcome).toMatchObject({ kind: "lost", loss: { kind: "died", death: { kind: "notStarted" } } });
  await broken.dispose();
});

test("text arrives while a cell still computes", async () => {
  const running = kernel.run('console.log("first"); console.error("second"); for (;;);');
  try {
    await expect.poll(() => kernel.printed(), { timeout: 10_000 }).toBe("first\nsecond\n");
  } finally {
    await kernel.session.interrupt();
  }
  expect(await running).toEqual({ kind: "interrupted", how: "terminated" });
});

test("a flood of text is cut at a megabyte, with a line that says so", async () => {
  expect(await kernel.run('for (let i = 0; i < 200_000; i++) console.log("a line of text", i)')).toEqual({
    kind: "succeeded",
  });
  const text = kernel.printed();
  expect(text.length).toBeGreaterThan(1_000_000);
  expect(text.length).toBeLessThan(1_000_200);
  expect(text).toMatch(/output truncated: this cell has printed more than 1 MB/);
  expect(kernel.events.filter((event) => event.kind === "streamed").length).toBeLessThan(2000);
  await kernel.run('console.log("heard again")');
  expect(kernel.printed()).toBe("heard again\n");
});

test("a cell may redeclare what the kernel itself uses", async () => {
  await kernel.run(
    "const process = 1, console = 2, performance = 3, JSON = 4; class Map {}; class Promise {}; class Set {}; function setTimeout() {}",
  );
  expect(await kernel.value("[process, console, performance, new Map()]")).toBe("[ 1, 2, 3, Map {} ]");
  const training = `import { layers, sequential, datasets } from "nnbook";
    const model = sequential([layers.dense(1, { activation: "sigmoid" })]);
    model.compile({ loss: "binaryCrossentropy", optimizer: "sgd" });
    (await model.fit(datasets.moons({ samples: 40, seed: 1 }), { epochs: 2, seed: 1 })).state`;
  expect(await kernel.value(training)).toBe("'finished'");
  await kernel.session.restart();
});

test("a killed kernel is reported with its reason, and the next run starts a new one", async () => {
  await kernel.run("const lost = 1");
  const told = kernel.until("kernelDied");
  const running = kernel.run("for (;;);");
  await kernel.until("cellStarted");
  process.kill(kernel.session.kernelPid ?? 0, "SIGKILL");
  const death = { kind: "signal", signal: "SIGKILL" };
  expect((await told).death).toEqual(death);
  expect(await running).toEqual({ kind: "lost", loss: { kind: "died", death } });
  expect(await kernel.value("typeof lost")).toBe("'undefined'");
});

test("process.exit in a cell is reported by its name", async () => {
  const outcome = await kernel.run("process.exit(3)");
  const death = { kind: "exitCalled", code: 3, label: expect.stringMatching(/^Cell \d+$/) };
  expect(outcome).toMatchObject({ kind: "lost", loss: { kind: "died", death } });
  expect(await kernel.value("1 + 1")).toBe("2");
});

test("a restart loses variables, and says so to the cell under way", async () => {
  await kernel.run("const before = 1");
  const running = kernel.run("await new Promise(() => {})");
  await kernel.until("cellStarted");
  await kernel.session.restart();
  expect(await running).toEqual({ kind: "lost", loss: { kind: "restarted" } });
  expect(await kernel.value("typeof before")).toBe("'undefined'");
});
