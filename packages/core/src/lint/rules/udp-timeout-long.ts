import { parseDuration } from '../../config/duration.ts';
import { count } from '../count.ts';
import type { LintRule } from '../lint-rule.ts';
import { configurationRef } from '../refs.ts';

/** Seconds that Linux remembers a UDP flow with packets both ways, if nobody says otherwise. */
const usual = 120;

/** What ipvs has where nothing is configured. */
const ipvsDefault = 300;

/**
 * UDP flows are forgotten in time
 *
 * A client that keeps its port is sent to the same endpoint until the kernel forgets the flow, even
 * if the endpoint is gone.
 */
export const udpTimeoutLong: LintRule = {
  code: 'UDP_TIMEOUT_LONG',
  *check({ mode, services, snapshot: { config } }) {
    const concerned = services.filter(({ service }) =>
      service.spec.ports.some(({ protocol }) => protocol === 'UDP'),
    ).length;
    if (concerned === 0) return;
    const ofIpvs = (parseDuration(config.ipvs.udpTimeout) ?? 0) || ipvsDefault;
    const timeouts: readonly (readonly [string, number])[] =
      mode === 'ipvs'
        ? [['ipvs.udpTimeout', ofIpvs]]
        : [
            ['conntrack.udpTimeout', parseDuration(config.conntrack.udpTimeout) ?? 0],
            ['conntrack.udpStreamTimeout', parseDuration(config.conntrack.udpStreamTimeout) ?? 0],
          ];
    for (const [path, seconds] of timeouts) {
      if (seconds <= usual) continue;
      yield {
        message: `${path} ${seconds === ofIpvs && config.ipvs.udpTimeout === '0s' ? `is unset, which means ${seconds}` : `is ${seconds}`} seconds: so long a UDP client of ${count(concerned, 'Service')} may be sent to an endpoint that is gone.`,
        objects: [configurationRef(path)],
      };
    }
  },
};
