import type { Element } from './ast.ts';
import { printComment } from './print-comment.ts';
import { printDestination, printVerdict } from './print-statement.ts';
import { printWord } from './print-word.ts';

/** Prints an element as `add element` takes it: key, comment, verdict or destination. */
export function printElement(element: Element): string {
  const { comment, verdict, destination } = element;
  let text = printElementKey(element);
  if (comment !== undefined) text += ` comment ${printComment(comment)}`;
  if (verdict) text += ` : ${printVerdict(verdict)}`;
  if (destination) text += ` : ${printDestination(destination)}`;
  return text;
}

/** Prints the key alone, as `delete element` takes it. */
export function printElementKey({ key }: Element): string {
  return key.map(printWord).join(' . ');
}
