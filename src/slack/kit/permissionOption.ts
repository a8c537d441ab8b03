import type { CatalogPermission } from '../../engine/readModels/search.ts';
import { option } from './blocks.ts';

/** A permission as search boxes offer it. */
export function permissionOption({ id, name, main }: Pick<CatalogPermission, 'id' | 'name' | 'main'>) {
  return option(main ? `${name} (MAIN)` : name, String(id));
}
