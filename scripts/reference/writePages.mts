// The reference as Markdown: a page for each family, the list of all pages, and the pictures in them.

import { activationInfo, activationNames } from "../../src/engine/index.ts";
import { activationCurve } from "../../src/insights/activation/activationCurves.ts";
import { drawCurve } from "./drawCurve.mts";
import { referencePicture } from "./drawPictures.mts";
import { type ReferencePage, referencePages } from "./pages.mts";
import { type Documented, type DocumentedForm, type DocumentedOptions, ExportedDocs } from "./readDocs.mts";

/** The texts of all pages and pictures by path. @throws Error when an exported value has no page. */
export function referenceTexts(typesFolder: string): ReadonlyMap<string, string> {
  const docs = new ExportedDocs(
    typesFolder,
    referencePages.flatMap(({ sharedOptions = [] }) => sharedOptions),
  );
  const placed = new Set(
    referencePages.flatMap(({ families = [], values = [], types = [] }) => [...families, ...values, ...types]),
  );
  const homeless = docs.valueNames.filter((name) => !placed.has(name));
  if (homeless.length > 0)
    throw new Error(`These exports have no page in scripts/reference/pages.mts yet: ${homeless.join(", ")}.`);
  const pages = referencePages.map((page) => [`${page.name}.md`, pageText(page, docs)] as const);
  const curves = activationNames.map((name) => [curveFile(name), drawCurve(activationCurve(name))] as const);
  const shown = docs.family("show").members.flatMap(({ name }) => referencePicture(name) ?? []);
  const pictures = shown.map(({ file, svg }) => [file, svg] as const);
  return new Map([...pages, ["README.md", listText()], ...curves, ...pictures]);
}

const written = "Written by `npm run docs` from the doc comments in the code; change them there.";

function listText(): string {
  const rows = referencePages.map(({ name, title, about }) => `- [${title}](${name}.md): ${about}`);
  return `${["# Reference", `All that \`import … from "nnbook"\` gives. The same words stand in the hovers of a notebook. ${written}`, rows.join("\n")].join("\n\n")}\n`;
}

function pageText(page: ReferencePage, docs: ExportedDocs): string {
  const { families = [], values = [], types = [], sharedOptions = [] } = page;
  const sections: string[] = [];
  const contents: string[] = [];
  const isAlone = families.length === 1;
  const add = (heading: string, text: string) => {
    contents.push(`[${heading.replace(/^class /, "")}](#${anchorOf(heading)})`);
    sections.push(`### ${heading}\n\n${text}`);
  };
  for (const family of families) {
    const { words, examples, members } = docs.family(family);
    sections.push([isAlone ? "" : `## \`${family}\``, words, examplesText(examples)].filter(Boolean).join("\n\n"));
    if (family === "activations") sections.push(activationTable());
    for (const { name, forms } of members) {
      const picture = family === "show" ? referencePicture(name) : null;
      const shown = picture === null ? "" : `\n\n![${oneLine(picture.label)}](${picture.file})`;
      add(`${family}.${name}`, `${formsText(`${family}.${name}`, forms)}${shown}`);
    }
  }
  for (const name of values) {
    const value = docs.value(name);
    add(name, formsText(name, value.forms));
  }
  for (const name of types) add(`class ${name}`, typeText(name, docs.type(name)));
  for (const name of sharedOptions) add(name, optionsText(docs.options(name)));
  const head = [`# ${page.title}`, page.about, `[All pages](README.md) · ${contents.join(" · ")}`];
  return `${[...head, ...sections].join("\n\n")}\n`;
}

/** As hosts of Markdown make anchors of headings. */
export function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, "")
    .replaceAll(" ", "-");
}

function formsText(name: string, forms: readonly DocumentedForm[]): string {
  return forms.map((form) => formText(name, form)).join("\n\n");
}

function formText(name: string, form: DocumentedForm): string {
  const { signature, words, parameters, throws, examples, notes, options } = form;
  const parts = [
    `\`\`\`ts\n${name}${signature}\n\`\`\``,
    words,
    parameters.map((parameter) => `- \`${parameter.name}\`: ${oneLine(parameter.words)}`).join("\n"),
    options.map(optionsText).join("\n\n"),
    notes.map(({ tag, words: about }) => `*${tag}* ${about}`.trim()).join("\n\n"),
    throws.map((each) => `**Throws** ${each}`).join("\n\n"),
    examplesText(examples),
  ];
  return parts.filter((part) => part !== "").join("\n\n");
}

/** @param owner the class or interface: its methods have anchors, `#modelfit`. */
function typeText(owner: string, { words, examples, members }: Documented): string {
  const own = [words, examplesText(examples)].filter((part) => part !== "");
  const told = members.filter(({ forms }) => forms.some((form) => form.words !== ""));
  const fields = told.filter(({ forms }) => forms[0]?.signature.startsWith(":"));
  const methods = told.filter((member) => !fields.includes(member));
  const table = fields.map(({ name, forms }) => {
    const [form] = forms;
    return [`\`${name}\``, `\`${(form?.signature ?? "").replace(/^: /, "")}\``, form?.words ?? ""];
  });
  const links = methods.map(({ name }) => `[${name}](#${anchorOf(`${owner}.${name}`)})`);
  const parts = [
    tableText(["", "type", ""], table),
    links.length > 1 ? `Methods: ${links.join(" · ")}` : "",
    ...methods.map(({ name, forms }) => `#### ${owner}.${name}\n\n${formsText(`.${name}`, forms)}`),
  ];
  return [...own, ...parts].filter((part) => part !== "").join("\n\n");
}

function optionsText({ name, rows, shared }: DocumentedOptions): string {
  const table = tableText(
    [`\`${name}\``, "type", ""],
    rows.map((row) => [`\`${row.name}\``, `\`${row.type}\``, row.words]),
  );
  const others = shared.map((each) => `[\`${each}\`](#${anchorOf(each)})`).join(", ");
  return [table, ...(shared.length === 0 ? [] : [`Besides, those of ${others}.`])]
    .filter((part) => part !== "")
    .join("\n\n");
}

function curveFile(name: string): string {
  return `curves/${name}.svg`;
}

function activationTable(): string {
  const rows = activationNames.map((name) => {
    const { formula, largestSlope, use, source } = activationInfo(name);
    const bound = largestSlope();
    const slope = bound === null ? "no bound" : String(Number(bound.toPrecision(4)));
    return [
      `\`${name}\``,
      `![${name}](${curveFile(name)})`,
      `\`${formula}\``,
      slope,
      [use, source].filter(Boolean).join(" "),
    ];
  });
  return tableText(["", "value (line), slope (dashed)", "formula", "largest slope", "use"], rows);
}

function examplesText(examples: readonly string[]): string {
  return examples.map((example) => (example.includes("```") ? example : `\`\`\`ts\n${example}\n\`\`\``)).join("\n\n");
}

function tableText(head: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return "";
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => oneLine(cell).replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(head), `|${head.map(() => "---").join("|")}|`, ...rows.map(line)].join("\n");
}

function oneLine(text: string): string {
  return text.replace(/\s*\n\s*/g, " ").trim();
}
