// Finds what a half-typed cell leaves open, so that it can be closed before the next cell begins.

import ts from "typescript";

export interface BracketRepair {
  /** What closes the open brackets, template strings and comments, in order. */
  readonly closing: string;
  /** Offsets of closing brackets that nothing opened. */
  readonly stray: readonly number[];
}

/** "`" is the text of a template string, "${" an expression in one. */
type Opener = "{" | "(" | "[" | "`" | "${";
const closers: Readonly<Record<Opener, string>> = { "{": "}", "(": ")", "[": "]", "`": "`", "${": "}`" };
const endOfExpression = new Set([
  ts.SyntaxKind.Identifier,
  ts.SyntaxKind.NumericLiteral,
  ts.SyntaxKind.BigIntLiteral,
  ts.SyntaxKind.StringLiteral,
  ts.SyntaxKind.NoSubstitutionTemplateLiteral,
  ts.SyntaxKind.TemplateTail,
  ts.SyntaxKind.RegularExpressionLiteral,
  ts.SyntaxKind.CloseParenToken,
  ts.SyntaxKind.CloseBracketToken,
  ts.SyntaxKind.CloseBraceToken,
  ts.SyntaxKind.ThisKeyword,
  ts.SyntaxKind.SuperKeyword,
  ts.SyntaxKind.TrueKeyword,
  ts.SyntaxKind.FalseKeyword,
  ts.SyntaxKind.NullKeyword,
  ts.SyntaxKind.PlusPlusToken,
  ts.SyntaxKind.MinusMinusToken,
]);

/** For text that does not parse: in text that does, there is nothing to find. */
export function repairBrackets(text: string): BracketRepair {
  const scanner = ts.createScanner(ts.ScriptTarget.ESNext, false, ts.LanguageVariant.Standard, text);
  const open: Opener[] = [];
  const stray: number[] = [];
  let before: ts.SyntaxKind = ts.SyntaxKind.Unknown;
  let openTrivia = "";
  for (let token = scanner.scan(); token !== ts.SyntaxKind.EndOfFileToken; token = scanner.scan()) {
    if (isSlash(token) && !endOfExpression.has(before)) token = scanner.reScanSlashToken();
    if (token === ts.SyntaxKind.CloseBraceToken && open.at(-1) === "${") token = scanner.reScanTemplateToken(false);
    if (token === ts.SyntaxKind.MultiLineCommentTrivia) openTrivia = scanner.isUnterminated() ? "*/" : "";
    else applyToken(token, scanner, open, stray);
    if (!isTrivia(token)) before = token;
  }
  const closing = open.map((opener) => closers[opener]).reverse();
  return { closing: openTrivia + closing.join(""), stray };
}

function applyToken(token: ts.SyntaxKind, scanner: ts.Scanner, open: Opener[], stray: number[]): void {
  switch (token) {
    case ts.SyntaxKind.OpenBraceToken:
      open.push("{");
      break;
    case ts.SyntaxKind.OpenParenToken:
      open.push("(");
      break;
    case ts.SyntaxKind.OpenBracketToken:
      open.push("[");
      break;
    case ts.SyntaxKind.TemplateHead:
      open.push("${");
      break;
    case ts.SyntaxKind.NoSubstitutionTemplateLiteral:
      if (scanner.isUnterminated()) open.push("`");
      break;
    case ts.SyntaxKind.TemplateTail:
      open.pop();
      if (scanner.isUnterminated()) open.push("`");
      break;
    case ts.SyntaxKind.CloseBraceToken:
      close("{", scanner.getTokenStart(), open, stray);
      break;
    case ts.SyntaxKind.CloseParenToken:
      close("(", scanner.getTokenStart(), open, stray);
      break;
    case ts.SyntaxKind.CloseBracketToken:
      close("[", scanner.getTokenStart(), open, stray);
      break;
    default:
      break;
  }
}

/** Closes `opener` and what was left open inside it. A brace is never closed by a bracket of another kind around it. */
function close(opener: Opener, offset: number, open: Opener[], stray: number[]): void {
  const at = open.lastIndexOf(opener);
  const crossesBlock = opener !== "{" && open.lastIndexOf("{") > at;
  if (at === -1 || crossesBlock || open.lastIndexOf("${") > at) stray.push(offset);
  else open.length = at;
}

function isSlash(token: ts.SyntaxKind): boolean {
  return token === ts.SyntaxKind.SlashToken || token === ts.SyntaxKind.SlashEqualsToken;
}

function isTrivia(token: ts.SyntaxKind): boolean {
  return token >= ts.SyntaxKind.FirstTriviaToken && token <= ts.SyntaxKind.LastTriviaToken;
}
