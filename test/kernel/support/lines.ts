/** A way to send lines to a process and to get its lines. */
export interface Lines {
  send(line: string): void;
  /** `onEnd` gets the reason when no more lines will come. */
  receive(onLine: (line: string) => void, onEnd: (reason: string) => void): void;
}
