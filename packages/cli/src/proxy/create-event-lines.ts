import { printProxyEvent, type ProxyEvent } from '@kube-rules/apply-linux';
import type { CommandIO } from '../io.ts';
import { escapeLines } from '../output/escape-lines.ts';
import type { Palette } from '../output/palette.ts';

/** Of one change of very many Services. */
const mostShown = 40;

/** Shows what happens, a line each. */
export interface EventLines {
  readonly show: (event: ProxyEvent) => void;
  /** What follows is of another change; says how much of this one was not shown. */
  readonly endChange: () => void;
}

export function createEventLines(io: CommandIO, palette: Palette): EventLines {
  const paint: Readonly<Record<ProxyEvent['kind'], (text: string) => string>> = {
    listening: palette.green,
    removed: palette.red,
    endpoints: (text) => text,
    trouble: palette.yellow,
    recovered: palette.green,
  };
  let shown = 0;

  return {
    show: (event) => {
      const isChange = event.kind !== 'trouble' && event.kind !== 'recovered';
      if (isChange) shown += 1;
      if (isChange && shown > mostShown) return;
      io.writeOut(`${paint[event.kind](escapeLines(printProxyEvent(event)))}\n`);
    },
    endChange: () => {
      if (shown > mostShown) io.writeOut(`... and ${shown - mostShown} more\n`);
      shown = 0;
    },
  };
}
