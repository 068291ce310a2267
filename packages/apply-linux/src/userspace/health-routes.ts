import type { Health, HealthState } from './health.ts';
import type { Answer, Routes } from './http-server.ts';
import { printGoTime } from './print-go-time.ts';

/** How often the paths were asked for, by status. */
export interface HealthCounts {
  readonly healthz: Record<number, number>;
  readonly livez: Record<number, number>;
}

/** What kube-proxy answers at its healthzBindAddress; `/healthz` tells load balancers, `/livez` the kubelet. */
export function healthRoutes(health: Health, counts: HealthCounts): Routes {
  return {
    '/healthz': () => {
      const state = health.read();
      const ok = !state.stale && state.nodeEligible;
      return count(counts.healthz, answer(state, ok, `, "nodeEligible": ${state.nodeEligible}`));
    },
    '/livez': () => {
      const state = health.read();
      return count(counts.livez, answer(state, !state.stale, ''));
    },
  };
}

function answer(state: HealthState, ok: boolean, rest: string): Answer {
  const { stale, now, lastUpdated } = state;
  const updated = printGoTime(stale ? (lastUpdated ?? now) : now);
  return {
    status: ok ? 200 : 503,
    headers: { 'Content-Type': 'application/json', 'X-Content-Type-Options': 'nosniff' },
    body: `{"lastUpdated": "${updated}","currentTime": "${printGoTime(now)}"${rest}}`,
  };
}

function count(counts: Record<number, number>, given: Answer): Answer {
  counts[given.status] = (counts[given.status] ?? 0) + 1;
  return given;
}
