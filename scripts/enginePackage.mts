// dist/engine: what makes the engine's bundle a package that others can import: declarations, package.json, README, licence, data.

import { copyFile, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { collectTypes } from "./languageFiles.mts";

/** The public API, in the folder that `tsc -b` writes declaration files to. */
const entry = "src/engine/index.d.ts";

/** Writes all but the bundles themselves: `index.js`, and `helperThread.js` and `jobWorker.js` beside it. */
export async function writeEnginePackage(folders: {
  readonly root: string;
  readonly typesFolder: string;
  readonly distFolder: string;
}): Promise<void> {
  const folder = path.join(folders.distFolder, "engine");
  await mkdir(folder, { recursive: true });
  await writeTypes(folders.typesFolder, path.join(folder, "types"));
  await copyData(path.join(folders.root, "media", "data"), path.join(folder, "data"));
  await copyFile(path.join(folders.root, "LICENSE"), path.join(folder, "LICENSE"));
  const { version } = JSON.parse(await readFile(path.join(folders.root, "package.json"), "utf8"));
  await writeFile(path.join(folder, "package.json"), `${JSON.stringify(manifest(version), null, 2)}\n`);
  await writeFile(path.join(folder, "README.md"), readme);
}

/** Declarations name our source files; a consumer has none, and finds `x.d.ts` by the name `x.js`. */
async function writeTypes(typesFolder: string, to: string): Promise<void> {
  await rm(to, { recursive: true, force: true });
  for (const [file, text] of Object.entries(collectTypes(typesFolder, entry))) {
    const place = path.join(to, path.relative(path.dirname(entry), file));
    await mkdir(path.dirname(place), { recursive: true });
    await writeFile(place, text.replace(/(\bfrom |\bimport\()(["'])(\.{1,2}\/[^"']+)\.ts\2/g, "$1$2$3.js$2"));
  }
}

async function copyData(from: string, to: string): Promise<void> {
  await mkdir(to, { recursive: true });
  for (const name of await readdir(from))
    if (/\.(csv|md)$/.test(name)) await copyFile(path.join(from, name), path.join(to, name));
}

function manifest(version: string) {
  return {
    name: "nnbook",
    version,
    description:
      "Neural networks in TypeScript that show what happens inside: tensors, layers, training, gradients of every layer",
    keywords: [
      "neural network",
      "deep learning",
      "machine learning",
      "autodiff",
      "backpropagation",
      "gradients",
      "keras",
      "webassembly",
      "typescript",
    ],
    license: "MIT",
    type: "module",
    // Importing it chooses the backend: a bundler must not leave that out.
    sideEffects: true,
    files: ["*.js", "*.js.map", "types", "data"],
    exports: {
      ".": { types: "./types/index.d.ts", default: "./index.js" },
      "./data/*": "./data/*",
      "./package.json": "./package.json",
    },
    types: "./types/index.d.ts",
    engines: { node: ">=20" },
  };
}

const readme = `# nnbook

Neural networks in TypeScript that show what happens inside: the library of the nnbook notebooks by itself. One ES module without
dependencies, for Node 20 or newer and for browsers; it needs no VS Code. It computes with WebAssembly SIMD where that is there, and in
plain JavaScript otherwise. Terms follow Keras, spelling follows TypeScript.

## Node

Install it from a registry that has it (\`npm install nnbook\`) or from this folder (\`npm install path/to/this/folder\`), then:

\`\`\`js
import { load, layers, optimizers, sequential, tensor } from "nnbook";

const x = tensor([[0, 0], [0, 1], [1, 0], [1, 1]]);
const y = tensor([[0], [1], [1], [0]]);
const model = sequential([
  layers.dense(8, { activation: "tanh" }),
  layers.dense(1, { activation: "sigmoid" }),
]);
model.compile({ loss: "binaryCrossentropy", optimizer: optimizers.adam({ learningRate: 0.05 }) });
const run = await model.fit(x, y, { epochs: 200, batchSize: 4, seed: 1 });
console.log(run.loss.at(-1), model.predict(x).toArray());
for (const { name, series } of run.layers) console.log(name, series.meanAbs.at(-1)); // how large its gradient is
model.save("xor"); // xor.json and xor.safetensors
console.log(load("xor").predict([[0, 1]]).toArray());
\`\`\`

Without a package manager, import the file: \`import { … } from "./engine/index.js"\`.

## A web page

No bundler is needed; serve the folder and import the file:

\`\`\`html
<script type="module">
  import { backendName, layers, sequential } from "./engine/index.js";
  console.log(backendName()); // "simd-relaxed", "simd-baseline" or "plain"
</script>
\`\`\`

The page needs no special headers for one thread. Where it is not isolated from other origins, memory is not shared between threads
and is limited to 1 GiB. A content security policy must allow \`'wasm-unsafe-eval'\` for WebAssembly; without it the engine computes in plain
JavaScript.

## Backends

\`backendName()\` says what computes. \`useBackend("plain")\`, \`useBackend("simd")\` and \`useBackend("simdBaseline")\` choose; the same
seed gives the same numbers on the same backend.

## Threads

One thread computes until you ask for more: \`useThreads(2)\` gives how many there can be. Helper threads start with the first long
computation, take part where that turns out to be faster, and change no bit of the results. They do not keep a program from ending.

- **Node**: worker threads, from the files \`helperThread.js\` and, for \`compare\`, \`jobWorker.js\` beside \`index.js\`.
- **A web page**: module workers, from the same file, if the page is isolated from other origins: serve the page and the engine's files with
  \`Cross-Origin-Opener-Policy: same-origin\` and \`Cross-Origin-Embedder-Policy: require-corp\`. Elsewhere \`useThreads\` gives 1, and one
  thread computes. Workers start when the page's own script pauses: between the steps of \`fit\`, or at any \`await\` of something that takes time.
- **Bundlers** that know \`new Worker(new URL("./helperThread.js", import.meta.url))\` (Vite, webpack 5, Parcel, Rollup with a plugin) take the file
  along; with others, copy it to where the bundle is. Without it, one thread computes.

## Data sets

\`datasets.moons()\`, \`circles\`, \`spirals\`, \`blobs\`, \`xor\` and \`sine\` are made on the spot. \`datasets.iris()\`, \`penguins()\`,
\`wine()\`, \`digits()\`, \`breastCancer()\` and \`autoMpg()\` read \`iris.csv\`, \`penguins.csv\` … from the folder \`data\`. Node finds it beside
\`index.js\`; a web page says once where the texts come from:

\`\`\`js
datasets.useFiles({ "iris.csv": await (await fetch("./engine/data/iris.csv")).text() });
\`\`\`

## Models in files

In Node \`model.save("models/digits")\` writes \`digits.json\` and \`digits.safetensors\`, and \`load("models/digits")\` reads them; the notebooks of nnbook
read and write the same files. A web page stores what \`model.serialize()\` gives, and loads it by \`load({ json, weights })\`.
\`model.toPyTorch()\`, \`toKeras()\` and \`toOnnx()\` give the model for other programs: \`.save(path)\` of what they give writes it, \`.save(path, data)\` of
a script also the examples to train on from.

## TypeScript

Declarations are in \`types\`, with the documentation of everything; TypeScript 5.7 or newer, \`moduleResolution\` \`bundler\` or \`nodenext\`.

## Licence

MIT, see \`LICENSE\`. The data sets are under CC BY 4.0 or CC0 1.0, see \`data/LICENSES.md\`: keep it with them.
`;
