import type { Line } from '../../util/split-lines.ts';
import type { HeadingLine, SavedFormat } from './saved-ast.ts';

const version = 'IP Virtual Server version ';

export const serviceColumns = 'Prot LocalAddress:Port Scheduler Flags';

export const serverColumns = {
  list: '  -> RemoteAddress:Port           Forward Weight ActiveConn InActConn',
  procfs: '  -> RemoteAddress:Port Forward Weight ActiveConn InActConn',
} as const;

/** Reads one of the three lines above a listing. */
export function readHeading({ text, start }: Line, format: SavedFormat): HeadingLine | undefined {
  const line = text.trimEnd();
  if (line.startsWith(version)) {
    const words = line.slice(version.length).split(' ');
    return { kind: 'version', offset: start, words };
  }
  if (line === serviceColumns) return { kind: 'serviceColumns', offset: start, words: [] };
  const columns = format === 'procfs' ? serverColumns.procfs : serverColumns.list;
  return line === columns ? { kind: 'serverColumns', offset: start, words: [] } : undefined;
}

/** Prints one of the three lines above a listing. */
export function printHeading({ kind, words }: HeadingLine, format: SavedFormat): string {
  if (kind === 'version') return `${version}${words.join(' ')}`;
  if (kind === 'serviceColumns') return serviceColumns;
  return format === 'procfs' ? serverColumns.procfs : serverColumns.list;
}
