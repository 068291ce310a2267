import type { LintRule } from './lint-rule.ts';
import { affinityIpvs } from './rules/affinity-ipvs.ts';
import { affinityRecentLimit } from './rules/affinity-recent-limit.ts';
import { bridgeNetfilterOff } from './rules/bridge-netfilter-off.ts';
import { clusterCIDRExcludesPods } from './rules/cluster-cidr-excludes-pods.ts';
import { clusterCIDRMissing } from './rules/cluster-cidr-missing.ts';
import { clusterIPInPodRange } from './rules/cluster-ip-in-pod-range.ts';
import { endpointDuplicate } from './rules/endpoint-duplicate.ts';
import { endpointNodeMissing } from './rules/endpoint-node-missing.ts';
import { endpointNodeUnknown } from './rules/endpoint-node-unknown.ts';
import { externalIPsDeprecated } from './rules/external-ips-deprecated.ts';
import { externalLocalNodes } from './rules/external-local-nodes.ts';
import { familyUnused } from './rules/family-unused.ts';
import { hairpinBridge } from './rules/hairpin-bridge.ts';
import { healthCheckPortConflict } from './rules/health-check-port-conflict.ts';
import { hintUnknown } from './rules/hint-unknown.ts';
import { hintsIncomplete } from './rules/hints-incomplete.ts';
import { hostPortTaken } from './rules/host-port-taken.ts';
import { internalLocalNodes } from './rules/internal-local-nodes.ts';
import { ipModeProxy } from './rules/ip-mode-proxy.ts';
import { largeClusterNear } from './rules/large-cluster-near.ts';
import { localPolicyIpvs } from './rules/local-policy-ipvs.ts';
import { localTrafficInterface } from './rules/local-traffic-interface.ts';
import { markBitTaken } from './rules/mark-bit-taken.ts';
import { masqueradeAll } from './rules/masquerade-all.ts';
import { modeDefaulted } from './rules/mode-defaulted.ts';
import { nodeCountsAsPod } from './rules/node-counts-as-pod.ts';
import { nodePortAddressesOneFamily } from './rules/node-port-addresses-one-family.ts';
import { nodePortEphemeral } from './rules/node-port-ephemeral.ts';
import { portWithoutSlice } from './rules/port-without-slice.ts';
import { routeLocalnet } from './rules/route-localnet.ts';
import { serviceWithoutEndpoints } from './rules/service-without-endpoints.ts';
import { sliceFamilyMissing } from './rules/slice-family-missing.ts';
import { sliceWithoutService } from './rules/slice-without-service.ts';
import { sourceRangeExcludesNode } from './rules/source-range-excludes-node.ts';
import { sourceRangeFamilyOpen } from './rules/source-range-family-open.ts';
import { sourceRangeUnused } from './rules/source-range-unused.ts';
import { strictARP } from './rules/strict-arp.ts';
import { udpTimeoutLong } from './rules/udp-timeout-long.ts';
import { vipConflict } from './rules/vip-conflict.ts';
import { zoneWithoutHint } from './rules/zone-without-hint.ts';

/** All rules, in the order in which their findings come: Services, endpoints, policies, the configuration, nodes. */
export const lintRules: readonly LintRule[] = [
  vipConflict,
  hostPortTaken,
  nodePortEphemeral,
  healthCheckPortConflict,
  externalIPsDeprecated,
  ipModeProxy,
  familyUnused,
  sourceRangeFamilyOpen,
  sourceRangeUnused,
  sourceRangeExcludesNode,
  serviceWithoutEndpoints,
  portWithoutSlice,
  sliceFamilyMissing,
  sliceWithoutService,
  endpointDuplicate,
  endpointNodeUnknown,
  endpointNodeMissing,
  externalLocalNodes,
  internalLocalNodes,
  localPolicyIpvs,
  hintsIncomplete,
  hintUnknown,
  zoneWithoutHint,
  affinityIpvs,
  affinityRecentLimit,
  modeDefaulted,
  clusterCIDRMissing,
  clusterCIDRExcludesPods,
  clusterIPInPodRange,
  localTrafficInterface,
  nodeCountsAsPod,
  masqueradeAll,
  markBitTaken,
  nodePortAddressesOneFamily,
  routeLocalnet,
  strictARP,
  udpTimeoutLong,
  bridgeNetfilterOff,
  hairpinBridge,
  largeClusterNear,
];
