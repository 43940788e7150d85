// `rate = 0.1`: in Python a variable begins with its first value, here with `let`.

import ts from "typescript";
import { newVariableSentence } from "../../shared/meantName.ts";
import type { Say } from "../languageWords.ts";
import type { NotebookService } from "../program/notebookService.ts";
import type { ForeignName } from "./foreignName.ts";

const mostCharacters = 60;

/** For the unknown name at an offset of the program; `null` where it is not the left side of a statement. */
export function newVariable(notebook: NotebookService, offset: number, say: Say): ForeignName | null {
  const name = notebook.nodeAt(offset + 1);
  const assignment = name?.parent;
  if (name === null || assignment === undefined || !ts.isBinaryExpression(assignment)) return null;
  if (assignment.left !== name || assignment.operatorToken.kind !== ts.SyntaxKind.EqualsToken) return null;
  if (!ts.isExpressionStatement(assignment.parent)) return null;
  const start = name.getStart();
  const whole = `let ${assignment.getText()}`;
  const code = whole.length <= mostCharacters && !whole.includes("\n") ? whole : `let ${name.getText()} = …`;
  return {
    span: { start, length: name.getWidth() },
    message: newVariableSentence(name.getText(), code, say.locale),
    fix: { span: { start, length: name.getWidth() }, text: `let ${name.getText()}` },
  };
}
