import { createApplication, editApplication } from '../../engine/operations/catalogApplications.ts';
import { createPermission, editPermission } from '../../engine/operations/catalogPermissions.ts';
import { createStructure, editStructure } from '../../engine/operations/catalogStructures.ts';
import type { Command, EngineContext } from '../../engine/operations/runOperation.ts';
import type { CatalogChange } from '../../engine/readModels/catalogForms.ts';
import { escapeText } from '../kit/text.ts';
import type { Texts } from '../kit/texts/index.ts';

/** What was saved, in words, and the application to look at where it is new. */
export interface Saved {
  note: string;
  applicationId?: number;
}

/** Saves a form: one operation. @throws what it refuses. */
export async function saveChange(
  engine: EngineContext,
  texts: Texts,
  command: Command,
  change: CatalogChange,
): Promise<Saved> {
  const { created, saved, told } = texts.catalog.done;
  const edited = (n: number): Saved => ({ note: n > 0 ? `${saved} ${told(n)}` : saved });
  switch (change.kind) {
    case 'new_application': {
      const { outcome } = await createApplication(engine, { ...command, ...change });
      return { note: created(`*${escapeText(change.application.name)}*`), applicationId: outcome.applicationId };
    }
    case 'application':
      await editApplication(engine, { ...command, ...change });
      return edited(0);
    case 'new_permission':
      await createPermission(engine, { ...command, ...change });
      return { note: created(`*${escapeText(change.terms.name)}*`) };
    case 'permission':
      return edited((await editPermission(engine, { ...command, ...change })).outcome.told);
    case 'new_structure':
      await createStructure(engine, { ...command, ...change });
      return { note: created(`*${escapeText(change.code)}* ${escapeText(change.terms.name)}`) };
    case 'structure':
      return edited((await editStructure(engine, { ...command, ...change })).outcome.told);
    default:
      return change satisfies never;
  }
}
