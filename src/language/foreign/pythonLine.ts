// One line of Python → the same in TypeScript, for what newcomers write out of habit. Looks at text alone, and only at lines that are no TypeScript.

import { isBuiltin } from "node:module";
import { type Library, libraryNames } from "../../shared/foreignNames.ts";

export interface TranslatedLine {
  readonly text: string;
  /** What closes the block that the line opens: "}", " }" where all of it stands on the line; `null` where it opens none. */
  readonly closing: string | null;
  /** Whether it closes the block before it: `} else {`. */
  readonly closesBefore: boolean;
}

/** `line`: without what indents it. `null` where it is not known to be Python. */
export function pythonLine(line: string): TranslatedLine | null {
  const [code, comment] = splitComment(line);
  const behind = comment === null ? "" : `//${comment}`;
  if (code === "") return comment === null ? null : plain(behind);
  const block = code.endsWith(":") && isBalanced(code) ? blockHead(code.slice(0, -1).trimEnd()) : null;
  if (block !== null) return { ...block, text: behind === "" ? block.text : `${block.text} ${behind}` };
  const whole = wholeBlock(code);
  // Behind a comment nothing can be closed.
  if (whole !== null) return behind === "" ? whole : { ...whole, text: `${whole.text} ${behind}`, closing: "}" };
  const text = statement(code);
  if (text === code && comment === null) return null;
  return plain(behind === "" ? text : `${text} ${behind}`);
}

function plain(text: string): TranslatedLine {
  return { text, closing: null, closesBefore: false };
}

/** What stands before a "#" outside of texts, and behind it. */
function splitComment(line: string): readonly [code: string, comment: string | null] {
  const [code = ""] = /^(?:"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|`[^`]*`|[^#"'`])*/.exec(line) ?? [];
  return line[code.length] === "#" ? [code.trimEnd(), line.slice(code.length + 1)] : [line.trimEnd(), null];
}

function isBalanced(code: string): boolean {
  const count = (bracket: string) => code.split(bracket).length;
  return ["()", "[]", "{}"].every(([open = "", close = ""]) => count(open) === count(close));
}

/** `head`: without its colon. */
function blockHead(head: string): TranslatedLine | null {
  const opens = (text: string): TranslatedLine => ({ text: `${text} {`, closing: "}", closesBefore: false });
  const goesOn = (text: string): TranslatedLine => ({ text: `} ${text} {`, closing: "}", closesBefore: true });
  const [, word = "", rest = ""] = /^(async def|\w+)\b\s*(.*)$/.exec(head) ?? [];
  switch (word) {
    case "for":
      return loopHead(rest, opens);
    case "if":
    case "while":
      return rest === "" ? null : opens(`${word} (${condition(rest)})`);
    case "elif":
      return rest === "" ? null : goesOn(`else if (${condition(rest)})`);
    case "else":
    case "finally":
      return rest === "" ? goesOn(word) : null;
    case "try":
      return rest === "" ? opens(word) : null;
    case "except":
      return goesOn(`catch${/\bas ([\p{L}\p{N}_]+)$/u.exec(rest)?.[1]?.replace(/^.*$/, " ($&)") ?? ""}`);
    case "def":
    case "async def":
      return functionHead(word, rest, opens);
    case "with": {
      // The name stands in the block alone; nothing is closed at its end.
      const [, value, name] = /^(.+)\s+as\s+([\p{L}\p{N}_]+)$/u.exec(rest) ?? [];
      if (value === undefined) return null;
      return { text: `{ const ${name} = ${statement(value)};`, closing: "}", closesBefore: false };
    }
    case "class": {
      const [, name, base] = /^([\p{L}\p{N}_]+)(?:\(([\p{L}\p{N}_.]*)\))?$/u.exec(rest) ?? [];
      return name === undefined ? null : opens(`class ${name}${base ? ` extends ${base}` : ""}`);
    }
    default:
      return null;
  }
}

/** `if x > 1: print(x)` */
function wholeBlock(code: string): TranslatedLine | null {
  const [, start = "", inside = ""] = /^((?:if|elif|else|for|while)\b[^:]*?)\s*:\s*(\S.*)$/.exec(code) ?? [];
  const head = start === "" || !isBalanced(start) ? null : blockHead(start);
  if (head === null) return null;
  return { ...head, text: inside === "pass" ? head.text : `${head.text} ${statement(inside)}`, closing: " }" };
}

type Opens = (text: string) => TranslatedLine;

function loopHead(rest: string, opens: Opens): TranslatedLine | null {
  const [, names = "", list = ""] = /^([\p{L}\p{N}_\s,()]+?)\s+in\s+(.+)$/u.exec(rest) ?? [];
  const words = names.match(/[\p{L}\p{N}_]+/gu) ?? [];
  const [name] = words;
  if (name === undefined) return null;
  const counted = /^range\((.*)\)$/
    .exec(list)?.[1]
    ?.split(",")
    .map((part) => part.trim());
  if (counted !== undefined) {
    const [first = "0", end, step] = counted.length === 1 ? ["0", counted[0]] : counted;
    const isDown = step?.startsWith("-") === true;
    const next = step === undefined ? `${name}++` : isDown ? `${name} -= ${step.slice(1)}` : `${name} += ${step}`;
    return opens(`for (let ${name} = ${first}; ${name} ${isDown ? ">" : "<"} ${end}; ${next})`);
  }
  const walked = statement(list.replace(/^enumerate\((.*)\)$/, "$1.entries()"));
  return opens(`for (const ${words.length > 1 ? `[${words.join(", ")}]` : name} of ${walked})`);
}

function functionHead(word: string, rest: string, opens: Opens): TranslatedLine | null {
  const [, name = "", given] = /^([\p{L}\p{N}_]+)\((.*)\)(?:\s*->.*)?$/u.exec(rest) ?? [];
  if (given === undefined) return null;
  // Python's types have other names.
  const taken = given.split(",").map((each) => statement(each.trim().replace(/:\s*[\p{L}\p{N}_.[\]]+/u, "")));
  const isMethod = taken[0] === "self";
  const list = taken.slice(isMethod ? 1 : 0).join(", ");
  const called = name === "__init__" ? "constructor" : name;
  const asyncWord = word === "def" ? "" : "async ";
  return opens(`${asyncWord}${isMethod ? "" : "function "}${called}(${list})`);
}

function condition(code: string): string {
  return statement(/^\(.*\)$/.test(code) ? code.slice(1, -1) : code);
}

/** A statement without a block, or an expression. */
function statement(code: string): string {
  const [, imported, name] = /^import\s+([\w.]+)(?:\s+as\s+(\w+))?;?$/.exec(code) ?? [];
  const [, source] = /^from\s+([\w.]+)\s+import\s+[\w\s,*()]+;?$/.exec(code) ?? [];
  const module = imported ?? source;
  if (module !== undefined) return importOf(module, name);
  const documented = /^("""|''')(.*)\1$/.exec(code)?.[2];
  if (documented !== undefined) return `/* ${documented.trim()} */`;
  return outsideOfTexts(
    code
      .replace(/^print\s+(?![=(.])(.+)$/, "console.log($1)")
      .replace(/^print\(/, "console.log(")
      .replace(/^assert\s+(.+)$/, "console.assert($1)")
      .replace(/^raise\s+\w+(\(.*\))?$/, (_, given: string = "()") => `throw new Error${given}`)
      .replace(/\bf(["'])((?:(?!\1).)*)\1/g, (_, _quote, text: string) => formatted(text)),
    (part) =>
      part
        .replace(/\blambda\s*([\p{L}\p{N}_\s,]*?):\s*/gu, "($1) => ")
        .replace(/\bis\s+not\b/g, "!==")
        .replace(/\bis\b/g, "===")
        .replace(/\bnot\s+/g, "!")
        .replace(/\band\b/g, "&&")
        .replace(/\bor\b/g, "||")
        .replace(/\bTrue\b/g, "true")
        .replace(/\bFalse\b/g, "false")
        .replace(/\bNone\b/g, "null")
        .replace(/\blen\(([\p{L}\p{N}_]+)\)/gu, "$1.length")
        // `(2,)` and `(28, 28)`, where no call has them.
        .replace(/(?<=[=(,[]\s*)\((-?\d+(?:\s*,\s*-?\d+)*),?\)/g, tupleOf)
        .replace(
          /(?<=[\p{L}\p{N}_\])])\[\s*(-?[\p{L}\p{N}_]*)\s*:\s*(-?[\p{L}\p{N}_]*)\s*\]/gu,
          (_, from: string, to: string) => slice(from, to),
        )
        .replace(
          /\[([^[\]]+?)\s+for\s+([\p{L}\p{N}_]+)\s+in\s+([^[\]]+?)(?:\s+if\s+([^[\]]+?))?\]/gu,
          (_, made: string, each: string, list: string, kept: string | undefined) =>
            `${counted(list)}${kept === undefined ? "" : `.filter((${each}) => ${kept})`}.map((${each}) => ${made})`,
        )
        .replace(/^((?:.*?=\s*|return\s+)?)([^=].*?)\s+if\s+(.+?)\s+else\s+(.+?)(;?)$/, "$1$3 ? $2 : $4$5"),
  );
}

function tupleOf(tuple: string, items: string): string {
  return tuple.includes(",") ? `[${items}]` : tuple;
}

function slice(from: string, to: string): string {
  return `.slice(${to === "" ? from : `${from || "0"}, ${to}`})`;
}

function counted(list: string): string {
  return list.replace(/^range\(([^,]+)\)$/, "Array.from({ length: $1 }, (_, index) => index)");
}

/** `{x:.2f}` → `${x.toFixed(2)}` */
function formatted(text: string): string {
  const holes = text.replace(/\{([^{}:]+)(?::\.?(\d+)f)?\}/g, (_, value: string, digits: string | undefined) =>
    digits === undefined ? `\${${value}}` : `\${${value}.toFixed(${digits})}`,
  );
  return `\`${holes}\``;
}

function outsideOfTexts(code: string, change: (part: string) => string): string {
  // Where a text stands inside of an expression, only what is around it is looked at.
  const parts = code.split(/("(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|`[^`]*`)/);
  return parts.map((part, index) => (index % 2 === 1 ? part : change(part))).join("");
}

/** What a library is imported for, as far as nnbook has it. */
const importedFor: Partial<Readonly<Record<Library, string>>> = {
  NumPy: "tensor",
  Keras: "layers, sequential",
  TensorFlow: "layers, sequential",
  PyTorch: "layers, sequential",
  pandas: "datasets",
  Matplotlib: "show",
  "scikit-learn": "datasets",
};

function importOf(module: string, name: string | undefined): string {
  const [root = ""] = module.split(".");
  const [library] = (Object.hasOwn(libraryNames, root) ? libraryNames[root] : undefined) ?? [];
  const names = library && importedFor[library];
  if (names !== undefined) return `import { ${names} } from "nnbook";`;
  return `import * as ${name ?? root} from "${isBuiltin(root) ? "node:" : ""}${root}";`;
}
