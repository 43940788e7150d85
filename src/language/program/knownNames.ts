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

/** Names that nnbook understands beside those it lists, because other libraries call things so. */
export const unlistedNames: Readonly<Record<(typeof catalogues)[number]["type"], readonly string[]>> = {
  ActivationName: [
    ...["identity", "none", "heaviside", "binaryStep", "logistic", "swish", "exp", "lrelu", "parametricRelu"],
    ...["hardSilu", "geluNew", "geluApproximate"],
  ],
  LossName: [
    ...["meanSquaredError", "l2", "meanAbsoluteError", "l1", "meanSquaredLogarithmicError"],
    ...["meanAbsolutePercentageError", "bce", "binaryCE", "crossentropy", "cce", "scce", "sparseCrossentropy"],
    ...["kld", "nll", "kullbackLeiblerDivergence", "cosine", "smoothL1Loss", "focal", "binaryFocal"],
  ],
  OptimizerName: ["nag", "gd", "gradientDescent", "stochasticGradientDescent", "rms", "rectifiedAdam"],
  MetricName: [],
  InitializerName: [
    ...["xavier", "xavierUniform", "xavierNormal", "kaiming", "kaimingUniform", "kaimingNormal"],
    ...["uniform", "normal", "zero", "one", "eye", "he", "glorot", "lecun"],
  ],
  RegularizerName: ["lasso", "ridge", "elasticNet"],
  ConstraintName: ["nonNegative", "unitLength"],
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

/** Every text in the cells that names nothing of nnbook's where it should. */
export function wrongNames(notebook: NotebookService): readonly WrongName[] {
  const checked = notebook.checked();
  if (checked === null) return [];
  const { source, checker } = checked;
  const known = readCatalogues(notebook, checker);
  const wrong: WrongName[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node)) {
      const found = namesAt(node, checker, known);
      if (found !== null && !isName(node.text, found)) {
        const { unknown } = found.catalogue.entry;
        wrong.push({ literal: node, unknown, nearest: nearestName(node.text, found.names), known: found.names });
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return wrong;
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
  const file = notebook.service.getProgram()?.getSourceFile(nnbookEntry);
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

function isName(text: string, { catalogue, names }: { catalogue: Catalogue; names: readonly string[] }): boolean {
  const plain = plainName(text);
  return [...names, ...unlistedNames[catalogue.entry.type]].some((name) => plainName(name) === plain);
}

function literalsOf(type: ts.Type): readonly string[] {
  const types = type.isUnion() ? type.types : [type];
  return types.flatMap((each) => (each.isStringLiteral() ? [each.value] : []));
}
