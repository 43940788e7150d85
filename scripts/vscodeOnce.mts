// Makes a bundle take VS Code's API once, as it is. esbuild alone copies what is not an ES module, every name of it for every file
// that imports it: with 75 files and 500 names, that was two thirds of what starting the extension cost.

import { readFile } from "node:fs/promises";
import type { Plugin } from "esbuild";

const wholeImport = /^import \* as vscode from "vscode";$/m;

export const vscodeOnce: Plugin = {
  name: "VS Code's API, once",
  setup(build) {
    build.onLoad({ filter: /[\\/]src[\\/]extension[\\/].*\.ts$/ }, async ({ path }) => {
      const text = await readFile(path, "utf8");
      // On the same line, for the source map.
      return { contents: text.replace(wholeImport, 'import vscode from "vscode:once";'), loader: "ts" };
    });
    build.onResolve({ filter: /^vscode:once$/ }, ({ path }) => ({ path, namespace: "vscode-once" }));
    build.onLoad({ filter: /.*/, namespace: "vscode-once" }, () => ({
      contents: 'const vscode = require("vscode"); export default vscode;',
    }));
  },
};
