/** A packet mark as kube-proxy writes it: `0x` and eight digits. */
export function printMark(mark: number): string {
  return `0x${mark.toString(16).padStart(8, '0')}`;
}
