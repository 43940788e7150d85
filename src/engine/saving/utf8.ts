// Text as bytes and back. The engine knows no TextEncoder: it belongs to the platform.

import { Bytes } from "../intrinsics.ts";

/** The UTF-8 bytes of a text. */
export function utf8Bytes(text: string): Uint8Array<ArrayBuffer> {
  // "%E2%86%92" for what is not plain: each escape is a byte. A lone surrogate, which no text file can hold, becomes "�".
  const escaped = encodeURIComponent(
    text.replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "\ufffd"),
  );
  const bytes: number[] = [];
  for (let at = 0; at < escaped.length; at++) {
    const isEscape = escaped[at] === "%";
    bytes.push(isEscape ? Number.parseInt(escaped.slice(at + 1, at + 3), 16) : escaped.charCodeAt(at));
    if (isEscape) at += 2;
  }
  return new Bytes(bytes);
}

/** The text that UTF-8 bytes hold; `null` where they hold none. */
export function utf8Text(bytes: Uint8Array): string | null {
  const parts: string[] = [];
  for (let start = 0, end = 0; start < bytes.length; start = end) {
    end = blockEnd(bytes, start);
    const part = blockText(bytes.subarray(start, end));
    // Not a text: it is said by whoever asked.
    if (part === null) return null;
    parts.push(part);
  }
  return parts.join("");
}

/** Small enough for the arguments of a call. */
const blockBytes = 8192;

/** Where a block ends that parts no character. */
function blockEnd(bytes: Uint8Array, start: number): number {
  if (start + blockBytes >= bytes.length) return bytes.length;
  let end = start + blockBytes;
  for (let step = 0; step < 3 && ((bytes[end] ?? 0) & 0xc0) === 0x80; step++) end--;
  return end;
}

function blockText(bytes: Uint8Array): string | null {
  if (bytes.every((byte) => byte < 0x80)) return String.fromCharCode(...bytes);
  const parts: string[] = [];
  for (const byte of bytes) parts.push(byte < 0x80 && byte !== 0x25 ? String.fromCharCode(byte) : `%${hex(byte)}`);
  try {
    return decodeURIComponent(parts.join(""));
  } catch {
    return null;
  }
}

function hex(byte: number): string {
  return byte.toString(16).padStart(2, "0");
}
