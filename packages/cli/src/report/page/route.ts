import type { ShownMode } from './questions.ts';

export type ViewName = 'services' | 'trace' | 'rules' | 'findings';

export const viewNames: readonly ViewName[] = ['services', 'trace', 'rules', 'findings'];

export const shownModes: readonly ShownMode[] = ['iptables', 'ipvs', 'nftables', 'fast'];

/** What the page shows: it stands behind the `#` of its address, so that it can be sent and gone back to. */
export interface Route {
  readonly view: ViewName;
  readonly node: string;
  readonly mode: ShownMode;
  /** The Service that is shown; empty for none. */
  readonly service: string;
  readonly from: string;
  readonly to: string;
}

/** Reads what stands behind the `#`; what is not there or wrong is as in `fallback`. */
export function parseRoute(hash: string, fallback: Route): Route {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split('?');
  const params = new URLSearchParams(query);
  const read = (name: 'node' | 'service' | 'from' | 'to'): string =>
    params.get(name) ?? fallback[name];
  return {
    view: viewNames.find((name) => name === path) ?? fallback.view,
    mode: shownModes.find((name) => name === params.get('mode')) ?? fallback.mode,
    node: read('node'),
    service: read('service'),
    from: read('from'),
    to: read('to'),
  };
}

export function printRoute({ view, ...fields }: Route): string {
  const given = Object.entries(fields).filter(([, value]) => value !== '');
  return `#/${view}?${new URLSearchParams(given)}`;
}
