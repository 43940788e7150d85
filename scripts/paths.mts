// Where things are in a clone. All scripts take their paths from here.

import path from "node:path";

export const rootFolder: string = path.resolve(import.meta.dirname, "..");

/** What ships: bundles, type texts, data sets. */
export const distFolder: string = path.join(rootFolder, "dist");

/** What is made on the way and never ships: types, metafiles, the test suite's bundle. */
export const buildFolder: string = path.join(rootFolder, "build");

/** What a person looks at: screenshots, test reports. */
export const outFolder: string = path.join(rootFolder, "out");

export const samplesFolder: string = path.join(rootFolder, "media", "samples");
/** The pages that `npm run docs` writes. */
export const referenceFolder: string = path.join(rootFolder, "docs", "reference");

/** The pictures of "Get started", which `npm run pictures` takes. */
export const walkthroughFolder: string = path.join(rootFolder, "media", "walkthrough");
export const vsixFile: string = path.join(rootFolder, "nnbook.vsix");

/** The notebook that `npm start` opens. */
export const firstSample = "05-vanishing-gradients.nnbook";
