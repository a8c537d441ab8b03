import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { LIMITS } from '../../../src/slack/kit/limits.ts';

/** A text of the wording and a place in which the program puts it. */
export interface TextPlace {
  /** Names from the root of the wording: `settings`, `title`. */
  path: string[];
  /** What Slack takes there, in UTF-16 units. */
  limit: number;
  /** Characters that stand around it there. */
  around: number;
  /** Where in the program. */
  at: string;
}

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '../../..');
const WORDING = join(ROOT, 'src/slack/kit/texts/en');

/** Arguments of the block builders that Slack limits, by function and position. */
const ARGUMENTS: Record<string, Record<number, number>> = {
  button: { 1: LIMITS.buttonText },
  option: { 0: LIMITS.optionText, 2: LIMITS.optionDescription },
  header: { 0: LIMITS.headerText },
  externalSelect: { 1: LIMITS.placeholder },
  datepicker: { 1: LIMITS.placeholder },
  multiExternalSelect: { 1: LIMITS.placeholder },
  staticSelect: { 3: LIMITS.placeholder },
  input: { 1: LIMITS.label },
  notice: { 0: LIMITS.modalTitle },
};

/** Properties of objects that Slack limits, where the object also has the property named second. */
const PROPERTIES: [name: string, beside: string, limit: number][] = [
  ['title', 'blocks', LIMITS.modalTitle],
  ['title', 'doing', LIMITS.modalTitle],
  ['submit', 'blocks', LIMITS.modalTitle],
  ['close', 'blocks', LIMITS.modalTitle],
  ['title', 'deny', LIMITS.confirmTitle],
  ['text', 'deny', LIMITS.confirmText],
  ['confirm', 'deny', LIMITS.confirmButton],
  ['deny', 'confirm', LIMITS.confirmButton],
  ['placeholder', 'placeholder', LIMITS.placeholder],
  ['hint', 'hint', LIMITS.label],
];

/** Room for what is not a text of the wording: a count in parentheses, a sign. */
const DATA_LENGTH = 12;

/** Finds every place of Slack's screens and messages in which a text of the wording stands and that has a limit. */
export function findTextPlaces(): TextPlace[] {
  const { options } = ts.parseJsonConfigFileContent(
    ts.readConfigFile(join(ROOT, 'tsconfig.json'), ts.sys.readFile).config,
    ...([ts.sys, ROOT] as const),
  );
  const program = ts.createProgram([join(ROOT, 'src/app.ts')], { ...options, noEmit: true });
  const checker = program.getTypeChecker();
  const places: TextPlace[] = [];
  for (const file of program.getSourceFiles()) {
    if (!file.fileName.includes('/src/slack/') || file.fileName.includes('/texts/')) continue;
    const visit = (node: ts.Node): void => {
      for (const [expression, limit] of limitedExpressions(node)) {
        const { line } = file.getLineAndCharacterOfPosition(expression.getStart());
        const at = `${file.fileName.slice(ROOT.length + 1)}:${line + 1}`;
        for (const { path, around } of textsIn(checker, expression)) places.push({ path, limit, around, at });
      }
      ts.forEachChild(node, visit);
    };
    visit(file);
  }
  return places;
}

function limitedExpressions(node: ts.Node): [ts.Expression, number][] {
  if (ts.isCallExpression(node)) {
    const callee = ts.isPropertyAccessExpression(node.expression) ? node.expression.name : node.expression;
    const limits = ARGUMENTS[callee.getText()] ?? {};
    return Object.entries(limits).flatMap(([index, limit]) => {
      const argument = node.arguments[Number(index)];
      return argument ? [[argument, limit] as [ts.Expression, number]] : [];
    });
  }
  if (!ts.isPropertyAssignment(node)) return [];
  const siblings = node.parent.properties.map((property) => property.name?.getText());
  return PROPERTIES.filter(([name, beside]) => node.name.getText() === name && siblings.includes(beside)).map(
    ([, , limit]) => [node.initializer, limit],
  );
}

/** The texts of the wording that an expression may become, with the length of what stands around each. */
function textsIn(checker: ts.TypeChecker, node: ts.Expression): { path: string[]; around: number }[] {
  const within = (inner: ts.Expression) => textsIn(checker, inner);
  if (ts.isConditionalExpression(node)) return [...within(node.whenTrue), ...within(node.whenFalse)];
  if (ts.isParenthesizedExpression(node)) return within(node.expression);
  if (ts.isCallExpression(node)) return within(node.expression);
  if (ts.isArrowFunction(node)) return ts.isExpression(node.body) ? within(node.body) : [];
  if (ts.isBinaryExpression(node)) return [...within(node.left), ...within(node.right)];
  if (ts.isTemplateExpression(node)) {
    const fixed = node.head.text.length + node.templateSpans.reduce((sum, { literal }) => sum + literal.text.length, 0);
    const around = fixed + DATA_LENGTH * (node.templateSpans.length - 1);
    return node.templateSpans
      .flatMap(({ expression }) => within(expression))
      .map((text) => ({ path: text.path, around: text.around + around }));
  }
  const named = ts.isPropertyAccessExpression(node) ? node.name : node;
  if (ts.isElementAccessExpression(node)) return within(node.expression);
  const symbol = checker.getSymbolAtLocation(named);
  const declaration = symbol?.declarations?.[0];
  if (!declaration) return [];
  if (declaration.getSourceFile().fileName.startsWith(WORDING)) return [{ path: pathOf(declaration), around: 0 }];
  if (ts.isVariableDeclaration(declaration) && declaration.initializer) return within(declaration.initializer);
  if (ts.isBindingElement(declaration)) {
    const name = (declaration.propertyName ?? declaration.name).getText();
    const property = checker.getTypeAtLocation(declaration.parent).getProperty(name)?.declarations?.[0];
    const isWording = property?.getSourceFile().fileName.startsWith(WORDING);
    return property && isWording ? [{ path: pathOf(property), around: 0 }] : [];
  }
  return [];
}

/** The names that lead to a declaration inside the wording. */
function pathOf(declaration: ts.Node): string[] {
  const names: string[] = [];
  for (let node: ts.Node | undefined = declaration; node; node = node.parent) {
    if (ts.isPropertyAssignment(node) || ts.isShorthandPropertyAssignment(node)) names.unshift(node.name.getText());
  }
  return names;
}
