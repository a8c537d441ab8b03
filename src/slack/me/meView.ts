import type { Actor } from '../../engine/core/metaPermissions.ts';
import type { Access, Membership } from '../../engine/readModels/access.ts';
import { type Block, button, context, divider, header, type ModalContent, section } from '../kit/blocks.ts';
import { ACTIONS } from '../kit/ids.ts';
import { membershipLines } from '../kit/memberships.ts';
import { escapeText } from '../kit/text.ts';
import type { Texts } from '../kit/texts/index.ts';
import { describePermission, describeSource, describeValue } from '../kit/wording.ts';

export interface OwnAccess {
  memberships: Membership[];
  access: Access[];
  unusable: { applicationName: string; mainName: string }[];
}

/** A person's own packages and effective access, application by application. */
export function meView(texts: Texts, actor: Actor, { memberships, access, unusable }: OwnAccess): ModalContent {
  return {
    title: texts.me.title,
    close: texts.common.close,
    blocks: [
      section(`*${escapeText(actor.name)}* \`${escapeText(actor.code)}\``),
      ...(actor.founder ? [section(`:shield: ${texts.me.founder}`)] : []),
      header(texts.me.packages),
      section(membershipLines(texts, memberships)),
      ...accessBlocks(texts, actor, access),
      ...unusable.map(({ applicationName, mainName }) =>
        section(texts.why.mainMissing(escapeText(applicationName), escapeText(mainName))),
      ),
      divider(),
      context(texts.me.hint),
    ],
  };
}

/** Founders have full access, as was said above, even where there is no application yet. */
function accessBlocks(texts: Texts, actor: Actor, access: readonly Access[]): Block[] {
  if (access.length > 0) return [header(texts.me.access), ...applicationBlocks(texts, actor, access)];
  return actor.founder ? [] : [header(texts.me.access), section(texts.me.nothing)];
}

function applicationBlocks(texts: Texts, { userId }: Actor, access: readonly Access[]): Block[] {
  const lines = new Map<number, string[]>();
  for (const each of access) {
    const name = describePermission(texts, { ...each, name: each.permissionName });
    const line = `• ${name}: ${describeValue(texts, each.value, each.param)} — ${texts.me.from(describeSource(texts, each.source))}`;
    lines.set(each.applicationId, [...(lines.get(each.applicationId) ?? []), line]);
  }
  return [...lines].map(([applicationId, application]) =>
    section(application.join('\n'), {
      accessory: button(ACTIONS.openWhy, texts.explain.button, { userId, applicationId }),
    }),
  );
}
