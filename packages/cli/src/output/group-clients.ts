import type { ClientExplanation } from '@kube-rules/core';

/** Clients of whom the same is said, together. */
export function groupClients(
  clients: readonly ClientExplanation[],
): readonly (readonly ClientExplanation[])[] {
  const groups = new Map<string, ClientExplanation[]>();
  for (const client of clients) {
    const { outcome, endpoints, keepsSource, why } = client;
    const key = JSON.stringify([outcome, endpoints, keepsSource, why]);
    groups.set(key, [...(groups.get(key) ?? []), client]);
  }
  return [...groups.values()];
}
