// The guest's end of support/mailbox.ts.
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';

/** Exchanges messages through the directory; the serial line, which is standard input and output, says which file is next. */
export function openMailbox(directory) {
  let sent = 0;
  return {
    send: (message) => {
      sent += 1;
      writeFileSync(`${directory}/from-guest-${sent}`, message);
      process.stdout.write(`${sent}\n`);
    },
    receive: (onMessage) => {
      const lines = createInterface({ input: process.stdin });
      lines.on('line', (number) => {
        const file = `${directory}/to-guest-${number}`;
        const message = readFileSync(file, 'utf8');
        rmSync(file);
        onMessage(message);
      });
      lines.on('close', () => process.exit(0));
      process.stdout.write('ready\n');
    },
  };
}
