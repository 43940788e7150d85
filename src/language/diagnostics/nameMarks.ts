// Marks of texts that name something of nnbook's, such as an activation function, and name it wrongly or otherwise.

import type ts from "typescript";
import type { CellDiagnostic } from "../../shared/languageProtocol.ts";
import type { Say } from "../languageWords.ts";
import { judgeNames } from "../program/knownNames.ts";
import type { NotebookService } from "../program/notebookService.ts";
import { ownCode } from "./ownCodes.ts";
import { ownDiagnostic } from "./ownDiagnostic.ts";

/** How many names are listed when none is near the one that is written. */
const mostListedNames = 30;

/** `activation: "sigmoyd"`: the types let it pass, the engine will not. `loss: "mean_squared_error"` it takes, and lists as "mse". */
export function nameMarks(notebook: NotebookService, say: Say): readonly CellDiagnostic[] {
  const { wrong, other } = judgeNames(notebook);
  const instead = (literal: ts.StringLiteralLike, name: string) => literal.getText().replace(literal.text, () => name);
  return [
    ...wrong.flatMap(({ literal, unknown, nearest, known }) => {
      const offer =
        nearest === null
          ? say("known", { names: known.slice(0, mostListedNames).join(", ") })
          : say("didYouMean", { name: nearest });
      return ownDiagnostic(notebook, literal, {
        severity: "warning",
        code: ownCode.unknownName,
        message: `${say(unknown, { name: literal.text })} ${offer}`,
        ...(nearest === null ? {} : { replacement: instead(literal, nearest) }),
      });
    }),
    ...other.flatMap(({ literal, name }) =>
      ownDiagnostic(notebook, literal, {
        severity: "hint",
        code: ownCode.otherSpelling,
        message: say("otherSpelling", { name }),
        replacement: instead(literal, name),
      }),
    ),
  ];
}
