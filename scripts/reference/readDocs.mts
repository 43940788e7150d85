// Reads what "nnbook" exports, with its doc comments, out of the declaration files that `tsc -b` writes: the texts that hovers show.

import path from "node:path";
import ts from "typescript";
import { partsMarkdown } from "../../src/language/features/documentation.ts";

/** One way to call, or a member that is no function. */
export interface DocumentedForm {
  /** "(units: number, options?: DenseOptions): Dense"; of a value ": string". */
  readonly signature: string;
  readonly words: string;
  readonly parameters: readonly { readonly name: string; readonly words: string }[];
  readonly throws: readonly string[];
  readonly examples: readonly string[];
  /** Other tags, each with its name: "returns", "deprecated". */
  readonly notes: readonly { readonly tag: string; readonly words: string }[];
  readonly options: readonly DocumentedOptions[];
}

export interface DocumentedOptions {
  /** The interface: "DenseOptions". */
  readonly name: string;
  readonly rows: readonly DocumentedField[];
  /** Interfaces whose fields these have besides, told of elsewhere on the page. */
  readonly shared: readonly string[];
}

export interface DocumentedField {
  readonly name: string;
  readonly type: string;
  readonly words: string;
}

export interface Documented {
  readonly name: string;
  /** Of the name itself, where it is a class, an interface or an object. */
  readonly words: string;
  readonly examples: readonly string[];
  readonly forms: readonly DocumentedForm[];
  readonly members: readonly Documented[];
}

const flags =
  ts.TypeFormatFlags.NoTruncation |
  ts.TypeFormatFlags.OmitParameterModifiers |
  ts.TypeFormatFlags.UseAliasDefinedOutsideCurrentScope;
/** Longer types are cut: what they are stands in words. */
const longestType = 70;

export class ExportedDocs {
  readonly #checker: ts.TypeChecker;
  readonly #exports: ReadonlyMap<string, ts.Symbol>;
  readonly #sharedOptions: ReadonlySet<string>;

  /** @param sharedOptions interfaces whose fields are not repeated wherever they are inherited. */
  constructor(typesFolder: string, sharedOptions: readonly string[]) {
    const entry = path.join(typesFolder, "src/kernel/nnbookModule.d.ts");
    const program = ts.createProgram([entry], {
      target: ts.ScriptTarget.ESNext,
      module: ts.ModuleKind.ESNext,
      moduleResolution: ts.ModuleResolutionKind.Bundler,
      lib: ["lib.es2023.d.ts"],
      types: [],
      strict: true,
      allowImportingTsExtensions: true,
      skipLibCheck: true,
      noEmit: true,
    });
    this.#checker = program.getTypeChecker();
    this.#sharedOptions = new Set(sharedOptions);
    const file = program.getSourceFile(entry);
    const module = file && this.#checker.getSymbolAtLocation(file);
    if (module === undefined) throw new Error(`${entry} is missing. Run "npx tsc -b".`);
    this.#exports = new Map(this.#checker.getExportsOfModule(module).map((each) => [each.name, each]));
  }

  /** The names of all exported values: what code can use at run time. */
  get valueNames(): readonly string[] {
    return [...this.#exports].flatMap(([name, symbol]) => {
      const isValue = (this.#unaliased(symbol).flags & ts.SymbolFlags.Value) !== 0;
      return isValue && !isTypeAlone(symbol) ? [name] : [];
    });
  }

  /** The members of an exported object, in their order. */
  family(name: string): Documented {
    const symbol = this.#find(name);
    const members = this.#checker.getTypeOfSymbol(symbol).getProperties();
    return { ...this.#ownWords(name, symbol), forms: [], members: members.map((member) => this.#value(member)) };
  }

  value(name: string): Documented {
    return this.#value(this.#find(name));
  }

  /** A class or an interface with its members. */
  type(name: string): Documented {
    const symbol = this.#find(name);
    const members = this.#checker.getDeclaredTypeOfSymbol(symbol).getProperties().filter(isPublic);
    return { ...this.#ownWords(name, symbol), forms: [], members: members.map((member) => this.#value(member)) };
  }

  /** The fields of an interface of options. */
  options(name: string): DocumentedOptions {
    const symbol = this.#find(name);
    return {
      name,
      rows: this.#checker
        .getDeclaredTypeOfSymbol(symbol)
        .getProperties()
        .map((field) => this.#field(field)),
      shared: [],
    };
  }

  #find(name: string): ts.Symbol {
    const symbol = this.#exports.get(name);
    if (symbol === undefined) throw new Error(`The reference names "${name}", which "nnbook" does not export.`);
    return this.#unaliased(symbol);
  }

  #unaliased(symbol: ts.Symbol): ts.Symbol {
    return (symbol.flags & ts.SymbolFlags.Alias) === 0 ? symbol : this.#checker.getAliasedSymbol(symbol);
  }

  #ownWords(name: string, symbol: ts.Symbol): Pick<Documented, "name" | "words" | "examples"> {
    const tags = symbol.getJsDocTags(this.#checker);
    return {
      name,
      words: partsMarkdown(symbol.getDocumentationComment(this.#checker)).trim(),
      examples: tagged(tags, "example"),
    };
  }

  #value(symbol: ts.Symbol): Documented {
    const type = this.#checker.getTypeOfSymbol(symbol);
    const calls = this.#checker.getNonNullableType(type).getCallSignatures();
    const own = this.#ownWords(symbol.name, symbol);
    const forms =
      calls.length > 0
        ? calls.map((call) => this.#call(call, symbol))
        : [this.#form(`: ${this.#typeText(type)}`, own.words, symbol.getJsDocTags(this.#checker), [])];
    return { ...own, forms, members: [] };
  }

  #call(call: ts.Signature, symbol: ts.Symbol): DocumentedForm {
    const words = partsMarkdown(call.getDocumentationComment(this.#checker)).trim();
    // A property that holds a function has words of its own, where the function has none.
    const isBare = words === "" && call.getJsDocTags().length === 0;
    const parameters = call.getParameters();
    const form = this.#form(
      this.#checker.signatureToString(call, undefined, flags).replace(/(\?: [^,()]+?) \| undefined\b/g, "$1"),
      isBare ? partsMarkdown(symbol.getDocumentationComment(this.#checker)).trim() : words,
      isBare ? symbol.getJsDocTags(this.#checker) : call.getJsDocTags(),
      parameters.flatMap((parameter) => this.#optionsOf(parameter)),
    );
    return form;
  }

  #form(
    signature: string,
    words: string,
    tags: readonly ts.JSDocTagInfo[],
    options: readonly DocumentedOptions[],
  ): DocumentedForm {
    const known = ["param", "throws", "example"];
    return {
      signature,
      words,
      parameters: tagged(tags, "param").map((text) => {
        const [, name = text, about = ""] = /^(\S+)\s*(?:[-–—]\s*)?([\s\S]*)$/.exec(text) ?? [];
        return { name, words: about };
      }),
      throws: tagged(tags, "throws"),
      examples: tagged(tags, "example"),
      notes: tags
        .filter(({ name }) => !known.includes(name))
        .map(({ name, text }) => ({ tag: name, words: partsMarkdown(text).trim() })),
      options,
    };
  }

  /** The fields of a parameter that is an object of options. */
  #optionsOf(parameter: ts.Symbol): readonly DocumentedOptions[] {
    const type = this.#checker.getNonNullableType(this.#checker.getTypeOfSymbol(parameter));
    const parts = type.isUnion() ? type.types : [type];
    return parts.flatMap((part) => {
      const name = (part.aliasSymbol ?? part.symbol)?.name ?? "";
      if (!name.endsWith("Options")) return [];
      const fields = part.getProperties();
      const parentOf = (field: ts.Symbol) => {
        const parent = field.declarations?.[0]?.parent;
        return parent !== undefined && ts.isInterfaceDeclaration(parent) ? parent.name.text : "";
      };
      const isShared = (field: ts.Symbol) => this.#sharedOptions.has(parentOf(field)) && parentOf(field) !== name;
      return [
        {
          name,
          rows: fields.filter((field) => !isShared(field)).map((field) => this.#field(field)),
          shared: [...new Set(fields.filter(isShared).map(parentOf))],
        },
      ];
    });
  }

  #field(field: ts.Symbol): DocumentedField {
    const type = this.#checker.getTypeOfSymbol(field);
    return {
      name: field.name,
      type: this.#typeText(type),
      words: partsMarkdown(field.getDocumentationComment(this.#checker)).trim(),
    };
  }

  /** A field that may be left out is told by its words. */
  #typeText(type: ts.Type): string {
    const text = this.#checker
      .typeToString(type, undefined, flags)
      .replace(/\s+/g, " ")
      .replace(/ \| undefined\b/, "");
    return text.length <= longestType ? text : `${text.slice(0, longestType - 1)}…`;
  }
}

function tagged(tags: readonly ts.JSDocTagInfo[], name: string): readonly string[] {
  return tags.filter((tag) => tag.name === name).map(({ text }) => partsMarkdown(text).trim());
}

/** A class may be exported as a type alone: `export type { Dense } from …`. */
function isTypeAlone(symbol: ts.Symbol): boolean {
  return (symbol.declarations ?? []).some(
    (each) => ts.isExportSpecifier(each) && (each.isTypeOnly || each.parent.parent.isTypeOnly),
  );
}

/** Without private ones, those named by a symbol, and those that only our own files may use. */
function isPublic(member: ts.Symbol): boolean {
  const [declaration] = member.declarations ?? [];
  const hidden = ts.ModifierFlags.Private | ts.ModifierFlags.Protected;
  const isHidden = declaration !== undefined && (ts.getCombinedModifierFlags(declaration) & hidden) !== 0;
  return !isHidden && !member.name.startsWith("__");
}
