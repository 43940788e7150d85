// package.json and the code name the same things, and everything a user reads exists in English and Korean.

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { getL10nJson } from "@vscode/l10n-dev";
import { describe, expect, test } from "vitest";
import * as ids from "../src/extension/ids.ts";
import { shownErrorMimeType } from "../src/shared/shownError.ts";
import { viewMimeTypes } from "../src/shared/views.ts";

const root = new URL("../", import.meta.url);
const read = (path: string) => readFileSync(new URL(path, root), "utf8");
const manifest = JSON.parse(read("package.json"));
const { contributes } = manifest;

describe("package.json and ids.ts", () => {
  test("name the same notebook, renderer and languages", () => {
    expect(contributes.notebooks.map((notebook: { type: string }) => notebook.type)).toEqual([ids.notebookType]);
    expect(contributes.notebookRenderer[0].id).toBe(ids.rendererId);
    const languages = contributes.languages.map((language: { id: string }) => language.id);
    expect(languages.sort()).toEqual([ids.cellLanguage, ids.fileTextLanguage].sort());
    const grammars = contributes.grammars.map((grammar: { language: string }) => grammar.language);
    expect(grammars.sort()).toEqual([ids.cellLanguage, ids.fileTextLanguage].sort());
    expect(manifest.activationEvents).toEqual([`onNotebook:${ids.notebookType}`, `onRenderer:${ids.rendererId}`]);
  });

  test("the name of the cells' language is short: it stands below each cell, and what tells of the training beside it", () => {
    const cells = contributes.languages.find((language: { id: string }) => language.id === ids.cellLanguage);
    expect(cells.aliases[0].length).toBeLessThanOrEqual("TypeScript".length);
  });

  test("name the same commands, each in the palette or hidden from it on purpose", () => {
    const declared = contributes.commands.map((command: { command: string }) => command.command);
    // Called only by links of our own, with arguments: the palette has no use for it.
    const internal = [ids.commands.showRun, ids.commands.saveModule];
    expect([...declared, ...internal].sort()).toEqual(Object.values(ids.commands).sort());
  });

  test("name the same settings", () => {
    const { properties } = contributes.configuration;
    expect(Object.keys(properties).sort()).toEqual(Object.values(ids.settings).sort());
    // Their effect depends on the processor, so they do not travel with a folder.
    expect(properties[ids.settings.threads]).toMatchObject({ type: "integer", default: 0, scope: "machine" });
    expect(properties[ids.settings.wideVectors]).toMatchObject({ type: "boolean", default: false, scope: "machine" });
  });

  test("a setting of a folder that is not trusted cannot make files lose their outputs", () => {
    expect(manifest.capabilities.untrustedWorkspaces.restrictedConfigurations).toEqual([ids.settings.saveOutputs]);
  });

  test("menus name only declared commands", () => {
    const declared = contributes.commands.map((command: { command: string }) => command.command);
    const inMenus = Object.values<{ command: string }[]>(contributes.menus).flat();
    expect(inMenus.length).toBeGreaterThan(0);
    for (const { command } of inMenus) expect(declared).toContain(command);
  });

  test("conditions and the walkthrough ask only for contexts that the code sets", () => {
    const asked = JSON.stringify(contributes).match(/nnbook\.(?:is|has)\w+/g) ?? [];
    expect([...new Set(asked)].sort()).toEqual(Object.values(ids.contexts).sort());
  });

  test("no command hides in a folder that is not trusted: one that would run says why it does not", () => {
    expect(JSON.stringify(contributes)).not.toContain("isWorkspaceTrusted");
  });

  test("the renderer takes exactly the views we have, and errors", () => {
    const shown = [...Object.values(viewMimeTypes), shownErrorMimeType];
    expect([...contributes.notebookRenderer[0].mimeTypes].sort()).toEqual(shown.sort());
  });

  test("name the same view of variables and the same tools of the assistant, each with a schema", () => {
    const [container] = contributes.viewsContainers.panel;
    expect(container.id).toBe(ids.variablesContainerId);
    const [view] = contributes.views[ids.variablesContainerId];
    expect(view).toMatchObject({ id: ids.variablesViewId, when: ids.contexts.hasNotebook });
    const whens = JSON.stringify(contributes.menus).match(/view == [\w.]+/g) ?? [];
    expect(new Set(whens)).toEqual(new Set([`view == ${ids.variablesViewId}`]));
    const tools: readonly { name: string; inputSchema: object; modelDescription: string }[] =
      contributes.languageModelTools;
    expect(tools.map(({ name }) => name).sort()).toEqual(Object.values(ids.languageModelTools).sort());
    for (const { inputSchema, modelDescription } of tools) {
      expect(inputSchema).toMatchObject({ type: "object", additionalProperties: false });
      expect(modelDescription).toMatch(/Reads only; runs nothing\.$/);
    }
  });

  test("conditions name our notebook type as it is", () => {
    const whens = JSON.stringify(contributes).match(/notebookType == '[^']*'/g) ?? [];
    expect(whens.length).toBeGreaterThan(0);
    expect(new Set(whens)).toEqual(new Set([`notebookType == '${ids.notebookType}'`]));
  });
});

describe("files that package.json names", () => {
  // Pictures with words in them differ by language: their paths stand among the words.
  const named = [
    { contributes, icon: manifest.icon },
    ...["", ".ko"].map((tag) => JSON.parse(read(`package.nls${tag}.json`))),
  ];
  const paths = [
    ...new Set(
      JSON.stringify(named).match(/\.?\/?(?:media\/|schemas\/|syntaxes\/|language-configuration)[\w./-]*/g) ?? [],
    ),
  ];

  test("exist", () => {
    expect(paths.length).toBeGreaterThan(6);
    for (const path of paths) expect(existsSync(new URL(path, root)), path).toBe(true);
  });
});

describe("the page in the marketplace", () => {
  test("has an icon large enough, a banner, categories and keywords", () => {
    const png = readFileSync(new URL(manifest.icon, root));
    expect(png.subarray(1, 4).toString()).toBe("PNG");
    // Width and height stand in the first chunk.
    expect([png.readUInt32BE(16), png.readUInt32BE(20)].every((size) => size >= 128)).toBe(true);
    expect(manifest.galleryBanner).toEqual({ color: expect.stringMatching(/^#[0-9a-f]{6}$/), theme: "dark" });
    const known = ["Notebooks", "Machine Learning", "Education", "Visualization", "Data Science"];
    expect(manifest.categories.length).toBeGreaterThan(0);
    for (const category of manifest.categories) expect(known).toContain(category);
    expect(manifest.keywords.length).toBeLessThanOrEqual(30);
    expect(new Set(manifest.keywords).size).toBe(manifest.keywords.length);
    expect(manifest.license).toBe("MIT");
  });

  test("promises no address that is not there", () => {
    for (const field of ["repository", "bugs", "homepage", "badges", "sponsor"])
      expect(manifest).not.toHaveProperty(field);
    expect(JSON.stringify(manifest)).not.toMatch(/https?:/);
  });

  test("the extension wakes for its notebooks and their pictures alone", () => {
    // Commands and languages of ours wake it too; VS Code derives these itself.
    expect(manifest.activationEvents).toEqual([`onNotebook:${ids.notebookType}`, `onRenderer:${ids.rendererId}`]);
  });
});

describe("the walkthrough", () => {
  const [walkthrough] = contributes.walkthroughs;
  const words = ["", ".ko"].map((tag) => JSON.parse(read(`package.nls${tag}.json`)));

  test("shows a picture of each step for light and dark, and ends each by something the reader does", () => {
    expect(walkthrough.id).toBe(ids.walkthroughId);
    expect(walkthrough.steps).toHaveLength(5);
    for (const { id, media, completionEvents } of walkthrough.steps) {
      expect(completionEvents, id).toHaveLength(1);
      for (const table of words) {
        const pictures = Object.values<string>(media.image).map((key) => table[key.replaceAll("%", "")]);
        expect(pictures).toHaveLength(4);
        expect(new Set(pictures).size).toBe(2);
      }
    }
  });

  test("links only to commands that are there, and to a sample that is there", () => {
    const ofWalkthrough = (table: Record<string, string>) =>
      Object.entries(table).flatMap(([key, text]) => (key.startsWith("walkthrough.") ? [text] : []));
    const links = words.flatMap((table) => [
      ...JSON.stringify(ofWalkthrough(table)).matchAll(/\(command:([\w.]+)(?:\?([^)]+))?\)/g),
    ]);
    expect(links.length).toBeGreaterThan(6);
    for (const [, command, args] of links) {
      expect(Object.values(ids.commands)).toContain(command);
      if (args === undefined) continue;
      const [sample] = JSON.parse(decodeURIComponent(args)) as [string];
      expect(existsSync(new URL(`media/samples/${sample}.nnbook`, root))).toBe(true);
    }
  });
});

describe("words", () => {
  const english = JSON.parse(read("package.nls.json"));
  const korean = JSON.parse(read("package.nls.ko.json"));

  test("of package.json exist in both languages, and no others", () => {
    const used = [...new Set([...JSON.stringify(manifest).matchAll(/"%([\w.]+)%"/g)].map((match) => match[1]))].sort();
    expect(Object.keys(english).sort()).toEqual(used);
    expect(Object.keys(korean).sort()).toEqual(used);
  });

  test("of the running extension have Korean, with the same holes, and no others", async () => {
    const folder = fileURLToPath(new URL("src/extension/", root));
    const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter(
      (name) => name.endsWith(".ts") && !name.endsWith(".test.ts"),
    );
    const contents = files.map(
      (name) => ({ extension: ".ts", contents: readFileSync(folder + name, "utf8") }) as const,
    );
    const used = await getL10nJson(contents);
    const bundle: Record<string, string> = JSON.parse(read("l10n/bundle.l10n.ko.json"));
    expect(Object.keys(used).length).toBeGreaterThan(20);
    expect(Object.keys(bundle).sort()).toEqual(Object.keys(used).sort());
    const holes = (text: string) => [...text.matchAll(/\{\d\}/g)].map(String).sort();
    for (const [text, translation] of Object.entries(bundle)) {
      expect(holes(translation), text).toEqual(holes(text));
      expect(translation, text).toMatch(/[가-힣]/);
    }
  }, 120_000);
});
