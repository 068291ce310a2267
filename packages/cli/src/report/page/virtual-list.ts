import { element } from './element.ts';

export interface VirtualList {
  readonly element: HTMLElement;
  /** Shows that many rows; those in sight are made anew. */
  readonly show: (rows: number) => void;
  readonly scrollTo: (row: number) => void;
}

interface VirtualListOptions {
  readonly rowHeight: number;
  readonly createRow: (row: number) => HTMLElement;
}

/** Rows above and below those in sight that are made as well. */
const spare = 8;

/** A list box of which only the rows in sight exist, so that it does not matter how many there are. */
export function createVirtualList({ rowHeight, createRow }: VirtualListOptions): VirtualList {
  const rows = element('div', { class: 'rows', role: 'presentation' });
  const box = element('div', { class: 'list' }, rows);
  let length = 0;
  const paint = (): void => {
    const first = Math.max(0, Math.floor(box.scrollTop / rowHeight) - spare);
    const inSight = Math.ceil((box.clientHeight || 600) / rowHeight);
    const last = Math.min(length, first + inSight + 2 * spare);
    rows.style.height = `${length * rowHeight}px`;
    const made = Array.from({ length: Math.max(0, last - first) }, (_, at) => {
      const row = createRow(first + at);
      row.style.transform = `translateY(${(first + at) * rowHeight}px)`;
      return row;
    });
    rows.replaceChildren(...made);
  };
  box.addEventListener('scroll', paint, { passive: true });
  new ResizeObserver(paint).observe(box);
  return {
    element: box,
    show: (next) => {
      length = next;
      paint();
    },
    scrollTo: (row) => {
      const top = row * rowHeight;
      const bottom = top + rowHeight - box.clientHeight;
      box.scrollTop = Math.max(bottom, Math.min(top, box.scrollTop));
      paint();
    },
  };
}
