import { connectEngine } from './connect-engine.ts';
import { element } from './element.ts';
import { showPage } from './show-page.ts';

void start();

async function start(): Promise<void> {
  try {
    const ask = connectEngine(takeText('engine'), takeText('data'));
    showPage(document.body, await ask('overview', {}), ask);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const text = `The report cannot be shown: ${message}`;
    document.body.append(element('p', { class: 'problem', role: 'alert' }, text));
  }
}

/** What an element holds that is not for reading; it is needed once. */
function takeText(id: string): string {
  const holder = document.querySelector(`#${id}`);
  const text = holder?.textContent ?? '';
  holder?.remove();
  return text;
}
