import type { ExplainedMode, Release, ServiceExplanation, TracedOutcome } from '@kube-rules/core';
import type { ReportFinding } from '../report-data.ts';

/** The modes that the page can show: nftables mode has two layouts. */
export type ShownMode = ExplainedMode | 'fast';

/** What the whole page is about. */
export interface Situation {
  readonly node: string;
  readonly mode: ShownMode;
}

export interface Overview {
  readonly nodes: readonly NodeSummary[];
  readonly nodeName: string;
  readonly mode: ExplainedMode;
  readonly release: Release;
  readonly version: string;
  readonly findings: readonly ReportFinding[];
  /** By name. */
  readonly services: readonly ServiceSummary[];
}

export interface NodeSummary {
  readonly name: string;
  /** Where its node ports answer, as far as its Node tells. */
  readonly addresses: readonly string[];
}

/** A Service in the list. */
export interface ServiceSummary {
  /** `namespace/name`. */
  readonly name: string;
  readonly type: string;
  readonly clusterIP: string;
  /** What a packet may be sent to, as in `Flow`. */
  readonly targets: readonly string[];
  /** As the slices list them. */
  readonly endpoints: number;
  /** What it is found by besides its name, in lower case: addresses, ports, endpoints. */
  readonly words: string;
}

/** Rules of one chain, or entries of one set, map or virtual server, in their order. */
export interface ShownChain {
  readonly section: string;
  readonly name: string;
  readonly declaration: string;
  readonly rules: readonly ShownRule[];
}

export interface ShownRule {
  readonly text: string;
  /** Why it is there. */
  readonly reason: string;
  /** `namespace/name:port, endpoint ip:port [node]`; empty for the rules that every node has. */
  readonly owner: string;
}

export interface FoundRules {
  /** How many there are, shown or not. */
  readonly total: number;
  readonly chains: readonly ShownChain[];
}

/** A packet as people write it: `10.244.1.5`, `node` or `external:198.51.100.7` to `10.96.0.10:80/tcp`. */
export interface Flow {
  readonly from: string;
  readonly to: string;
}

/** Whom a packet may come from. */
interface Senders {
  /** Pods of the node, by their addresses. */
  readonly pods: readonly string[];
}

export interface TraceAnswer {
  readonly outcomes: readonly TracedOutcome[];
  /** The nodes of endpoints, by destination: `10.244.1.5:8080`. */
  readonly nodes: Readonly<Record<string, string>>;
  /** The node of the pod that sends, where it is another one than was asked about. */
  readonly home?: string;
}

interface Asking<Question, Answer> {
  readonly question: Question;
  readonly answer: Answer;
}

/** All that the page asks of core, by kind. */
interface Questions {
  readonly overview: Asking<object, Overview>;
  readonly explain: Asking<Situation & { readonly name: string }, ServiceExplanation>;
  readonly serviceRules: Asking<Situation & { readonly name: string }, FoundRules>;
  readonly rules: Asking<Situation & { readonly words: string; readonly most: number }, FoundRules>;
  readonly senders: Asking<{ readonly node: string }, Senders>;
  readonly trace: Asking<Situation & { readonly flow: Flow }, TraceAnswer>;
}

export type Kind = keyof Questions;
export type Question<K extends Kind> = Questions[K]['question'];
export type Answer<K extends Kind> = Questions[K]['answer'];

/** A function for each kind of question; each may throw for what cannot be answered. */
export type Answerers = {
  readonly [K in Kind]: (question: Question<K>) => Answer<K>;
};
