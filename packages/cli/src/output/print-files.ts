/** One document as it is; several with the name of each in a comment line before it. */
export function printFiles(files: Readonly<Record<string, string>>): string {
  const entries = Object.entries(files);
  const [only] = entries;
  if (only && entries.length === 1) return only[1];
  return entries.map(([name, text]) => `# ${name}\n${text}`).join('\n');
}
