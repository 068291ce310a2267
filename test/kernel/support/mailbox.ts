import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Duplex } from 'node:stream';
import type { Lines } from './lines.ts';

/** Messages to and from a guest; none may be sent before it is ready. */
interface Mailbox extends Lines {
  readonly ready: Promise<void>;
}

/**
 * Exchanges messages with the guest through files of a directory that both see. The serial line only says which file is
 * next: a terminal loses what does not fit into its buffer.
 */
export function openMailbox(directory: string, serialLine: Duplex): Mailbox {
  const lines = createInterface({ input: serialLine });
  // It repeats the errors of the serial line, after which that is closed.
  lines.on('error', () => {});
  let sent = 0;
  return {
    // The guest's first line says that it listens.
    ready: new Promise((resolve) => lines.once('line', () => resolve())),
    send: (message) => {
      sent += 1;
      writeFileSync(`${directory}/to-guest-${sent}`, message);
      serialLine.write(`${sent}\n`);
    },
    receive: (onMessage, onEnd) => {
      lines.on('line', (line) => {
        if (line !== 'ready') onMessage(take(`${directory}/from-guest-${line}`));
      });
      serialLine.on('close', () => onEnd('its serial line was closed'));
    },
  };
}

function take(file: string): string {
  const text = readFileSync(file, 'utf8');
  rmSync(file);
  return text;
}
