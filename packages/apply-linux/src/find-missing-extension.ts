import type { Machine } from './machine.ts';
import { runPrivately, wasRefused, withInput } from './private-namespace.ts';

/** Matches and targets of iptables that kube-proxy's rules use, each with the kernel module it is in. */
interface Extension {
  readonly name: string;
  readonly module: string;
  /** A rule that the kernel takes where it has it. */
  readonly rule: string;
}

const extensions: readonly Extension[] = [
  ['-m comment', 'xt_comment', '-m comment --comment x'],
  ['-m conntrack', 'xt_conntrack', '-m conntrack --ctstate NEW'],
  ['-m addrtype', 'xt_addrtype', '-m addrtype --dst-type LOCAL'],
  ['-m statistic', 'xt_statistic', '-m statistic --mode random --probability 0.5'],
  ['-m recent', 'xt_recent', '-m recent --name kube-rules --rcheck --seconds 1'],
  ['-m mark', 'xt_mark', '-m mark --mark 0x1/0x1'],
  ['-m physdev', 'xt_physdev', '-m physdev --physdev-is-in'],
  ['-m state', 'xt_state', '-m state --state NEW'],
  ['-j MARK', 'xt_mark', '-j MARK --set-xmark 0x1/0x1'],
  ['-j MASQUERADE', 'xt_MASQUERADE', '-j MASQUERADE'],
  ['-j DNAT', 'xt_nat', '-p tcp -j DNAT --to-destination :80'],
  ['-j REDIRECT', 'xt_REDIRECT', '-p tcp -j REDIRECT --to-ports 80'],
  ['-j REJECT', 'ipt_REJECT and ip6t_REJECT', '-j REJECT'],
].map(([name = '', module = '', rule = '']) => ({ name, module, rule }));

/** In which table and chain a rule may stand. */
function placeOf({ name }: Extension): readonly [string, string] {
  if (name === '-j REJECT') return ['filter', 'INPUT'];
  return ['nat', name === '-j MASQUERADE' ? 'POSTROUTING' : 'PREROUTING'];
}

/**
 * The match or target of an input that the kernel has not, with its module; `undefined` if it has all.
 *
 * @param command The restore command that failed, such as `iptables-nft-restore`.
 */
export async function findMissingExtension(
  machine: Machine,
  command: string,
  input: string,
): Promise<Extension | undefined> {
  for (const extension of extensions.filter(isIn(input))) {
    const [table, chain] = placeOf(extension);
    const document = `*${table}\n-A ${chain} ${extension.rule}\nCOMMIT\n`;
    const result = await runPrivately(machine, withInput(`${command} --noflush`, document));
    if (wasRefused(result)) return undefined;
    if (result.exitCode !== 0) return extension;
  }
  return undefined;
}

function isIn(input: string): (extension: Extension) => boolean {
  return ({ name }) => new RegExp(` ${name}(?: |$)`, 'm').test(input);
}
