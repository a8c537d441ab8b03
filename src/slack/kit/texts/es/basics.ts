import type { Wording } from '../texts.ts';
import { people, permissions } from './counts.ts';

/** What every screen uses: buttons, paging, dots, sources, rights. */
export const basics: Pick<Wording, 'common' | 'paging' | 'dots' | 'states' | 'sources' | 'metaPermissions'> = {
  common: {
    close: 'Cerrar',
    cancel: 'Cancelar',
    save: 'Guardar',
    loading: 'Cargando…',
    working: 'Trabajando…',
    workingHint:
      'Con muchas personas puede tardar un momento. Puede cerrar esta ventana: el resultado llega también por mensaje.',
    search: 'Buscar',
    people,
    permissions,
    none: 'ninguno',
    allStructures: 'Todas las estructuras',
    noStructures: 'Ninguna estructura',
    parameter: 'Parámetro',
    value: 'Valor',
    package: (number, name) => `*package:${number}* ${name}`,
    copyable: (text) => `\`${text}\``,
    nothingFound: (text) => `Nada encontrado para «${text}». Pruebe con una parte del código, nombre o correo.`,
  },
  paging: {
    range: (from, to, total) => `${from}–${to} de ${total}`,
    previous: '‹ Anterior',
    next: 'Siguiente ›',
  },
  dots: { live: ':large_green_circle: Vigente', removed: ':red_circle: Retirado' },
  states: { active: 'Activo', disabled: 'Desactivado' },
  sources: {
    founder: 'ser fundador',
    manual: 'concesión manual',
    package: (number) => `package:${number}`,
    profile: (name) => `el perfil ${name}`,
    rule: (name) => `la regla ${name}`,
  },
  metaPermissions: {
    define_packages: 'definir paquetes',
    assign_packages: 'asignar paquetes',
    sync_packages: 'sincronizar paquetes',
    define_profiles: 'definir perfiles',
    assign_profiles: 'asignar perfiles',
    manage_permissions: 'gestionar permisos',
    manage_catalog: 'gestionar el catálogo',
    approve: 'aprobar',
    view: 'ver',
    view_audit: 'ver la auditoría',
    administer: 'administrar',
  },
};
