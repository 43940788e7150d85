// Who loses outputs by a setting is told so, once, and can take it back; who wanted it is left in peace.

import { beforeEach, expect, test, vi } from "vitest";
import type * as vscode from "vscode";

const editor = vi.hoisted(() => ({
  savesOutputs: true,
  saved: (_: unknown) => {},
  messages: [] as string[],
  answer: undefined as string | undefined,
  metadata: [] as unknown[],
}));

vi.mock("vscode", async () => ({
  ...(await import("../../../test/support/fakeVscode.ts")),
  workspace: {
    getConfiguration: () => ({ get: () => editor.savesOutputs }),
    onDidSaveNotebookDocument: (listener: (document: unknown) => void) => {
      editor.saved = listener;
      return { dispose: () => {} };
    },
    applyEdit: async () => true,
  },
  window: {
    showWarningMessage: async (message: string) => {
      editor.messages.push(message);
      return editor.answer;
    },
  },
  WorkspaceEdit: class {
    set(_: unknown, edits: readonly unknown[]): void {
      editor.metadata.push(...edits);
    }
  },
  NotebookEdit: { updateNotebookMetadata: (metadata: unknown) => metadata },
}));

const { watchLeftOutOutputs } = await import("./savedOutputs.ts");

beforeEach(() => {
  Object.assign(editor, { savesOutputs: false, messages: [], answer: undefined, metadata: [] });
  watchLeftOutOutputs();
});

function notebook(own: object = {}, cell: object = { outputs: null }) {
  const save = vi.fn(async () => true);
  const document = {
    ...{ notebookType: "nnbook", uri: {}, isClosed: false, save },
    metadata: { file: { nnbook: 1, metadata: own, cells: [] } },
    getCells: () => [{ outputs: [{}], metadata: { file: cell } }],
  };
  return { document: document as unknown as vscode.NotebookDocument, save };
}

test("a file that held outputs and lost them: told once for each notebook", () => {
  const { document } = notebook();
  editor.saved(document);
  editor.saved(document);
  expect(editor.messages).toEqual([expect.stringMatching(/saved without them, as your setting says/)]);
  editor.saved(notebook().document);
  expect(editor.messages).toHaveLength(2);
});

test("nothing is told where the setting saves them, the notebook says it itself, the file held none, or it is no notebook of ours", () => {
  editor.saved(notebook({ saveOutputs: false }).document);
  editor.saved(notebook({}, {}).document);
  editor.saved({ ...notebook().document, notebookType: "other" });
  editor.savesOutputs = true;
  editor.saved(notebook().document);
  expect(editor.messages).toEqual([]);
});

test("taken back, the notebook says for itself that it saves them, and is saved again", async () => {
  editor.answer = "Save Them in This Notebook";
  const { document, save } = notebook({ title: "t" });
  editor.saved(document);
  await vi.waitFor(() => expect(save).toHaveBeenCalledOnce());
  expect(editor.metadata).toEqual([{ file: { nnbook: 1, metadata: { title: "t", saveOutputs: true }, cells: [] } }]);
});
