// What cells import in a real kernel: modules and packages beside the notebook, nnbook itself, and what is told where an import fails.

import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestSession, type TestSession } from "../../test/support/testSession.ts";

let kernel: TestSession;
beforeAll(async () => {
  kernel = await startTestSession();
}, 60_000);
afterAll(() => kernel.dispose());

const write = (name: string, text: string) => writeFile(path.join(kernel.bundles.workFolder, name), text);

test("a module of the notebook's folder is imported, and again when it or what it imports changed", async () => {
  await mkdir(path.join(kernel.bundles.workFolder, "parts"));
  await write("parts/scale.ts", "export const scale: number = 2;");
  await write(
    "area.ts",
    'import { scale } from "./parts/scale.ts";\nexport const area = (side: number) => side * side * scale;',
  );
  const cell = 'import { area } from "./area.ts"; area(3)';
  expect(await kernel.value(cell)).toBe("18");
  await write("parts/scale.ts", "export const scale: number = 10;");
  expect(await kernel.value(cell)).toBe("90");
  await write("area.ts", "export function area(): never {\n  throw new Error('inside');\n}");
  const outcome = await kernel.run(cell);
  expect(outcome).toMatchObject({ kind: "failed", error: { message: "inside" } });
  expect(outcome.kind === "failed" && outcome.error.stack).toMatch(/^at area \(area\.ts:2:9\)\nat Cell \d+:1:35$/);
});

test("the paths of a tsconfig.json beside the notebook lead to modules, in cells and in modules", async () => {
  await write("tsconfig.json", '{ "compilerOptions": { "paths": { "@lib/*": ["./library/*"] } } }');
  await mkdir(path.join(kernel.bundles.workFolder, "library"));
  await write("library/one.ts", "export const one: number = 1;");
  await write("library/two.ts", 'import { one } from "@lib/one";\nexport const two = one + one;');
  expect(await kernel.value('import { two } from "@lib/two"; two')).toBe("2");
  await write("library/one.ts", "export const one: number = 10;");
  expect(await kernel.value('const { two } = await import("@lib/two"); two')).toBe("20");
  const missing = await kernel.run('import "@lib/three";');
  expect(missing.kind === "failed" && missing.error.message).toMatch(
    /tsconfig\.json leads it to .*three, where no module/,
  );
  await write("tsconfig.json", '{ "compilerOptions": { "paths": ');
  const broken = await kernel.run('import "@lib/one";');
  expect(broken.kind === "failed" && broken.error.message).toMatch(/Cannot find the package.*could not be read whole/);
});

test("a module that fails as it loads is an error at its import", async () => {
  await write("broken.ts", "const parts: string[] = [];\nparts[3].trim();\nexport {};");
  expect(await kernel.run('1;\nimport "./broken.ts";\n2')).toMatchObject({
    kind: "failed",
    error: { name: "TypeError", stack: expect.stringMatching(/^at broken\.ts:2:10/), place: { line: 2, column: 8 } },
  });
});

test("a module that did not change keeps its state", async () => {
  await write("counter.ts", "let count = 0;\nexport const next = () => ++count;");
  expect(await kernel.value('import { next } from "./counter.ts"; next()')).toBe("1");
  expect(await kernel.value('import { next } from "./counter.ts"; next()')).toBe("2");
});

test("a missing import says where it was looked for and what to do", async () => {
  const missing = await kernel.run('1;\nimport { x } from "no-such-package/part";');
  expect(missing).toMatchObject({ kind: "failed", error: { name: "ImportError", place: { line: 2, column: 19 } } });
  const message = missing.kind === "failed" ? missing.error.message : "";
  expect(message).toContain(
    `Cannot find the package "no-such-package". Looked in ${path.join(kernel.bundles.workFolder, "node_modules")}`,
  );
  expect(message).toContain("npm install no-such-package");
  const local = await kernel.run('import { x } from "./absent.ts";');
  expect(local).toMatchObject({ kind: "failed", error: { name: "ImportError", place: { line: 1, column: 19 } } });
  expect(local.kind === "failed" && local.error.message).toContain("absent.ts");
});

test("an export that is not there is an error with the nearest name, at its import", async () => {
  expect(await kernel.run('import { tensro } from "nnbook";\ntensro([1])')).toMatchObject({
    kind: "failed",
    error: {
      message: expect.stringContaining('Unknown export of "nnbook" "tensro". Did you mean "tensor"?'),
      place: { line: 1, column: 24 },
      stack: expect.stringMatching(/^at Cell \d+:1:24$/),
    },
  });
  await write("named.ts", "export const here = 1;");
  expect(await kernel.run('import all from "./named.ts"; all')).toMatchObject({
    kind: "failed",
    error: { message: 'Unknown export of "./named.ts" "default". Known: here.' },
  });
  // A type leaves nothing behind that could be missed.
  expect(
    await kernel.value('import { FitOptions, tensor } from "nnbook"; const o: FitOptions = {}; tensor([1]).size'),
  ).toBe("1");
});

test("cells have no hold on the hooks between engine and kernel", async () => {
  expect(
    await kernel.value('import * as all from "nnbook"; Object.keys(all).filter((name) => /host|thinned/i.test(name))'),
  ).toBe("[]");
});

test("importing prints nothing by itself", async () => {
  expect(await kernel.value('import { sep } from "node:path"; sep')).toBe(`'${path.sep.replace("\\", "\\\\")}'`);
  await write("quiet.ts", 'import { sep } from "node:path";\nexport const separator = sep;');
  await kernel.run('import { separator } from "./quiet.ts"; await import("node:fs"); separator');
  expect(kernel.events.filter((event) => event.kind === "streamed")).toEqual([]);
});

test("packages of the notebook's folder are imported, ES modules and CommonJS alike", async () => {
  for (const [name, type, code] of [
    ["es-part", "module", "export const kind = 'es';"],
    ["common-part", "commonjs", "exports.kind = 'common';"],
  ] as const) {
    const folder = path.join(kernel.bundles.workFolder, "node_modules", name);
    await mkdir(folder, { recursive: true });
    await writeFile(
      path.join(folder, "package.json"),
      JSON.stringify({ name, type, exports: { import: "./index.js", default: "./index.js" } }),
    );
    await writeFile(path.join(folder, "index.js"), code);
  }
  await write(
    "both.ts",
    'import { kind as a } from "es-part";\nimport { kind as b } from "common-part";\nexport const kinds = [a, b];',
  );
  expect(await kernel.value('import * as a from "es-part"; import b from "common-part"; [a.kind, b.kind]')).toBe(
    "[ 'es', 'common' ]",
  );
  expect(await kernel.value('import { kinds } from "./both.ts"; kinds')).toBe("[ 'es', 'common' ]");
});

test("no frame goes by a name that V8 made up", async () => {
  const folder = path.join(kernel.bundles.workFolder, "node_modules", "failing-part");
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, "package.json"), JSON.stringify({ name: "failing-part", main: "index.js" }));
  await writeFile(path.join(folder, "index.js"), "class Loader { load() { null.size; } }\nnew Loader().load();");
  const failed = async (source: string) => {
    const outcome = await kernel.run(source);
    return outcome.kind === "failed" ? outcome.error.stack.split("\n") : [];
  };
  const ofPackage = await failed('import "failing-part";');
  expect(ofPackage[0]).toMatch(/^at Loader\.load \(.*failing-part.index\.js:1:30\)$/);
  expect(ofPackage[1]).toMatch(/^at \/?\S*failing-part.index\.js:2:14$/);
  const ofClass = await failed("class Table {\n  static {\n    null!.size;\n  }\n}");
  expect(ofClass[0]).toMatch(/^at Cell \d+:3:11$/);
  for (const frame of [...ofPackage, ...ofClass]) expect(frame).not.toContain("<");
});
