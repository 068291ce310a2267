import { expect, test } from 'vitest';
import { readNormalForms } from '../../src/dump/read-normal-forms.ts';

const filter = '*filter\n-A INPUT -j DROP\nCOMMIT\n';

test('every text goes to the reader of its kind, with the name of its file', () => {
  const forms = readNormalForms({
    'ipv4.iptables-nft-save': filter,
    'ipv4.iptables-legacy-save': filter,
    'ipv6.ip6tables-save': filter,
    'ipset-save': 'create S hash:ip family inet\nadd S 10.0.0.1\n',
    'ipvsadm-save': '-A -t 10.0.0.1:80 -s rr\n',
    'nft-list': 'table ip t {\n}\n',
    'ip-addr.json':
      '[{"ifname":"lo","addr_info":[{"family":"inet","local":"127.0.0.1","prefixlen":8}]}]',
    'ipv4.addresses': '10.96.0.1\n',
    conntrack: 'ignored',
  });
  expect(forms.iptables.map(({ file, rules }) => [file, rules.family])).toEqual([
    ['ipv4.iptables-nft-save', 'IPv4'],
    ['ipv4.iptables-legacy-save', 'IPv4'],
    ['ipv6.ip6tables-save', 'IPv6'],
  ]);
  expect(forms.ipsets.map(({ rules }) => rules.map(({ name }) => name))).toEqual([['S']]);
  expect(forms.virtualServers[0]?.rules[0]?.service).toBe('tcp 10.0.0.1:80');
  expect(forms.nftables[0]?.rules[0]?.name).toBe('t');
  expect(forms.interfaces[0]?.name).toBe('lo');
  expect(forms.serviceAddresses).toEqual(['10.96.0.1']);
  expect(forms.diagnostics).toEqual([]);
});

test('jumps come before the rules of their family, and know their own file', () => {
  const { iptables } = readNormalForms({
    'ipv4.jumps': '-t filter -N A\n-t filter -I INPUT -j A\n',
    'ipv4.iptables': '*filter\n:A - [0:0]\n-A A -j DROP\nCOMMIT\n',
    'ipv6.iptables': '*filter\n:A - [0:0]\nCOMMIT\n',
  });
  const [ipv4, ipv6] = iptables;
  expect(ipv4?.jumpsFile).toBe('ipv4.jumps');
  const input = ipv4?.rules.tables.get('filter')?.chains.get('INPUT');
  expect(input?.rules[0]?.source).toEqual({ kind: 'saved', offset: 15, isJump: true });
  expect(ipv6?.jumpsFile).toBeUndefined();
  expect(ipv6?.rules.tables.get('filter')?.chains.has('INPUT')).toBe(false);
});

test('what cannot be read is told, and the rest is read', () => {
  const { iptables, diagnostics } = readNormalForms({
    'ipv4.iptables-save': 'x\n*filter\n-A INPUT -j DROP\n',
  });
  expect(iptables).toHaveLength(1);
  expect(diagnostics.map(({ code }) => code).toSorted()).toEqual(['DUMP_SYNTAX', 'DUMP_TRUNCATED']);
});
