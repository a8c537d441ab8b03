import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import { listPackages, resolvePackage } from '../../engine/readModels/packages.ts';
import { requireMay } from '../../engine/readModels/requireMay.ts';
import { EXPORT_KINDS, type WantedExport } from '../../export/organizationCsv.ts';
import { option } from '../kit/blocks.ts';
import { InputError } from '../kit/errorText.ts';
import type { Feature } from '../kit/feature.ts';
import { ACTIONS } from '../kit/ids.ts';
import type { Interaction, Submitted } from '../kit/interaction.ts';
import { chosenOption } from '../kit/payloads.ts';
import { packageState, SCREENS } from '../kit/screenRefs.ts';
import { stateOf } from '../kit/screens.ts';
import { splitCommand } from '../kit/subcommands.ts';
import { exportView } from './exportView.ts';
import { prepareExport } from './sendExport.ts';

const Kind = z.enum(EXPORT_KINDS);

/** Exports as CSV, sent as a file to whoever asks. `client` is one that nobody's windows wait for. */
export function registerExport(client: WebClient): Feature {
  return ({ engine, screens, listeners, subcommands, command }) => {
    /** Exports under way, so that impatient clicks make no second one. */
    const underWay = new Set<string>();

    /** Begins an export. @returns what to tell the person at once. */
    async function begin({ identity, later }: Interaction, wanted: WantedExport): Promise<string> {
      const { actor, texts } = identity;
      const { name, send } = await prepareExport(engine, client, identity, wanted);
      const key = [actor.organizationId, actor.userId, wanted.kind, wanted.number].join('/');
      if (underWay.has(key)) return texts.exports.underWay;
      underWay.add(key);
      later(name, () => send().finally(() => underWay.delete(key)));
      return texts.exports.coming;
    }

    screens.register(SCREENS.export, async ({ actor, texts }) => {
      requireMay(actor, 'view');
      return exportView(texts);
    });

    subcommands.add({
      name: 'export',
      help: 'export',
      needs: 'view',
      opensModal: (rest) => rest === '',
      async run(interaction, typed) {
        const { identity, stage, whisper } = interaction;
        if (typed === '') return stage.show(SCREENS.export, {});
        const { word, rest } = splitCommand(typed);
        const kind = Kind.safeParse(word);
        if (!kind.success || (kind.data === 'access' && rest !== '')) {
          const { help, errors } = identity.texts;
          throw new InputError(errors.usage(`${command} ${help.commands.export[0]}`));
        }
        const pack = rest === '' ? null : await resolvePackage(engine, identity.actor, rest);
        await whisper(await begin(interaction, { kind: kind.data, number: pack?.number ?? null }));
      },
    });

    listeners.suggestions(ACTIONS.exportPackage, async ({ actor }, text) => {
      const { packages } = await listPackages(engine, actor, { text, offset: 0, limit: 100 });
      return packages.map(({ number, name }) => option(`package:${number} ${name}`, String(number)));
    });
    listeners.submission(SCREENS.export, async (interaction): Promise<Submitted> => {
      const { identity, values, whisper } = interaction;
      const kind = Kind.parse(chosenOption(values, ACTIONS.exportKind));
      const chosen = chosenOption(values, ACTIONS.exportPackage);
      if (kind === 'access' && chosen !== null) {
        return { errors: { [ACTIONS.exportPackage]: identity.texts.exports.accessOfEveryone } };
      }
      const number = chosen === null ? null : z.coerce.number().int().positive().parse(chosen);
      return { close: true, work: async () => whisper(await begin(interaction, { kind, number })) };
    });

    listeners.action(
      ACTIONS.exportStatuses,
      { value: z.object({ number: z.number().int() }) },
      async (interaction, { number }) => {
        const { stage, view, whisper } = interaction;
        const note = await begin(interaction, { kind: 'statuses', number });
        const state = stateOf(SCREENS.package, view) ?? packageState(number);
        if (!(await stage.replace(SCREENS.package, { ...state, note }))) await whisper(note);
      },
    );
  };
}
