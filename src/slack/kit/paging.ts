import { actions, type Block, button, context } from './blocks.ts';
import type { Texts } from './texts/index.ts';

/** People or packages shown at once. */
export const PAGE_SIZE = 20;

/** Permissions of a package shown at once; each is a block of its own. */
export const PERMISSIONS_PER_PAGE = 40;

/** Where a page begins, and the last page there is; a page past the end becomes the last one. */
export function pageOf(
  wanted: number,
  total: number,
  size = PAGE_SIZE,
): { page: number; pages: number; offset: number } {
  const pages = Math.max(1, Math.ceil(total / size));
  const page = Math.min(Math.max(0, wanted), pages - 1);
  return { page, pages, offset: page * size };
}

/** "21–40 of 60" with Previous and Next; nothing where one page holds all. */
export function pager(
  texts: Texts,
  actionId: string,
  { page, total, size = PAGE_SIZE }: { page: number; total: number; size?: number },
): Block[] {
  const { pages, offset } = pageOf(page, total, size);
  if (pages === 1) return [];
  const to = Math.min(total, offset + size);
  return [
    context(texts.paging.range(offset + 1, to, total)),
    ...actions('pager', [
      ...(page > 0 ? [button(`${actionId}_previous`, texts.paging.previous, { page: page - 1 })] : []),
      ...(page < pages - 1 ? [button(`${actionId}_next`, texts.paging.next, { page: page + 1 })] : []),
    ]),
  ];
}
