import { expect, test } from 'vitest';
import { defaultConfiguration } from '../../src/config/default-configuration.ts';
import { parseSnapshot } from '../../src/snapshot/parse-snapshot.ts';
import type { ParsedSnapshot } from '../../src/snapshot/snapshot.ts';

function parse(text: string): ParsedSnapshot {
  return parseSnapshot(text, { nodeName: 'node-a' });
}

function messages({ diagnostics }: ParsedSnapshot, code: string): string[] {
  return diagnostics.filter((one) => one.code === code).map(({ message }) => message);
}

function config(fields: string): string {
  return `apiVersion: kubeproxy.config.k8s.io/v1alpha1\nkind: KubeProxyConfiguration\n${fields}\n`;
}

test("without a configuration kube-proxy's defaults are used, and an info says so", () => {
  const parsed = parse('apiVersion: v1\nkind: Node\nmetadata: {name: node-a}\n');
  expect(parsed.snapshot.config).toEqual(defaultConfiguration);
  expect(parsed.diagnostics).toMatchObject([{ code: 'CONFIG_MISSING', severity: 'info' }]);
  expect(parsed.snapshot.nodeState).toEqual({});
  expect(parsed.snapshot.unusable).toEqual([]);
});

test('of several configurations only the last counts, and each later one is reported', () => {
  const parsed = parse(
    [
      config('mode: ipvs\nclusterCIDR: 10.0.0.0/8'),
      config('mode: nftables'),
      config('bindAddress: 10.1.1.1'),
    ].join('---\n'),
  );
  expect(parsed.snapshot.config).toEqual({ ...defaultConfiguration, bindAddress: '10.1.1.1' });
  expect(messages(parsed, 'CONFIG_DUPLICATE')).toHaveLength(2);
  const map =
    'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: kube-proxy}\ndata: {config.conf: "mode: ipvs"}\n';
  expect(parse(`${config('mode: nftables')}---\n${map}`).snapshot.config.mode).toBe('ipvs');
  expect(parse(`${map}---\n${config('mode: nftables')}`).snapshot.config.mode).toBe('nftables');
});

test('annotations are those of the ConfigMap that the configuration comes from', () => {
  const map =
    'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: kube-proxy, annotations: {a: b, c: 1}}\ndata: {config.conf: "mode: ipvs"}\n';
  expect(parse(map).snapshot.configAnnotations).toEqual({ a: 'b' });
  expect(parse(`${map}---\n${config('mode: ipvs')}`).snapshot.configAnnotations).toEqual({});
  expect(parse('').snapshot.configAnnotations).toEqual({});
});
