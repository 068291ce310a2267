import { forms } from '@kube-rules/core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fixtureNames, readRecordedIpvs, readSnapshot } from './support/fixtures.ts';
import { startGuest } from './support/guest.ts';
import type { Guest } from './support/guest.ts';
import { asIpvsDocuments, compileIpvsDocuments } from './support/ipvs-documents.ts';
import type { IpvsDocuments } from './support/ipvs-documents.ts';
import {
  loadIpvsScript,
  loadRulesScript,
  loadSetsScript,
  loadVirtualServersScript,
} from './support/ipvs-load-script.ts';
import {
  printRulesScript,
  printStateScript,
  readRules,
  readState,
  readSections,
  wantedState,
} from './support/ipvs-state.ts';
import type { BothFamiliesRules } from './support/ipvs-state.ts';
import { END_OF_IPV4, loadScript } from './support/load-script.ts';
import { missingGuestRequirements } from './support/requirements.ts';
import { readSavedTables } from './support/saved-tables.ts';
import { skipWithout } from './support/skip-without.ts';

// Every form of its rules is loaded as it is meant to be, which takes a program for each jump.
const EXAMPLE = 'loadbalancer-source-ranges';

const TIMEOUTS = `
apiVersion: kubeproxy.config.k8s.io/v1alpha1
kind: KubeProxyConfiguration
mode: ipvs
ipvs: { tcpTimeout: 2h, tcpFinTimeout: 0s, udpTimeout: 1m }
---
apiVersion: kube-rules/v1alpha1
kind: NodeState
nodeName: node1
interfaces: [{ name: eth0, addresses: [192.0.2.11/24] }]
---
apiVersion: v1
kind: Node
metadata: { name: node1 }
status: { addresses: [{ type: InternalIP, address: 192.0.2.11 }] }
`;

describe.skipIf(skipWithout(missingGuestRequirements()))('a kernel with IPVS', () => {
  let guest: Guest;
  beforeAll(async () => {
    guest = await startGuest();
  });
  afterAll(async () => {
    await guest?.stop();
  });

  test.for(fixtureNames())('has what the documents say and kube-proxy said, %s', async (name) => {
    const documents = compileIpvsDocuments(readSnapshot(name), 'restore');
    const sections = await run(
      loadIpvsScript(documents),
      printStateScript(documents),
      printRulesScript('restore'),
      loadRulesScript(compileIpvsDocuments(readSnapshot(name), 'save')),
      printRulesScript('save'),
    );
    expect(readState(sections)).toEqual(wantedState(documents));
    const recorded = await loadRecordedRules(name);
    expect(readRules(sections, 'restore')).toEqual(recorded);
    expect(readRules(sections, 'save')).toEqual(recorded);
  });

  test.for(forms)('has the same rules when they are loaded one by one, form %s', async (form) => {
    const documents = compileIpvsDocuments(readSnapshot(EXAMPLE), form);
    const output = await guest.runInFreshNamespace(
      `${loadSetsScript(documents)}${loadScript(documents, form, 'legacy')}`,
    );
    const [ipv4 = '', ipv6 = ''] = output.split(END_OF_IPV4);
    expect({ ipv4: readSavedTables(ipv4), ipv6: readSavedTables(ipv6) }).toEqual(
      await loadRecordedRules(EXAMPLE),
    );
  });

  test('has the timeouts of the configuration, and its own where that has none', async () => {
    const documents = compileIpvsDocuments(TIMEOUTS, 'restore');
    expect(documents['node.ipvs-timeouts']).toBe('--set 7200 0 60\n');
    const output = await guest.runInFreshNamespace(
      `${loadIpvsScript(documents)}ipvsadm -Ln --timeout\n`,
    );
    expect(output).toBe('Timeout (tcp tcpfin udp): 7200 120 60\n');
  });

  test('refuses a virtual server that it cannot have, though ipvsadm ends well', async () => {
    const documents = compileIpvsDocuments(readSnapshot(EXAMPLE), 'restore');
    const unusable: IpvsDocuments = {
      ...documents,
      'ipv4.ipvsadm': documents['ipv4.ipvsadm'].replace(/ -r \S+/, ' -r 0.0.0.0:80'),
    };
    await expect(run('ip link set lo up\n', loadVirtualServersScript(unusable))).rejects.toThrow(
      'address not unicast',
    );
  });

  test('all ninety-three clusters are accounted for', () => {
    expect(fixtureNames()).toHaveLength(93);
  });

  async function run(...scripts: readonly string[]): Promise<ReadonlyMap<string, string>> {
    return readSections(await guest.runInFreshNamespace(scripts.join('')));
  }

  async function loadRecordedRules(name: string): Promise<BothFamiliesRules> {
    const documents = asIpvsDocuments(readRecordedIpvs(name));
    const sections = await run(
      loadSetsScript(documents),
      loadRulesScript(documents),
      printRulesScript('recorded'),
    );
    return readRules(sections, 'recorded');
  }
});
