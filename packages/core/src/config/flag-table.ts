export type FlagKind = 'text' | 'integer' | 'number' | 'flag' | 'duration' | 'list' | 'gates';

export interface FlagTarget {
  readonly kind: FlagKind;
  readonly path: readonly string[];
  /** Of an address that may be given without its port. */
  readonly defaultPort?: number;
}

/** kube-proxy's command-line flags that set a field of the configuration. */
export const flagTable: Readonly<Record<string, FlagTarget>> = {
  'bind-address': { kind: 'text', path: ['bindAddress'] },
  'bind-address-hard-fail': { kind: 'flag', path: ['bindAddressHardFail'] },
  'cluster-cidr': { kind: 'text', path: ['clusterCIDR'] },
  'config-sync-period': { kind: 'duration', path: ['configSyncPeriod'] },
  'conntrack-max-per-core': { kind: 'integer', path: ['conntrack', 'maxPerCore'] },
  'conntrack-min': { kind: 'integer', path: ['conntrack', 'min'] },
  'conntrack-tcp-be-liberal': { kind: 'flag', path: ['conntrack', 'tcpBeLiberal'] },
  'conntrack-tcp-timeout-close-wait': {
    kind: 'duration',
    path: ['conntrack', 'tcpCloseWaitTimeout'],
  },
  'conntrack-tcp-timeout-established': {
    kind: 'duration',
    path: ['conntrack', 'tcpEstablishedTimeout'],
  },
  'conntrack-udp-timeout': { kind: 'duration', path: ['conntrack', 'udpTimeout'] },
  'conntrack-udp-timeout-stream': { kind: 'duration', path: ['conntrack', 'udpStreamTimeout'] },
  'detect-local-mode': { kind: 'text', path: ['detectLocalMode'] },
  'feature-gates': { kind: 'gates', path: ['featureGates'] },
  'healthz-bind-address': { kind: 'text', path: ['healthzBindAddress'], defaultPort: 10256 },
  'hostname-override': { kind: 'text', path: ['hostnameOverride'] },
  'iptables-localhost-nodeports': { kind: 'flag', path: ['iptables', 'localhostNodePorts'] },
  'iptables-masquerade-bit': { kind: 'integer', path: ['iptables', 'masqueradeBit'] },
  'iptables-min-sync-period': { kind: 'duration', path: ['iptables', 'minSyncPeriod'] },
  'iptables-sync-period': { kind: 'duration', path: ['iptables', 'syncPeriod'] },
  'ipvs-exclude-cidrs': { kind: 'list', path: ['ipvs', 'excludeCIDRs'] },
  'ipvs-min-sync-period': { kind: 'duration', path: ['ipvs', 'minSyncPeriod'] },
  'ipvs-scheduler': { kind: 'text', path: ['ipvs', 'scheduler'] },
  'ipvs-strict-arp': { kind: 'flag', path: ['ipvs', 'strictARP'] },
  'ipvs-sync-period': { kind: 'duration', path: ['ipvs', 'syncPeriod'] },
  'ipvs-tcp-timeout': { kind: 'duration', path: ['ipvs', 'tcpTimeout'] },
  'ipvs-tcpfin-timeout': { kind: 'duration', path: ['ipvs', 'tcpFinTimeout'] },
  'ipvs-udp-timeout': { kind: 'duration', path: ['ipvs', 'udpTimeout'] },
  'kube-api-burst': { kind: 'integer', path: ['clientConnection', 'burst'] },
  'kube-api-content-type': { kind: 'text', path: ['clientConnection', 'contentType'] },
  'kube-api-qps': { kind: 'number', path: ['clientConnection', 'qps'] },
  kubeconfig: { kind: 'text', path: ['clientConnection', 'kubeconfig'] },
  'masquerade-all': { kind: 'flag', path: ['iptables', 'masqueradeAll'] },
  'metrics-bind-address': { kind: 'text', path: ['metricsBindAddress'], defaultPort: 10249 },
  'nodeport-addresses': { kind: 'list', path: ['nodePortAddresses'] },
  'oom-score-adj': { kind: 'integer', path: ['oomScoreAdj'] },
  'pod-bridge-interface': { kind: 'text', path: ['detectLocal', 'bridgeInterface'] },
  'pod-interface-name-prefix': { kind: 'text', path: ['detectLocal', 'interfaceNamePrefix'] },
  profiling: { kind: 'flag', path: ['enableProfiling'] },
  'proxy-mode': { kind: 'text', path: ['mode'] },
  'proxy-port-range': { kind: 'text', path: ['portRange'] },
  'show-hidden-metrics-for-version': { kind: 'text', path: ['showHiddenMetricsForVersion'] },
};

/** Flags of kube-proxy that leave the configuration as it is; the value says whether they are switches. */
export const otherFlags: Readonly<Record<string, 'flag' | 'text'>> = {
  'add-dir-header': 'flag',
  alsologtostderr: 'flag',
  'boot-id-file': 'text',
  cleanup: 'flag',
  config: 'text',
  'init-only': 'flag',
  'log-backtrace-at': 'text',
  'log-dir': 'text',
  'log-file': 'text',
  'log-file-max-size': 'text',
  'log-flush-frequency': 'text',
  'log-json-info-buffer-size': 'text',
  'log-json-split-stream': 'flag',
  'log-text-info-buffer-size': 'text',
  'log-text-split-stream': 'flag',
  'logging-format': 'text',
  logtostderr: 'flag',
  'machine-id-file': 'text',
  master: 'text',
  'one-output': 'flag',
  'skip-headers': 'flag',
  'skip-log-headers': 'flag',
  stderrthreshold: 'text',
  v: 'text',
  version: 'flag',
  vmodule: 'text',
  'write-config-to': 'text',
};
