// What an import says that leads nowhere: where it was looked for, and what to do.

import { isLocalSpecifier, projectNote, unknownPath } from "../compile/moduleCompiler.ts";
import { nearestName } from "../features/nearestName.ts";
import { nnbookSpecifier } from "../imports/importableNames.ts";
import { pathTarget } from "../imports/projectPaths.ts";
import type { Say } from "../languageWords.ts";
import type { NotebookService } from "../program/notebookService.ts";

export function isNearlyNnbook(specifier: string): boolean {
  return !isLocalSpecifier(specifier) && nearestName(specifier, [nnbookSpecifier]) !== null;
}

export function unknownModule(notebook: NotebookService, specifier: string, say: Say): string {
  const { folder } = notebook;
  if (isLocalSpecifier(specifier)) {
    return folder === null ? say("fileWithoutFolder", { specifier }) : say("fileNotFound", { specifier, folder });
  }
  if (isNearlyNnbook(specifier)) return say("meantNnbook", { specifier });
  const named = { specifier, package: packageName(specifier) };
  if (folder === null) return say("packageWithoutFolder", named);
  const project = notebook.projectPaths();
  const target = pathTarget(specifier, notebook.file, project);
  if (target !== null && "tried" in target) return unknownPath(specifier, target.tried, project, say);
  const note = projectNote(project, say);
  return [say("packageNotFound", { ...named, folder }), ...(note === null ? [] : [note])].join(" ");
}

function packageName(specifier: string): string {
  return specifier.split("/", specifier.startsWith("@") ? 2 : 1).join("/");
}
