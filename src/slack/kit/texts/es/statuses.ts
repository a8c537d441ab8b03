import type { Divergence } from '../../../../engine/core/statusTable.ts';
import type { Wording } from '../texts.ts';

/** Badges, and why a status is what it is. */
export const statuses: Pick<Wording, 'badges' | 'statuses' | 'refusals' | 'why' | 'details'> = {
  badges: {
    founder: () => 'Fundador',
    other_package: ({ packageNumber }) => `Otro paquete (package:${packageNumber})`,
    active_legacy: () => 'Activo heredado',
    active: () => 'Activo',
    divergent: ({ divergence }) => `Divergente (${divergenceWord(divergence)})`,
    active_manual: () => 'Activo manual',
    manual_coincident: () => 'Manual (coincidente)',
    divergent_manual: ({ divergence }) => `Divergente (${divergenceWord(divergence)})`,
    disabled_manual: () => 'Desactivado manualmente',
    archived: () => 'Archivado',
    profile: ({ grantName }) => (grantName ? `Perfil: ${grantName}` : 'Perfil'),
    rule: ({ grantName }) => (grantName ? `Automático (${grantName})` : 'Automático (regla)'),
    disabled_assignment: () => 'Asignación desactivada',
    not_granted: () => 'No concedido',
    undefined_exception: () => 'EXCEPCIÓN NO DEFINIDA',
  },
  statuses: {
    founder: 'Fundador',
    other_package: 'Otro paquete',
    active_legacy: 'Activo heredado',
    active: 'Activo',
    divergent: 'Divergente (del paquete)',
    active_manual: 'Activo manual',
    manual_coincident: 'Manual (coincidente)',
    divergent_manual: 'Divergente (a mano)',
    disabled_manual: 'Desactivado manualmente',
    archived: 'Archivado',
    profile: 'Perfil',
    rule: 'Automático (regla)',
    disabled_assignment: 'Asignación desactivada',
    not_granted: 'No concedido',
    undefined_exception: 'EXCEPCIÓN NO DEFINIDA',
  },
  refusals: {
    founder: 'un fundador siempre tiene acceso completo',
    other_package: 'gestiónelo desde ese otro paquete',
    manage_permissions: 'gestiónelo en Gestionar permisos',
    in_sync: 'ya está sincronizado',
    archived: 'ya no tiene efecto',
    former_member: 'vuelva a asignar antes el paquete',
    permission_removed: 'el permiso se retiró del paquete',
    package_disabled: 'el paquete está desactivado',
    unclassified: 'esta combinación no se conoce; envíe una petición de soporte',
  },
  why: {
    syncable: 'Se puede sincronizar.',
    inSync: 'Ya está sincronizado.',
    notSyncable: (reason) => `No sincronizable: ${reason}.`,
    personLeft: (date) => `se fue el ${date}; use «Quitar todo el acceso» en su ficha`,
    packageSays: (value) => `el paquete dice ${value}`,
    founder: 'Los fundadores tienen acceso completo; no se escribe nada para ellos.',
    row: {
      manual: (value) => `puesto a mano como ${value}`,
      package: (number, value) => `dado por package:${number} como ${value}`,
      disabledByHand: 'desactivado a mano',
      unassigned: 'inactivo desde que se retiró el paquete a la persona',
      removed: 'inactivo desde que el permiso se retiró del paquete',
    },
    changed: (date, by) => (by ? `el ${date} por ${by}` : `el ${date}`),
    profile: (name, value) => `el perfil ${name} da ${value}`,
    rule: (name, value) => `la regla ${name} da ${value}`,
    alsoProfile: (name, value) => `el perfil ${name} también daría ${value}`,
    alsoRule: (name, value) => `la regla ${name} también daría ${value}`,
    noRow: 'nada lo concede',
    suspended: (number) => `package:${number} está desactivado, así que este acceso está suspendido`,
    formerMember: 'la asignación se retiró',
    mainMissing: (application, main) =>
      `:warning: Sin *${main}* (MAIN), ${application} no se puede usar, se conceda lo que se conceda en ella.`,
  },
  details: {
    title: 'Detalle de usuario',
    heading: (name, code, pack) => `*${name}* \`${code}\` en ${pack}`,
    former: 'Anterior: el paquete se retiró a esta persona.',
    left: (when) => `:wave: Se fue el ${when}. A quien se fue no se le da nada.`,
    remove: 'Retirar asignación del paquete',
    reassign: 'Volver a asignar',
    row: (dot, permission, value, badge, why) => `${dot} · *${permission}* · ${value}\n*${badge}* — ${why}`,
    main: ' `MAIN`',
    ticket: 'Petición de soporte',
    ticketText: (number, permission) =>
      `Envíe esto a soporte: «EXCEPCIÓN NO DEFINIDA en package:${number}, permiso ${permission}».`,
    notMember: (name, pack) => `${name} nunca ha tenido ${pack}.`,
  },
};

function divergenceWord(divergence: Divergence | null): string {
  return divergence === 'value' ? 'Valor' : divergence === 'param' ? 'Parám.' : 'Todo';
}
