import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { EngineError } from '../../engine/errors.ts';
import { createRequest } from '../../engine/operations/createRequest.ts';
import { ownMemberships } from '../../engine/readModels/access.ts';
import { requestablePackages } from '../../engine/readModels/packages.ts';
import { option } from '../kit/blocks.ts';
import type { Feature } from '../kit/feature.ts';
import type { Identity } from '../kit/identify.ts';
import { ACTIONS } from '../kit/ids.ts';
import type { Submitted } from '../kit/interaction.ts';
import { chosenOption, typedText } from '../kit/payloads.ts';
import { SCREENS } from '../kit/screenRefs.ts';
import { readUntil } from '../kit/untilInput.ts';
import { askAccessView, leaveView } from './selfView.ts';

const Numbered = z.object({ number: z.number().int().positive() });

/** Asking for a package for oneself, or for its end: open to everybody of the organization (DOMAIN 6). */
export const registerSelf: Feature = ({ engine, approvals, screens, listeners, subcommands, onOperation }) => {
  screens.register(SCREENS.askAccess, async ({ actor, texts }) =>
    askAccessView(texts, await ownMemberships(engine, actor)),
  );
  screens.register(SCREENS.leavePackage, async ({ actor, texts }, { number }) => {
    const own = (await ownMemberships(engine, actor)).find((each) => each.number === number && each.state === 'active');
    if (!own) throw new EngineError('package_not_found', { wanted: String(number) });
    return leaveView(texts, own);
  });

  subcommands.add({
    name: 'request',
    help: 'request',
    needs: null,
    opensModal: true,
    run: ({ stage }) => stage.show(SCREENS.askAccess, { key: randomUUID() }),
  });
  listeners.action(ACTIONS.askAccess, { opens: true, value: z.unknown() }, ({ stage }) =>
    stage.show(SCREENS.askAccess, { key: randomUUID() }),
  );
  listeners.action(ACTIONS.leavePackage, { opens: true, value: Numbered }, ({ stage }, { number }) =>
    stage.show(SCREENS.leavePackage, { number, key: randomUUID() }),
  );
  listeners.suggestions(ACTIONS.askedPackage, async ({ actor }, text) => {
    const packages = await requestablePackages(engine, actor, text, 100);
    return packages.map(({ number, name }) => option(`package:${number} ${name}`, String(number)));
  });

  async function ask({ actor, texts }: Identity, asked: Asked): Promise<string> {
    const { kind, number, until, reason, key } = asked;
    const target = { number, userIds: [actor.userId], planHash: '' };
    const choices = { keepPackage: false, exceptions: [] };
    const wanted = kind === 'assign_package' ? { ...target, choices, until } : target;
    const command = { actor, key, kind, wanted, reason, selfService: true };
    const { outcome } = await createRequest(approvals.context, command);
    onOperation();
    return texts.requests.self.done(outcome.requestId);
  }

  listeners.submission(SCREENS.askAccess, async ({ identity, stage, values }, { key }): Promise<Submitted> => {
    const { texts } = identity;
    const number = Number(chosenOption(values, ACTIONS.askedPackage));
    const reason = typedText(values, ACTIONS.requestReason);
    const { until, errors: untilErrors } = readUntil(values, identity, engine.now());
    const errors = {
      ...untilErrors,
      ...(Number.isInteger(number) && number > 0 ? {} : { [ACTIONS.askedPackage]: texts.requests.self.packageNeeded }),
      ...(reason === '' && { [ACTIONS.requestReason]: texts.errors.reason_needed }),
    };
    if (Object.keys(errors).length > 0) return { errors };
    return {
      work: async () => {
        const done = await ask(identity, { kind: 'assign_package', number, until, reason, key });
        await stage.notice(texts.requests.self.title, done);
      },
    };
  });
  listeners.submission(SCREENS.leavePackage, async ({ identity, stage, values }, state): Promise<Submitted> => {
    const { texts } = identity;
    const reason = typedText(values, ACTIONS.requestReason);
    if (reason === '') return { errors: { [ACTIONS.requestReason]: texts.errors.reason_needed } };
    return {
      work: async () => {
        const leaving = { kind: 'unassign_package', number: state.number, until: null } as const;
        const done = await ask(identity, { ...leaving, reason, key: state.key });
        await stage.notice(texts.requests.self.leavingTitle, done);
      },
    };
  });
};

interface Asked {
  kind: 'assign_package' | 'unassign_package';
  number: number;
  /** The last day, where it is asked for a time. */
  until: string | null;
  reason: string;
  key: string;
}
