import {
  escapeControls,
  printPath,
  type ConfigurationSource,
  type KubeProxyConfiguration,
  type Path,
} from '@kube-rules/core';

type Sources = Readonly<Record<string, ConfigurationSource>>;

const commentColumn = 48;

/** Prints a configuration as a YAML document that kube-proxy could read, each value with its source in a comment. */
export function printConfiguration(config: KubeProxyConfiguration, sources: Sources): string {
  const head = ['apiVersion: kubeproxy.config.k8s.io/v1alpha1', 'kind: KubeProxyConfiguration'];
  const fields = Object.entries(config).flatMap(([key, value]) =>
    printField(key, value, { indent: '', path: [key], sources }),
  );
  return `${[...head, ...fields].join('\n')}\n`;
}

interface Place {
  readonly indent: string;
  readonly path: Path;
  readonly sources: Sources;
}

function printField(key: string, value: unknown, { indent, path, sources }: Place): string[] {
  const entries =
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.entries(value)
      : [];
  if (entries.length > 0) {
    const children = entries.flatMap(([name, child]) =>
      printField(name, child, { indent: `${indent}  `, path: [...path, name], sources }),
    );
    return [`${indent}${printValue(key)}:`, ...children];
  }
  const field = `${indent}${printValue(key)}: ${printValue(value)}`;
  return [
    `${field.padEnd(commentColumn)} # ${escapeControls(printSource(sources[printPath(path)]))}`,
  ];
}

const plainText = /^[A-Za-z][A-Za-z0-9/_.-]*$/;
const notText = /^(?:true|false|null|yes|no|on|off|y|n)$/i;

function printValue(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(printValue).join(', ')}]`;
  if (typeof value === 'string' && plainText.test(value) && !notText.test(value)) return value;
  return escapeControls(JSON.stringify(value));
}

function printSource(source: ConfigurationSource = { kind: 'default' }): string {
  switch (source.kind) {
    case 'default':
      return 'default';
    case 'file':
      return source.file;
    case 'ConfigMap':
      return `ConfigMap kube-proxy in ${source.file}`;
    case 'flag':
      return `--${source.flag}`;
  }
}
