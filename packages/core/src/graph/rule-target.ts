import { joinHostPort } from '../netaddr/host-port.ts';

/** Where a rule or an element leads, by its text in normal form. */
export interface RuleTarget {
  readonly chains: readonly string[];
  /** `ip:port`; without the port where the packet keeps its own. */
  readonly endpoints: readonly string[];
  readonly refusal?: 'dropped' | 'rejected';
}

/** Of a rule of iptables. Chains that only mark packets are none: marks do not decide the way. */
export function iptablesTarget(text: string): RuleTarget {
  const [, target = ''] = / -[jg] (\S+)/.exec(bareOf(text)) ?? [];
  const [, endpoint] = / -j DNAT --to-destination (\S+)/.exec(text) ?? [];
  if (endpoint !== undefined) return { chains: [], endpoints: [endpoint] };
  const refusal = refusals[target];
  if (refusal) return { chains: [], endpoints: [], refusal };
  return { chains: leadsOn.test(target) ? [target] : [], endpoints: [] };
}

const refusals: Readonly<Record<string, RuleTarget['refusal']>> = {
  DROP: 'dropped',
  REJECT: 'rejected',
};

/** The chains of one Service or endpoint. */
const leadsOn = /^KUBE-(?:SVC|SVL|EXT|FW|SEP)-/;

/** Of a rule or an element of nft. */
export function nftablesTarget(text: string): RuleTarget {
  const bare = bareOf(text);
  const named = [...bare.matchAll(/\b(?:goto|jump) ([^\s,}]+)/g)].map(([, name = '']) => name);
  const single = [...bare.matchAll(/ dnat (?:ip6? )?to (\[[^\]]+\]:\d+|[\d.]+:\d+)/g)];
  const mapped = [...bare.matchAll(/[{,] \d+ : ([\da-f.:]+) \. (\d+)/g)];
  return {
    chains: named.filter((name) => name !== 'reject-chain'),
    endpoints: [
      ...single.map(([, endpoint = '']) => endpoint),
      ...mapped.map(([, ip = '', port = '']) => joinHostPort(ip, Number(port))),
    ],
    ...(named.includes('reject-chain') && { refusal: 'rejected' as const }),
    ...(/(?: |: )drop$/.test(bare) && { refusal: 'dropped' as const }),
  };
}

/** Comments may hold anything. */
function bareOf(text: string): string {
  return text.includes('"') ? text.replaceAll(/"(?:[^"\\]|\\.)*"/g, '""') : text;
}
