import type { Command } from 'commander';
import type { Diagnostic, DiagnosticCode } from '@kube-rules/core';
import { loadSnapshot } from '../input/load-snapshot.ts';
import type { ExitStatus } from '../io.ts';
import { choosePalette, type ColorChoice } from '../output/palette.ts';
import { printConfiguration } from '../output/print-configuration.ts';
import { diagnosticToJSON, printJSON } from '../output/to-json.ts';
import { writeDiagnostics } from '../output/write-diagnostics.ts';
import type { CommandContext } from '../command-context.ts';
import { colorOption, jsonOption } from './shared-options.ts';

interface ConfigOptions {
  readonly json?: true;
  readonly color: ColorChoice;
}

const help = `
Arguments behind -- are kube-proxy's own, as they stand in a DaemonSet.

Examples:
  kube-rules config examples/online-shop.yaml
  kube-rules config examples/online-shop.yaml -- --masquerade-all --cluster-cidr=10.0.0.0/8

Exit status: 0 fine, 2 wrong use or an invalid configuration.`;

/** `kube-rules config`: the configuration that kube-proxy would run with, and where each value comes from. */
export function addConfigCommand(program: Command, context: CommandContext): void {
  program
    .command('config')
    .description('print the effective configuration of kube-proxy, and where each value comes from')
    .argument(
      '[file...]',
      'files with a KubeProxyConfiguration or the ConfigMap kube-proxy; - or none: standard input',
    )
    .addOption(jsonOption)
    .addOption(colorOption)
    .addHelpText('after', help)
    .action(async (files: string[], options: ConfigOptions) => {
      context.setExitStatus(await runConfig(files, options, context));
    });
}

async function runConfig(
  names: string[],
  options: ConfigOptions,
  context: CommandContext,
): Promise<ExitStatus> {
  const { io } = context;
  const { snapshot, diagnostics, texts } = await loadSnapshot(names, {}, context);
  const relevant = diagnostics.filter(isAboutConfiguration);
  const isInvalid = relevant.some(({ severity }) => severity === 'error');
  writeDiagnostics(relevant, io, {
    texts,
    palette: choosePalette(options.color, io.errorIsTerminal, io),
    ...(isInvalid && { limit: relevant.length }),
  });
  if (isInvalid) {
    io.writeError(
      'kube-rules: the configuration is invalid or not readable, kube-proxy would not start with it\n',
    );
    return 2;
  }
  const { config, configSources } = snapshot;
  if (!options.json) io.writeOut(printConfiguration(config, configSources));
  else {
    const shown = relevant.map((diagnostic) => diagnosticToJSON(diagnostic, texts));
    io.writeOut(
      printJSON('EffectiveConfiguration', {
        configuration: config,
        sources: configSources,
        diagnostics: shown,
      }),
    );
  }
  return 0;
}

const codesOfCluster: readonly DiagnosticCode[] = [
  'KIND_IGNORED',
  'NODE_AMBIGUOUS',
  'NODE_MISSING',
  'NODE_UNKNOWN',
];

/** A configuration may be asked for without a cluster: what is wrong with Services and Nodes is not the question here. */
function isAboutConfiguration({ code, objects }: Diagnostic): boolean {
  const isOfCluster = objects.some(({ kind }) =>
    ['Service', 'EndpointSlice', 'Node', 'NodeState'].includes(kind),
  );
  return !isOfCluster && !codesOfCluster.includes(code);
}
