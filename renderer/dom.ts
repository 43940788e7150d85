// Small builders for DOM and SVG nodes. They know attributes, text and listeners, and never markup: data from a file cannot become code.

type Child = Node | string | null | undefined;

export type Attributes = Readonly<Record<string, string | number | boolean | null | undefined>>;

/** A new element; `null`, `undefined` and `false` attributes are left out, `true` is an empty one. */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Tag] {
  return fill(document.createElement(tag), attributes, children);
}

/** The same in the SVG namespace. */
export function svgElement<Tag extends keyof SVGElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: readonly Child[]
): SVGElementTagNameMap[Tag] {
  return fill(document.createElementNS("http://www.w3.org/2000/svg", tag), attributes, children);
}

function fill<Node extends Element>(node: Node, attributes: Attributes, children: readonly Child[]): Node {
  setAttributes(node, attributes);
  for (const child of children) if (child !== null && child !== undefined) node.append(child);
  return node;
}

/** Sets, changes or (with `null`, `undefined`, `false`) removes attributes; an equal value is not written again. */
export function setAttributes(node: Element, attributes: Attributes): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) node.removeAttribute(name);
    else {
      const text = value === true ? "" : String(value);
      if (node.getAttribute(name) !== text) node.setAttribute(name, text);
    }
  }
}

/** Says that a button does nothing now. Not by `disabled`, which would drop the focus: the next key would go to the notebook. */
export function setIdle(button: HTMLButtonElement, idle: boolean): void {
  setAttributes(button, { "aria-disabled": idle ? "true" : null });
}

/** Changes the text of a node in place, so that neither focus nor selection is lost when nothing changed. */
export function setText(node: Node, text: string): void {
  if (node.textContent !== text) node.textContent = text;
}

/** Shows or hides without removing the node. */
export function setHidden(node: HTMLElement, hidden: boolean): void {
  if (node.hidden !== hidden) node.hidden = hidden;
}

/** Takes away what is only there at times but keeps its place, so that nothing moves; where lines are short, its place too. */
export function setAbsent(node: HTMLElement, isAbsent: boolean): void {
  if (node.classList.contains("absent") !== isAbsent) node.classList.toggle("absent", isAbsent);
}
