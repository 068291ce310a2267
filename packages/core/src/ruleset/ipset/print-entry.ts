import type { Entry } from './ast.ts';

/** Prints an entry as `ipset add` takes it: `10.96.0.10,tcp:80`. */
export function printEntry(entry: Entry): string {
  switch (entry.kind) {
    case 'hash:ip':
      return entry.ip;
    case 'hash:ip,port':
      return `${entry.ip},${entry.protocol}:${entry.port}`;
    case 'hash:ip,port,ip':
      return `${entry.ip},${entry.protocol}:${entry.port},${entry.secondIP}`;
    case 'hash:ip,port,net':
      return `${entry.ip},${entry.protocol}:${entry.port},${entry.net}`;
    case 'bitmap:port':
      return String(entry.port);
  }
}
