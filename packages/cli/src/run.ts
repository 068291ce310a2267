import { Command, CommanderError } from 'commander';
import { ApplyError } from '@kube-rules/apply-linux';
import { addApplyCommand } from './command/apply.ts';
import { addAuditCommand } from './command/audit.ts';
import { addCleanupCommand } from './command/cleanup.ts';
import { addCompileCommand } from './command/compile.ts';
import { addConfigCommand } from './command/config.ts';
import { addConfirmCommand } from './command/confirm.ts';
import { addDiffCommand } from './command/diff.ts';
import { addExplainCommand } from './command/explain.ts';
import { addGraphCommand } from './command/graph.ts';
import { addLintCommand } from './command/lint.ts';
import { addPlanCommand } from './command/plan.ts';
import { addProxyCommand } from './command/proxy.ts';
import { addReportCommand } from './command/report.ts';
import { addStatusCommand } from './command/status.ts';
import { addTraceCommand } from './command/trace.ts';
import { addWhoCommand, keepRules } from './command/who.ts';
import type { CommandContext } from './command-context.ts';
import type { CommandIO, ExitStatus } from './io.ts';
import { escapeLines } from './output/escape-lines.ts';
import { splitArguments } from './split-arguments.ts';
import { UsageError } from './usage-error.ts';
import { readVersion } from './version.ts';

/** Runs the command line `args` (without node and the script) and gives the exit status. */
export async function run(args: readonly string[], io: CommandIO): Promise<ExitStatus> {
  const { own, kubeProxyArgs } = splitArguments(args);
  let status: ExitStatus = 0;
  const program = createProgram({
    io,
    kubeProxyArgs,
    setExitStatus: (next) => void (status = next),
  });
  try {
    await program.parseAsync(keepRules(own), { from: 'user' });
    return status;
  } catch (error) {
    return reportFailure(error, io);
  }
}

function createProgram(context: CommandContext): Command {
  const { io } = context;
  const program = new Command('kube-rules')
    .description("kube-proxy's rules from a cluster's YAML: read them, check them, load them")
    .version(readVersion())
    .showSuggestionAfterError()
    .configureOutput({
      writeOut: io.writeOut,
      writeErr: (text) => io.writeError(escapeLines(text)),
      getOutHasColors: () => false,
    })
    .exitOverride();
  addCompileCommand(program, context);
  addConfigCommand(program, context);
  addLintCommand(program, context);
  addExplainCommand(program, context);
  addTraceCommand(program, context);
  addGraphCommand(program, context);
  addReportCommand(program, context);
  addDiffCommand(program, context);
  addAuditCommand(program, context);
  addWhoCommand(program, context);
  addPlanCommand(program, context);
  addApplyCommand(program, context);
  addConfirmCommand(program, context);
  addProxyCommand(program, context);
  addCleanupCommand(program, context);
  addStatusCommand(program, context);
  return program;
}

function reportFailure(error: unknown, io: CommandIO): ExitStatus {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  if (error instanceof UsageError) {
    io.writeError(`kube-rules: ${escapeLines(error.message)}\n`);
    return 2;
  }
  if (error instanceof ApplyError) {
    const line = error.line === undefined ? '' : `refused: ${error.line}\n`;
    io.writeError(
      escapeLines(`kube-rules: ${error.code}: ${error.message}\n${line}${error.hint}\n`),
    );
    return 1;
  }
  const trace = escapeLines((error instanceof Error ? error.stack : undefined) ?? String(error));
  io.writeError(
    `kube-rules: this is a defect of kube-rules, please report it with the input that led to it:\n${trace}\n`,
  );
  return 2;
}
