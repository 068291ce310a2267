import { readdir, readFile } from 'node:fs/promises';

/** The numbers of the processes of kube-proxy that this process can see. */
export async function findKubeProxy(): Promise<number[]> {
  const entries = await readdir('/proc').catch(() => []);
  const numbers = entries.filter((entry) => /^\d+$/.test(entry));
  const names = await Promise.all(
    numbers.map((number) => readFile(`/proc/${number}/comm`, 'utf8').catch(() => '')),
  );
  return numbers.filter((_, index) => names[index]?.trim() === 'kube-proxy').map(Number);
}
