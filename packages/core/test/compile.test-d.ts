import type { V1EndpointSlice, V1Node, V1Service } from '@kubernetes/client-node';
import {
  compile,
  createSnapshot,
  renderFiles,
  type EndpointSliceInput,
  type IptablesRuleset,
  type IpvsRuleset,
  type Mode,
  type NftablesRuleset,
  type NodeInput,
  type Ruleset,
  type ServiceInput,
  type Snapshot,
  type UserspaceRuleset,
} from '@kube-rules/core';
import type { Node, Service } from 'kubernetes-types/core/v1.js';
import type { EndpointSlice } from 'kubernetes-types/discovery/v1.js';
import { expectTypeOf, test } from 'vitest';

declare const snapshot: Snapshot;

type Primitive = string | number | boolean | undefined | null;
type Frozen<T> = unknown extends T
  ? T
  : T extends Primitive
    ? T
    : T extends readonly (infer Element)[]
      ? readonly Frozen<Element>[]
      : { readonly [Key in keyof T]: Frozen<T[Key]> };

test('the type of the rules follows the mode', () => {
  expectTypeOf(compile(snapshot, 'iptables')).toEqualTypeOf<IptablesRuleset>();
  expectTypeOf(compile(snapshot, 'ipvs')).toEqualTypeOf<IpvsRuleset>();
  expectTypeOf(compile(snapshot, 'userspace')).toEqualTypeOf<UserspaceRuleset>();
  expectTypeOf(compile(snapshot, 'nftables')).toEqualTypeOf<NftablesRuleset>();
  expectTypeOf(compile<Mode>).returns.toEqualTypeOf<Ruleset>();
  expectTypeOf(renderFiles).parameter(0).toEqualTypeOf<Ruleset>();
});

test('a mode or release that does not exist is refused', () => {
  expectTypeOf(compile).parameter(1).toEqualTypeOf<Mode>();
  expectTypeOf<'kernelspace'>().not.toExtend<Mode>();
  // @ts-expect-error no such mode
  void compile(snapshot, 'kernelspace');
  // @ts-expect-error no such release
  void compile(snapshot, 'iptables', { release: '1.29' });
});

test('objects of @kubernetes/client-node go in as they are', () => {
  expectTypeOf<V1Service>().toExtend<ServiceInput>();
  expectTypeOf<V1EndpointSlice>().toExtend<EndpointSliceInput>();
  expectTypeOf<V1Node>().toExtend<NodeInput>();
  expectTypeOf(createSnapshot).toBeCallableWith({
    services: [] as V1Service[],
    endpointSlices: [] as V1EndpointSlice[],
    nodes: [] as V1Node[],
  });
});

test('objects of kubernetes-types go in as they are', () => {
  expectTypeOf<Service>().toExtend<ServiceInput>();
  expectTypeOf<EndpointSlice>().toExtend<EndpointSliceInput>();
  expectTypeOf<Node>().toExtend<NodeInput>();
  expectTypeOf(createSnapshot).toBeCallableWith({
    services: [] as Service[],
    endpointSlices: [] as EndpointSlice[],
    nodes: [] as Node[],
  });
});

test('the types of the clients are really there', () => {
  expectTypeOf<V1Service>().not.toBeAny();
  expectTypeOf<V1EndpointSlice>().not.toBeAny();
  expectTypeOf<V1Node>().not.toBeAny();
  expectTypeOf<Service>().not.toBeAny();
  expectTypeOf<EndpointSlice>().not.toBeAny();
  expectTypeOf<Node>().not.toBeAny();
});

test('something that is no Kubernetes object does not go in', () => {
  expectTypeOf<{ metadata: { name: number } }>().not.toExtend<ServiceInput>();
  expectTypeOf<{ spec: { ports: string } }>().not.toExtend<ServiceInput>();
});

test('a snapshot is readonly at any depth', () => {
  expectTypeOf<Snapshot>().toEqualTypeOf<Frozen<Snapshot>>();
  // The comparison above sees the modifier.
  expectTypeOf<{ a: { b: 1 } }>().not.toEqualTypeOf<Frozen<{ a: { b: 1 } }>>();
  // @ts-expect-error readonly list
  snapshot.services.length = 0;
  // @ts-expect-error readonly field, deep inside
  snapshot.config.iptables.masqueradeAll = true;
});
