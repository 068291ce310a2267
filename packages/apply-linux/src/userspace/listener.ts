/** What the proxy listens on for one service port in one family, and where it carries what arrives. */
export interface Listener {
  /** `prod/web:http` */
  readonly servicePort: string;
  readonly protocol: 'tcp' | 'udp';
  /** `0.0.0.0`, `::`, or one address. */
  readonly address: string;
  readonly port: number;
  /** `10.244.1.5:8080`, `[fd00::5]:8080` */
  readonly endpoints: readonly string[];
  /** In seconds; absent without ClientIP affinity. */
  readonly affinityTimeout?: number;
  /** Addresses to hold, so that nobody else takes them: `0.0.0.0:30080`. */
  readonly claims?: readonly string[];
}
