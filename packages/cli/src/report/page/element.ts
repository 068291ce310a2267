import { escapeControls } from '@kube-rules/core';

export type Child = Node | string | undefined | readonly Child[];

export type Attributes = Readonly<Record<string, string | number | boolean | undefined>>;

/**
 * Makes an element. Strings become text and nothing else, with characters that would not be seen escaped;
 * of attributes, `true` stands for an empty one, `false` and `undefined` for none.
 */
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue;
    made.setAttribute(name, value === true ? '' : String(value));
  }
  append(made, children);
  return made;
}

/** Puts other content into an element. */
export function replaceContent(parent: Element, ...children: readonly Child[]): void {
  parent.replaceChildren();
  append(parent, children);
}

function append(parent: Element, children: readonly Child[]): void {
  for (const child of children) {
    if (child === undefined) continue;
    if (typeof child === 'string') parent.append(printable(child));
    else if (child instanceof Node) parent.append(child);
    else append(parent, child);
  }
}

function printable(text: string): string {
  return text.split('\n').map(escapeControls).join('\n');
}
