import { quoteValue } from '../../util/quote-value.ts';
import { suggest } from '../../util/suggest.ts';

/** The kernel's schedulers, with the release of Linux that first had those which an older kernel may lack. */
const schedulers: Readonly<Record<string, string | undefined>> = {
  rr: undefined,
  wrr: undefined,
  lc: undefined,
  wlc: undefined,
  lblc: undefined,
  lblcr: undefined,
  dh: undefined,
  sh: undefined,
  sed: undefined,
  nq: undefined,
  fo: '3.18',
  ovf: '4.3',
  mh: '4.18',
  twos: '5.12',
};

/** Why the node's kernel may not have a scheduler; `undefined` if every kernel with IPVS can. */
export function schedulerProblem(scheduler: string): string | undefined {
  if (scheduler === '') return undefined;
  if (Object.hasOwn(schedulers, scheduler)) {
    const since = schedulers[scheduler];
    return (
      since &&
      `Scheduler ${scheduler} needs Linux ${since} or later, and its module ip_vs_${scheduler}.`
    );
  }
  const near = suggest(scheduler, Object.keys(schedulers));
  const hint = near === undefined ? '.' : `; did you mean "${near}"?`;
  return `No kernel is known to have the scheduler ${quoteValue(scheduler)}${hint}`;
}
