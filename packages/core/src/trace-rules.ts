import type { Ruleset } from './compile.ts';
import type { IptablesFamily } from './proxier/iptables/ruleset.ts';
import type { IpvsFamily } from './proxier/ipvs/ruleset.ts';
import type { UserspaceFamily } from './proxier/userspace/ruleset.ts';
import { normalizeCompiledIPSets } from './ruleset/ipset/index.ts';
import { normalizeLazily } from './ruleset/iptables/index.ts';
import { normalizeCompiledVirtualServers } from './ruleset/ipvs/index.ts';
import { normalizeCompiled as normalizeNftables } from './ruleset/nftables/index.ts';
import type { TraceInterface } from './trace/walk/environment.ts';
import type { TraceRules } from './trace/walk/traceable.ts';

/** Compiled rules as packets meet them on a node that has no others. */
export function traceRulesOf(ruleset: Ruleset): TraceRules {
  switch (ruleset.mode) {
    case 'iptables':
    case 'userspace':
      return { iptables: [ruleset.ipv4, ruleset.ipv6].map(iptablesOf) };
    case 'ipvs': {
      const families = [ruleset.ipv4, ruleset.ipv6];
      return {
        iptables: families.map(iptablesOf),
        ipsets: families.map(({ ipsets }) => ({ rules: normalizeCompiledIPSets(ipsets) })),
        virtualServers: families.map(({ virtualServers }) => ({
          rules: normalizeCompiledVirtualServers(virtualServers),
        })),
      };
    }
    case 'nftables': {
      const tables = [ruleset.ipv4, ruleset.ipv6].map(({ table }) => normalizeNftables(table));
      return { nftables: [{ rules: tables }] };
    }
  }
}

function iptablesOf({ document, jumps, family }: IptablesFamily | IpvsFamily | UserspaceFamily): {
  readonly rules: ReturnType<typeof normalizeLazily>;
} {
  return { rules: normalizeLazily(document, jumps, family) };
}

/** The interfaces that kube-proxy itself makes: in ipvs mode that with the addresses of Services. */
export function interfacesOf(ruleset: Ruleset): TraceInterface[] {
  if (ruleset.mode !== 'ipvs') return [];
  const addresses = [ruleset.ipv4, ruleset.ipv6].flatMap((family) => family.addresses);
  return [serviceInterface(addresses)];
}

/** `kube-ipvs0` with the addresses of Services. */
export function serviceInterface(addresses: readonly string[]): TraceInterface {
  return {
    name: 'kube-ipvs0',
    addresses: addresses.map((address) => `${address}/${address.includes(':') ? 128 : 32}`),
  };
}

/** The kernel settings that kube-proxy writes for its mode. */
export function sysctlsOf(ruleset: Ruleset): Record<string, number> {
  const settings = [ruleset.ipv4, ruleset.ipv6].flatMap((family) =>
    'sysctls' in family ? family.sysctls : [],
  );
  return Object.fromEntries(settings.map(({ name, value }) => [name, value]));
}
