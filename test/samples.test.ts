// Every notebook of the course runs from top to bottom, answers its exercises when they are solved, and comes to the numbers that it speaks of.

import path from "node:path";
import { describe, expect, test } from "vitest";
import type {
  ActivationView,
  ConfusionView,
  DiagnosisView,
  GradientsView,
  GraphView,
  ImagesView,
  OptimizersView,
  TensorView,
} from "../src/shared/views.ts";
import { cellsOf, exercisesOf, lessonNames, programsAlike, runLesson, type Shown } from "./support/lessons.ts";

/** What each notebook must come to. */
const keyNumbers: Readonly<Record<string, (shown: Shown) => void>> = {
  "01-neurons.nnbook": ({ text }) => {
    expect(text).toContain("{ and: [ 0, 0, 0, 1 ], or: [ 0, 1, 1, 1 ], nand: [ 1, 1, 1, 0 ] }");
    // One neuron shrugs at XOR, a hidden layer solves it.
    expect(text).toContain("[ '0.50', '0.50', '0.50', '0.50' ]");
    expect(text).toMatch(/\[ '0\.0\d', '(0\.9\d|1\.00)', '(0\.9\d|1\.00)', '0\.0\d' \]/);
  },
  "02-activation-functions.nnbook": ({ text, views }) => {
    const numbers = (name: string) => new RegExp(`${name}: Tensor \\[1, 3\\]\\s+(.*\\])`).exec(text)?.[1];
    expect(numbers("twoLayers")).toBe("[[  7.25, -3.375, -1.125]]");
    expect(numbers("oneLayer")).toBe("[[  7.25, -3.375, -1.125]]");
    expect(numbers("withRelu")).toBe("[[ 0.25, 0.125, -0.25]]");
    const [, linear, curved] = /(?:linear|선형): ([\d.]+) {2}tanh: ([\d.]+)/.exec(text) ?? [];
    expect(Number(linear)).toBeLessThan(0.65);
    expect(Number(curved)).toBeGreaterThan(0.99);
    // The values of the trained layer lie under one of the pictures of functions.
    const pictures = views<ActivationView>("activation");
    expect(pictures.map(({ layer }) => layer)).toEqual([null, "dense_1", null, null]);
    const saturated = Number(pictures[1]?.layers.find(({ name }) => name === "dense_1")?.saturatedShare);
    expect(saturated).toBeGreaterThan(0.35);
    expect(saturated).toBeLessThan(0.5);
  },
  "03-outputs-and-losses.nnbook": ({ text, views }) => {
    expect(text).toContain("[ '10: 5.67', '11: 4.67', '12: 5.67' ]");
    expect(text).toContain("{ mse: -0.00492, crossEntropy: -0.998 }");
    expect(text).toMatch(/naive: \[ NaN, NaN, NaN \],\s+safe: \[ 0\.665\d+, 0\.244\d+, 0\.0900\d+ \]/);
    expect(text).toContain("oneHot: '0.3567', sparse: '0.3567', byHand: '0.3567'");
    expect(text).toMatch(/softmax over one unit is always 1|유닛이 하나인 소프트맥스의 출력은 항상 1입니다/);
    expect(
      views<ConfusionView>("confusion")[0]
        ?.counts.flat()
        .reduce((sum, each) => sum + each),
    ).toBe(86);
  },
  "04-backpropagation-by-hand.nnbook": ({ text, views }) => {
    // By hand, by automatic differentiation, by finite differences.
    expect(text).toMatch(/w11: -0\.098530/);
    expect(text).toMatch(/\[\[-0\.09853, +0\.1641\]/);
    expect(text).toMatch(/^-0\.0985/m);
    expect(views("backprop")).toHaveLength(2);
    const [graph] = views<GraphView>("graph");
    expect(graph?.isDifferentiated).toBe(true);
    expect(graph?.nodes.find(({ name }) => name === "w")?.gradients[0]).toBeCloseTo(-0.09853, 4);
  },
  "06-gradient-descent.nnbook": ({ text, views }) => {
    const [full = 0, mini = 0, single = 0] = numbersAfter("loss", text);
    expect(full).toBeGreaterThan(1);
    expect(mini).toBeLessThan(0.2);
    expect(single).toBeLessThan(0.05);
    const [boldMini = 0, boldSingle = 0] = numbersAfter("bold", text);
    expect(boldMini).toBeLessThan(0.2);
    expect(boldSingle).toBeGreaterThan(0.5);
    const [race] = views<OptimizersView>("optimizers");
    expect(race?.racers.find(({ rank }) => rank === 1)?.name).toBe("0.1");
  },
  "05-vanishing-gradients.nnbook": ({ text, views }) => {
    const verdicts = views<GradientsView>("gradients").map((view) => view.runs.map((run) => run.verdict.kind));
    expect(verdicts).toEqual([
      ["vanishing"],
      ["vanishing", "healthy"],
      ["healthy", "healthy", "healthy"],
      ["notFinite", "healthy"],
    ]);
    const [tanh = 0, normed = 0, residual = 0] = numbersAfter("cures", text);
    expect(Math.min(tanh, residual)).toBeGreaterThan(0.9);
    expect(normed).toBeGreaterThan(0.3);
    // The diagnosis names the cause in one, and leaves the other alone.
    const [diagnosis] = views<DiagnosisView>("diagnosis");
    const grave = diagnosis?.findings.filter(({ tone }) => tone !== "info") ?? [];
    expect(grave.map(({ kind, run }) => `${kind} ${run}`)).toEqual(["vanishing 0", "noProgress 0", "slowLayer 0"]);
  },
  "07-optimizers.nnbook": ({ views }) => {
    expect(views("surface")).toHaveLength(4);
    const [usual, tuned] = views<OptimizersView>("optimizers");
    const ranks = Object.fromEntries((usual?.racers ?? []).map(({ name, rank }) => [name, rank]));
    expect([ranks.momentum, ranks.nesterov, ranks.adam, ranks.adagrad]).toEqual([1, 1, 3, 6]);
    // With rates of their own they cannot be told apart.
    expect(tuned?.racers.map(({ rank }) => rank)).toEqual([1, 1, 1, 1, 1]);
    for (const { final } of tuned?.racers ?? []) expect(final?.mean).toBeLessThan(0.25);
  },
  "08-real-data.nnbook": ({ text }) => {
    const [baseline = 0] = numbersAfter("baseline", text);
    expect(baseline).toBeCloseTo(7.08, 1);
    expect(numbersAfter("mpg", text)[0]).toBeLessThan(2.5);
    const [accuracy, recall = 0] = numbersAfter("cancer", text);
    expect(accuracy).toBeGreaterThan(0.93);
    expect(recall).toBeGreaterThan(0.8);
    // A lower threshold misses fewer, and cries wolf more often.
    const counts = (name: string) =>
      [...text.matchAll(new RegExp(`${name}: (\\d+)`, "g"))].map(([, count]) => Number(count));
    expect(counts("missed")).toEqual(counts("missed").toSorted((left, right) => right - left));
    expect(counts("falseAlarms")).toEqual(counts("falseAlarms").toSorted((left, right) => left - right));
    expect(numbersAfter("digits", text)[0]).toBeGreaterThan(0.94);
    const [plain, ...remedied] = numbersAfter("overfit", text);
    expect(plain).toBeGreaterThan(0.8);
    expect(Math.max(...remedied)).toBeLessThan(0.55);
  },
  "09-beyond-dense.nnbook": ({ text, views }) => {
    expect(numbersAfter("weights", text)).toEqual([4810, 810]);
    expect(Math.min(...numbersAfter("digits", text))).toBeGreaterThan(0.94);
    const [guessing = 0] = numbersAfter("guessing", text);
    const [simple = 0, lstm = 0] = numbersAfter("sums", text);
    expect(simple).toBeGreaterThan(guessing / 2);
    expect(lstm).toBeLessThan(guessing / 20);
    // The past is fog to the one, the other sees all of it.
    expect(Math.max(...numbersAfter("sightRnn", text).map(Math.abs))).toBeLessThan(0.2);
    expect(Math.min(...numbersAfter("sightLstm", text))).toBeGreaterThan(0.8);
    // Its windows, then what they make of one digit: eight maps of 6 × 6, after the pooling of 3 × 3.
    const [windows, maps] = views<ImagesView>("images").map(({ groups }) => groups);
    expect(windows?.map(({ holds, total }) => [holds, total])).toEqual([["filters", 8]]);
    const sizes = maps?.map(({ holds, total, tiles }) => [holds, total, tiles[0]?.picture.width]);
    expect(sizes).toEqual([
      ["examples", 1, 8],
      ["maps", 8, 6],
      ["maps", 8, 3],
    ]);
    // All of the way back through time in one picture, the LSTM below.
    const [rows] = views<TensorView>("tensor").map(({ pages }) => pages[0]?.values ?? []);
    const half = (rows?.length ?? 0) / 2;
    expect(half).toBe(32);
    expect(Math.max(...(rows ?? []).slice(0, 20).map(Number).map(Math.abs))).toBeLessThan(0.2);
    expect(Math.min(...(rows ?? []).slice(half, half + 20).map(Number))).toBeGreaterThan(0.8);
  },
  "10-find-the-fault.nnbook": ({ views }) => {
    const causes = views<DiagnosisView>("diagnosis").map(({ findings }) => findings[0]?.kind);
    expect(causes).toEqual(["lossMismatch", "symmetricStart", "unscaledInputs", "vanishing", "rateTooLow"]);
  },
};

/** The numbers of a line such as "loss [ '0.1', '0.2' ]". */
function numbersAfter(word: string, text: string): number[] {
  const list = new RegExp(`^${word} \\[ (.*) \\]$`, "m").exec(text)?.[1] ?? "";
  return list.split(", ").map((each) => Number(each.replaceAll("'", "")));
}

/** The Korean notebooks hold the same programs: running a few of them, the quickest, shows that they do, unless all are asked for. */
const quickInKorean = ["00-first-network.nnbook", "01-neurons.nnbook", "04-backpropagation-by-hand.nnbook"];
const foldersOf = (name: string) => (process.env.LESSONS === "all" || quickInKorean.includes(name) ? ["", "ko"] : [""]);

describe.each(lessonNames)("%s", (name) => {
  test.each(foldersOf(name))(
    "runs without an error, and shows what it speaks of %s",
    { timeout: 180_000 },
    async (folder) => {
      const shown = await runLesson(path.join(folder, name));
      const { cells } = shown.report;
      expect(cells.filter((cell) => !cell.ok)).toEqual([]);
      expect(shown.report.ok).toBe(true);
      const outputs = cells.flatMap((cell) => cell.outputs);
      expect(outputs.length).toBeGreaterThan(0);
      // A view alone would be nothing to those who read the file elsewhere.
      const withoutText = outputs.filter(
        (output) =>
          Object.keys(output).some((mime) => mime.startsWith("application/vnd.nnbook.")) && !("text/plain" in output),
      );
      expect(withoutText).toEqual([]);
      // Each exercise is open first, and right with its solution.
      const marks = shown.checks.map((text) => text.slice(0, 1)).join("");
      expect(marks, shown.checks.join("\n")).toBe("…✓".repeat(shown.solutionCount));
      for (const sentence of shown.checks) expect(sentence).toMatch(folder === "ko" ? /[가-힣]{2}/ : /right|no answer/);
      keyNumbers[name]?.(shown);
    },
  );

  test.each(["", "ko"])("hides its answers, and its hints until they are asked for %s", async (folder) => {
    for (const { hint, solution, check } of exercisesOf(await cellsOf(path.join(folder, name)))) {
      expect(hint).toMatch(folder === "ko" ? /\p{Script=Hangul}/u : /[a-z]/);
      expect(hint).not.toContain("```");
      expect(solution).toMatch(/```ts\n[\s\S]*answer\d/);
      // What is asked for may stand there: bounds, or the corners of exercise 1 of lesson 1; and what is worked out by another way.
      expect(check).toMatch(/sealed\("[\w-]+"\)|atLeast|atMost|\[0, 0, 1, 0\]|\.grad\b/);
    }
  });

  test("is the same program in Korean", async () => {
    const [english, korean] = [await cellsOf(name), await cellsOf(path.join("ko", name))];
    expect(korean.map(({ kind }) => kind)).toEqual(english.map(({ kind }) => kind));
    for (const [index, { kind, source }] of korean.entries()) {
      const [own, other] = [source.join("\n"), english[index]?.source.join("\n") ?? ""];
      if (kind === "markdown") expect(own).toMatch(/\p{Script=Hangul}/u);
      else {
        const [expected, actual] = programsAlike(other, own);
        expect(actual).toEqual(expected);
      }
    }
  });
});

test("every key number belongs to a notebook that is there", () => {
  expect(lessonNames).toEqual(expect.arrayContaining(Object.keys(keyNumbers)));
});
