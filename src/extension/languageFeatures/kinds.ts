// TypeScript's names of what something is, as the editor's icons.

import * as vscode from "vscode";

type Kinds<Kind> = Readonly<Record<string, Kind>>;

export function completionKindOf(kind: string): vscode.CompletionItemKind {
  const kinds = vscode.CompletionItemKind;
  const table: Kinds<vscode.CompletionItemKind> = {
    function: kinds.Function,
    "local function": kinds.Function,
    method: kinds.Method,
    constructor: kinds.Constructor,
    property: kinds.Field,
    getter: kinds.Field,
    setter: kinds.Field,
    const: kinds.Constant,
    let: kinds.Variable,
    var: kinds.Variable,
    "local var": kinds.Variable,
    parameter: kinds.Variable,
    alias: kinds.Variable,
    class: kinds.Class,
    "local class": kinds.Class,
    interface: kinds.Interface,
    type: kinds.Interface,
    "type parameter": kinds.TypeParameter,
    enum: kinds.Enum,
    "enum member": kinds.EnumMember,
    module: kinds.Module,
    "external module name": kinds.Module,
    keyword: kinds.Keyword,
    string: kinds.Value,
    script: kinds.File,
    directory: kinds.Folder,
  };
  return kindIn(table, kind) ?? kinds.Property;
}

export function symbolKindOf(kind: string): vscode.SymbolKind {
  const kinds = vscode.SymbolKind;
  const table: Kinds<vscode.SymbolKind> = {
    function: kinds.Function,
    "local function": kinds.Function,
    method: kinds.Method,
    constructor: kinds.Constructor,
    property: kinds.Property,
    getter: kinds.Property,
    setter: kinds.Property,
    const: kinds.Constant,
    class: kinds.Class,
    "local class": kinds.Class,
    interface: kinds.Interface,
    type: kinds.Interface,
    enum: kinds.Enum,
    "enum member": kinds.EnumMember,
    module: kinds.Module,
  };
  return kindIn(table, kind) ?? kinds.Variable;
}

function kindIn<Kind>(table: Kinds<Kind>, kind: string): Kind | undefined {
  return Object.hasOwn(table, kind) ? table[kind] : undefined;
}
