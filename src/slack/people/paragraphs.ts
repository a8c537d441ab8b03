import type { Button } from '@slack/types';
import { type Block, section } from '../kit/blocks.ts';
import { LIMITS } from '../kit/limits.ts';

/** Lines as paragraphs, as many in each as a text of Slack holds: every line is told. The first has the button. */
export function paragraphs(lines: readonly string[], accessory?: Button): Block[] {
  const texts: string[] = [];
  for (const line of lines) {
    const last = texts.at(-1);
    if (last !== undefined && last.length + line.length < LIMITS.sectionText)
      texts[texts.length - 1] = `${last}\n${line}`;
    else texts.push(line);
  }
  return texts.map((text, index) => section(text, accessory && index === 0 ? { accessory } : {}));
}
