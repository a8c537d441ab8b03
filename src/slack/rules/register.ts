import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import { listGroups, listRules } from '../../engine/readModels/rules.ts';
import type { Feature } from '../kit/feature.ts';
import { ACTIONS } from '../kit/ids.ts';
import { PAGE_SIZE, pageOf } from '../kit/paging.ts';
import { typedText } from '../kit/payloads.ts';
import { SCREENS } from '../kit/screenRefs.ts';
import { getState } from '../kit/screens.ts';
import { registerFollow } from './registerFollow.ts';
import { registerGroup } from './registerGroup.ts';
import { registerRuleForm } from './registerRuleForm.ts';
import { type RulesScreen, rulesView } from './rulesView.ts';

const NOTHING = { text: '', page: 0 };
const Tab = z.enum(['rules', 'groups']);

/** Rules and the groups that they are for: the two lists, and one group. */
export function registerRules(client: WebClient): Feature {
  return (kit) => {
    const { engine, screens, listeners, subcommands } = kit;
    registerRuleForm(kit);
    registerGroup(kit);
    registerFollow(kit, client);

    screens.register(SCREENS.rules, async ({ actor, texts }, { tab, text, page: wanted, note }) => {
      async function list(page: number): Promise<Pick<RulesScreen, 'list' | 'total'>> {
        const shown = { text, offset: page * PAGE_SIZE, limit: PAGE_SIZE };
        if (tab === 'rules') {
          const { rules, total } = await listRules(engine, actor, shown);
          return { list: { tab, rules }, total };
        }
        const { groups, total } = await listGroups(engine, actor, shown);
        return { list: { tab, groups }, total };
      }
      const found = await list(wanted);
      const { page } = pageOf(wanted, found.total);
      return rulesView(texts, actor, { ...(page === wanted ? found : await list(page)), text, page, note });
    });

    subcommands.add({
      name: 'rules',
      help: 'rules',
      needs: 'view',
      opensModal: true,
      run({ stage }, rest) {
        const [, word = '', text = ''] = /^(\S*)\s*(.*)$/s.exec(rest) ?? [];
        if (word.toLowerCase() === 'groups') {
          return stage.show(SCREENS.rules, { tab: 'groups', text: text.slice(0, 200), page: 0 });
        }
        return stage.show(SCREENS.rules, { tab: 'rules', text: rest.slice(0, 200), page: 0 });
      },
    });
    listeners.action(ACTIONS.openRules, { opens: 'fromOutside', value: z.unknown() }, ({ stage }) =>
      stage.show(SCREENS.rules, { tab: 'rules', ...NOTHING }),
    );
    listeners.action(/^rules_tab_/, { value: z.object({ tab: Tab }) }, ({ stage }, { tab }) =>
      stage.replace(SCREENS.rules, { tab, ...NOTHING }),
    );
    listeners.action(ACTIONS.rulesFilter, { value: z.string() }, ({ stage, view }, text) => {
      const { tab } = getState(SCREENS.rules, view);
      return stage.replace(SCREENS.rules, { tab, text: text.slice(0, 200), page: 0 });
    });
    // Inputs oblige a modal to have a submit button: it searches too
    listeners.submission(SCREENS.rules, async ({ identity, values }, { tab }) => {
      const text = typedText(values, ACTIONS.rulesFilter).slice(0, 200);
      return { drawn: await screens.draw(identity, SCREENS.rules, { tab, text, page: 0 }) };
    });
    listeners.action(
      /^rules_page_/,
      { value: z.object({ page: z.number().int().min(0) }) },
      ({ stage, view }, { page }) =>
        stage.replace(SCREENS.rules, { ...getState(SCREENS.rules, view), page, note: undefined }),
    );
  };
}
