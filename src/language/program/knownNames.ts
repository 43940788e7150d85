// Texts that name something of nnbook's (`activation: "relu"`): what the names are, what each stands for, and whether one is wrong.
// The types let any text pass there, so that a name may come from anywhere; only a text written in place can be judged.

import ts from "typescript";
import { plainName } from "../../shared/meantName.ts";
import { documentationMarkdown } from "../features/documentation.ts";
import { nearestName } from "../features/nearestName.ts";
import type { LanguageWord } from "../languageWords.ts";
import { nnbookEntry } from "./languageHost.ts";
import type { NotebookService } from "./notebookService.ts";

/** The types of names that nnbook exports, with the object that has what they name. */
const catalogues = [
  { type: "ActivationName", object: "activations", unknown: "unknownActivation" },
  { type: "LossName", object: "losses", unknown: "unknownLoss" },
  { type: "OptimizerName", object: "optimizers", unknown: "unknownOptimizer" },
  { type: "MetricName", object: "metrics", unknown: "unknownMetric" },
  { type: "InitializerName", object: "initializers", unknown: "unknownInitializer" },
  { type: "RegularizerName", object: "regularizers", unknown: "unknownRegularizer" },
  { type: "ConstraintName", object: "constraints", unknown: "unknownConstraint" },
] as const satisfies readonly { type: string; object: string; unknown: LanguageWord }[];

/** Names that nnbook understands beside those it lists, because other libraries call things so; with its own names for them. */
export const unlistedNames: Readonly<Record<(typeof catalogues)[number]["type"], Readonly<Record<string, string>>>> = {
  ActivationName: {
    identity: "linear",
    none: "linear",
    heaviside: "step",
    binaryStep: "step",
    logistic: "sigmoid",
    swish: "silu",
    exp: "exponential",
    lrelu: "leakyRelu",
    parametricRelu: "prelu",
    hardSilu: "hardSwish",
    geluNew: "geluTanh",
    geluApproximate: "geluTanh",
  },
  LossName: {
    meanSquaredError: "mse",
    l2: "mse",
    meanAbsoluteError: "mae",
    l1: "mae",
    meanSquaredLogarithmicError: "msle",
    meanAbsolutePercentageError: "mape",
    bce: "binaryCrossentropy",
    binaryCE: "binaryCrossentropy",
    crossentropy: "categoricalCrossentropy",
    cce: "categoricalCrossentropy",
    scce: "sparseCategoricalCrossentropy",
    sparseCrossentropy: "sparseCategoricalCrossentropy",
    kld: "klDivergence",
    nll: "sparseCategoricalCrossentropy",
    kullbackLeiblerDivergence: "klDivergence",
    cosine: "cosineSimilarity",
    smoothL1Loss: "smoothL1",
    focal: "binaryFocalCrossentropy",
    binaryFocal: "binaryFocalCrossentropy",
  },
  OptimizerName: {
    nag: "nesterov",
    gd: "sgd",
    gradientDescent: "sgd",
    stochasticGradientDescent: "sgd",
    rms: "rmsprop",
    rectifiedAdam: "rAdam",
  },
  MetricName: {},
  InitializerName: {
    xavier: "glorotUniform",
    xavierUniform: "glorotUniform",
    xavierNormal: "glorotNormal",
    kaiming: "heNormal",
    kaimingUniform: "heUniform",
    kaimingNormal: "heNormal",
    uniform: "randomUniform",
    normal: "randomNormal",
    zero: "zeros",
    one: "ones",
    eye: "identity",
    he: "heNormal",
    glorot: "glorotUniform",
    lecun: "lecunNormal",
  },
  RegularizerName: {
    lasso: "l1",
    ridge: "l2",
    elasticNet: "l1l2",
  },
  ConstraintName: {
    nonNegative: "nonNeg",
    unitLength: "unitNorm",
  },
};

/** What is written most, most of all first: an editor offers it first. */
const mostUsed: Readonly<Record<(typeof catalogues)[number]["type"], readonly string[]>> = {
  ActivationName: ["relu", "sigmoid", "tanh", "softmax", "linear", "gelu", "leakyRelu", "elu", "silu", "selu"],
  LossName: [
    ...["mse", "binaryCrossentropy", "categoricalCrossentropy", "sparseCategoricalCrossentropy", "mae", "huber"],
  ],
  OptimizerName: ["adam", "sgd", "rmsprop", "momentum", "adamW", "nadam"],
  MetricName: ["acc", "accuracy", "mae", "mse", "precision", "recall", "f1", "auc"],
  InitializerName: ["heNormal", "glorotUniform", "heUniform", "glorotNormal", "zeros", "ones", "randomNormal"],
  RegularizerName: ["l2", "l1"],
  ConstraintName: ["maxNorm", "nonNeg"],
};

/** Those of a catalogue that is offered whole; none for other texts. */
export function mostUsedOf(offered: ReadonlySet<string>): readonly string[] {
  return Object.values(mostUsed).find((names) => names.every((name) => offered.has(name))) ?? [];
}

interface Catalogue {
  readonly entry: (typeof catalogues)[number];
  readonly names: readonly string[];
  readonly members: ts.Type;
}

export interface WrongName {
  readonly literal: ts.StringLiteralLike;
  readonly unknown: LanguageWord;
  readonly nearest: string | null;
  /** All that are listed at this place. */
  readonly known: readonly string[];
}

/** A text that names what it should, in another library's way. */
export interface OtherSpelling {
  readonly literal: ts.StringLiteralLike;
  readonly name: string;
}

export interface JudgedNames {
  readonly wrong: readonly WrongName[];
  readonly other: readonly OtherSpelling[];
}

/** Every text in the cells that names nothing of nnbook's where it should, or names it otherwise than nnbook lists it. */
export function judgeNames(notebook: NotebookService): JudgedNames {
  const checked = notebook.checked();
  const wrong: WrongName[] = [];
  const other: OtherSpelling[] = [];
  if (checked === null) return { wrong, other };
  const { source, checker } = checked;
  const known = readCatalogues(notebook, checker);
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node)) {
      const found = namesAt(node, checker, known);
      const name = found && listedName(node.text, found);
      if (found !== null && name === null) {
        const { unknown } = found.catalogue.entry;
        wrong.push({ literal: node, unknown, nearest: nearestName(node.text, found.names), known: found.names });
      }
      if (name !== null && name !== node.text) other.push({ literal: node, name });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return { wrong, other };
}

/** What the text at `offset` names: its formula and what else its documentation says. `null` when it is no such name. */
export function namedThing(
  notebook: NotebookService,
  offset: number,
  name?: string,
): { readonly span: ts.TextSpan; readonly name: string; readonly documentation: string } | null {
  const checked = notebook.checked();
  const literal = notebook.nodeAt(offset);
  if (checked === null || literal === null || !ts.isStringLiteralLike(literal)) return null;
  const { source, checker } = checked;
  const found = namesAt(literal, checker, readCatalogues(notebook, checker));
  const plain = plainName(name ?? literal.text);
  const symbol = found?.catalogue.members.getProperties().find((member) => plainName(member.name) === plain);
  if (symbol === undefined) return null;
  const start = literal.getStart(source);
  return {
    span: { start, length: literal.end - start },
    name: symbol.name,
    documentation: documentationMarkdown(symbol.getDocumentationComment(checker), symbol.getJsDocTags(checker)),
  };
}

function readCatalogues(notebook: NotebookService, checker: ts.TypeChecker): readonly Catalogue[] {
  const file = notebook.checked()?.program.getSourceFile(nnbookEntry);
  const module = file === undefined ? undefined : checker.getSymbolAtLocation(file);
  if (file === undefined || module === undefined) return [];
  const member = (name: string): ts.Symbol | undefined => {
    const symbol = checker.tryGetMemberInModuleExports(name, module);
    if (symbol === undefined || (symbol.flags & ts.SymbolFlags.Alias) === 0) return symbol;
    return checker.getAliasedSymbol(symbol);
  };
  return catalogues.flatMap((entry) => {
    const [type, object] = [member(entry.type), member(entry.object)];
    if (type === undefined || object === undefined) return [];
    const names = literalsOf(checker.getDeclaredTypeOfSymbol(type));
    return [{ entry, names, members: checker.getTypeOfSymbolAtLocation(object, file) }];
  });
}

/** The names that may stand at `literal`: its place takes all of one catalogue, and any other text. */
function namesAt(
  literal: ts.StringLiteralLike,
  checker: ts.TypeChecker,
  known: readonly Catalogue[],
): { readonly catalogue: Catalogue; readonly names: readonly string[] } | null {
  // A key in quotes is a name that the user gives.
  if (ts.isPropertyAssignment(literal.parent) && literal.parent.name === literal) return null;
  const expected = checker.getContextualType(literal);
  if (expected?.isUnion() !== true || !expected.types.some((type) => type.isIntersection())) return null;
  const names = literalsOf(expected);
  const catalogue = known.find((each) => each.names.length > 0 && each.names.every((name) => names.includes(name)));
  return catalogue === undefined ? null : { catalogue, names };
}

/** The name that nnbook lists for what a text names; `null` where it names nothing. */
function listedName(
  text: string,
  { catalogue, names }: { catalogue: Catalogue; names: readonly string[] },
): string | null {
  const isMeant = (name: string) => plainName(name) === plainName(text);
  const [, meant = null] = Object.entries(unlistedNames[catalogue.entry.type]).find(([name]) => isMeant(name)) ?? [];
  return names.includes(text) ? text : (names.find(isMeant) ?? meant);
}

function literalsOf(type: ts.Type): readonly string[] {
  const types = type.isUnion() ? type.types : [type];
  return types.flatMap((each) => (each.isStringLiteral() ? [each.value] : []));
}
