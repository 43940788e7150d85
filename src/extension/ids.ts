// Names that package.json and the code share; `manifest.test.ts` compares them. They are remembered by editors: never rename one.

export const notebookType = "nnbook";
/** The language of code cells in the editor; in files it is `typescript`. */
export const cellLanguage = "nnbook-ts";
/** The language of the file itself, opened as text. */
export const fileTextLanguage = "nnbook-file";
export const rendererId = "nnbook-renderer";
/** The walkthrough, by its id in package.json. */
export const walkthroughId = "start";
/** The view of the variables, in a container of its own. */
export const variablesViewId = "nnbook.variables";
export const variablesContainerId = "nnbook-variables";
/** A tab that shows a variable as a grid. */
export const gridPanelType = "nnbook.grid";
export const controllerId = "nnbook-kernel";

export const commands = {
  newNotebook: "nnbook.newNotebook",
  /** Asks for a sample notebook, or takes the name of one: links of the walkthrough do. */
  openSample: "nnbook.openSample",
  /** Puts the cells of a new notebook into an empty one. */
  insertExample: "nnbook.insertExample",
  showProblems: "nnbook.showProblems",
  /** Opens the walkthrough. */
  getStarted: "nnbook.getStarted",
  restartKernel: "nnbook.restartKernel",
  restartAndRunAll: "nnbook.restartAndRunAll",
  interruptKernel: "nnbook.interruptKernel",
  runWithNeeds: "nnbook.runWithNeeds",
  /** Runs a cell under the JavaScript debugger. */
  debugCell: "nnbook.debugCell",
  exportNotebook: "nnbook.exportNotebook",
  importNotebook: "nnbook.importNotebook",
  /** Whether the outputs of this notebook go into its file. */
  toggleSaveOutputs: "nnbook.toggleSaveOutputs",
  reportIssue: "nnbook.reportIssue",
  /** Shows the output channel. */
  showLog: "nnbook.showLog",
  /** These three take a line of the variables' view. */
  revealVariable: "nnbook.revealVariable",
  copyVariable: "nnbook.copyVariable",
  openGrid: "nnbook.openGrid",
  sortVariablesByName: "nnbook.sortVariablesByName",
  sortVariablesByDeclaration: "nnbook.sortVariablesByDeclaration",
  findVariable: "nnbook.findVariable",
  /** Only from our own hover: takes the notebook's URI and a run id. */
  showRun: "nnbook.showRun",
  /** Only from our own quick fix: takes the file's URI. */
  saveModule: "nnbook.saveModule",
} as const;

/** Tools of the language model API. */
export const languageModelTools = {
  notebookStructure: "nnbook_notebookStructure",
  layerStatistics: "nnbook_layerStatistics",
  diagnosis: "nnbook_diagnosis",
} as const;

/** What conditions in package.json ask. */
export const contexts = {
  /** The notebook in front of the reader holds no text. */
  isEmpty: "nnbook.isEmpty",
  /** One is open: its variables can be shown. */
  hasNotebook: "nnbook.hasNotebook",
  /** The variables stand in the order of their names. */
  isSortedByName: "nnbook.isSortedByName",
  hasRunCell: "nnbook.hasRunCell",
  hasSeenVanishing: "nnbook.hasSeenVanishing",
  hasSeenHealthy: "nnbook.hasSeenHealthy",
} as const;

export const settings = {
  /** Shape and size of each layer, between the code. */
  shapeHints: "nnbook.inlayHints.shapes",
  /** How each layer's gradient fared in the newest run, between the code. */
  healthHints: "nnbook.inlayHints.health",
  /** How many threads of a kernel compute; 0: the kernel decides. */
  threads: "nnbook.threads",
  /** Outputs go into the files of notebooks that do not say it themselves. */
  saveOutputs: "nnbook.saveOutputs",
  /** What `fit` records of the layers where it does not say. */
  traceDetail: "nnbook.traceDetail",
  /** The language of pictures, sentences and errors. */
  language: "nnbook.language",
  /** Kernels run with V8's 256-bit vectors, where a self-test finds them right. */
  wideVectors: "nnbook.experimental.wideVectors",
} as const;

/** Documents our language features serve: code cells of our notebooks. */
export const cellSelector = { notebookType, language: cellLanguage } as const;
