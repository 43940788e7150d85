// Whether a text can be the name of a variable.

import ts from "typescript";

/** `isPrivate`: of a class's private member, which begins with `#`. */
export function isValidName(text: string, { isPrivate }: { readonly isPrivate: boolean }): boolean {
  if (text.startsWith("#") !== isPrivate) return false;
  const name = isPrivate ? text.slice(1) : text;
  const scanner = ts.createScanner(ts.ScriptTarget.ESNext, false, ts.LanguageVariant.Standard, name);
  const token = scanner.scan();
  if (scanner.getTokenEnd() !== name.length) return false;
  return token === ts.SyntaxKind.Identifier || isNameToo(token);
}

/** Words such as `type` and `of`, which mean something only in some places. */
function isNameToo(token: ts.SyntaxKind): boolean {
  return (
    token > ts.SyntaxKind.LastFutureReservedWord &&
    token <= ts.SyntaxKind.LastKeyword &&
    token !== ts.SyntaxKind.AwaitKeyword
  );
}
