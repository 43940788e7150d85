// Text of which characters are replaced, never added or removed, so that every place stays where it is.

export class MaskedText {
  #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  blank(start: number, end: number): void {
    this.replace(start, this.#text.slice(start, end).replace(/[^\r\n]/g, " "));
  }

  replace(start: number, replacement: string): void {
    this.#text = this.#text.slice(0, start) + replacement + this.#text.slice(start + replacement.length);
  }

  toString(): string {
    return this.#text;
  }
}
