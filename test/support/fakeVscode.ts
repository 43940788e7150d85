// The few classes of the editor's API that our code makes objects of, for unit tests. No behaviour of the editor is imitated.

export const NotebookCellKind = { Markup: 1, Code: 2 } as const;

export class NotebookCellOutputItem {
  readonly data: Uint8Array;
  readonly mime: string;

  constructor(data: Uint8Array, mime: string) {
    this.data = data;
    this.mime = mime;
  }

  static text(value: string, mime = "text/plain"): NotebookCellOutputItem {
    return new NotebookCellOutputItem(new TextEncoder().encode(value), mime);
  }

  static stdout(value: string): NotebookCellOutputItem {
    return NotebookCellOutputItem.text(value, "application/vnd.code.notebook.stdout");
  }

  static stderr(value: string): NotebookCellOutputItem {
    return NotebookCellOutputItem.text(value, "application/vnd.code.notebook.stderr");
  }

  static error(error: Error): NotebookCellOutputItem {
    const { name, message, stack } = error;
    return NotebookCellOutputItem.text(JSON.stringify({ name, message, stack }), "application/vnd.code.notebook.error");
  }
}

export class NotebookCellOutput {
  items: NotebookCellOutputItem[];
  metadata: Record<string, unknown> | undefined;

  constructor(items: NotebookCellOutputItem[], metadata?: Record<string, unknown>) {
    this.items = items;
    this.metadata = metadata;
  }
}

export class NotebookCellData {
  kind: number;
  value: string;
  languageId: string;
  outputs: NotebookCellOutput[] | undefined;
  metadata: Record<string, unknown> | undefined;

  constructor(kind: number, value: string, languageId: string) {
    this.kind = kind;
    this.value = value;
    this.languageId = languageId;
  }
}

export class NotebookData {
  cells: NotebookCellData[];
  metadata: Record<string, unknown> | undefined;

  constructor(cells: NotebookCellData[]) {
    this.cells = cells;
  }
}

/** The editor's own rule: `{0}` is filled from a list, `{name}` from an object. */
export const l10n = {
  t(message: string, ...args: readonly unknown[]): string {
    const [first] = args;
    const values = typeof first === "object" && first !== null ? (first as Record<string, unknown>) : { ...args };
    return message.replace(/\{(\w+)\}/g, (hole, name: string) => (name in values ? String(values[name]) : hole));
  },
};

export const Uri = { file: (path: string) => ({ scheme: "file", path, fsPath: path }) };

export const workspace = {
  workspaceFolders: undefined,
  notebookDocuments: [] as unknown[],
  getWorkspaceFolder: () => undefined,
};

/** What was said to the user; a test may answer for them. */
export const window = {
  said: [] as string[],
  answer: undefined as string | undefined,
  visibleNotebookEditors: [] as unknown[],
  activeNotebookEditor: undefined as unknown,
  async showErrorMessage(message: string): Promise<string | undefined> {
    window.said.push(message);
    return window.answer;
  },
  async showInformationMessage(message: string): Promise<undefined> {
    window.said.push(message);
  },
};
