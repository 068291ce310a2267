import type { NodePlan } from '@kube-rules/core';

/** What can keep a plan from being carried out. */
export type ApplyErrorCode =
  | 'NOT_ROOT'
  | 'TOOL_MISSING'
  | 'TOOL_TOO_OLD'
  | 'TOOL_FAILED'
  | 'KERNEL_LACKS'
  | 'LOCK_HELD'
  | 'NO_MEMORY'
  | 'RULE_REFUSED'
  | 'NODE_CHANGED'
  | 'KUBE_PROXY_RUNNING'
  | 'NOT_AS_PLANNED'
  | 'DISK_FULL'
  | 'INTERRUPTED';

export interface ApplyErrorDetails {
  readonly hint: string;
  readonly line?: string | undefined;
  readonly plan?: NodePlan | undefined;
}

/** Why nothing was changed, or everything was undone. */
export class ApplyError extends Error {
  override readonly name = 'ApplyError';
  readonly code: ApplyErrorCode;
  /** What to do about it. */
  readonly hint: string;
  /** The line of our input that a tool refused, where it told which. */
  readonly line: string | undefined;
  /** What was to be done, where that was known. */
  readonly plan: NodePlan | undefined;

  constructor(code: ApplyErrorCode, message: string, { hint, line, plan }: ApplyErrorDetails) {
    super(message);
    this.code = code;
    this.hint = hint;
    this.line = line;
    this.plan = plan;
  }
}
