import { type ApplyError } from '@kube-rules/apply-linux';
import type { Diagnostic, KubeProxyConfiguration } from '@kube-rules/core';
import type { Wanted } from '../command/load-wanted.ts';
import type { CommandIO } from '../io.ts';
import { count } from '../output/count.ts';
import { escapeLines } from '../output/escape-lines.ts';
import type { Palette } from '../output/palette.ts';
import { warnOfFixedSysctls } from '../output/warn-of-fixed-sysctls.ts';
import { writeDiagnostics } from '../output/write-diagnostics.ts';
import type { Followed } from './create-node-proxy.ts';
import type { Unusable } from './read-wanted.ts';

/** Says what became of the input and the rules: changes on standard output, trouble on standard error and once. */
export interface Teller {
  readonly tellInput: (input: Wanted | Unusable) => void;
  /** What of a configuration counts from the next start on only. */
  readonly tellFixed: (former: KubeProxyConfiguration, next: KubeProxyConfiguration) => void;
  readonly tellFollowed: (wanted: Wanted, followed: Followed) => void;
  readonly tellFailure: (error: ApplyError) => void;
}

const fixedFields = ['healthzBindAddress', 'metricsBindAddress', 'bindAddressHardFail'] as const;

export function createTeller(io: CommandIO, palette: Palette): Teller {
  let badInput = '';
  let failure = '';
  let isFirst = true;
  let known: ReadonlySet<string> = new Set();

  function tellNew({ loaded }: Wanted, diagnostics: readonly Diagnostic[]): void {
    const news = diagnostics.filter((diagnostic) => !known.has(keyOf(diagnostic)));
    writeDiagnostics(news, io, {
      texts: loaded.texts,
      palette,
      wayOn: 'kube-rules compile --mode userspace --json',
    });
    known = new Set(diagnostics.map(keyOf));
  }

  return {
    tellInput: (input) => {
      const reason = 'reason' in input ? input.reason : '';
      if (reason !== '' && reason !== badInput)
        io.writeError(`${reason}the last good state goes on\n`);
      if (reason === '' && badInput !== '') io.writeOut('input: can be used again\n');
      badInput = reason;
    },
    tellFixed: (former, next) => {
      const changed = fixedFields.filter((field) => former[field] !== next[field]);
      if (changed.length > 0)
        io.writeError(`${changed.join(', ')}: a change counts from the next start on\n`);
    },
    tellFollowed: (wanted, { plan, diagnostics }) => {
      tellNew(wanted, [...wanted.loaded.diagnostics, ...diagnostics]);
      if (isFirst) warnOfFixedSysctls(plan, io);
      isFirst = false;
      if (failure !== '') io.writeOut('rules: can be changed again\n');
      failure = '';
      const { toAdd, toChange, toRemove } = plan.summary;
      if (plan.operations.length > 0)
        io.writeOut(
          `rules: ${toAdd} added, ${toChange} changed, ${toRemove} removed, ${count(plan.operations.length, 'step')}\n`,
        );
    },
    tellFailure: ({ code, message, line, hint }) => {
      const refused = line === undefined ? '' : `refused: ${line}\n`;
      const text = `kube-rules: ${code}: ${message}\n${refused}${hint}\n`;
      if (text !== failure)
        io.writeError(
          escapeLines(`${text}the rules stay as they are; tried again until it works\n`),
        );
      failure = text;
    },
  };
}

function keyOf({ code, message, objects }: Diagnostic): string {
  return JSON.stringify([code, message, objects]);
}
