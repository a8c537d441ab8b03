import { z } from 'zod';
import { mayDo } from '../../engine/core/metaPermissions.ts';
import { EngineError } from '../../engine/errors.ts';
import { organizationFounders } from '../../engine/readModels/organizations.ts';
import { section } from '../kit/blocks.ts';
import type { Feature } from '../kit/feature.ts';
import { type Identity, mentionAll } from '../kit/identify.ts';
import { ACTIONS } from '../kit/ids.ts';
import { SCREENS } from '../kit/screenRefs.ts';
import { answersWithModal, nearestWord, splitCommand } from '../kit/subcommands.ts';
import { escapeText } from '../kit/text.ts';

/** The slash command itself: finds the subcommand, checks what it needs, helps with typos; and the help. */
export const registerHelp: Feature = ({ engine, screens, listeners, subcommands, command }) => {
  const find = (word: string) => subcommands.all().find(({ name }) => name === word);

  async function helpText(identity: Identity): Promise<string> {
    const { actor, texts, organization } = identity;
    const missing = subcommands.all().some(({ needs }) => needs !== null && !mayDo(actor, needs));
    const founders = missing ? mentionAll(await organizationFounders(engine, organization.id)) : '';
    const lines: string[] = [];
    for (const { help, needs, missing: whyNot } of subcommands.all()) {
      const [usage, meaning] = texts.help.commands[help];
      const allowed = needs === null || mayDo(actor, needs);
      const lacks = allowed || needs === null ? null : texts.help.missing(texts.metaPermissions[needs]);
      const reason = lacks ?? (await whyNot?.(identity)) ?? null;
      lines.push(`• \`${`${command} ${usage}`.trim()}\` — ${meaning}${reason === null ? '' : ` ${reason}`}`);
    }
    return [texts.help.intro, ...lines, ...(founders ? [texts.help.askFounder(founders)] : [])].join('\n');
  }

  subcommands.add({
    name: 'help',
    help: 'help',
    needs: null,
    opensModal: false,
    run: async ({ identity, whisper }) => whisper(await helpText(identity)),
  });
  screens.register(SCREENS.help, async (identity) => ({
    title: identity.texts.dashboard.help,
    close: identity.texts.common.close,
    blocks: [section(`*${identity.texts.help.title}*`), section(await helpText(identity))],
  }));
  listeners.action(ACTIONS.openHelp, { opens: true, value: z.unknown() }, ({ stage }) => stage.show(SCREENS.help, {}));

  listeners.command(
    command,
    (text) => {
      const { word, rest } = splitCommand(text);
      return answersWithModal(find(word), rest);
    },
    async (interaction, text) => {
      const { word, rest } = splitCommand(text);
      const { texts, actor } = interaction.identity;
      const subcommand = find(word);
      if (subcommand) {
        if (subcommand.needs && !mayDo(actor, subcommand.needs)) {
          throw new EngineError('not_allowed', { needs: subcommand.needs });
        }
        return subcommand.run(interaction, rest);
      }
      const words = subcommands.all().map(({ name }) => name);
      const nearest = nearestWord(word, words);
      await interaction.whisper(
        nearest
          ? `${texts.help.unknown(escapeText(word))} ${texts.help.didYouMean(`${command} ${nearest}${rest ? ` ${escapeText(rest)}` : ''}`)}`
          : `${texts.help.unknown(escapeText(word))}\n${await helpText(interaction.identity)}`,
      );
    },
  );
};
