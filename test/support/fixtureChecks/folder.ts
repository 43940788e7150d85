// Checks a whole folder of fixtures, file by file: which check is for which file, and what is wrong with the folder itself.

import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { checkActivations } from "./activations.ts";
import { checkMultiHeadAttention } from "./attention.ts";
import type { CaseResult } from "./caseResult.ts";
import { checkConvolution, checkTransposedConvolution } from "./convolution.ts";
import { checkData, knownDataFiles } from "./data.ts";
import { checkDense } from "./dense.ts";
import { checkDropout } from "./dropout.ts";
import { checkEmbedding } from "./embedding.ts";
import { checkInitializers } from "./initializers.ts";
import { checkLosses } from "./losses.ts";
import { checkMetrics } from "./metrics.ts";
import { checkBatchNorm, checkLayerNorm } from "./normalization.ts";
import { checkOptimizers, type OptimizersFile } from "./optimizers.ts";
import { checkPooling } from "./pooling.ts";
import { checkGru, checkLstm, checkSimpleRnn } from "./recurrent.ts";
import { checkSchedules, type SchedulesFile } from "./schedules.ts";
import { checkTrainings } from "./trainings.ts";

/** One file with the results of its cases; or what is wrong with the file as a whole. */
export interface FileResult {
  /** From the folder, with `/`. */
  readonly file: string;
  readonly cases: readonly CaseResult[];
  readonly error?: string;
}

/** The folder itself cannot be checked: it is not there, or holds no fixtures. */
export class FolderError extends Error {
  override name = "FolderError";
}

type Check<File> = (file: File) => readonly CaseResult[] | Promise<readonly CaseResult[]>;
type AnyCheck = (content: unknown, file: string) => readonly CaseResult[] | Promise<readonly CaseResult[]>;

/** A file that is not of its check's schema fails there. */
function of<File>(check: Check<File>): AnyCheck {
  return (content) => check(content as File);
}

const checks: Readonly<Record<string, AnyCheck>> = {
  "activations.json": of(checkActivations),
  "initializers.json": of(checkInitializers),
  "losses.json": of(checkLosses),
  "metrics.json": of(checkMetrics),
  "optimizers.json": of((file: OptimizersFile & Partial<SchedulesFile>) => [
    ...checkOptimizers(file),
    ...(file.lr_schedules === undefined ? [] : checkSchedules({ lr_schedules: file.lr_schedules })),
  ]),
  "training.json": of(checkTrainings),
  "layers/batchnorm.json": of(checkBatchNorm),
  "layers/conv1d.json": of(checkConvolution),
  "layers/conv2d.json": of(checkConvolution),
  "layers/conv2d_transpose.json": of(checkTransposedConvolution),
  "layers/dense.json": of(checkDense),
  "layers/depthwise_separable_conv2d.json": of(checkConvolution),
  "layers/dropout.json": of(checkDropout),
  "layers/embedding.json": of(checkEmbedding),
  "layers/gru.json": of(checkGru),
  "layers/layernorm.json": of(checkLayerNorm),
  "layers/lstm.json": of(checkLstm),
  "layers/multi_head_attention.json": of(checkMultiHeadAttention),
  "layers/pooling.json": of(checkPooling),
  "layers/simple_rnn.json": of(checkSimpleRnn),
  "data/manifest.json": (content, file) => checkData(content as Parameters<typeof checkData>[0], path.dirname(file)),
};

/**
 * Every file of the folder and the folders in it, on the backend that computes now. Texts (`.md`) are for readers.
 *
 * @throws FolderError
 */
export async function checkFolder(folder: string): Promise<FileResult[]> {
  const files = listFiles(folder);
  const results: FileResult[] = [];
  for (const file of files) {
    const listed = path.posix.join(path.posix.dirname(file), "manifest.json");
    // Its manifest says what is in a file of data, and is checked with it.
    if (knownDataFiles.includes(path.posix.basename(file)) && files.includes(listed)) continue;
    results.push(await checkFile(folder, file));
  }
  return results;
}

function listFiles(folder: string): string[] {
  if (!existsSync(folder)) throw new FolderError(`There is no folder ${folder}.`);
  if (!statSync(folder).isDirectory()) throw new FolderError(`${folder} is a file, not a folder of fixtures.`);
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory() && !entry.name.endsWith(".md"))
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)).split(path.sep).join("/"))
    .sort();
  if (files.length === 0) throw new FolderError(`There are no fixtures in ${folder}.`);
  return files;
}

async function checkFile(folder: string, file: string): Promise<FileResult> {
  const check = checks[file];
  if (check === undefined) return { file, cases: [], error: "There is no check for a file of this name." };
  const place = path.join(folder, file);
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(place, "utf8"));
  } catch (error) {
    return { file, cases: [], error: `It cannot be read as JSON: ${messageOf(error)}` };
  }
  try {
    const cases = await check(content, place);
    return cases.length > 0 ? { file, cases } : { file, cases, error: "It has no cases." };
  } catch (error) {
    return { file, cases: [], error: `It is not of the schema: ${messageOf(error)}` };
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
