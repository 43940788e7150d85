// The imports of all cells as the imports of one file: each name once, and what only notebooks have left out.

import ts from "typescript";
import { helpText, type ScriptModules } from "./scriptModules.ts";
import { movedModule, type ScriptFolders } from "./scriptPlace.ts";

/** What `nnbook` gives in a notebook and not in the npm package. */
export const notebookOnlyNames: readonly string[] = ["check", "diagnose", "display", "seal", "sealed", "show"];

export class ScriptImports {
  /** Local name → name in `nnbook`, of what only notebooks have. */
  readonly notebookOnly = new Map<string, string>();
  /** Module → local name → how it is written between the braces. */
  readonly #named = new Map<string, Map<string, string>>();
  readonly #others = new Set<string>();
  /** Those that come when the script runs, after what leads them. */
  readonly #late = new Set<string>();
  readonly #folders: ScriptFolders | null;
  readonly #modules: ScriptModules;
  /** Names that cells use in types alone. */
  readonly #types: ReadonlySet<string>;
  #controls: string | null = null;

  constructor(folders: ScriptFolders | null, modules: ScriptModules, types: ReadonlySet<string>) {
    this.#folders = folders;
    this.#modules = modules;
    this.#types = types;
  }

  /** Whether a module, as the script names it, must be imported after the hook that leads its own imports. */
  isLate(module: string): boolean {
    return this.#modules.needHelp && /^(?:\.{1,2}\/|file:)/.test(module);
  }

  moved(module: string): string {
    return movedModule(module, this.#folders);
  }

  add(module: string, local: string, imported: string, saysType: boolean): void {
    const isType = saysType || this.#types.has(local);
    if (module === "nnbook" && notebookOnlyNames.includes(imported)) this.notebookOnly.set(local, imported);
    else if (module === "nnbook" && imported === "input" && local !== "graphInput") this.#controls = local;
    else {
      const names = this.#named.get(module) ?? new Map<string, string>();
      this.#named.set(module, names);
      const name = imported === local ? local : `${imported} as ${local}`;
      // What one cell imports as a type another may import as a value, which is both.
      if (!isType || !names.has(local)) names.set(local, isType ? `type ${name}` : name);
    }
  }

  /** An import in another form than a list of names, as it is. */
  addOther(text: string): void {
    this.#others.add(text);
  }

  addLate(text: string): void {
    this.#late.add(text);
  }

  /** The head of the file. `why` says what the hook is for. */
  text(why: string): string {
    if (this.#controls !== null) this.add("nnbook", "graphInput", "input", false);
    if (this.#modules.needHelp) this.add("node:module", "registerHooks", "registerHooks", false);
    const lists = [...this.#named].map(([module, names]) =>
      this.isLate(module) ? this.#lateImport(module, [...names.values()]) : namedImport(module, [...names.values()]),
    );
    const controls = this.#controls === null ? [] : ["", controlsText(this.#controls)];
    const leading = !this.#modules.needHelp ? [] : ["", `// ${why}`, helpText(this.#modules), ...this.#late];
    return [...lists.filter((line) => line !== ""), ...this.#others, ...controls, ...leading].join("\n");
  }

  /** Types are imported at once, since Node leaves them out. */
  #lateImport(module: string, names: readonly string[]): string {
    const [types, values] = [true, false].map((isType) => names.filter((name) => name.startsWith("type ") === isType));
    if (values !== undefined && values.length > 0)
      this.#late.add(
        `const { ${values.map((name) => name.replace(" as ", ": ")).join(", ")} } = ${importCall(module)};`,
      );
    if (types === undefined || types.length === 0) return "";
    return `import type { ${types.map((name) => name.slice("type ".length)).join(", ")} } from ${JSON.stringify(module)};`;
  }
}

export function collectImports(file: ts.SourceFile, imports: ScriptImports): void {
  for (const statement of file.statements) {
    if (!ts.isImportDeclaration(statement) || !ts.isStringLiteral(statement.moduleSpecifier)) continue;
    const { importClause, moduleSpecifier } = statement;
    const list = importClause?.namedBindings;
    if (importClause?.name !== undefined || list === undefined || !ts.isNamedImports(list)) {
      const module = imports.moved(moduleSpecifier.text);
      const isType = importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword;
      if (imports.isLate(module) && !isType) imports.addLate(lateImport(importClause, module));
      else imports.addOther(movedImport(statement, file, imports));
      continue;
    }
    const allTypes = importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword;
    for (const { name, propertyName, isTypeOnly } of list.elements)
      imports.add(
        imports.moved(moduleSpecifier.text),
        name.text,
        propertyName?.text ?? name.text,
        allTypes || isTypeOnly,
      );
  }
}

function movedImport(statement: ts.ImportDeclaration, file: ts.SourceFile, imports: ScriptImports): string {
  const { moduleSpecifier, attributes } = statement;
  const text = statement.getText(file);
  if (!ts.isStringLiteral(moduleSpecifier)) return text;
  const module = imports.moved(moduleSpecifier.text);
  // Node reads JSON only where that is said.
  const said = attributes === undefined && module.endsWith(".json") ? ' with { type: "json" }' : "";
  if (module === moduleSpecifier.text && said === "") return text;
  const [start, end] = [moduleSpecifier.getStart(file), moduleSpecifier.end].map((at) => at - statement.getStart(file));
  return text.slice(0, start) + JSON.stringify(module) + said + text.slice(end);
}

function lateImport(clause: ts.ImportClause | undefined, module: string): string {
  const call = importCall(module);
  if (clause === undefined) return `${call};`;
  const { name, namedBindings } = clause;
  if (namedBindings !== undefined && ts.isNamespaceImport(namedBindings)) {
    const all = `const ${namedBindings.name.text} = ${call};`;
    return name === undefined ? all : `${all}\nconst ${name.text} = ${namedBindings.name.text}.default;`;
  }
  const named = (namedBindings?.elements ?? [])
    .filter(({ isTypeOnly }) => !isTypeOnly)
    .map(({ name: local, propertyName }) => [propertyName?.text ?? local.text, local.text]);
  const all = name === undefined ? named : [["default", name.text], ...named];
  return `const { ${all.map(([from, local]) => (from === local ? local : `${from}: ${local}`)).join(", ")} } = ${call};`;
}

function importCall(module: string): string {
  const said = module.endsWith(".json") ? ', { with: { type: "json" } }' : "";
  return `await import(${JSON.stringify(module)}${said})`;
}

function namedImport(module: string, names: readonly string[]): string {
  const line = `import { ${names.join(", ")} } from ${JSON.stringify(module)};`;
  return line.length <= 120
    ? line
    : `import {\n${names.map((name) => `  ${name},`).join("\n")}\n} from ${JSON.stringify(module)};`;
}

/** The rules are those of \`input\` in the kernel. */
function controlsText(local: string): string {
  return `// Controls give the value they start with.
const ${local}: any = Object.assign((...given: any[]) => (graphInput as any)(...given), {
  slider(_label: string, { scale = "linear", max = 1, min = scale === "log" ? max / 1000 : 0, value }: any = {}) {
    return value ?? (scale === "log" ? Number(Math.sqrt(min * max).toPrecision(3)) : (min + max) / 2);
  },
  select: (_label: string, choices: any[], { value = choices[0] }: any = {}) => value,
  checkbox: (_label: string, { value = false }: any = {}) => value,
  button: (_label: string) => 0,
});`;
}
