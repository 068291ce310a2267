import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { setup as build } from '../support/build.ts';
import { commandLine } from './support/apply-node.ts';
import { VARIANTS } from './support/behaviours.ts';
import { holdConnection } from './support/held-connection.ts';
import { thisMachine } from './support/machine.ts';
import { startNetwork } from './support/network.ts';
import type { Network } from './support/network.ts';
import { arrivalsOf, distinct } from './support/observed.ts';
import { packetWords } from './support/packet-words.ts';
import type { Target } from './support/packet-words.ts';
import type { Outcome } from './support/probe.ts';
import { startProxyCommand } from './support/proxy-command.ts';
import type { ProxyCommand } from './support/proxy-command.ts';
import { missingRequirements } from './support/requirements.ts';
import { listArrivalsScript, readArrivals, watchArrivalsScript } from './support/router.ts';
import { skipWithout } from './support/skip-without.ts';
import type { HostName } from './support/topology.ts';
import { userspaceBehaviours } from './support/userspace-behaviours.ts';
import { FAILING, LATE, userspaceSnapshot } from './support/userspace-snapshot.ts';

const rows = userspaceBehaviours.map((behaviour) => [behaviour.title, behaviour] as const);

const RULES = 'for family in ip ip6; do ${family}tables-nft-save; done';

describe.skipIf(skipWithout(missingRequirements()))('real connections in userspace mode', () => {
  let network: Network;
  let proxy: ProxyCommand;
  beforeAll(async () => {
    await build();
    network = await startNetwork(thisMachine, watchArrivalsScript);
    // Elsewhere than the clients of the lab, which share the node with the proxy and choose their ports themselves.
    await network.run('node1', 'echo 61000 65000 >/proc/sys/net/ipv4/ip_local_port_range\n');
    proxy = await startProxyCommand(network.agents.node1.pid, userspaceSnapshot(FAILING));
  });
  afterAll(async () => {
    proxy?.stop();
    await network?.stop();
  });

  test.concurrent.for(rows)(
    '%s',
    { timeout: 30_000 },
    async ([, { from, probe, outcomes }], { expect: expectHere }) => {
      const [observed = []] = await network.probe(from, [probe]);
      expectHere(distinct(observed)).toEqual(distinct(outcomes));
      const arrivals = readArrivals(await network.run('lan', listArrivalsScript));
      expectHere(arrivalsOf(probe, arrivals)).toEqual([]);
    },
  );

  test('every kind of address was asked from each place, in both families and protocols', () => {
    expect(rows).toHaveLength(13 * VARIANTS.length);
  });

  test.for(VARIANTS)('a client stays with its endpoint, %s, %s', async ([family, protocol]) => {
    const outcomes = await probe('p1', packetWords(family, protocol).clusterIP('sticky'), 6);
    expect(outcomes.map(({ verdict }) => verdict)).toEqual(Array(6).fill('delivered'));
    expect(distinct(outcomes)).toHaveLength(1);
  });

  test('without endpoints a connection is accepted and closed', async () => {
    const [outcome] = await probe('p1', packetWords('IPv4', 'tcp').clusterIP('empty'), 1);
    expect(['closed', 'reset']).toContain(outcome?.verdict);
    await proxy.waitFor('default/empty:tcp TCP: has no endpoints');
  });

  test.for(['REJECT --reject-with tcp-reset', 'DROP'])(
    'an endpoint dies, and the next one is dialed: %s',
    async (target) => {
      const { clusterIP, answer, bridge1 } = packetWords('IPv4', 'tcp');
      const failing = { ...clusterIP('web'), address: `10.96.0.${FAILING.id}` };
      const p2 = answer('p2', bridge1);
      expect(distinct(await probe('p1', failing, 4))).toEqual(
        distinct([p2, answer('p3', bridge1)]),
      );
      const rule = `INPUT -p tcp --dport 8080 -j ${target}`;
      await network.run('p3', `iptables-nft -I ${rule}\n`);
      const outcomes = await probe('p1', failing, 6);
      await network.run('p3', `iptables-nft -D ${rule}\n`);
      expect(outcomes).toEqual(Array(6).fill(p2));
    },
  );

  test('a Service that comes is reachable, one that goes is not, and connections live on', async () => {
    const { clusterIP } = packetWords('IPv4', 'tcp');
    const late = { ...clusterIP('web'), address: `10.96.0.${LATE.id}` };
    const failing = { ...late, address: `10.96.0.${FAILING.id}` };
    const held = await holdConnection(network.agents.p1, failing.address, failing.port);
    const before = await listening();
    expect((await probe('p1', late, 1))[0]?.verdict).not.toBe('delivered');
    proxy.replace(userspaceSnapshot(FAILING, LATE));
    await proxy.waitFor('rules: 8 added, 0 changed, 0 removed');
    expect(await verdictsOf('p1', late, 4)).toEqual(['delivered']);
    expect([...(await listening())]).toEqual(expect.arrayContaining([...before]));
    proxy.replace('a: [');
    await proxy.waitFor('the last good state goes on');
    proxy.replace(userspaceSnapshot(LATE));
    await proxy.waitFor('rules: 0 added, 0 changed, 8 removed');
    expect(await verdictsOf('p1', late, 4)).toEqual(['delivered']);
    expect((await probe('p1', failing, 1))[0]?.verdict).not.toBe('delivered');
    const { failures, answers, servers } = await held.release();
    expect(failures).toEqual([]);
    expect(answers).toBeGreaterThan(10);
    expect(servers).toHaveLength(1);
  });

  test('rules that somebody takes away come back, and it tells how it is', async () => {
    await network.run('node1', 'iptables-nft -t nat -F KUBE-PORTALS-CONTAINER\n');
    proxy.replace(`${userspaceSnapshot(LATE)}# once more\n`);
    await proxy.waitFor('0 changed, 0 removed, 1 step');
    expect(await verdictsOf('p1', packetWords('IPv4', 'udp').clusterIP('web'), 4)).toEqual([
      'delivered',
    ]);
    expect(await get('http://127.0.0.1:10256/healthz')).toMatch(/^200 .*"nodeEligible": true/);
    expect(await get('http://127.0.0.1:10249/metrics')).toMatch(
      /^kube_rules_proxy_connections_total\{service_port="default\/web:tcp",protocol="tcp"\} [1-9]\d+$/m,
    );
  });

  test('a second proxy on the node is refused, and says which one runs', async () => {
    const argv = commandLine(['proxy', '-', '--node', 'node1']);
    const { pid } = network.agents.node1;
    const { status, stderr } = await thisMachine.runProgram(pid, argv, userspaceSnapshot());
    expect(status).toBe(1);
    expect(stderr).toMatch(/^kube-rules: LOCK_HELD: Another kube-rules proxy runs on this node /);
    expect(await network.run('node1', RULES)).toContain('default/late:tcp');
  });

  test('at the end the rules are gone, and what lived was waited for', async () => {
    expect(await network.run('node1', RULES)).toContain('KUBE-PORTALS-HOST');
    const { address, port } = packetWords('IPv4', 'tcp').clusterIP('web');
    const held = await holdConnection(network.agents.p1, address, port);
    const ended = proxy.end();
    await proxy.waitFor('end: takes nothing new, and waits up to 30 s for 1 connection');
    expect(await get('http://127.0.0.1:10256/healthz')).toMatch(/^503 /);
    expect((await held.release()).failures).toEqual([]);
    expect(await ended).toBe(0);
    expect(proxy.said()).toMatch(/end: the rules are gone\n$/);
    expect(await network.run('node1', RULES)).not.toContain('KUBE-');
  });

  test('a second signal ends it at once, and the rules are gone as well', async () => {
    const snapshot = userspaceSnapshot();
    const second = await startProxyCommand(network.agents.node1.pid, snapshot);
    const { address, port } = packetWords('IPv4', 'tcp').clusterIP('web');
    const held = await holdConnection(network.agents.p1, address, port);
    const ended = second.end('SIGINT');
    await second.waitFor('end: takes nothing new');
    expect(await second.end('SIGINT')).toBe(0);
    await ended;
    expect((await held.release()).failures).toHaveLength(1);
    expect(second.said()).toContain('end: 1 connection cut\nend: the rules are gone\n');
    expect(await network.run('node1', RULES)).not.toContain('KUBE-');
    second.stop();
  });

  async function probe(
    from: HostName,
    to: Target,
    connections: number,
  ): Promise<readonly Outcome[]> {
    const [outcomes = []] = await network.probe(from, [{ ...to, connections, inTurn: true }]);
    return outcomes;
  }

  async function verdictsOf(
    from: HostName,
    to: Target,
    connections: number,
  ): Promise<readonly string[]> {
    return [...new Set((await probe(from, to, connections)).map(({ verdict }) => verdict))];
  }

  /** The addresses and ports of node1 that are listened on. */
  async function listening(): Promise<ReadonlySet<string>> {
    const output = await network.run('node1', 'ss -Hltun\n');
    return new Set(output.split('\n').map((line) => line.trim().split(/\s+/)[4] ?? ''));
  }

  /** The status and the text. */
  async function get(url: string): Promise<string> {
    const script = `fetch('${url}').then(async (r) => console.log(r.status, await r.text()))`;
    return network.run('node1', `'${process.execPath}' -e "${script}"\n`);
  }
});
