// What the engine uses of WebAssembly, declared here: the engine is compiled without the types of any platform.

export interface WasmModule {
  readonly kind?: "module";
}

export interface WasmMemory {
  readonly buffer: ArrayBufferLike;
  /** Adds pages of 64 KiB. @throws RangeError when there is no more room. */
  grow(pages: number): number;
}

interface WebAssemblyApi {
  validate(bytes: Uint8Array): boolean;
  readonly Module: new (bytes: Uint8Array) => WasmModule;
  readonly Instance: new (
    module: WasmModule,
    imports: { readonly env: Readonly<Record<string, unknown>> },
  ) => { readonly exports: unknown };
  readonly Memory: new (size: { initial: number; maximum: number; shared: boolean }) => WasmMemory;
}

const globals = globalThis as {
  WebAssembly?: WebAssemblyApi;
  SharedArrayBuffer?: unknown;
  atob?: (base64: string) => string;
};

/** `null` where there is none. */
export const webAssembly: WebAssemblyApi | null = globals.WebAssembly ?? null;

/** Whether memory may be shared between threads: not in a web page that is not isolated from other origins. */
export const canShareMemory: boolean = globals.SharedArrayBuffer !== undefined;

/** The bytes that a base64 text stands for. */
export function bytesOf(base64: string): Uint8Array {
  const text = globals.atob?.(base64) ?? "";
  const bytes = new Uint8Array(text.length);
  // A loop: `Uint8Array.from` walks the text by its iterator, which takes several times as long, at each start of a kernel.
  for (let at = 0; at < bytes.length; at++) bytes[at] = text.charCodeAt(at);
  return bytes;
}
