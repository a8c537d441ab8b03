import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import { sendReceipt } from '../../engine/operations/sendReceipt.ts';
import { searchAudit, showAuditRecord } from '../../engine/readModels/audit.ts';
import { listPackages, resolvePackage } from '../../engine/readModels/packages.ts';
import { requireMay } from '../../engine/readModels/requireMay.ts';
import { searchAs } from '../../engine/readModels/search.ts';
import { AUDIT_FORMATS } from '../../export/auditFile.ts';
import { option } from '../kit/blocks.ts';
import { InputError } from '../kit/errorText.ts';
import type { Feature } from '../kit/feature.ts';
import type { Identity } from '../kit/identify.ts';
import { ACTIONS } from '../kit/ids.ts';
import type { Interaction } from '../kit/interaction.ts';
import { PAGE_SIZE, pageOf } from '../kit/paging.ts';
import { findMentioned } from '../kit/people.ts';
import { personOption } from '../kit/personOption.ts';
import { type AuditState, SCREENS } from '../kit/screenRefs.ts';
import { getState, stateOf } from '../kit/screens.ts';
import { auditView, EVERY } from './auditView.ts';
import { filterOf } from './filter.ts';
import { recordView } from './recordView.ts';
import { prepareAuditExport } from './sendAudit.ts';

const EVERYTHING: AuditState = { userId: null, number: null, kind: null, from: null, to: null, page: 0 };
const Page = z.object({ page: z.number().int().min(0) });
/** A choice of an id, or of no filter. */
const Id = z.union([z.literal(EVERY).transform(() => null), z.coerce.number().int().positive()]);
const Kind = z.union([z.literal(EVERY).transform(() => null), z.string().min(1).max(60)]);
/** A day, or none where the picker was cleared. */
const Day = z.union([z.literal('').transform(() => null), z.iso.date()]);

/**
 * The audit trail: searching it, reading a record, and exporting what was found. `client` is one that no window waits
 * for.
 */
export function registerAudit(client: WebClient): Feature {
  return ({ engine, screens, listeners, subcommands, command, onOperation }) => {
    /** Files under way, so that impatient clicks make no second one. */
    const underWay = new Set<string>();

    screens.register(SCREENS.audit, async (identity, { note, ...state }) => {
      const { actor, texts } = identity;
      requireMay(actor, 'view_audit');
      const filter = filterOf(identity.organization.timeZone, state);
      const load = (page: number) => searchAudit(engine, actor, filter, { offset: page * PAGE_SIZE, limit: PAGE_SIZE });
      const found = await load(state.page);
      const { page } = pageOf(state.page, found.total);
      const shown = page === state.page ? found : await load(page);
      const search = searchAs(engine, actor);
      const person = state.userId === null ? null : await search.person({ userId: state.userId });
      const pack = state.number === null ? null : await resolvePackage(engine, actor, String(state.number));
      return auditView(texts, { ...shown, state: { ...state, page }, person, package: pack, note });
    });

    subcommands.add({
      name: 'audit',
      help: 'audit',
      needs: 'view_audit',
      opensModal: true,
      async run({ identity, stage }, rest) {
        await stage.show(SCREENS.audit, { ...EVERYTHING, ...(await searchedFor(identity, rest)) });
      },
    });

    /** The filter that was typed: a person, or a package as `package:3` or `3`. */
    async function searchedFor(identity: Identity, typed: string): Promise<Partial<AuditState>> {
      if (typed === '') return {};
      if (/^(package:)?\d{1,9}$/.test(typed)) {
        return { number: (await resolvePackage(engine, identity.actor, typed)).number };
      }
      if (/\s/.test(typed) && !typed.startsWith('<@')) {
        throw new InputError(`${identity.texts.errors.usage(`${command} audit`)} ${identity.texts.audit.errors.usage}`);
      }
      return { userId: (await findMentioned(engine, identity, typed)).userId };
    }

    const refine = (
      { stage, view }: Interaction,
      change: (state: AuditState) => Partial<AuditState>,
    ): Promise<boolean> => {
      const { note: _told, ...state } = getState(SCREENS.audit, view);
      return stage.replace(SCREENS.audit, { ...state, page: 0, ...change(state) });
    };
    listeners.action(ACTIONS.openAudit, { opens: 'fromOutside', value: z.unknown() }, ({ stage }) =>
      stage.show(SCREENS.audit, EVERYTHING),
    );
    listeners.action(ACTIONS.auditPerson, { value: Id }, (interaction, userId) =>
      refine(interaction, () => ({ userId })),
    );
    listeners.action(ACTIONS.auditPackage, { value: Id }, (interaction, number) =>
      refine(interaction, () => ({ number })),
    );
    listeners.action(ACTIONS.auditKind, { value: Kind }, (interaction, kind) => refine(interaction, () => ({ kind })));
    // A day beyond the other takes it along: no search is for nothing
    listeners.action(ACTIONS.auditFrom, { value: Day }, (interaction, from) =>
      refine(interaction, ({ to }) => ({ from, to: from !== null && to !== null && to < from ? from : to })),
    );
    listeners.action(ACTIONS.auditTo, { value: Day }, (interaction, to) =>
      refine(interaction, ({ from }) => ({ to, from: to !== null && from !== null && from > to ? to : from })),
    );
    listeners.action(ACTIONS.clearAudit, { value: z.unknown() }, (interaction) =>
      refine(interaction, () => EVERYTHING),
    );
    listeners.action(/^audit_page_/, { value: Page }, (interaction, { page }) => refine(interaction, () => ({ page })));

    const anybody = (identity: Identity, typed: string) =>
      typed === '' ? [option(identity.texts.audit.anybody, EVERY)] : [];
    listeners.suggestions(ACTIONS.auditPerson, async (identity, typed) => {
      requireMay(identity.actor, 'view_audit');
      const people = await searchAs(engine, identity.actor).everybody(typed, 99);
      return [...anybody(identity, typed), ...people.map(personOption)];
    });
    listeners.suggestions(ACTIONS.auditPackage, async ({ actor, texts }, typed) => {
      requireMay(actor, 'view_audit');
      const { packages } = await listPackages(engine, actor, { text: typed, offset: 0, limit: 99 });
      return [
        ...(typed === '' ? [option(texts.audit.anyPackage, EVERY)] : []),
        ...packages.map(({ number, name }) => option(`package:${number} ${name}`, String(number))),
      ];
    });

    listeners.action(
      /^audit_export_/,
      { value: z.object({ format: z.enum(AUDIT_FORMATS) }) },
      async ({ identity, stage, view, later }, { format }) => {
        const { note: _told, ...state } = getState(SCREENS.audit, view);
        const { actor, texts } = identity;
        const { name, send } = prepareAuditExport(engine, client, identity, { state, format });
        const key = `${actor.organizationId}/${actor.userId}/${format}`;
        const isUnderWay = underWay.has(key);
        if (!isUnderWay) {
          underWay.add(key);
          later(name, () => send().finally(() => underWay.delete(key)));
        }
        const note = isUnderWay ? texts.audit.underWay : texts.audit.coming;
        return stage.replace(SCREENS.audit, { ...state, note });
      },
    );

    screens.register(SCREENS.auditRecord, async ({ actor, texts }, { seq, page, list, note }) => {
      const window = { offset: page * PAGE_SIZE, limit: PAGE_SIZE };
      const shown = await showAuditRecord(engine, actor, seq, window);
      return recordView(texts, actor, { ...shown, page, fromList: list !== undefined, note });
    });
    listeners.action(
      ACTIONS.openAuditRecord,
      { opens: 'fromOutside', value: z.object({ seq: z.number().int().positive() }) },
      ({ stage, view }, { seq }) => {
        const { note: _told, ...list } = stateOf(SCREENS.audit, view) ?? { ...EVERYTHING, note: undefined };
        return stage.show(SCREENS.auditRecord, { seq, page: 0, list });
      },
    );
    listeners.action(/^audit_people_page_/, { value: Page }, ({ stage, view }, { page }) =>
      stage.replace(SCREENS.auditRecord, { ...getState(SCREENS.auditRecord, view), page, note: undefined }),
    );
    listeners.action(ACTIONS.auditBack, { value: z.unknown() }, ({ stage, view }) =>
      stage.replace(SCREENS.audit, getState(SCREENS.auditRecord, view).list ?? EVERYTHING),
    );
    listeners.action(
      ACTIONS.sendReceipt,
      { value: z.object({ operationId: z.number().int().positive() }) },
      async ({ identity, stage, view }, { operationId }) => {
        await sendReceipt(engine, identity.actor, operationId);
        onOperation();
        const note = identity.texts.audit.receiptComing;
        return stage.replace(SCREENS.auditRecord, { ...getState(SCREENS.auditRecord, view), note });
      },
    );
  };
}
