// Globals that all code in the kernel uses: a cell that declares one of these names gives all of it another meaning.

const globals: ReadonlySet<string> = new Set(
  `Array ArrayBuffer BigInt BigInt64Array BigUint64Array Boolean DataView Date Error EvalError FinalizationRegistry
  Float32Array Float64Array Function Int8Array Int16Array Int32Array Intl Iterator JSON Map Math Number Object Promise
  Proxy RangeError ReferenceError Reflect RegExp Set SharedArrayBuffer String Symbol SyntaxError TypeError URIError
  Uint8Array Uint8ClampedArray Uint16Array Uint32Array WeakMap WeakRef WeakSet Atomics WebAssembly AbortController
  AbortSignal Blob Buffer Event EventTarget Headers MessageChannel Request Response TextDecoder TextEncoder URL
  URLSearchParams clearImmediate clearInterval clearTimeout console crypto decodeURI decodeURIComponent encodeURI
  encodeURIComponent fetch global isFinite isNaN parseFloat parseInt performance process queueMicrotask setImmediate
  setInterval setTimeout structuredClone`.split(/\s+/),
);

/** Whether a cell that declares `name` changes it for the engine and the kernel as well. */
export function isSharedGlobal(name: string): boolean {
  return globals.has(name);
}
