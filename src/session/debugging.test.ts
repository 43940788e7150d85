// A kernel under a debugger: places are those of the cells, a stop works at a breakpoint, and the door is shut afterwards.

import { writeFile } from "node:fs/promises";
import net from "node:net";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { connectInspector, type InspectorClient } from "../../test/support/inspectorClient.ts";
import { startTestSession, type TestSession } from "../../test/support/testSession.ts";

let kernel: TestSession;
beforeAll(async () => {
  kernel = await startTestSession();
}, 60_000);
afterAll(() => kernel.dispose());
// Also after a failure, or the next test would find its kernel at a breakpoint.
afterEach(() => kernel.session.closeInspector());

const cellFile = (name: string) => path.join(kernel.bundles.workFolder, `book.nnbook.cell-${name}.ts`);

async function attach(): Promise<{ readonly client: InspectorClient; readonly port: number }> {
  const port = await kernel.session.openInspector();
  const client = await connectInspector(port);
  await client.ask("Debugger.enable");
  return { client, port };
}

/** Whether anything listens there. */
function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = net.connect(port, "127.0.0.1");
    socket.on("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.on("error", () => resolve(false));
  });
}

test("a cell stops at a breakpoint, and its variables are kept when it has run on", async () => {
  const { client, port } = await attach();
  const url = pathToFileURL(cellFile("a")).href;
  await client.ask("Debugger.setBreakpointByUrl", { url, lineNumber: 1 });
  const running = kernel.run("const before = 20;\nconst after = before + 1;", cellFile("a"));
  const { callFrames } = await client.next("Debugger.paused");
  const [frame] = callFrames as { callFrameId: string; location: { lineNumber: number } }[];
  expect(frame?.location.lineNumber).toBe(1);
  const value = await client.ask("Debugger.evaluateOnCallFrame", {
    callFrameId: frame?.callFrameId,
    expression: "before",
  });
  expect(value).toMatchObject({ result: { value: 20 } });
  await client.ask("Debugger.resume");
  expect(await running).toEqual({ kind: "succeeded" });
  kernel.session.closeInspector();
  await client.closed;
  await expect.poll(() => answers(port)).toBe(false);
  expect(await kernel.value("after")).toBe("21");
  expect([...kernel.session.declaredNames]).toContain("after");
});

test("scripts lead back to what was written: cells by their text, modules by their file", async () => {
  await writeFile(path.join(kernel.bundles.workFolder, "part.ts"), "interface A {}\nexport const part: number = 1;\n");
  const { client } = await attach();
  const source = "interface B {}\nimport { part } from './part.ts';\npart";
  await kernel.run(source, cellFile("b"));
  const maps = new Map<string, Record<string, unknown>>();
  const url = pathToFileURL(cellFile("b")).href;
  const part = pathToFileURL(path.join(kernel.bundles.workFolder, "part.ts")).href;
  while (!maps.has(url) || !maps.has(part)) {
    const script = await client.next("Debugger.scriptParsed");
    const encoded = String(script.sourceMapURL).split("base64,")[1];
    if (encoded) maps.set(String(script.url), JSON.parse(Buffer.from(encoded, "base64").toString()));
  }
  expect(maps.get(url)).toMatchObject({ sources: [url], sourcesContent: [source] });
  expect(maps.get(part)).toMatchObject({ sources: [part] });
  kernel.session.closeInspector();
});

test("a stop at a breakpoint ends the cell there, and the kernel goes on", async () => {
  await kernel.run("let reached = 'start';");
  const { client, port } = await attach();
  const running = kernel.run("reached = 'before';\ndebugger;\nreached = 'after';", cellFile("c"));
  await client.next("Debugger.paused");
  await kernel.session.interrupt();
  expect(await running).toEqual({ kind: "interrupted", how: "terminated" });
  await expect.poll(() => answers(port)).toBe(false);
  expect(await kernel.value("reached")).toBe("'before'");
});

test("a debugger that leaves at a breakpoint lets the cell run on", async () => {
  const { client } = await attach();
  const running = kernel.run("debugger;\nconst left = 'ran on';", cellFile("d"));
  await client.next("Debugger.paused");
  client.leave();
  expect(await running).toEqual({ kind: "succeeded" });
  kernel.session.closeInspector();
  expect(await kernel.value("left")).toBe("'ran on'");
});

test("a shut door at a breakpoint lets the cell run on", async () => {
  const { client } = await attach();
  const running = kernel.run("debugger;\nconst shut = 'ran on too';", cellFile("e"));
  await client.next("Debugger.paused");
  kernel.session.closeInspector();
  expect(await running).toEqual({ kind: "succeeded" });
  expect(await kernel.value("shut")).toBe("'ran on too'");
});

test("a debugger that leaves in a loop of breakpoints holds nothing up", async () => {
  const { client } = await attach();
  const running = kernel.run("let turns = 0;\nwhile (turns < 1e6) {\n  turns++;\n  debugger;\n}", cellFile("f"));
  await client.next("Debugger.paused");
  client.leave();
  expect(await running).toEqual({ kind: "succeeded" });
  kernel.session.closeInspector();
});

test("a debugger that is to stop at uncaught errors stops at those of a cell, and not at those that it catches", async () => {
  const { client } = await attach();
  await client.ask("Debugger.setPauseOnExceptions", { state: "uncaught" });
  const caught =
    "try { null!.x } catch {}\nawait 1;\ntry { await (async () => { await 1; null!.x; })() } catch {}\n'on'";
  expect(await kernel.run(caught, cellFile("h"))).toEqual({ kind: "succeeded" });
  for (const source of ["const a = 1;\nnull!.x;", "await new Promise((resolve) => setTimeout(resolve));\nnull!.x;"]) {
    const running = kernel.run(source, cellFile("i"));
    const { callFrames, reason } = await client.next("Debugger.paused");
    const [frame] = callFrames as { location: { lineNumber: number } }[];
    expect([frame?.location.lineNumber, reason]).toEqual([1, "promiseRejection"]);
    await client.ask("Debugger.resume");
    expect(await running).toMatchObject({ kind: "failed", error: { name: "TypeError", place: { line: 2 } } });
  }
  kernel.session.closeInspector();
  await client.closed;
});

test("an endless loop under a debugger stops", async () => {
  const { client } = await attach();
  const running = kernel.run("for (;;);", cellFile("g"));
  await kernel.until("cellStarted");
  await kernel.session.interrupt();
  expect(await running).toMatchObject({ kind: "interrupted" });
  await client.closed;
  expect(await kernel.value("1 + 1")).toBe("2");
});

test("a kernel that is gone before it answers for its port is an error", async () => {
  const asked = kernel.session.openInspector();
  // Lets the question go out.
  await Promise.resolve();
  await Promise.resolve();
  await Promise.all([expect(asked).rejects.toThrow("The kernel is gone."), kernel.session.restart()]);
  expect(await kernel.session.openInspector()).toBeGreaterThan(0);
  kernel.session.closeInspector();
});
