// The globals of a cell that TypeScript's own libraries do not declare: what Node offers everywhere. No browser.
// Used where the notebook's folder has no @types/node.

import { builtinModules } from "node:module";

const globals = `
/** Prints lines below the cell. */
interface Console {
  /** Prints values on a line below the cell. */
  log(...values: unknown[]): void;
  info(...values: unknown[]): void;
  debug(...values: unknown[]): void;
  /** Prints values as a warning. */
  warn(...values: unknown[]): void;
  /** Prints values as an error. */
  error(...values: unknown[]): void;
  /** Prints rows as a table. */
  table(rows: unknown, columns?: readonly string[]): void;
  dir(value: unknown, options?: { depth?: number | null; colors?: boolean }): void;
  trace(...values: unknown[]): void;
  assert(condition?: boolean, ...values: unknown[]): void;
  count(label?: string): void;
  countReset(label?: string): void;
  group(...values: unknown[]): void;
  groupEnd(): void;
  /** Starts a stopwatch; \`timeEnd\` with the same label prints it. */
  time(label?: string): void;
  timeLog(label?: string, ...values: unknown[]): void;
  timeEnd(label?: string): void;
}
declare var console: Console;

interface Timer { ref(): this; unref(): this; hasRef(): boolean; [Symbol.toPrimitive](): number }
/** Calls \`callback\` once, \`delayMs\` milliseconds from now. */
declare function setTimeout(callback: (...args: any[]) => void, delayMs?: number, ...args: any[]): Timer;
/** Calls \`callback\` every \`delayMs\` milliseconds. */
declare function setInterval(callback: (...args: any[]) => void, delayMs?: number, ...args: any[]): Timer;
declare function setImmediate(callback: (...args: any[]) => void, ...args: any[]): Timer;
declare function clearTimeout(timer: Timer | number | undefined): void;
declare function clearInterval(timer: Timer | number | undefined): void;
declare function clearImmediate(timer: Timer | undefined): void;
declare function queueMicrotask(callback: () => void): void;
/** A deep copy of \`value\`. */
declare function structuredClone<T>(value: T, options?: { transfer?: readonly unknown[] }): T;

interface Performance {
  /** Milliseconds since the kernel started, with fractions. */
  now(): number;
  readonly timeOrigin: number;
}
declare var performance: Performance;

interface Process {
  readonly env: Record<string, string | undefined>;
  readonly argv: string[];
  readonly pid: number;
  readonly platform: string;
  readonly arch: string;
  readonly version: string;
  readonly versions: Readonly<Record<string, string | undefined>>;
  cwd(): string;
  uptime(): number;
  memoryUsage(): { rss: number; heapTotal: number; heapUsed: number; external: number; arrayBuffers: number };
  hrtime: { bigint(): bigint };
  nextTick(callback: (...args: any[]) => void, ...args: any[]): void;
  /** Ends the kernel: what cells declared is gone. */
  exit(code?: number): never;
  exitCode: number | string | null | undefined;
  /** What is written stands below the cell. */
  readonly stdout: { write(text: string | Uint8Array): boolean };
  readonly stderr: { write(text: string | Uint8Array): boolean };
}
declare var process: Process;

interface AbortSignal { readonly aborted: boolean; readonly reason: unknown; throwIfAborted(): void }
declare var AbortSignal: { abort(reason?: unknown): AbortSignal; timeout(delayMs: number): AbortSignal };
interface AbortController { readonly signal: AbortSignal; abort(reason?: unknown): void }
declare var AbortController: { new (): AbortController };

interface URLSearchParams {
  append(name: string, value: string): void;
  delete(name: string): void;
  get(name: string): string | null;
  getAll(name: string): string[];
  has(name: string): boolean;
  set(name: string, value: string): void;
  toString(): string;
  [Symbol.iterator](): IterableIterator<[string, string]>;
}
declare var URLSearchParams: { new (init?: string | Record<string, string> | Iterable<[string, string]>): URLSearchParams };
interface URL {
  hash: string; host: string; hostname: string; href: string; readonly origin: string; password: string;
  pathname: string; port: string; protocol: string; search: string; username: string;
  readonly searchParams: URLSearchParams;
  toString(): string;
}
declare var URL: { new (url: string | URL, base?: string | URL): URL; canParse(url: string, base?: string): boolean };

interface Headers {
  append(name: string, value: string): void;
  delete(name: string): void;
  get(name: string): string | null;
  has(name: string): boolean;
  set(name: string, value: string): void;
  forEach(callback: (value: string, name: string) => void): void;
}
declare var Headers: { new (init?: Record<string, string> | Iterable<[string, string]>): Headers };
interface Response {
  readonly ok: boolean; readonly status: number; readonly statusText: string; readonly url: string;
  readonly headers: Headers;
  text(): Promise<string>;
  json(): Promise<any>;
  arrayBuffer(): Promise<ArrayBuffer>;
}
interface RequestInit {
  method?: string;
  headers?: Record<string, string> | Headers;
  body?: string | ArrayBuffer | Uint8Array | URLSearchParams;
  signal?: AbortSignal;
  redirect?: "follow" | "error" | "manual";
}
/** Asks a web server. */
declare function fetch(url: string | URL, options?: RequestInit): Promise<Response>;

interface TextEncoder { encode(text?: string): Uint8Array }
declare var TextEncoder: { new (): TextEncoder };
interface TextDecoder { decode(bytes?: ArrayBuffer | ArrayBufferView): string }
declare var TextDecoder: { new (encoding?: string, options?: { fatal?: boolean }): TextDecoder };
interface Buffer extends Uint8Array {
  /** The bytes as text, "utf8" by default; "hex", "base64" … */
  toString(encoding?: string): string;
}
declare var Buffer: {
  from(data: string | ArrayBuffer | Uint8Array | readonly number[], encoding?: string): Buffer;
  alloc(sizeBytes: number): Buffer;
  concat(list: readonly Uint8Array[]): Buffer;
  byteLength(text: string, encoding?: string): number;
  isBuffer(value: unknown): value is Buffer;
};
declare function atob(text: string): string;
declare function btoa(text: string): string;
declare var crypto: { randomUUID(): string; getRandomValues<T extends ArrayBufferView>(array: T): T };
interface ImportMeta {
  readonly url: string;
  /** The notebook's folder. */
  readonly dirname: string;
}
`;

const builtIn = builtinModules.filter((name) => !name.startsWith("_") && !name.startsWith("node:"));

/** Node's modules without types of their own: importing them is no error, and everything in them is `any`. */
const nodeModules = [...builtIn, ...builtIn.map((name) => `node:${name}`), "node:*"]
  .map((name) => `declare module ${JSON.stringify(name)};`)
  .join("\n");

export const ambientText = `${globals}\n${nodeModules}\n`;
