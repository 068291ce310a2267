import { z } from 'zod';
import { oneOf } from '../schema/field.ts';
import { checkedString } from '../schema/checked-string.ts';
import type { Problem } from '../schema/problem.ts';
import { isDeeperThan } from '../util/is-deeper-than.ts';
import type { DeepReadonly } from '../util/deep-readonly.ts';
import { quoteValue } from '../util/quote-value.ts';
import { parseDuration } from './duration.ts';

/** No field of kube-proxy's is nested half as deep; what reads the value recurses. */
const deepestNesting = 20;

const text = z.string().optional();
const flag = z.boolean().optional();
const integer = z.int().optional();
const textList = z.array(z.string()).optional();
const anything = z
  .record(z.string(), z.unknown())
  .check(({ value, issues }) => {
    if (!isDeeperThan(value, deepestNesting)) return;
    const problem: Problem = {
      code: 'CONFIG_VALUE_INVALID',
      message: `The value is nested more than ${deepestNesting} levels deep`,
    };
    issues.push({ code: 'custom', input: value, params: { ...problem } });
  })
  .optional();

const duration = checkedString((value) =>
  parseDuration(value) === undefined
    ? {
        code: 'CONFIG_VALUE_INVALID',
        message: `${quoteValue(value)} is no duration (such as "30s")`,
      }
    : undefined,
).optional();

const word = { code: 'CONFIG_VALUE_INVALID', levels: 0 } as const;

/** The shape of a KubeProxyConfiguration document: every field may be missing, and its meaning is not yet checked. */
export const configurationSchema = z.object({
  featureGates: z.record(z.string(), z.boolean()).optional(),
  clientConnection: z
    .object({
      kubeconfig: text,
      acceptContentTypes: text,
      contentType: text,
      qps: z.number().optional(),
      burst: integer,
    })
    .optional(),
  logging: anything,
  hostnameOverride: text,
  bindAddress: text,
  healthzBindAddress: text,
  metricsBindAddress: text,
  bindAddressHardFail: flag,
  enableProfiling: flag,
  showHiddenMetricsForVersion: text,
  mode: oneOf(['', 'iptables', 'ipvs', 'userspace', 'nftables'], word).optional(),
  iptables: z
    .object({
      masqueradeBit: integer,
      masqueradeAll: flag,
      localhostNodePorts: flag,
      syncPeriod: duration,
      minSyncPeriod: duration,
    })
    .optional(),
  ipvs: z
    .object({
      syncPeriod: duration,
      minSyncPeriod: duration,
      scheduler: text,
      excludeCIDRs: textList,
      strictARP: flag,
      tcpTimeout: duration,
      tcpFinTimeout: duration,
      udpTimeout: duration,
    })
    .optional(),
  nftables: z
    .object({
      masqueradeBit: integer,
      masqueradeAll: flag,
      syncPeriod: duration,
      minSyncPeriod: duration,
    })
    .optional(),
  winkernel: anything,
  detectLocalMode: oneOf(
    ['', 'ClusterCIDR', 'NodeCIDR', 'BridgeInterface', 'InterfaceNamePrefix'],
    word,
  ).optional(),
  detectLocal: z.object({ bridgeInterface: text, interfaceNamePrefix: text }).optional(),
  clusterCIDR: text,
  nodePortAddresses: textList,
  oomScoreAdj: integer,
  conntrack: z
    .object({
      maxPerCore: integer,
      min: integer,
      tcpEstablishedTimeout: duration,
      tcpCloseWaitTimeout: duration,
      tcpBeLiberal: flag,
      udpTimeout: duration,
      udpStreamTimeout: duration,
    })
    .optional(),
  configSyncPeriod: duration,
  portRange: text,
  windowsRunAsService: flag,
});

/** A KubeProxyConfiguration as it is written: every field may be missing. */
export type KubeProxyConfigurationInput = DeepReadonly<z.input<typeof configurationSchema>>;

/** The same after its types were checked. */
export type PartialConfiguration = z.output<typeof configurationSchema>;
