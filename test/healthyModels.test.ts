// Models of many kinds that train well: none of the checks complains of them. Each of them ran when it was written down.

import { expect, test } from "vitest";
import { collectTypescriptLibs } from "../scripts/languageFiles.mts";
import { modelRules } from "../src/insights/beforehand/modelRules.ts";
import { LanguageServer } from "../src/language/languageServer.ts";
import { TestNotebook } from "../src/language/notebooks.testing.ts";

const healthy: Readonly<Record<string, string>> = {
  "two losses for one maker": `const make = () => sequential([layers.dense(8,{activation:'relu'}), layers.dense(1)]);
    const a = make();
    a.compile({ loss: (t, p) => t.sub(p).abs().mean() });
    await a.fit(datasets.sine(), once);
    const b = make();
    b.compile({ loss: losses.binaryCrossentropy({ fromLogits: true }) });
    await b.fit(datasets.moons(), once);`,
  "cnn digits": `const d = datasets.digits().standardize().split({validation:0.2, seed:1});
    const m = sequential([layers.reshape([8,8,1]), layers.conv2d(4,3,{activation:"relu",padding:"same"}), layers.batchNorm(), layers.maxPooling2d(2), layers.separableConv2d(6,3,{padding:"same"}), layers.globalAveragePooling2d(), layers.dropout(0.2), layers.dense(10,{activation:"softmax"})]);
    m.compile({loss:"categoricalCrossentropy"});
    await m.fit(d.train, once)`,
  "rnn text": `const x = tensor([[1,2,3],[4,5,0]]);
    const y = tensor([[1],[0]]);
    const m = sequential([layers.embedding(10,4), layers.bidirectional(layers.lstm(5)), layers.dense(1,{activation:"sigmoid"})]);
    m.compile({loss:"binaryCrossentropy"});
    await m.fit(x, y, once)`,
  autoencoder: `const d = datasets.digits().standardize();
    const ae = sequential([layers.dense(16,{activation:"relu"}), layers.dense(64,{activation:"sigmoid"})]);
    ae.compile({loss:"mse"});
    await ae.fit(d.x, d.x, once)`,
  "autoencoder bce": `const d = datasets.digits();
    const x = d.x.div(16);
    const ae = sequential([layers.dense(16,{activation:"relu"}), layers.dense(64,{activation:"sigmoid"})]);
    ae.compile({loss:"binaryCrossentropy"});
    await ae.fit(x, x, once)`,
  "encoder decoder shared": `const d = datasets.digits().standardize();
    const encoder = [layers.dense(16,{activation:"relu"}), layers.dense(2)];
    const decoder = [layers.dense(16,{activation:"relu"}), layers.dense(64,{activation:"sigmoid"})];
    const ae = sequential([...encoder, ...decoder]);
    ae.compile({loss:"mse"});
    await ae.fit(d.x, d.x, once);
    const enc = sequential(encoder);
    enc.predict(d.x)`,
  transfer: `const d = datasets.digits().standardize();
    const body = layers.dense(16,{activation:"relu"});
    const m = sequential([body, layers.dense(10,{activation:"softmax"})]);
    m.compile({loss:"categoricalCrossentropy"});
    await m.fit(d, once);
    body.trainable = false;
    const t = sequential([body, layers.dense(1)]);
    t.compile({loss:"mse"});
    await t.fit(d.x, d.x.sum(1).reshape([-1,1]), once);`,
  "multi output graph": `const x = input(4);
    const h = layers.dense(8,{activation:'relu'}).apply(x);
    const a = layers.dense(3,{activation:'softmax', name:'kind'}).apply(h);
    const b = layers.dense(1, {name:'size'}).apply(h);
    const m = model({inputs: x, outputs: {kind: a, size: b}});
    m.compile({loss: {kind:'categoricalCrossentropy', size:'mse'}});
    const d = datasets.iris().standardize();
    await m.fit(d.x, {kind: d.y, size: d.x.sum(1).reshape([-1,1])}, once);`,
  "graph skip": `const x = input(2);
    const h = layers.dense(8,{activation:'tanh'}).apply(x);
    const k = layers.dense(8,{activation:'tanh'}).apply(h);
    const s = layers.add().apply([h,k]);
    const m = model({inputs:x, outputs: layers.dense(1,{activation:'sigmoid'}).apply(s)});
    m.compile({loss:'binaryCrossentropy'});
    await m.fit(datasets.moons(), once);`,
  "graph in a loop": `const x = input(2);
    let h = layers.dense(4).apply(x);
    for (let i = 0;
    i < 3;
    i++) h = layers.dense(8, {activation:'relu'}).apply(h);
    const m = model({inputs: x, outputs: layers.dense(1,{activation:'sigmoid'}).apply(h)});
    m.compile({loss:'binaryCrossentropy'});
    await m.fit(datasets.moons(), once);`,
  "regression sigmoid out scaled": `const x = tensor([[0],[1],[2]]);
    const y = tensor([[0.1],[0.5],[0.9]]);
    const m = sequential([layers.dense(4,{activation:'tanh'}), layers.dense(1,{activation:'sigmoid'})]);
    m.compile({loss:'mse'});
    await m.fit(x,y, once);`,
  "custom loss": `const d = datasets.iris().standardize();
    const focal = losses.custom((t, p) => t.mul(p.log()).neg().sum(-1).mean());
    const m = sequential([layers.dense(3,{activation:'softmax'})]);
    m.compile({loss: focal});
    await m.fit(d, once);`,
  "custom layer": `const d = datasets.iris().standardize();
    const scale = layers.custom({name:'scale', weights: { s: { shape: [4] } }, forward: (x, {s}) => x.mul(s)});
    const m = sequential([scale, layers.dense(3,{activation:'softmax'})]);
    m.compile({loss:'cce'.replace('cce','categoricalCrossentropy')});
    await m.fit(d, once);`,
  "sigmoid with bn deep": `const d = datasets.digits().standardize();
    const m = sequential([...Array.from({length:6}, () => [layers.dense(16), layers.batchNorm(), layers.activation('sigmoid')]).flat(), layers.dense(10,{activation:'softmax'})]);
    m.compile({loss:'categoricalCrossentropy'});
    await m.fit(d, once);`,
  "loop push": `const rows = [];
    for (const n of [32, 16]) rows.push(layers.dense(n,{activation:'relu'}));
    rows.push(layers.dense(10,{activation:'softmax'}));
    const m = sequential(rows);
    m.compile({loss:'categoricalCrossentropy'});
    await m.fit(datasets.digits().standardize(), once);`,
  "function layers": `async function read(first) { const m = sequential([...first, layers.dense(10,{activation:'softmax'})]);
    m.compile({loss:'categoricalCrossentropy'});
    await m.fit(datasets.digits().standardize(), once);
    return m; } const a = await read([layers.dense(5)]);
    const b = await read([layers.reshape([8,8,1]), layers.conv2d(3,3), layers.flatten()]);`,
  "conditional data": `const s = true ;
    const w = datasets.wine();
    const m = sequential([layers.dense(3,{activation:'softmax'})]);
    m.compile({loss:'categoricalCrossentropy'});
    await m.fit(s ? w.standardize() : w, once);`,
  "digits flatten bn": `const m = sequential([layers.reshape([8,8,1]), layers.batchNorm(), layers.conv2d(3,3), layers.flatten(), layers.dense(10,{activation:'softmax'})]);
    m.compile({loss:'categoricalCrossentropy'});
    await m.fit(datasets.digits(), once);`,
  "own scaling": `const d = datasets.wine();
    const x = d.x.sub(d.x.mean(0)).div(d.x.std(0));
    const m = sequential([layers.dense(3,{activation:'softmax'})]);
    m.compile({loss:'categoricalCrossentropy'});
    await m.fit(x, d.y, once);`,
  "custom scale layer": `const m = sequential([layers.custom({name:'scale', forward: (x) => x.div(16)}), layers.dense(10,{activation:'softmax'})]);
    m.compile({loss:'categoricalCrossentropy'});
    await m.fit(datasets.digits(), once);`,
  "oneHot moons": `const d = datasets.moons();
    const y = oneHot(d.y.reshape([-1]), 2);
    const m = sequential([layers.dense(2,{activation:'softmax'})]);
    m.compile({loss:'categoricalCrossentropy'});
    await m.fit(d.x, y, once);`,
  hinge: `const d = datasets.moons();
    const m = sequential([layers.dense(8,{activation:'relu'}), layers.dense(1)]);
    m.compile({loss:'hinge'});
    await m.fit(d.x, d.y.mul(2).sub(1), once);`,
  "tanh out hinge": `const d = datasets.moons();
    const m = sequential([layers.dense(8,{activation:'relu'}), layers.dense(1,{activation:'tanh'})]);
    m.compile({loss:'squaredHinge'});
    await m.fit(d.x, d.y.mul(2).sub(1), once);`,
  hardSigmoid: `const d = datasets.moons();
    const m = sequential([layers.dense(8,{activation:'relu'}), layers.dense(1,{activation:'hardSigmoid'})]);
    m.compile({loss:'binaryCrossentropy'});
    await m.fit(d, once);`,
  "softplus poisson": `const x = tensor([[0],[1],[2]]);
    const y = tensor([[1],[3],[9]]);
    const m = sequential([layers.dense(1,{activation:'exponential'})]);
    m.compile({loss:'poisson'});
    await m.fit(x, y, once);`,
  "seq labels": `const x = tensor([[1,2,3]]);
    const y = tensor([[0,1,0]]);
    const m = sequential([layers.embedding(5,3), layers.lstm(4,{returnSequences:true}), layers.dense(2,{activation:'softmax'})]);
    m.compile({loss:'sparseCategoricalCrossentropy'});
    await m.fit(x, y, once);`,
  "same maker, other data": `const make = (out) => sequential([layers.dense(8,{activation:'relu'}), layers.dense(out,{activation:'softmax'})]);
    const a = make(3);
    a.compile({loss:'categoricalCrossentropy'});
    await a.fit(datasets.iris(), once);
    const b = make(10);
    b.compile({loss:'categoricalCrossentropy'});
    await b.fit(datasets.digits().standardize(), once);`,
  recompile: `const d = datasets.moons();
    const m = sequential([layers.dense(4,{activation:'relu'}), layers.dense(1,{activation:'sigmoid'})]);
    m.compile({loss:'binaryCrossentropy'});
    await m.fit(d, once);
    m.compile({loss: losses.binaryCrossentropy({labelSmoothing:0.1})});
    await m.fit(d, once);`,
  "compare opts": `const d = datasets.moons();
    await compare({ model: () => sequential([layers.dense(4,{activation:'relu'}), layers.dense(1,{activation:'sigmoid'})]), data: d, loss:'binaryCrossentropy', optimizers:['sgd','adam'], seeds: 1, epochs: 1 });`,
  "compare variants": `const d = datasets.iris().standardize();
    const deep = (activation) => () => sequential([layers.dense(8,{activation}), layers.dense(8,{activation}), layers.dense(3,{activation:'softmax'})]);
    await compare({ model: deep('relu'), variants: { relu: { model: deep('relu'), optimizer:'sgd' }, sig: { model: deep('sigmoid'), optimizer:'sgd' } }, data: d, loss:'categoricalCrossentropy', seeds: 1, epochs: 1 });`,
  "spread options": `const base = { activation: 'relu', kernelInitializer: 'heNormal' } as const;
    const m = sequential([layers.dense(8, {...base}), layers.dense(8, {...base, activation: 'tanh'}), layers.dense(1,{activation:'sigmoid'})]);
    m.compile({loss:'binaryCrossentropy'});
    await m.fit(datasets.moons(), once);`,
  reassigned: `let m = sequential([layers.dense(3,{activation:'softmax'})]);
    m.compile({loss:'categoricalCrossentropy'});
    await m.fit(datasets.iris(), once);
    m = sequential([layers.dense(1)]);
    m.compile({loss:'mse'});
    await m.fit(datasets.sine(), once);`,
  "rebuilt in a loop": `const d = datasets.moons();
    for (const units of [2, 8]) { const m = sequential([layers.dense(units,{activation:'relu'}), layers.dense(1,{activation:'sigmoid'})]);
    m.compile({loss:'binaryCrossentropy'});
    await m.fit(d, once); }`,
  "if else": `const d = datasets.iris();
    const kind = 'c';
    const m = sequential([layers.dense(3,{activation: 'softmax'})]);
    if (kind === 'r') { m.compile({loss:'mse'});
    await m.fit(datasets.sine(), once); } else { m.compile({loss:'categoricalCrossentropy'});
    await m.fit(d, once); }`,
  conv1d: `const d = datasets.digits().standardize();
    const m = sequential([layers.reshape([64,1]), layers.conv1d(4,3,{activation:'relu'}), layers.maxPooling1d(2), layers.flatten(), layers.dense(10,{activation:'softmax'})]);
    m.compile({loss:'categoricalCrossentropy'});
    await m.fit(d, once);`,
  "conv autoencoder": `const d = datasets.digits().standardize();
    const x = d.x.reshape([-1,8,8,1]);
    const m = sequential([layers.conv2d(4,3,{padding:'same',activation:'relu'}), layers.maxPooling2d(2), layers.upSampling2d(2), layers.conv2d(1,3,{padding:'same',activation:'sigmoid'})]);
    m.compile({loss:'mse'});
    await m.fit(x, x, once);`,
  "wrapped model": `const d = datasets.iris();
    const inner = sequential([layers.dense(4,{activation:'relu'})]);
    const x = input(4);
    const m = model({inputs:x, outputs: layers.dense(3,{activation:'softmax'}).apply(inner.apply(x))});
    m.compile({loss:'categoricalCrossentropy'});
    await m.fit(d, once);`,
  "nested sequential": `const d = datasets.iris();
    const inner = sequential([layers.dense(4,{activation:'relu'})]);
    const m = sequential([inner, layers.dense(3,{activation:'softmax'})]);
    m.compile({loss:'categoricalCrossentropy'});
    await m.fit(d, once);`,
  "1d inputs": `const x = [0,1,2,3];
    const y = [0,1,1,0];
    const m = sequential([layers.dense(4,{activation:'tanh'}), layers.dense(1)]);
    m.compile({loss:'mse'});
    await m.fit(x, y, once);`,
  "sigmoid 4 narrow but relu between": `const m = sequential([layers.dense(8,{activation:'sigmoid'}), layers.dense(8,{activation:'sigmoid'}), layers.dense(8,{activation:'relu'}), layers.dense(8,{activation:'sigmoid'}), layers.dense(8,{activation:'sigmoid'}), layers.dense(1)]);
    m.compile({loss:'mse'});
    await m.fit(datasets.sine(), once);`,
  "features chosen": `const d = datasets.iris();
    const m = sequential([layers.dense(3,{activation:'softmax', inputShape: 2})]);
    m.compile({loss:'categoricalCrossentropy'});
    await m.fit(d.x.slice([0,0],[150,2]), d.y, once);`,
  "validation data option": `const d = datasets.iris();
    const m = sequential([layers.dense(3,{activation:'softmax'})]);
    m.compile({loss:'categoricalCrossentropy'});
    await m.fit(d.x, d.y, {...once, validationData: [d.x, d.y]});`,
  "destructured train": `const { train, validation } = datasets.iris().split({validation:0.2, seed: 1});
    const m = sequential([layers.dense(3,{activation:'softmax'})]);
    m.compile({loss:'categoricalCrossentropy'});
    await m.fit(train, once);`,
};

test("no check complains of healthy models", () => {
  const server = new LanguageServer({
    readFiles: () => ({ typescriptLibs: collectTypescriptLibs(), nnbookTypes: {} }),
    readRules: () => modelRules,
  });
  const notebook = new TestNotebook(server);
  const names = Object.keys(healthy);
  notebook.set([
    'import { compare, datasets, input, layers, losses, model, oneHot, sequential, tensor } from "nnbook";\nconst once = { epochs: 1, seed: 1 };',
    ...names.map((name) => `{ ${healthy[name]} }`),
  ]);
  const { problems, layers } = server.answer({ kind: "describeModels", notebookId: notebook.id });
  expect(problems.map(({ cellId, message }) => `${names[Number(cellId) - 1]}: ${message}`)).toEqual([]);
  // They are read, and not merely passed over.
  expect(layers.filter(({ outputShape }) => outputShape !== null).length).toBeGreaterThan(layers.length * 0.7);
});
