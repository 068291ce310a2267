import type { Origin } from '../origin.ts';

/** A proxy port of userspace mode: where the proxy listens for one service port, and to whom it copies. */
export interface Listener {
  /** `prod/web:http`, without `:http` if the port has no name. */
  readonly servicePort: string;
  readonly protocol: 'tcp' | 'udp';
  /** `0.0.0.0`, `::` or one address of the node. */
  readonly address: string;
  /** The proxy port. */
  readonly port: number;
  /** `10.244.1.5:8080` or `[fd00::5]:8080`, by text. Without one a connection is accepted and closed. */
  readonly endpoints: readonly string[];
  /** Seconds for which a client keeps its endpoint; absent without ClientIP affinity. */
  readonly affinityTimeout?: number;
  /**
   * What a socket of the proxy holds so that nobody else takes it, `0.0.0.0:30080` for a node port and
   * `192.0.2.11:80` for an external IP that is the node's own, by text; absent if there is nothing.
   */
  readonly claims?: readonly string[];
}

/** A listener that knows why it is there. */
export interface CompiledListener extends Listener {
  readonly origin: Origin;
}

/** A listener and where its line begins, in UTF-16 code units. */
export interface ListenerLine {
  readonly listener: Listener;
  readonly offset: number;
}
