// A number that tells whether a file is still as it was written.

import { Bytes, Words } from "../intrinsics.ts";

let table: Int32Array | null = null;

/** CRC-32 as in ZIP and PNG (ISO 3309), as eight hexadecimal digits. */
export function crc32(bytes: Uint8Array): string {
  table ??= makeTable();
  let sum = -1;
  for (let at = 0; at < bytes.length; at++) {
    const index = (sum ^ (bytes[at] as number)) & 0xff;
    sum = (table[index] as number) ^ (sum >>> 8);
  }
  return ((sum ^ -1) >>> 0).toString(16).padStart(8, "0");
}

function makeTable(): Int32Array {
  return Words.from(new Bytes(256), (_, byte) => {
    let sum = byte;
    for (let bit = 0; bit < 8; bit++) sum = sum & 1 ? 0xedb88320 ^ (sum >>> 1) : sum >>> 1;
    return sum;
  });
}
