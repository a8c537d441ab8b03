import type { Wording } from '../texts.ts';
import { people } from './counts.ts';

/**
 * Who gains or loses access by a change of a profile, a rule or a group, before it is saved; and what they are told.
 */
export const sourcePreview: Pick<Wording, 'sourcePreview'> = {
  sourcePreview: {
    title: {
      create_profile: 'Nuevo perfil',
      edit_profile: 'Cambiar perfil',
      delete_profile: 'Eliminar perfil',
      assign_profile: 'Asignar perfil',
      unassign_profile: 'Quitar perfil',
      create_rule: 'Nueva regla',
      edit_rule: 'Cambiar regla',
      delete_rule: 'Eliminar regla',
      create_group: 'Nuevo grupo',
      edit_group: 'Cambiar grupo',
      delete_group: 'Eliminar grupo',
      change_group_members: 'Cambiar miembros',
      follow_user_group: 'Miembros desde Slack',
    },
    confirm: {
      create_profile: 'Crear',
      edit_profile: 'Guardar',
      delete_profile: 'Eliminar',
      assign_profile: 'Asignar',
      unassign_profile: 'Quitar',
      create_rule: 'Crear',
      edit_rule: 'Guardar',
      delete_rule: 'Eliminar',
      create_group: 'Crear',
      edit_group: 'Guardar',
      delete_group: 'Eliminar',
      change_group_members: 'Guardar',
      follow_user_group: 'Guardar',
    },
    moved: ':arrows_counterclockwise: Algo ha cambiado desde que miró; esta es la situación ahora. Confirme de nuevo.',
    movedUnseen: 'No se guardó nada: algo ha cambiado desde que miró. Vuelva a mirar y confirme.',
    profile: (name, application) => `El perfil *${name}* de ${application}`,
    renamed: (what, to) => `${what} pasa a llamarse *${to}*.`,
    permissionAdded: (what, permission, value) => `${what} da además *${permission}*: ${value}.`,
    permissionChanged: (what, permission, before, after) =>
      `${what} da *${permission}* con ${after} en lugar de ${before}.`,
    permissionRemoved: (what, permission) => `${what} deja de dar *${permission}*.`,
    profileDeleted: (profile, n) => `${profile} se elimina, y se quita a ${people(n)}.`,
    assigned: (profile, n) => `${profile} se asigna a ${people(n)}.`,
    alreadyAssigned: (n) => `${people(n)} de las elegidas ya lo ${n === 1 ? 'tiene' : 'tienen'}.`,
    unassigned: (profile, n) => `${profile} se quita a ${people(n)}.`,
    notAssigned: (n) => `${people(n)} de las elegidas no lo ${n === 1 ? 'tiene' : 'tienen'}.`,
    rule: (name) => `La regla *${name}*`,
    group: (name) => `El grupo *${name}*`,
    ruleGives: (rule, audience, permission, value) => `${rule} da *${permission}* con ${value} a ${audience}.`,
    ruleGave: (before) => `Hasta ahora daba ${before}.`,
    ruleDeleted: (rule, audience, permission) => `${rule} se elimina. Daba *${permission}* a ${audience}.`,
    created: (what) => `${what} se crea.`,
    groupDeleted: (group, n) => `${group} se elimina. Tenía ${people(n)}; ninguna regla es para él.`,
    joins: (n) => `*${people(n)}* ${n === 1 ? 'entra' : 'entran'}.`,
    leaves: (n) => `*${people(n)}* ${n === 1 ? 'sale' : 'salen'}.`,
    stays: (n) => `${people(n)} se ${n === 1 ? 'queda' : 'quedan'}.`,
    alreadyMembers: (n) => `Para ${people(n)} de las elegidas ya es así.`,
    follows: (group, userGroup) => `${group} toma sus miembros del grupo de usuarios de Slack *${userGroup}*.`,
    detached: (group) => `${group} deja de seguir a Slack.`,
    unmatched: (n) =>
      `${people(n)} del grupo de usuarios no ${n === 1 ? 'es' : 'son'} de esta organización, y se ${n === 1 ? 'omite' : 'omiten'}.`,
    effect: '*Qué cambia para las personas*',
    counts: {
      gain: (n) => `:large_green_circle: ${people(n)} ${n === 1 ? 'gana' : 'ganan'} acceso`,
      up: (n) => `:arrow_up: ${people(n)} ${n === 1 ? 'recibe' : 'reciben'} un valor más alto`,
      down: (n) => `:arrow_down: ${people(n)} ${n === 1 ? 'recibe' : 'reciben'} un valor más bajo`,
      scope: (n) => `:left_right_arrow: ${people(n)} ${n === 1 ? 'recibe' : 'reciben'} otras estructuras`,
      loss: (n) => `:red_circle: ${people(n)} ${n === 1 ? 'pierde' : 'pierden'} acceso`,
    },
    nobody: 'El acceso de nadie cambia.',
    nobodyConcerned: 'Aún no afecta a nadie.',
    why: {
      own: (n) =>
        `${people(n)} ${n === 1 ? 'conserva' : 'conservan'} lo que ${n === 1 ? 'tiene' : 'tienen'}: prevalece una autorización propia`,
      denied: (n) => `${people(n)} ${n === 1 ? 'sigue' : 'siguen'} sin ello: se desactivó a mano`,
      same: (n) =>
        `${people(n)} ${n === 1 ? 'conserva' : 'conservan'} exactamente lo que ${n === 1 ? 'tiene' : 'tienen'}`,
    },
    lacksMain: (n) =>
      `:warning: ${people(n)} ${n === 1 ? 'recibe' : 'reciben'} algo de una aplicación sin su permiso MAIN, y no ${n === 1 ? 'puede' : 'pueden'} abrirla.`,
    person: (name, code) => `*${name}* \`${code}\``,
    cell: {
      gain: (permission, after) => `• ${permission}: recibe ${after}`,
      up: (permission, after, before) => `• ${permission}: ${before} pasa a ${after}`,
      down: (permission, after, before) => `• ${permission}: ${before} pasa a ${after}`,
      scope: (permission, after, before) => `• ${permission}: ${before} pasa a ${after}`,
      loss: (permission, _after, before) => `• ${permission}: pierde ${before}`,
    },
    moreCells: (n) => `_y ${n} más_`,
    told: 'Se les avisa y se les pide que cierren la sesión y vuelvan a entrar. Los fundadores lo tienen todo de todos modos y no se cuentan.',
    back: '‹ Cambiarlo',
    done: (n) =>
      n === 0
        ? 'Guardado. El acceso de nadie ha cambiado.'
        : `Guardado. Ha cambiado el acceso de ${people(n)}; se ${n === 1 ? 'le pide que cierre la sesión y vuelva' : 'les pide que cierren la sesión y vuelvan'} a entrar.`,
  },
};
