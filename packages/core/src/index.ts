export {
  compile,
  modes,
  type CompileOptions,
  type Mode,
  type Ruleset,
  type RulesetByMode,
} from './compile.ts';
export type { ConfigurationSource } from './config/configuration-layer.ts';
export type {
  DetectLocalMode,
  Duration,
  KubeProxyConfiguration,
  ProxyMode,
} from './config/configuration.ts';
export { defaultConfiguration } from './config/default-configuration.ts';
export { parseKubeProxyFlags, type ParsedFlags } from './config/parse-flags.ts';
export { configurationSchema, type KubeProxyConfigurationInput } from './config/schema.ts';
export { validateConfiguration } from './config/validate-configuration.ts';
export type { Violation } from './config/violation.ts';
export { parseDuration } from './config/duration.ts';
export type { DiagnosticCode, Severity } from './diagnostics/codes.ts';
export type { Diagnostic, ObjectRef, SourceRange } from './diagnostics/diagnostic.ts';
export { limitDiagnostics } from './diagnostics/limit-diagnostics.ts';
export { severityOf } from './diagnostics/codes.ts';
export { positionAt, type Position } from './diagnostics/position.ts';
export {
  printDiagnostic,
  printObjectRef,
  type SourceTexts,
} from './diagnostics/print-diagnostic.ts';
export { defaultMaxLength, refuseLargeInput } from './document/parse-documents.ts';
export type { SourceText } from './document/source-text.ts';
export { findRefusals } from './find-refusals.ts';
export { lint, type LintOptions } from './lint.ts';
export { ignoreAnnotation } from './lint/suppress.ts';
export type { Capabilities } from './mode/capabilities.ts';
export type { RunnableMode } from './mode/requirements.ts';
export {
  featureOptions as nftablesFeatureOptions,
  nftablesProbes,
  type NftablesFeature,
} from './mode/nftables-probes.ts';
export { compareVersion } from './util/compare-version.ts';
export {
  selectMode,
  type ModeSelection,
  type RejectedMode,
  type SelectModeOptions,
} from './mode/select-mode.ts';
export { isCIDR } from './netaddr/cidr.ts';
export type { Family } from './netaddr/family.ts';
export { planCleanup, type PlanCleanupOptions } from './plan-cleanup.ts';
export { planNode, planRulesOfNode, type PlannedRules, type PlanNodeOptions } from './plan-node.ts';
export type { NodePlan, PlanSummary } from './node-plan.ts';
export {
  changedSections,
  fingerprintOf,
  type Fingerprint,
  type FingerprintOptions,
} from './fingerprint.ts';
export { planUndo, type PlanUndoOptions } from './plan-undo.ts';
export type { ServicePlan } from './plan/sum-by-service.ts';
export type { Flow } from './ruleset/conntrack/index.ts';
export { nodeSysctls } from './node-sysctls.ts';
export type { DrainedServer, Operation, SysctlOperation } from './plan/operation.ts';
export {
  normalizeIpset,
  normalizeIptables,
  normalizeIpvsadm,
  normalizeNftables,
} from './normalize-dumps.ts';
export type { Protocol, ProtocolName } from './netaddr/protocol.ts';
export type { IptablesFamily, IptablesRuleset } from './proxier/iptables/ruleset.ts';
export type { IpvsFamily, IpvsRuleset } from './proxier/ipvs/ruleset.ts';
export type { ProxyPorts } from './proxier/userspace/choose-proxy-ports.ts';
export type { UserspaceFamily, UserspaceRuleset } from './proxier/userspace/ruleset.ts';
export { formerProxyPorts } from './former-proxy-ports.ts';
export { audit, type Audit } from './audit.ts';
export type { Owner } from './audit/attribute.ts';
export type { Finding, FindingKind } from './audit/finding.ts';
export { applyChanges } from './diff/apply-changes.ts';
export type { Change } from './diff/change.ts';
export { diffRuleset } from './diff/diff-ruleset.ts';
export type {
  Entry as RuleEntry,
  EntryGroup,
  Item,
  NodeRules,
  Place,
  RuleChain,
  Section,
  SectionKind,
} from './diff/node-rules.ts';
export { printChanges, printOwner } from './diff/print-changes.ts';
export { readDumps, type DumpFiles, type Dumps } from './dump/read-dumps.ts';
export { chooseBackend } from './dump/choose-backend.ts';
export type { Backend } from './ruleset/iptables/index.ts';
export {
  explainService,
  explainServiceOnNodes,
  type ExplainOptions,
} from './explain/explain-service.ts';
export { explainedModes, type ExplainedMode } from './explain/explanation.ts';
export type {
  AddressExplanation,
  AddressKind,
  Client,
  ClientExplanation,
  EndpointExplanation,
  EndpointUse,
  HealthCheckExplanation,
  Outcome,
  PortExplanation,
  ServiceExplanation,
} from './explain/explanation.ts';
export type { UnknownService } from './explain/find-service.ts';
export type { AddressOwner } from './explain/who-has-address.ts';
export { readPlan } from './read-plan.ts';
export { rulesOfRuleset } from './rules-of-ruleset.ts';
export { whoOwns, type OwnedRule, type Who, type WhoOptions } from './who.ts';
export { changeNftables, type NftablesChange } from './proxier/nftables/change-nftables.ts';
export type { RetiredSlot } from './proxier/nftables/fast/slots.ts';
export {
  layouts,
  type Layout,
  type NftablesFamily,
  type NftablesRuleset,
} from './proxier/nftables/ruleset.ts';
export type { Sysctl } from './proxier/shared/sysctl.ts';
export { forms, renderFiles, type Form, type RenderOptions } from './render-files.ts';
export {
  parseIPAddr as parseIpAddr,
  type InterfaceAddresses,
  type ParsedIPAddr,
} from './ruleset/addresses/index.ts';
export {
  parseIPSets as parseIpset,
  printEntry,
  printSavedIPSets as printIpset,
  type Entry,
  type IPSet,
  type ParsedIPSets,
  type SavedIPSets,
  type SetEntry,
  type SetName,
  type SetOptions,
  type SetType,
} from './ruleset/ipset/index.ts';
export {
  parseIpvsadm,
  printSavedVirtualServers as printIpvsadm,
  printVirtualServers,
  type ConnectionTimeouts,
  type ParsedVirtualServers,
  type RealServer,
  type SavedVirtualServers,
  type VirtualServer,
} from './ruleset/ipvs/index.ts';
export {
  parseIptables,
  parseJumps,
  printRule,
  printSaved as printIptables,
  type ChainName,
  type Document,
  type JumpStep,
  type Match,
  type ParsedJumps,
  type ParsedSave,
  type Rule,
  type SavedDocument,
  type Table,
  type TableName,
  type Target,
} from './ruleset/iptables/index.ts';
export {
  parseListeners,
  printListeners,
  type CompiledListener,
  type Listener,
  type ListenerLine,
  type ParsedListeners,
} from './ruleset/listeners/index.ts';
export {
  parseNftables,
  printElement,
  printNftables,
  type Chain as NftablesChain,
  type Destination,
  type Element as NftablesElement,
  type ElementType,
  type Expression,
  type NamedMap,
  type NamedSet,
  type ParsedNftables,
  type Rule as NftablesRule,
  type SavedDocument as SavedNftables,
  type Statement,
  type Table as NftablesTable,
  type Verdict,
} from './ruleset/nftables/index.ts';
export type { Origin, OriginEndpoint } from './ruleset/origin.ts';
export { defaultRelease, releases, type Release } from './service/release.ts';
export type { Summary } from './service/summary.ts';
export {
  createSnapshot,
  type CreateSnapshotOptions,
  type SnapshotInput,
} from './snapshot/create-snapshot.ts';
export {
  endpointSliceSchema,
  type EndpointSlice,
  type EndpointSliceInput,
} from './snapshot/endpoint-slice.ts';
export { completeNodeState } from './snapshot/complete-node-state.ts';
export { nodeStateSchema, type NodeState, type NodeStateInput } from './snapshot/node-state.ts';
export { nodeSchema, type Node, type NodeInput } from './snapshot/node.ts';
export type { Locate } from './snapshot/locator.ts';
export { parseSnapshot, type ParseSnapshotOptions } from './snapshot/parse-snapshot.ts';
export { serviceSchema, type Service, type ServiceInput } from './snapshot/service.ts';
export type { ParsedSnapshot, Snapshot } from './snapshot/snapshot.ts';
export { UnusableSnapshotError } from './unusable-snapshot-error.ts';
export { graphOfServices, type GraphServicesOptions } from './graph-services.ts';
export { graphOfTrace } from './graph-trace.ts';
export type { Graph, GraphEdge, GraphNode, GraphNodeKind } from './graph/graph.ts';
export { graphFormats, printGraph, type GraphFormat } from './graph/print-graph.ts';
export { snapshotForNode } from './snapshot/snapshot-for-node.ts';
export { printShare } from './util/print-share.ts';
export {
  readTraceRules,
  traceDumps,
  type DumpTrace,
  type ReadTraceRules,
  type TraceDumpsOptions,
} from './trace-dumps.ts';
export { traceEnvironmentOf } from './trace-environment.ts';
export type { Location } from './trace-location.ts';
export { traceSnapshot, type TraceSnapshotOptions } from './trace-snapshot.ts';
export { prepareTrace, trace } from './trace.ts';
export {
  joinEnvironments,
  type TraceEnvironment,
  type TraceInterface,
  type TraceRoute,
} from './trace/walk/environment.ts';
export type { TraceOutcome, TraceVerdict } from './trace/outcome.ts';
export type { HookName, Packet } from './trace/walk/packet.ts';
export type {
  PolicyStep,
  RouteStep,
  RuleStep,
  Step,
  StepElement,
  VirtualServerStep,
} from './trace/walk/step.ts';
export { tracePacket, type TraceResult } from './trace/trace-packet.ts';
export type { Traceable, TraceRules, TraceSource } from './trace/walk/traceable.ts';
export type { TracedOutcome, TracedStep } from './traced-step.ts';
export { escapeControls } from './util/escape-controls.ts';
export { printPath, type Path } from './util/print-path.ts';
