import type { LintRule } from '../lint-rule.ts';
import { affinityIpvs } from './affinity-ipvs.ts';
import { affinityRecentLimit } from './affinity-recent-limit.ts';
import { bridgeNetfilterOff } from './bridge-netfilter-off.ts';
import { clusterCIDRExcludesPods } from './cluster-cidr-excludes-pods.ts';
import { clusterCIDRMissing } from './cluster-cidr-missing.ts';
import { clusterIPInPodRange } from './cluster-ip-in-pod-range.ts';
import { endpointDuplicate } from './endpoint-duplicate.ts';
import { endpointNodeMissing } from './endpoint-node-missing.ts';
import { endpointNodeUnknown } from './endpoint-node-unknown.ts';
import { externalIPsDeprecated } from './external-ips-deprecated.ts';
import { externalLocalNodes } from './external-local-nodes.ts';
import { familyUnused } from './family-unused.ts';
import { hairpinBridge } from './hairpin-bridge.ts';
import { healthCheckPortConflict } from './health-check-port-conflict.ts';
import { hintUnknown } from './hint-unknown.ts';
import { hintsIncomplete } from './hints-incomplete.ts';
import { hostPortTaken } from './host-port-taken.ts';
import { internalLocalNodes } from './internal-local-nodes.ts';
import { ipModeProxy } from './ip-mode-proxy.ts';
import { largeClusterNear } from './large-cluster-near.ts';
import { localPolicyIpvs } from './local-policy-ipvs.ts';
import { localTrafficInterface } from './local-traffic-interface.ts';
import { markBitTaken } from './mark-bit-taken.ts';
import { masqueradeAll } from './masquerade-all.ts';
import { modeDefaulted } from './mode-defaulted.ts';
import { nodeCountsAsPod } from './node-counts-as-pod.ts';
import { nodePortAddressesOneFamily } from './node-port-addresses-one-family.ts';
import { nodePortEphemeral } from './node-port-ephemeral.ts';
import { portWithoutSlice } from './port-without-slice.ts';
import { routeLocalnet } from './route-localnet.ts';
import { serviceWithoutEndpoints } from './service-without-endpoints.ts';
import { sliceFamilyMissing } from './slice-family-missing.ts';
import { sliceWithoutService } from './slice-without-service.ts';
import { sourceRangeExcludesNode } from './source-range-excludes-node.ts';
import { sourceRangeFamilyOpen } from './source-range-family-open.ts';
import { sourceRangeUnused } from './source-range-unused.ts';
import { strictARP } from './strict-arp.ts';
import { udpTimeoutLong } from './udp-timeout-long.ts';
import { vipConflict } from './vip-conflict.ts';
import { zoneWithoutHint } from './zone-without-hint.ts';

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
