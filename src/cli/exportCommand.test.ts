// `nnbook export` and `nnbook import`: what is written, under which name, and what is never written over.

import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type BuiltBundles, buildKernelBundles } from "../../test/support/kernelBundles.ts";

let bundles: BuiltBundles;
beforeAll(async () => {
  bundles = await buildKernelBundles(["cli", "convert", "renderer", "page", "languageWorker"]);
  const cells = [
    { kind: "markdown", source: ["# Title", "", "words"] },
    { kind: "code", source: ["1 + 1"], outputs: [{ items: { "text/plain": "2" } }] },
  ];
  await writeFile(inWork("book.nnbook"), JSON.stringify({ nnbook: 1, metadata: { language: "ko" }, cells }));
}, 60_000);
afterAll(() => bundles.remove());

const inWork = (name: string) => path.join(bundles.workFolder, name);

function nnbook(...args: string[]) {
  const cli = path.join(bundles.distFolder, "cli.cjs");
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args], {
    cwd: bundles.workFolder,
    encoding: "utf8",
  });
  return { exitCode: status, stdout, stderr };
}

test("writes a page beside the notebook, in the notebook's language, and says where", async () => {
  expect(nnbook("export", "book.nnbook", "--to", "html")).toEqual({
    exitCode: 0,
    stdout: "",
    stderr: "Wrote book.html.\n",
  });
  const page = await readFile(inWork("book.html"), "utf8");
  expect(page).toContain('<html lang="ko">');
  expect(page).toContain("<title>Title</title>");
});

test("writes Markdown with its pictures beside it, and a Jupyter notebook", async () => {
  const picture = { items: { "image/svg+xml": "<svg/>", "text/plain": "text" } };
  const cells = [{ kind: "code", source: ["1"], outputs: [picture] }];
  await writeFile(inWork("drawn.nnbook"), JSON.stringify({ nnbook: 1, cells }));
  const { stderr } = nnbook("export", "drawn.nnbook", "--to", "md");
  expect(stderr).toBe("Wrote drawn.md, and 1 picture in drawn-pictures.\n");
  expect(await readFile(inWork("drawn-pictures/cell-1-1.svg"), "utf8")).toBe("<svg/>");
  expect(nnbook("export", "drawn.nnbook", "--to", "ipynb").exitCode).toBe(0);
  expect(JSON.parse(await readFile(inWork("drawn.ipynb"), "utf8")).nbformat).toBe(4);
});

test("writes a script, and says what must be changed by hand", async () => {
  const source = ['import { diagnose, show } from "nnbook";', "const found = diagnose(run);", "show.training(run)"];
  await writeFile(inWork("code.nnbook"), JSON.stringify({ nnbook: 1, cells: [{ kind: "code", source }] }));
  const { exitCode, stderr } = nnbook("export", "code.nnbook", "--to", "ts");
  expect(stderr).toBe(
    "Cell 1 uses what diagnose gives, which only notebooks have: change the script there.\nWrote code.ts.\n",
  );
  expect(exitCode).toBe(0);
  expect(await readFile(inWork("code.ts"), "utf8")).toContain("// In the notebook: show.training(run)");
});

test("the ending of --out says the form", async () => {
  expect(nnbook("export", "book.nnbook", "--out", "other.html").exitCode).toBe(0);
  expect(existsSync(inWork("other.html"))).toBe(true);
});

test("what was exported to Jupyter is imported again, and no notebook is written over unasked", async () => {
  nnbook("export", "book.nnbook", "--to", "ipynb", "--out", "round.ipynb");
  expect(nnbook("import", "round.ipynb")).toEqual({ exitCode: 0, stdout: "", stderr: "Wrote round.nnbook.\n" });
  const round = JSON.parse(await readFile(inWork("round.nnbook"), "utf8"));
  expect(round.cells[1]).toEqual({
    kind: "code",
    language: "typescript",
    source: ["1 + 1"],
    outputs: [{ items: { "text/plain": "2" } }],
  });
  expect(nnbook("import", "round.ipynb")).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining("is there already"),
  });
  expect(nnbook("import", "round.ipynb", "--out", "round.nnbook").exitCode).toBe(0);
});

test("no file is written over that nobody named", async () => {
  await writeFile(inWork("kept.nnbook"), await readFile(inWork("book.nnbook"), "utf8"));
  for (const form of ["html", "md", "ipynb", "ts"]) {
    await writeFile(inWork(`kept.${form}`), "precious");
    expect(nnbook("export", "kept.nnbook", "--to", form)).toEqual({
      exitCode: 2,
      stdout: "",
      stderr: `kept.${form} is there already. Name it with --out to write over it.\n`,
    });
    expect(await readFile(inWork(`kept.${form}`), "utf8")).toBe("precious");
  }
  expect(nnbook("export", "kept.nnbook", "--out", "kept.html").exitCode).toBe(0);
  expect(nnbook("import", "kept.ipynb", "--out", "kept.ipynb")).toMatchObject({
    exitCode: 2,
    stderr: "kept.ipynb is the file to import. Give another --out.\n",
  });
  expect(await readFile(inWork("kept.ipynb"), "utf8")).toBe("precious");
});

test.each([
  [["import", "book.nnbook"], "book.nnbook: book.nnbook is neither a Jupyter notebook"],
  [["import", "book.nnbook", "--out", "new.nnbook"], "book.nnbook: book.nnbook is neither a Jupyter notebook"],
  [["import", "absent.ipynb"], "absent.ipynb: file not found"],
  [["import"], "Which notebook?"],
  [["export", "book.nnbook"], "To which form?"],
  [["export", "book.nnbook", "--to", "pdf"], "--to takes html"],
  [["export", "book.nnbook", "--out", "book.docx"], "--out book.docx does not end with a form of export"],
  [["export", "book.nnbook", "--to", "html", "--json"], "nnbook export has no --json"],
  [["export", "absent.nnbook", "--to", "html"], "absent.nnbook: file not found"],
  [["export", "book.nnbook", "--to", "html", "--out", "no/such.html"], "Create it first"],
  [["export", "book.nnbook", "--to", "html", "--out", "book.nnbook"], "is the notebook itself"],
])("answers %j with exit code 2 and what to do", (args, words) => {
  const { exitCode, stderr } = nnbook(...args);
  expect(stderr).toContain(words);
  expect(exitCode).toBe(2);
});
