// Scripts whose modules import as Node does not: written, and run by Node.

import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { writeScript } from "./scriptWriter.ts";

let root = "";
beforeEach(() => {
  root = mkdtempSync(path.join(os.tmpdir(), "nnbook-script-modules-"));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function save(files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
    writeFileSync(path.join(root, name), text);
  }
}

function written(cells: readonly string[]): string {
  const folders = { script: path.join(root, "out"), notebook: path.join(root, "book"), workspace: root };
  const code = cells.map((text) => ({ kind: "code", text }) as const);
  return writeScript(code, { title: "Title", folders }).text;
}

/** What the script prints, run by this Node. */
function printed(cells: readonly string[]): string {
  save({ "out/script.ts": written(cells) });
  return execFileSync(process.execPath, [path.join(root, "out/script.ts")], { encoding: "utf8", cwd: os.tmpdir() });
}

test("endings that are left out, JSON, folders and the paths of a tsconfig.json lead to their files", () => {
  save({
    "tsconfig.json": '{ "compilerOptions": { "paths": { "@lib/*": ["./lib/*"] } } }',
    "lib/net.ts":
      'import { two } from "../book/parts";\nexport type Size = number;\nexport const size: Size = 2 * two;',
    "book/parts/index.ts": 'import settings from "./settings.json";\nexport const two: number = settings.two;',
    "book/parts/settings.json": '{ "two": 2 }',
    "book/all.ts": 'export * from "./parts";\nexport { size as default } from "@lib/net";',
  });
  expect(
    printed([
      'import { size as four, type Size } from "@lib/net";\nimport size, * as all from "./all";\nimport settings from "./parts/settings.json";',
      'import "./all.js";\nconst three: Size = four - 1;\nconst { two } = await import("./parts");',
      "[three, size, all.two, settings.two, two].join()",
    ]),
  ).toBe("3,4,2,2,2\n");
});

test("types that are imported like values are no values to Node", () => {
  save({
    "book/kinds.ts": "export interface Size { units: number }\nexport class Net {\n  units = 3;\n}",
    "book/make.ts":
      'import { Net, Size as Sized } from "./kinds.ts";\nclass Wide extends Net {}\nexport const make = (): Sized => new Wide();',
  });
  const cells = [
    'import { make } from "./make.ts";\nimport { Size, Net } from "./kinds.ts";',
    "const size: Size = make();",
    "size.units + new Net().units",
  ];
  expect(printed(cells)).toBe("6\n");
});

test("where Node finds all by itself nothing is led", () => {
  save({ "book/a.ts": 'import { b } from "./b.ts";\nexport const a = b;', "book/b.ts": "export const b = 1;" });
  const cells = ['import { a } from "./a";', "a"];
  expect(written(cells)).not.toContain("registerHooks");
  expect(printed(cells)).toBe("1\n");
});

test("a module that has more than types is said, and one that is missing is left for Node to miss", () => {
  save({ "book/kinds.ts": "export enum Kind { a }" });
  expect(written(['import { Kind } from "./kinds";'])).toContain("--experimental-transform-types");
  expect(written(['import { Kind } from "./gone";'])).toContain('from "../book/gone"');
});
