import type { LocalTrafficDetector } from '../service/local-traffic-detector.ts';
import type { ResolvedServicePort } from '../service/resolve-family.ts';
import type { AddressKind, Client, ExplainedMode } from './explanation.ts';

/** All that decides what becomes of a service port's clients on a node. */
export interface Situation extends ResolvedServicePort {
  readonly mode: ExplainedMode;
  readonly detector: LocalTrafficDetector | undefined;
  /** The interface by which packets of the node's pods come in, where it is another than the detector looks for. */
  readonly undetectedBridge: string | undefined;
  readonly masqueradeAll: boolean;
}

/** Somebody calls an address. */
export interface Call {
  readonly client: Client;
  readonly kind: AddressKind;
}
