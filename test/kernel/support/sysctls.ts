const ROOT = '/proc/sys/';

/** Shell commands that set each sysctl of a `.sysctl` document. */
export function writeSysctls(document: string): string {
  return readSysctls(document)
    .map(({ file, value }) => `echo ${value} >${file}\n`)
    .join('');
}

/** A shell command that prints what the kernel has for each sysctl of a `.sysctl` document. */
export function printSysctls(document: string): string {
  const files = readSysctls(document).map(({ file }) => file);
  return files.length === 0 ? '' : `grep -H . ${files.join(' ')}\n`;
}

/** What `printSysctls` printed, in the form of a `.sysctl` document. */
export function readPrintedSysctls(output: string): string {
  return output.replaceAll(
    /^\/proc\/sys\/([^:]+):/gm,
    (_line, path: string) => `${path.replaceAll('/', '.')} = `,
  );
}

function readSysctls(
  document: string,
): readonly { readonly file: string; readonly value: string }[] {
  return document
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const [name = '', value = ''] = line.split(' = ');
      return { file: `${ROOT}${name.replaceAll('.', '/')}`, value };
    });
}
