import { readFileSync } from 'node:fs';
import { parseSnapshot } from '@kube-rules/core';
import type { LoadedSnapshot } from '../../src/input/load-snapshot.ts';
import type { ReportData } from '../../src/report/report-data.ts';
import { shop } from './cluster.ts';

/** An input as `loadSnapshot` gives it. */
export function loadText(text: string, file = 'cluster.yaml'): LoadedSnapshot {
  return { ...parseSnapshot([{ file, text }]), texts: { [file]: text } };
}

export const loadedShop: LoadedSnapshot = loadText(readFileSync(shop, 'utf8'), shop);

/** A report on the example that begins with node-a in iptables mode, as a page gets it. */
export function shopReport(changes: Partial<ReportData> = {}): ReportData {
  return {
    snapshot: loadedShop.snapshot,
    nodeName: 'node-a',
    mode: 'iptables',
    release: '1.36',
    version: '0.1.0',
    findings: [],
    ...changes,
  };
}
