// What the commands of a newcomer open: a list of samples that says what each is about, and a template that runs.

import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { headingOf } from "../src/notebook/notebookHeading.ts";
import { parseNotebook } from "../src/notebook/parseNotebook.ts";
import { lessonNames, runNotebook, samplesFolder } from "./support/lessons.ts";

const templatesFolder = path.join(samplesFolder, "..", "templates");

describe.each(["", "ko"])("in the language %o", (language) => {
  const read = (folder: string, name: string) => {
    const result = parseNotebook(readFileSync(path.join(folder, language, name), "utf8"));
    if (result.kind === "failed") throw new Error(result.error.message);
    return result.notebook;
  };

  test.each(lessonNames)("%s has a title and one line that can stand in a list", (name) => {
    const { title = "", summary = "" } = headingOf(read(samplesFolder, name)) ?? {};
    expect(title.length).toBeLessThan(40);
    expect(summary.length).toBeGreaterThan(10);
    expect(summary.length).toBeLessThan(260);
    expect(title + summary).not.toMatch(/[*`$#]/);
    if (language === "ko") expect(summary).toMatch(/\p{Script=Hangul}/u);
  });

  test("a new notebook runs, learns, and shows its gradients", { timeout: 60_000 }, async () => {
    const { report, views } = await runNotebook(path.join(templatesFolder, language, "newNotebook.nnbook"));
    expect(report.cells.filter((cell) => !cell.ok)).toEqual([]);
    expect(views("gradients")).toHaveLength(1);
    const [confusion] = views<{ readonly counts: readonly (readonly number[])[] }>("confusion");
    const counts = confusion?.counts ?? [];
    const right = counts.reduce((sum, row, index) => sum + (row[index] ?? 0), 0);
    expect(right / counts.flat().reduce((sum, each) => sum + each, 0)).toBeGreaterThan(0.95);
  });
});
