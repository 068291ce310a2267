import { families } from '../netaddr/family.ts';
import { changePacket, type Branch, type Passed } from './walk/branch.ts';
import { prepareEnvironment, type TraceEnvironment } from './walk/environment.ts';
import { indexSets } from './ipset/index-sets.ts';
import { indexIptables } from './iptables/index-iptables.ts';
import { indexServers } from './ipvs/index-servers.ts';
import { ipvsHooks } from './ipvs/ipvs-hooks.ts';
import { indexNftables } from './nftables/index-nftables.ts';
import type { HookName, PacketState } from './walk/packet.ts';
import type { HookedEntry, HookEntry, Traceable, TraceRules } from './walk/traceable.ts';
import type { Walk } from './walk/walk.ts';

const hookNames: readonly HookName[] = ['prerouting', 'input', 'forward', 'output', 'postrouting'];

/** Indexes the rules of a node and what is around them once, for many packets. */
export function prepareRules(rules: TraceRules, environment: TraceEnvironment): Traceable {
  const sets = indexSets(rules);
  const servers = ipvsHooks(indexServers(rules));
  const [ipv4, ipv6] = families.map((family) => {
    const iptables = (rules.iptables ?? []).filter((one) => one.rules.family === family);
    const entries = [
      ...iptables.flatMap((source) => indexIptables(source, sets)),
      ...servers,
      ...indexNftables(rules, family),
    ];
    return orderHooks(entries);
  });
  const network = prepareEnvironment(environment);
  return { network, hooks: { IPv4: ipv4 ?? orderHooks([]), IPv6: ipv6 ?? orderHooks([]) } };
}

type Hooks = Readonly<Record<HookName, readonly HookEntry[]>>;

function orderHooks(entries: readonly HookedEntry[]): Hooks {
  const at = (hook: HookName): readonly HookEntry[] =>
    entries
      .filter((entry) => entry.hook === hook)
      .sort((a, b) => a.priority - b.priority || a.subPriority - b.subPriority);
  const [prerouting, input, forward, output, postrouting] = hookNames.map(at);
  return {
    prerouting: prerouting ?? [],
    input: input ?? [],
    forward: forward ?? [],
    output: output ?? [],
    postrouting: postrouting ?? [],
  };
}

/** Takes a packet through all that is at a hook. What is accepted by the last of them has passed. */
export function passHook(
  start: Branch,
  hook: HookName,
  { traceable, walk }: { readonly traceable: Traceable; readonly walk: Walk },
): readonly Passed[] {
  const ended: Passed[] = [];
  let waiting: readonly Branch[] = [changePacket(start, { hook })];
  for (const entry of traceable.hooks[start.packet.family][hook]) {
    const passing: Branch[] = [];
    for (const branch of waiting) {
      if (entry.isNAT && isBound(branch.packet)) passing.push(branch);
      else
        for (const passed of entry.pass(branch, walk))
          if (passed.end.kind === 'accept') passing.push(passed.branch);
          else ended.push(passed);
    }
    waiting = passing;
  }
  for (const branch of waiting)
    ended.push({ end: { kind: 'accept' }, branch: changePacket(branch, bindingAfter(hook)) });
  return ended;
}

function isBound({
  hook,
  isTracked,
  hasDestinationBinding,
  hasSourceBinding,
}: PacketState): boolean {
  const isOfDestination = hook === 'prerouting' || hook === 'output';
  return !isTracked || (isOfDestination ? hasDestinationBinding : hasSourceBinding);
}

/** A connection is bound to what NAT decided, be it nothing. */
function bindingAfter(hook: HookName): Partial<PacketState> {
  if (hook === 'prerouting' || hook === 'output') return { hasDestinationBinding: true };
  return hook === 'forward' ? {} : { hasSourceBinding: true };
}
