/** A kernel setting, by its name in sysctl.d(5). */
export interface Sysctl {
  readonly name: string;
  readonly value: number;
}
