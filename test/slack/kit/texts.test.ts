import { describe, expect, it } from 'vitest';
import { languageOf, type Texts, textsOf } from '../../../src/slack/kit/texts/index.ts';

const en = textsOf('en');
const LANGUAGES: [string, Texts][] = [
  ['en', en],
  ['es', textsOf('es')],
];
/** Numbers as large as they get. */
const MANY = 999_999_999;

/** The paths of every text, functions and lists included. */
function pathsOf(value: unknown, at = ''): string[] {
  if (typeof value !== 'object' || value === null) return [`${at}:${typeof value}`];
  return Object.entries(value).flatMap(([name, inner]) => pathsOf(inner, `${at}/${name}`));
}

describe.each(LANGUAGES)('the texts in %s', (_language, texts) => {
  it('have the shape of the English ones, and none is empty', () => {
    expect(pathsOf(texts)).toEqual(pathsOf(en));
    const empty = Object.values(texts).flatMap((group) => Object.entries(group).filter(([, text]) => text === ''));
    expect(empty).toEqual([]);
  });

  it('fit as titles of windows', () => {
    const titles = [
      ...[texts.app, texts.dashboard.title, texts.dashboard.help, texts.me.title, texts.list.title],
      ...[texts.show.title(MANY), texts.edit.newTitle, texts.edit.editTitle, texts.addPermission.title],
      ...[texts.assign.title, texts.assign.preflight, texts.assign.doneTitle, texts.details.title, texts.remove.title],
      ...[texts.manage.title, texts.manage.form.title, ...Object.values(texts.manage.confirm.title)],
      ...[texts.exports.title, texts.setup.title, texts.errors.title, texts.sync.title, texts.sync.reviewTitle],
      ...[texts.sync.doneTitle, texts.undo.title, texts.undo.reviewTitle, texts.removePermission.title],
      texts.changePermission.title,
      ...[texts.profiles.title, texts.profiles.newTitle, texts.profiles.renameTitle, texts.rules.title],
      ...[texts.groups.title, texts.groups.followTitle, ...Object.values(texts.sourcePreview.title)],
      ...[...Object.values(texts.profiles.permissionTitle), ...Object.values(texts.rules.formTitle)],
      ...[...Object.values(texts.groups.formTitle), ...Object.values(texts.sourcePeople.title)],
    ];
    expect(titles.filter((title) => title.length > 24)).toEqual([]);
  });

  it('fit as the buttons below a window', () => {
    const { common, edit, addPermission, assign, remove, manage, exports, sync, undo } = texts;
    const buttons = [
      ...[common.close, common.back, common.cancel, common.save, common.search, edit.create, addPermission.add],
      ...[assign.next, assign.confirm, remove.confirm, manage.open, manage.form.next, exports.submit],
      ...[sync.review, sync.confirm, undo.confirm, remove.next],
      ...[texts.removePermission.confirm, texts.changePermission.save, ...Object.values(texts.sourcePreview.confirm)],
      ...[
        texts.profiles.next,
        texts.profiles.createButton,
        texts.rules.next,
        texts.groups.next,
        texts.sourcePeople.next,
      ],
    ];
    expect(buttons.filter((text) => text.length > 24)).toEqual([]);
  });

  it('fit as buttons, choices and the buttons of a question', () => {
    const { show, dashboard, details, permissionValue, assign, manage, exports, home, list, paging, setup } = texts;
    const { sync, undo, removePermission, remove } = texts;
    const buttons = [
      ...[show.all, show.addPermission, show.addUser, show.edit, show.details, ...Object.values(show.tabs)],
      ...[dashboard.packages, dashboard.newPackage, dashboard.assign, dashboard.me, dashboard.help],
      ...[details.remove, details.reassign, home.refresh, list.open, paging.previous, paging.next, setup.button],
      ...[permissionValue.selectAll(MANY), permissionValue.clear, permissionValue.takeAll, permissionValue.takeSome],
      ...[assign.keepPackage, assign.keepOriginal, assign.allPackage, assign.allOriginal],
      ...[manage.turnOn, manage.turnOff, manage.set, manage.change, manage.disable, manage.enable, manage.confirm.edit],
      ...[manage.backToDetails, manage.backToApplications],
      ...[exports.button, ...Object.values(exports.kinds), ...Object.values(exports.meanings)],
      ...[sync.buttonAll, sync.buttonPerson, sync.back, sync.sync, sync.skip, sync.changedOnly],
      ...[...Object.values(sync.controls), ...Object.values(show.menu), show.removeUsers, undo.button, undo.back],
      ...[...Object.values(removePermission.controls), removePermission.remove, removePermission.keep],
      ...[remove.restore(MANY), remove.handOver(MANY)],
      ...Object.values(texts.statuses).map((status) => sync.statusCount(status, MANY)),
    ];
    // A tab also shows its count
    expect(buttons.filter((text) => text.length > 75 - ' (999999999)'.length)).toEqual([]);
    const answers = [show.disable, show.enable, texts.common.cancel];
    expect(answers.filter((text) => text.length > 30)).toEqual([]);
    const questions = [show.disableConfirm(MANY), show.enableConfirm(MANY)];
    expect(questions.filter((text) => text.length > 300)).toEqual([]);
  });

  it('fit as placeholders and hints', () => {
    const { edit, addPermission, assign } = texts;
    const placeholders = [
      ...[edit.namePlaceholder, edit.structuresPlaceholder, addPermission.applicationPlaceholder],
      ...[addPermission.permissionPlaceholder, assign.packagePlaceholder, assign.peoplePlaceholder],
      ...[texts.manage.personPlaceholder, texts.exports.packagePlaceholder],
    ];
    expect(placeholders.filter((text) => text.length > 150)).toEqual([]);
  });
});

describe('the badges in English', () => {
  it('are the words of the product’s help pages', () => {
    const { badges } = en;
    const none = { divergence: null, packageNumber: null, grantName: null };
    const plain = {
      ...{ active: 'Active', manual_coincident: 'Manual (coincident)', active_legacy: 'Active Legacy' },
      ...{ active_manual: 'Active Manual', not_granted: 'Not granted', disabled_manual: 'Disabled Manual' },
      ...{ disabled_assignment: 'Disabled Assignment', archived: 'Archived', founder: 'Founder' },
      undefined_exception: 'NON-DEFINED EXCEPTION',
    } as const;
    for (const [kind, words] of Object.entries(plain)) expect(badges[kind as keyof typeof plain]()).toBe(words);
    for (const kind of ['divergent', 'divergent_manual'] as const) {
      const wordsOf = (divergence: 'value' | 'param' | 'all') => badges[kind]({ ...none, divergence });
      expect([wordsOf('value'), wordsOf('param'), wordsOf('all')]).toEqual([
        ...['Divergent (Value)', 'Divergent (Param)', 'Divergent (All)'],
      ]);
    }
    expect(badges.profile({ ...none, grantName: 'Reader' })).toBe('Profile: Reader');
    expect(badges.rule({ ...none, grantName: 'Rota' })).toBe('Auto (Rota)');
    expect(badges.rule(none)).toBe('Auto (rule)');
    expect(badges.other_package({ ...none, packageNumber: 7 })).toBe('Other Package (package:7)');
  });
});

describe('the language of a person', () => {
  it.each([
    ['en-US', 'es', 'en'],
    ['es-ES', 'en', 'es'],
    ['es-LA', 'en', 'es'],
    ['fr-FR', 'es', 'en'],
    [undefined, 'es', 'es'],
  ] as const)('with the locale %s, %s by default, is %s', (locale, otherwise, expected) => {
    expect(languageOf(locale, otherwise)).toBe(expected);
  });
});
