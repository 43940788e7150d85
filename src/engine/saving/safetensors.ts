// The safetensors format, written and read: named tensors in one file that holds nothing but numbers.

// Format: https://huggingface.co/docs/safetensors. Eight bytes with the length of a JSON header, the header with each tensor's
// type, shape and place, the numbers side by side in little-endian order, as every platform that runs JavaScript keeps them.

import { describeValue, ValueError } from "../errors.ts";
import { Bytes, Floats } from "../intrinsics.ts";
import { formatShape, type Shape, sizeOf } from "../shape.ts";
import { utf8Bytes, utf8Text } from "./utf8.ts";

/** A tensor as a file holds it. */
export interface StoredTensor {
  readonly shape: Shape;
  readonly numbers: Floats;
}

const lengthBytes = 8;
/** The format's own limit. */
const longestHeader = 100_000_000;
/** Programs for arrays want numbers to begin at a multiple of this. */
const alignment = 8;

/** A file with these tensors, as float32. `metadata`: texts that belong to them. */
export function writeSafetensors(
  tensors: ReadonlyMap<string, StoredTensor>,
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array<ArrayBuffer> {
  const header: Record<string, unknown> = { __metadata__: metadata };
  let end = 0;
  for (const [name, { shape, numbers }] of tensors) {
    const start = end;
    end += numbers.byteLength;
    header[name] = { dtype: "F32", shape, data_offsets: [start, end] };
  }
  const text = utf8Bytes(JSON.stringify(header));
  const headerBytes = text.length + ((alignment - (text.length % alignment)) % alignment);
  const bytes = new Bytes(lengthBytes + headerBytes + end);
  for (let place = 0, rest = headerBytes; place < lengthBytes; place++, rest = (rest - (rest % 256)) / 256)
    bytes[place] = rest % 256;
  bytes.set(text, lengthBytes);
  bytes.fill(0x20, lengthBytes + text.length, lengthBytes + headerBytes);
  let at = lengthBytes + headerBytes;
  for (const { numbers } of tensors.values()) {
    bytes.set(new Bytes(numbers.buffer, numbers.byteOffset, numbers.byteLength), at);
    at += numbers.byteLength;
  }
  return bytes;
}

/**
 * The tensors of a file, by name: copies.
 *
 * @param file What errors call it: "digits.safetensors".
 * @throws ValueError for a file that is cut off, is of another kind, or holds anything but float32.
 */
export function readSafetensors(op: string, file: string, bytes: Uint8Array): ReadonlyMap<string, StoredTensor> {
  const refuse = (got: string, hint = "Save the model again, or take a whole copy of the file."): ValueError =>
    new ValueError({ op, expected: `${file} as a whole safetensors file`, got, hint });
  if (bytes.length < lengthBytes) throw refuse(`${bytes.length} bytes`);
  let headerBytes = 0;
  for (let place = lengthBytes - 1; place >= 0; place--) headerBytes = headerBytes * 256 + (bytes[place] ?? 0);
  if (headerBytes > longestHeader) throw refuse("a file of another kind");
  const dataStart = lengthBytes + headerBytes;
  if (bytes.length < dataStart) throw refuse(`${bytes.length} bytes, which end within its header`);
  const header = parseHeader(bytes.subarray(lengthBytes, dataStart));
  if (header === null) throw refuse("one whose header is no JSON");
  const tensors = new Map<string, StoredTensor>();
  for (const [name, entry] of Object.entries(header)) {
    if (name === "__metadata__") continue;
    const read = readEntry(entry);
    if (read === null) throw refuse(`${describeValue(entry)} for "${name}" in its header`);
    const { dtype, shape, start, end } = read;
    if (dtype !== "F32")
      throw refuse(`"${name}" as ${dtype}`, "Convert it to float32 first: nnbook computes with no other.");
    if (end - start !== sizeOf(shape) * Floats.BYTES_PER_ELEMENT)
      throw refuse(`"${name}" of shape ${formatShape(shape)} in ${end - start} bytes`);
    if (dataStart + end > bytes.length)
      throw refuse(`${bytes.length} bytes of ${dataStart + end}: it ends before "${name}" does`);
    const copy = new Floats(sizeOf(shape));
    new Bytes(copy.buffer).set(bytes.subarray(dataStart + start, dataStart + end));
    tensors.set(name, { shape, numbers: copy });
  }
  return tensors;
}

function parseHeader(bytes: Uint8Array): object | null {
  try {
    const header: unknown = JSON.parse(utf8Text(bytes) ?? "");
    return typeof header === "object" && header !== null && !Array.isArray(header) ? header : null;
  } catch {
    // No JSON: the reader of the file says so.
    return null;
  }
}

function readEntry(entry: unknown) {
  if (typeof entry !== "object" || entry === null) return null;
  const { dtype, shape, data_offsets: offsets } = entry as Readonly<Partial<Record<string, unknown>>>;
  if (typeof dtype !== "string" || !isListOfSizes(shape) || !isListOfSizes(offsets)) return null;
  const [start, end] = offsets;
  return start === undefined || end === undefined || end < start ? null : { dtype, shape, start, end };
}

function isListOfSizes(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.every((each) => Number.isSafeInteger(each) && each >= 0);
}
