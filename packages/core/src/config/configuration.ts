/** kube-proxy itself has `userspace` no more since 1.26; here it is a mode like the others. */
export type ProxyMode = '' | 'iptables' | 'ipvs' | 'userspace' | 'nftables';

export type DetectLocalMode =
  | ''
  | 'ClusterCIDR'
  | 'NodeCIDR'
  | 'BridgeInterface'
  | 'InterfaceNamePrefix';

/** A span of time as Go writes it: `30s`, `1h30m`, `250ms`. */
export type Duration = string;

/**
 * `kubeproxy.config.k8s.io/v1alpha1` KubeProxyConfiguration, complete: each field holds what was
 * configured or kube-proxy's default. `logging` and `winkernel` are kept as they were given.
 */
export interface KubeProxyConfiguration {
  readonly featureGates: Readonly<Record<string, boolean>>;
  readonly clientConnection: {
    readonly kubeconfig: string;
    readonly acceptContentTypes: string;
    readonly contentType: string;
    readonly qps: number;
    readonly burst: number;
  };
  readonly logging: Readonly<Record<string, unknown>>;
  /** The node's name if it is not the host name; trimmed and lower-cased before use. */
  readonly hostnameOverride: string;
  readonly bindAddress: string;
  readonly healthzBindAddress: string;
  readonly metricsBindAddress: string;
  readonly bindAddressHardFail: boolean;
  readonly enableProfiling: boolean;
  readonly showHiddenMetricsForVersion: string;
  /** The empty text means `iptables`. */
  readonly mode: ProxyMode;
  readonly iptables: {
    readonly masqueradeBit: number;
    readonly masqueradeAll: boolean;
    readonly localhostNodePorts: boolean;
    readonly syncPeriod: Duration;
    readonly minSyncPeriod: Duration;
  };
  readonly ipvs: {
    readonly syncPeriod: Duration;
    readonly minSyncPeriod: Duration;
    readonly scheduler: string;
    readonly excludeCIDRs: readonly string[];
    readonly strictARP: boolean;
    readonly tcpTimeout: Duration;
    readonly tcpFinTimeout: Duration;
    readonly udpTimeout: Duration;
  };
  readonly nftables: {
    readonly masqueradeBit: number;
    readonly masqueradeAll: boolean;
    readonly syncPeriod: Duration;
    readonly minSyncPeriod: Duration;
  };
  readonly winkernel: Readonly<Record<string, unknown>>;
  /** The empty text means `ClusterCIDR`. */
  readonly detectLocalMode: DetectLocalMode;
  readonly detectLocal: {
    readonly bridgeInterface: string;
    readonly interfaceNamePrefix: string;
  };
  /** At most one CIDR of each family, with a comma between them. */
  readonly clusterCIDR: string;
  readonly nodePortAddresses: readonly string[];
  readonly oomScoreAdj: number;
  readonly conntrack: {
    readonly maxPerCore: number;
    readonly min: number;
    readonly tcpEstablishedTimeout: Duration;
    readonly tcpCloseWaitTimeout: Duration;
    readonly tcpBeLiberal: boolean;
    readonly udpTimeout: Duration;
    readonly udpStreamTimeout: Duration;
  };
  readonly configSyncPeriod: Duration;
  readonly portRange: string;
  readonly windowsRunAsService: boolean;
}
