import { layOut, printCounter, printSavedData, printWords } from './print-saved-statement.ts';
import type { ElementOption, KnownElement, SavedElement, SavedElements } from './saved.ts';

/** Prints an element with the usual blanks, without what stands around it. */
export function printElementBody({
  key,
  options = [],
  data,
}: Pick<KnownElement, 'key' | 'options' | 'data'>): string {
  let text = key.join(' . ');
  for (const option of options) text += ` ${printOption(option)}`;
  return data ? `${text} : ${printSavedData(data)}` : text;
}

function printOption(option: ElementOption): string {
  switch (option.kind) {
    case 'timeout':
    case 'expires':
      return `${option.kind} ${option.duration}`;
    case 'comment':
      return `comment ${option.text}`;
    case 'counter':
      return printCounter(option.count);
  }
}

/** Prints `{ ELEMENT, … }` with the blanks before it. */
export function printElementBlock({ block, finalComma }: SavedElements): string {
  const { items, gap = ' ', close = ' ', closed } = block;
  const pieces: string[] = [];
  for (const [index, item] of items.entries()) {
    const comma =
      index < items.length - 1 || finalComma || item.comma !== undefined
        ? `${item.comma ?? ''},`
        : '';
    pieces.push(`${item.before ?? ' '}${printElement(item)}${comma}`);
  }
  return `${gap}{${pieces.join('')}${closed ? `${close}}` : ''}`;
}

function printElement(element: SavedElement): string {
  return element.kind === 'other'
    ? printWords(element.words)
    : layOut(printElementBody(element), element.layout);
}
