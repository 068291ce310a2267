import { escapeControls } from '@kube-rules/core';

/** Text of several lines in which nothing but the line feeds can act on a terminal. */
export function escapeLines(text: string): string {
  return text.split('\n').map(escapeControls).join('\n');
}
