// How each kind of top-level declaration becomes an assignment to a property of the global object.

import type {
  AnonymousClassDeclaration,
  AnyNode,
  ClassDeclaration,
  FunctionDeclaration,
  Identifier,
  ImportDeclaration,
  ImportSpecifier,
  Pattern,
  VariableDeclaration,
} from "acorn";
import { type CellDraft, isAddedName } from "./cellDraft.ts";

/** `const { a } = f(), b;` → `({ a } = f(), b = undefined);`, and in the head of a `for`: `a of list`. */
export function rewriteVariables(
  draft: CellDraft,
  declaration: VariableDeclaration,
  place: "statement" | "loopHead",
): void {
  const { text, names } = draft;
  const [first] = declaration.declarations;
  if (first === undefined) return;
  if (declaration.declarations.every(({ id }) => boundNames(id).every(({ name }) => isAddedName(draft, name)))) return;
  for (const { id, init, end } of declaration.declarations) {
    for (const name of boundNames(id)) {
      if (declaration.kind === "var") names.declareHoisted(name.name, name.start);
      else names.declare(name.name, name.start);
    }
    // A `var` without a value keeps what it has; a `let` starts anew each time.
    if (declaration.kind !== "var" && (init ?? null) === null) text.appendLeft(end, " = undefined");
  }
  text.overwrite(declaration.start, first.start, place === "statement" ? "(" : "");
  if (place === "statement") text.appendLeft(declaration.declarations.at(-1)?.end ?? declaration.end, ")");
}

/**
 * `function f() {}` → `f = function () {};` at the cell's top, because functions may be called above their place.
 * Anonymous: it gets its name from the assignment, and calls itself through the shared name.
 */
export function rewriteFunction(draft: CellDraft, declaration: FunctionDeclaration, id: Identifier): void {
  const { text, names } = draft;
  names.declare(id.name, id.start);
  text.prependRight(declaration.start, `\n;${id.name} = `);
  text.remove(id.start, id.end);
  text.appendLeft(declaration.end, ";");
  if (declaration.start > 0) text.move(declaration.start, declaration.end, 0);
}

/** `class A {}` → `A = class A {};` */
export function rewriteClass(
  draft: CellDraft,
  declaration: ClassDeclaration | AnonymousClassDeclaration,
  id: Identifier,
): void {
  draft.names.declare(id.name, id.start);
  draft.text.appendLeft(declaration.start, `${id.name} = `);
  draft.text.appendLeft(declaration.end, ";");
}

/**
 * `import a, { b } from "m"` → before everything else: `const $nn0 = await $nn.import("m", ["b"]); a = $nn0.default; b = $nn0["b"];`.
 * The list names what must be there: what the cell itself uses. What it only imports may be a type, of which nothing is left.
 */
export function rewriteImport(draft: CellDraft, declaration: ImportDeclaration): void {
  const { text, names, imports } = draft;
  text.remove(declaration.start, declaration.end);
  // All that was named were types: `import { type A }` became `import {}`.
  if (declaration.specifiers.length === 0 && /^import\s*\{/.test(text.original.slice(declaration.start))) return;
  const module = `$nn${imports.length}`;
  const assignments = declaration.specifiers.map((specifier) => {
    names.declareImported(specifier.local.name, specifier.local.start);
    return ` ${specifier.local.name} = ${importedValue(module, specifier)};`;
  });
  const specifier = declaration.source.raw ?? JSON.stringify(declaration.source.value);
  const needed = declaration.specifiers
    .filter((each) => each.type !== "ImportNamespaceSpecifier" && isUsed(each.local.name, declaration, text.original))
    .map((each) => (each.type === "ImportSpecifier" ? importedName(each) : "default"));
  const list = needed.length === 0 ? "" : `, ${JSON.stringify(needed)}`;
  imports.push(`const ${module} = await $nn.import(${specifier}${list});${assignments.join("")} `);
}

/** Whether a name stands outside its import. Types are gone already, so what is left of it is a value (or, at worst, a word in a text). */
function isUsed(name: string, { start, end }: ImportDeclaration, code: string): boolean {
  const words = `${code.slice(0, start)}\n${code.slice(end)}`.match(/[\p{ID_Continue}$]+/gu);
  return words?.includes(name) === true;
}

function importedValue(module: string, specifier: ImportDeclaration["specifiers"][number]): string {
  switch (specifier.type) {
    case "ImportNamespaceSpecifier":
      return module;
    case "ImportDefaultSpecifier":
      return `${module}.default`;
    case "ImportSpecifier":
      return `${module}[${JSON.stringify(importedName(specifier))}]`;
  }
}

function importedName({ imported }: ImportSpecifier): string {
  return imported.type === "Identifier" ? imported.name : String(imported.value);
}

/**
 * What changes below the top level: `import()`, `import.meta`, `var`s in blocks, which belong to the whole cell, and values that are
 * thrown: `throw "text"` → `throw $nn.thrown("text")`, since only an error knows where it was thrown.
 */
export function rewriteNested(draft: CellDraft, statement: AnyNode): void {
  visit(statement, null, false);

  function visit(node: AnyNode, parent: AnyNode | null, inFunction: boolean): void {
    if (node.type === "ImportExpression") draft.text.overwrite(node.start, node.start + "import".length, "$nn.import");
    if (node.type === "MetaProperty" && node.meta.name === "import") {
      draft.text.overwrite(node.start, node.end, "$nn.meta");
    }
    if (node.type === "ThrowStatement" && node.argument.type !== "NewExpression") {
      // `throw a, b` throws b.
      const [open, close] = node.argument.type === "SequenceExpression" ? ["((", "))"] : ["(", ")"];
      draft.text.appendRight(node.argument.start, `$nn.thrown${open}`);
      draft.text.appendLeft(node.argument.end, close);
    }
    if (isNestedVar(node, parent) && !inFunction) {
      rewriteVariables(draft, node, isLoopHead(node, parent) ? "loopHead" : "statement");
    }
    const inner = inFunction || isFunction(node) || node.type === "StaticBlock";
    for (const child of childNodes(node)) visit(child, node, inner);
  }
}

function isNestedVar(node: AnyNode, parent: AnyNode | null): node is VariableDeclaration {
  return (
    node.type === "VariableDeclaration" &&
    node.kind === "var" &&
    parent !== null &&
    parent.type !== "ExportNamedDeclaration"
  );
}

function isLoopHead(node: AnyNode, parent: AnyNode | null): boolean {
  return parent?.type.startsWith("For") === true && !("body" in parent && parent.body === node);
}

function isFunction(node: AnyNode): boolean {
  return (
    node.type === "FunctionDeclaration" || node.type === "FunctionExpression" || node.type === "ArrowFunctionExpression"
  );
}

function childNodes(node: AnyNode): AnyNode[] {
  return Object.values(node)
    .flatMap((value: unknown) => (Array.isArray(value) ? value : [value]))
    .filter(isNode);
}

function isNode(value: unknown): value is AnyNode {
  return typeof value === "object" && value !== null && "type" in value && typeof value.type === "string";
}

/** The identifiers that a pattern gives values to: `{ a, b: [c = 1, ...d] }` → a, c, d. */
function boundNames(pattern: Pattern | null): Identifier[] {
  if (pattern === null) return [];
  switch (pattern.type) {
    case "Identifier":
      return [pattern];
    case "ObjectPattern":
      return pattern.properties.flatMap((property) =>
        boundNames(property.type === "RestElement" ? property.argument : property.value),
      );
    case "ArrayPattern":
      return pattern.elements.flatMap(boundNames);
    case "RestElement":
      return boundNames(pattern.argument);
    case "AssignmentPattern":
      return boundNames(pattern.left);
    case "MemberExpression":
      return [];
  }
}
