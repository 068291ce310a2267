import { parseDuration } from './duration.ts';

const periods: readonly string[] = ['syncPeriod', 'minSyncPeriod', 'configSyncPeriod'];
const rates: readonly string[] = ['qps', 'burst'];

/** Whether kube-proxy takes a field's value as "use the default": an empty text, a period or rate of nothing. */
export function isUnset(field: string, value: unknown): boolean {
  if (value === undefined || value === '') return true;
  if (rates.includes(field)) return value === 0;
  return periods.includes(field) && typeof value === 'string' && parseDuration(value) === 0;
}
