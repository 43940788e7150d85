// ONNX Runtime, where its package is installed: it is large, and needed by one test alone.

import { createRequire } from "node:module";

/** What is used of it. */
interface OnnxRuntime {
  readonly InferenceSession: {
    create(bytes: Uint8Array, options: { readonly logSeverityLevel: number }): Promise<OnnxSession>;
  };
  readonly Tensor: new (type: "float32", data: Float32Array, shape: readonly number[]) => object;
}

interface OnnxSession {
  readonly outputNames: readonly string[];
  run(feeds: Readonly<Record<string, object>>): Promise<Readonly<Record<string, { readonly data: Float32Array }>>>;
  release(): Promise<void>;
}

/** `null` where the package is not there: run `npm ci`. */
export function findOnnxRuntime(): OnnxRuntime | null {
  try {
    // Its types are those above.
    return createRequire(import.meta.url)("onnxruntime-web") as OnnxRuntime;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "MODULE_NOT_FOUND") return null;
    throw error;
  }
}
