// The paths of a tsconfig.json: types, runs and scripts follow them alike.

import { mkdirSync, mkdtempSync, realpathSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { collectTypescriptLibs } from "../../../scripts/languageFiles.mts";
import { compileModules } from "../compile/moduleCompiler.ts";
import { TestNotebook, testServer } from "../notebooks.testing.ts";
import { movedModule } from "../script/scriptPlace.ts";

const server = testServer(collectTypescriptLibs());

let root: string;
let clock = Date.now();
beforeEach(() => {
  root = realpathSync(mkdtempSync(path.join(tmpdir(), "nnbook-paths-")));
});
afterEach(() => rmSync(root, { recursive: true }));

/** Each file newer than all before: what changes within a tick of the file system's clock is a change too. */
function write(name: string, content: unknown): void {
  const file = path.join(root, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, typeof content === "string" ? content : JSON.stringify(content));
  clock += 2000;
  utimesSync(file, clock / 1000, clock / 1000);
}

const at = (folder: string) => ({ folder: path.join(root, folder), workspaceFolder: root });
/** The file that running takes, the answer that it is a package, or the error. */
function taken(specifier: string, place = at("books")): string {
  const answer = compileModules(specifier, place);
  if ("error" in answer) return answer.error.replaceAll(root, "ROOT");
  return "entry" in answer ? path.relative(root, answer.entry) : `a package${answer.note === null ? "" : ", perhaps"}`;
}
/** What the language service complains about. */
function problems(cells: readonly string[], place = at("books")): readonly string[] {
  const notebook = new TestNotebook(server, { id: root, ...place });
  try {
    return notebook.problems(cells).map((problem) => problem.replaceAll(root, "ROOT"));
  } finally {
    notebook.close();
  }
}

const config = (compilerOptions: object, rest: object = {}) => ({ compilerOptions, ...rest });

describe("names that a tsconfig.json above the notebook leads to a module", () => {
  beforeEach(() => {
    write("lib/net.ts", "export const units: number = 4;");
    write("books/own.ts", "");
  });

  test.each([
    ["a pattern", config({ paths: { "@lib/*": ["./lib/*"] } }), "@lib/net"],
    ["a single name", config({ paths: { nets: ["./lib/net.ts"] } }), "nets"],
    ["a base", config({ baseUrl: "." }), "lib/net"],
    ["a pattern and a base", config({ baseUrl: "./lib", paths: { "~/*": ["*"] } }), "~/net"],
    ["all names", config({ paths: { "*": ["./lib/*"] } }), "net.ts"],
  ])("%s", (_, tsconfig, specifier) => {
    write("tsconfig.json", tsconfig);
    expect(taken(specifier)).toBe(path.join("lib", "net.ts"));
    expect(problems([`import { units } from "${specifier}"; const s: string = units;`])).toEqual([
      `cell 0 error "s": Type 'number' is not assignable to type 'string'.`,
    ]);
    const folders = { script: path.join(root, "out"), notebook: path.join(root, "books"), workspace: root };
    expect(movedModule(specifier, folders)).toBe("../lib/net.ts");
  });

  test("a file that it extends says them, with comments in it", () => {
    write("settings/base.json", '{ // shared\n "compilerOptions": { "paths": { "@lib/*": ["../lib/*"], }, } }');
    write("tsconfig.json", { extends: "./settings/base.json" });
    expect(taken("@lib/net")).toBe(path.join("lib", "net.ts"));
    write("settings/base.json", config({ paths: {} }));
    expect(taken("@lib/net")).toBe("a package");
  });

  test("a module may use them, and the name of a module that they lead astray is said", () => {
    write("tsconfig.json", config({ paths: { "@lib/*": ["./lib/*", "./more/*"] } }));
    write("books/own.ts", 'export { units } from "@lib/net";');
    expect(taken("./own")).toBe(path.join("books", "own.ts"));
    const missing =
      'Cannot find "@lib/nut". ROOT/tsconfig.json leads it to ROOT/lib/nut, ROOT/more/nut, where no module is. Check the spelling, or save the file there.';
    expect(taken("@lib/nut")).toBe(missing);
    expect(problems(['import "@lib/nut";'])).toEqual([`cell 0 error ${JSON.stringify('"@lib/nut"')}: ${missing}`]);
    write("books/own.ts", 'import "@lib/nut";');
    expect(taken("./own")).toBe(missing);
  });

  test("a name in a folder of the base that has no such module is said", () => {
    write("tsconfig.json", config({ baseUrl: "." }));
    expect(taken("lib/nut")).toBe(
      'Cannot find "lib/nut". ROOT/tsconfig.json leads it to ROOT/lib/nut, where no module is. Check the spelling, or save the file there.',
    );
    expect(taken("other/nut")).toBe("a package");
  });

  test("the nearest counts, and none above the workspace", () => {
    write("tsconfig.json", config({ paths: { "@lib/*": ["./lib/*"] } }));
    const inner = { folder: path.join(root, "books"), workspaceFolder: path.join(root, "books") };
    expect(taken("@lib/net", inner)).toBe("a package");
    expect(taken("@lib/net", { folder: inner.folder, workspaceFolder: path.join(root, "lib") })).toBe("a package");
    write("books/tsconfig.json", config({ paths: { "@lib/*": ["./*"] } }));
    expect(taken("@lib/own", inner)).toBe(path.join("books", "own.ts"));
    expect(taken("@lib/own")).toBe(path.join("books", "own.ts"));
  });

  test("it is read anew when it comes, changes and goes", () => {
    const notebook = new TestNotebook(server, { id: root, ...at("books") });
    const cells = ['import { units } from "@lib/net"; units;'];
    expect(notebook.problems(cells)[0]).toContain('Cannot find the package "@lib/net"');
    write("tsconfig.json", config({ paths: { "@lib/*": ["./lib/*"] } }));
    expect(notebook.problems(cells)).toEqual([]);
    write("tsconfig.json", config({ paths: { "@lib/*": ["./nowhere/*"] } }));
    expect(notebook.problems(cells)[0]).toContain("where no module is");
    rmSync(path.join(root, "tsconfig.json"));
    expect(notebook.problems(cells)[0]).toContain('Cannot find the package "@lib/net"');
    notebook.close();
  });

  test("nnbook, Node's modules and packages stay what they are", () => {
    write("lib/fs.ts", "export const no = 1;");
    write("lib/nnbook.ts", "export const no = 1;");
    write("node_modules/pkg/package.json", { name: "pkg", main: "index.js" });
    write("node_modules/pkg/index.js", "exports.p = 1;");
    write("tsconfig.json", config({ paths: { "*": ["./lib/*"] } }));
    expect(taken("nnbook")).toBe("a package");
    // Its types are declared by that name, so TypeScript does not look further either.
    expect(taken("fs")).toBe("a package");
    expect(taken("pkg")).toBe("a package");
    expect(taken("nowhere")).toBe("a package");
    expect(problems(['import { sequential } from "nnbook"; sequential([]);'])).toEqual([]);
  });

  test("one with a mistake is named where an import fails", () => {
    write("tsconfig.json", '{ "compilerOptions": { "paths": { "@lib/*": ["./lib/*" } } }');
    expect(problems(['import "@lab/net";'])[0]).toMatch(
      /Cannot find the package .* ROOT\/tsconfig\.json could not be read whole/,
    );
    expect(taken("@lab/net")).toBe("a package, perhaps");
  });
});
