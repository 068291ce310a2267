import type { ReportData } from '../report-data.ts';

/** Reads what `printPage` packed. */
export async function unpackData(packed: string): Promise<ReportData> {
  const bytes = Uint8Array.from(atob(packed), (character) => character.charCodeAt(0));
  const unpacked = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  const data: ReportData = JSON.parse(await new Response(unpacked).text());
  return data;
}
