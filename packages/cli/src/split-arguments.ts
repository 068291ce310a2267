export interface SplitArguments {
  readonly own: readonly string[];
  readonly kubeProxyArgs: readonly string[];
}

/** What stands behind the first `--` is kube-proxy's, as it stands in a DaemonSet. */
export function splitArguments(args: readonly string[]): SplitArguments {
  const at = args.indexOf('--');
  if (at < 0) return { own: args, kubeProxyArgs: [] };
  return { own: args.slice(0, at), kubeProxyArgs: args.slice(at + 1) };
}
