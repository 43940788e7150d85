// The bundles, as data: what goes in, what comes out, for which platform. build.mts makes them, test/bundles.test.ts measures them.

import type { BuildOptions } from "esbuild";
import { vscodeOnce } from "./vscodeOnce.mts";

export interface Bundle {
  readonly name: string;
  /** Relative to the root of the clone, like `output`. */
  readonly entry: string;
  readonly output: string;
  /** `any`: an ES module for both. */
  readonly target: "node" | "browser" | "any";
  readonly external: readonly string[];
  /**
   * What becomes of names inside. `asWritten`: where the whole must stay readable. `atRunTime`: short in the text, but a class and a
   * function still say their name as it is written, in errors, inspected values and stack traces (bundling alone would make
   * `class Tensor` a `_Tensor`): a quarter less for V8 to read before anything runs. `short`: where no name reaches the user.
   */
  readonly names: "asWritten" | "atRunTime" | "short";
  /** A library is not minified, and its source map holds its sources: it is read, and bundled again. */
  readonly isLibrary: boolean;
  /** Largest size in bytes, minified. Raise it only in a commit that says what the bytes bring. */
  readonly budgetBytes: number;
}

/** Largest size in bytes of the packaged extension: what a reader downloads. */
export const vsixBudgetBytes = 5_000_000;

export const bundles: readonly Bundle[] = [
  // 8 kB of it are what a newcomer meets: the list of samples, the template, help in an empty notebook, the walkthrough's marks.
  // 20 kB the features of the editor (definitions, uses, renaming, layout, quick fixes): each only asks the language worker.
  // 11 kB are the marks of cells that are out of date and what runs with a cell.
  // 22 kB the view of the variables and their grids, 8 kB what the assistant can read.
  nodeBundle("extension", "src/extension/extension.ts", 300_000, { external: ["vscode"], names: "atRunTime" }),
  nodeBundle("languageWorker", "src/language/languageWorker.ts", 4_000_000, { names: "short" }),
  nodeBundle("kernel", "src/kernel/supervisor.ts", 20_000),
  // 107 kB of it are the WebAssembly routines (packed; of the second build, how it differs), 35 kB keep models in files, read them with care and describe them to other programs.
  // 25 kB read variables without running code of theirs, 12 kB CSV files of the user's own, 30 kB are Korean.
  nodeBundle("kernelWorker", "src/kernel/kernelWorker.ts", 1_345_000),
  nodeBundle("computeWorker", "src/kernel/computeWorker.ts", 4_000),
  // An engine of its own, without views: 107 kB of it are the WebAssembly routines.
  nodeBundle("jobWorker", "src/kernel/jobWorker.ts", 730_000),
  // The writers for PyTorch and others: what a model is described by goes in, texts and bytes come out.
  nodeBundle("exporters", "src/kernel/exporters.ts", 120_000),
  // What Python, Keras, PyTorch, NumPy, TensorFlow.js and brain.js call things, with what to write instead.
  nodeBundle("unknownNames", "src/kernel/unknownNames.ts", 24_000),
  // Layers, losses and their checks without arithmetic: what the language worker asks about models that have not run.
  nodeBundle("modelRules", "src/insights/beforehand/modelRules.ts", 220_000, { names: "short" }),
  nodeBundle("cli", "src/cli/main.ts", 100_000),
  // Read when a notebook is first converted. 270 kB of it are KaTeX, 150 kB markdown-it with its entities, 60 kB highlight.js;
  // 165 kB the pictures that need no browser, one for each view, with all sentences in both languages.
  nodeBundle("convert", "src/convert/convert.ts", 720_000, { names: "short" }),
  // All charts (expressions and weights over time among them), with 115 kB of words in both languages; 160 kB of it are chart.js. Rooms that keep
  // pictures from jumping while they are read, and words for what is odd (nothing finite, one step, columns cut short), took the last 20 kB.
  {
    name: "renderer",
    entry: "renderer/index.ts",
    output: "dist/renderer.js",
    target: "browser",
    external: [],
    names: "short",
    isLibrary: false,
    budgetBytes: 640_000,
  },
  // Goes into exported pages beside the renderer.
  {
    name: "page",
    entry: "renderer/page/page.ts",
    output: "dist/page.js",
    target: "browser",
    external: [],
    names: "short",
    isLibrary: false,
    budgetBytes: 5_000,
  },
  // The page of a variable that is shown as a grid; it loads the renderer that stands beside it.
  {
    name: "grid",
    entry: "renderer/grid/gridPage.ts",
    output: "dist/grid.js",
    target: "browser",
    external: [],
    names: "short",
    isLibrary: false,
    budgetBytes: 8_000,
  },
  // Whole words and line ends; 107 kB of it are the WebAssembly routines (packed; of the second build, how it differs), 150 kB write models down for other programs.
  libraryBundle("engine", "src/engineAlone/index.ts", "index", 1_300_000),
  libraryBundle("engineHelper", "src/engineAlone/helperThread.ts", "helperThread", 6_000),
  libraryBundle("engineJobs", "src/engineAlone/jobWorker.ts", "jobWorker", 1_040_000),
];

/** The Mocha suite that runs inside the extension host. It is not shipped. */
export const suiteBundle: Bundle = {
  name: "suite",
  entry: "test/host/suite/index.ts",
  output: "build/host/suite/index.js",
  target: "node",
  external: ["vscode", "mocha"],
  names: "asWritten",
  isLibrary: false,
  budgetBytes: 2_000_000,
};

/** VS Code 1.100, the oldest one supported, has Node 20 and Chromium 132; the engine alone runs in other browsers too. */
const syntaxOf: Readonly<Record<Bundle["target"], string>> = { node: "node20", browser: "chrome132", any: "es2022" };

/** What esbuild is told for a bundle. */
export function esbuildOptions(
  bundle: Bundle,
  options: { readonly root: string; readonly minify: boolean },
): BuildOptions {
  return {
    absWorkingDir: options.root,
    entryPoints: [bundle.entry],
    outfile: bundle.output,
    bundle: true,
    metafile: true,
    // A debugger looks for the map that a bundle names, and complains where it was not shipped.
    sourcemap: options.minify && !bundle.isLibrary ? "external" : "linked",
    sourcesContent: bundle.isLibrary,
    platform: bundle.target === "any" ? "neutral" : bundle.target,
    format: bundle.target === "node" ? "cjs" : "esm",
    target: syntaxOf[bundle.target],
    external: [...bundle.external],
    plugins: bundle.external.includes("vscode") ? [vscodeOnce] : [],
    // Packages that have both are taken as ES modules: only these lose what is not used.
    mainFields: bundle.target === "browser" ? ["browser", "module", "main"] : ["module", "main"],
    minifyWhitespace: options.minify && !bundle.isLibrary,
    minifySyntax: options.minify && !bundle.isLibrary,
    minifyIdentifiers: options.minify && bundle.names !== "asWritten",
    keepNames: bundle.names !== "short",
    legalComments: "none",
    // Korean words take half of what escapes do. All that reads the bundles takes them for UTF-8.
    charset: "utf8",
    logLevel: "silent",
    // The kernel asks for it only where it is not bundled, in its own unit tests.
    logOverride: { "empty-import-meta": "silent" },
  };
}

/** A part of the engine's package. */
function libraryBundle(name: string, entry: string, file: string, budgetBytes: number): Bundle {
  return {
    name,
    entry,
    output: `dist/engine/${file}.js`,
    target: "any",
    external: [],
    names: "asWritten",
    isLibrary: true,
    budgetBytes,
  };
}

function nodeBundle(
  name: string,
  entry: string,
  budgetBytes: number,
  extra: Partial<Pick<Bundle, "external" | "names">> = {},
): Bundle {
  return {
    name,
    entry,
    output: `dist/${name}.cjs`,
    target: "node",
    external: [],
    names: "asWritten",
    isLibrary: false,
    budgetBytes,
    ...extra,
  };
}
