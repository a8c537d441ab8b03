import type { Wording } from '../texts.ts';

/** What is said when something could not be done. */
export const errors: Pick<Wording, 'errors'> = {
  errors: {
    title: 'Lo sentimos',
    guest:
      'Quartermaster es para miembros de la organización. Los invitados no pueden usarlo; pregunte a quien le invitó.',
    stranger: 'Quartermaster responde solo a los miembros de su propio espacio de trabajo. Pregunte en el suyo.',
    notInOrganization: (founders) =>
      `Todavía no está en el directorio de la organización${founders ? `. Pida a ${founders} que le añada` : ''}.`,
    not_allowed: (needs) => `Esto necesita el derecho de ${needs}, que usted no tiene.`,
    package_not_found: (wanted) => `No hay ningún paquete «${wanted}». Vea los que hay con \`list\`.`,
    package_disabled: (number, name) => `package:${number} ${name} está desactivado. Actívelo antes de asignarlo.`,
    user_not_found: (wanted) => `Aquí no hay nadie «${wanted}». Use un código personal o mencione a alguien con @.`,
    permission_not_found: 'Este permiso ya no está en el catálogo. Elija otro.',
    permission_already_in_package: (permission, number) =>
      `${permission} ya está en package:${number}. Elija otro permiso.`,
    invalid_value: (value, levels) => `«${value}» no es uno de los valores: ${levels}.`,
    invalid_parameter: (codes) => `No hay ninguna estructura ${codes}. Elija de la lista.`,
    parameter_not_taken: 'Este permiso no admite estructuras.',
    application_not_found: 'Esta aplicación ya no está en el catálogo. Elija otra.',
    founder_untouchable: (user) => `${user}: Los fundadores tienen acceso completo; no se escribe nada para ellos.`,
    nothing_to_enable: (permission) => `No hay nada de ${permission} que activar. Ponga un valor.`,
    assignment_not_found: (user, number) => `${user} no tiene ninguna asignación de package:${number}.`,
    nobody_chosen: 'No se eligió a nadie. Elija al menos una persona.',
    nothing_chosen: 'No hay nada elegido. Elija al menos uno.',
    permission_not_in_package: (permission, number) =>
      `${permission} ya no está en package:${number}. Vuelva a mirar el paquete.`,
    plan_changed: 'Algo ha cambiado desde que miró. Vuelva a mirar y confirme.',
    nothing_changed: 'Ya es así; no se cambió nada.',
    organization_exists: (name) => `${name} ya está configurada.`,
    operation_not_found: (id) => `Aquí no hay ninguna operación ${id}. Vea las últimas con \`undo\`.`,
    not_undoable: 'Esto no se puede deshacer. Haga lo contrario.',
    undo_expired: (hours) =>
      `Es demasiado tarde: una operación se puede deshacer durante ${hours} horas. Haga lo contrario.`,
    nothing_to_undo: 'No queda nada que deshacer: todo lo que escribió la operación ha cambiado desde entonces.',
    draft_lost: 'Esta ventana es demasiado antigua para seguir. Empiece de nuevo.',
    usage: (usage) => `Escriba \`${usage}\`.`,
    several: (wanted, choices) => `Varios paquetes coinciden con «${wanted}»: ${choices}. Use el número.`,
    tooLate: 'Se tardó demasiado para que Slack abriera una ventana. Inténtelo de nuevo.',
    busy: 'Slack nos pide ir más despacio. Vuelva a intentarlo en un momento.',
    unexpected: (reference) =>
      `Algo ha fallado por nuestra parte y nada quedó a medias. Inténtelo de nuevo; si se repite, dé esta referencia a su administrador: \`${reference}\`.`,

    profile_not_found: 'Este perfil ya no está. Con `profiles` ve los que hay.',
    rule_not_found: 'Esta regla ya no está. Con `rules` ve las que hay.',
    group_not_found: 'Este grupo ya no está. Con `rules groups` ve los que hay.',
    structure_not_found: 'Esta estructura ya no está. Elija otra.',
    name_taken: (name) => `El nombre «${name}» ya está en uso. Elija otro.`,
    code_taken: (code) => `El código «${code}» ya está en uso. Elija otro.`,
    invalid_code: (code) => `«${code}» no puede ser un código: sin comas, sin espacios en los extremos, y no *.`,
    application_simple: (application) =>
      `${application} tiene un solo permiso (Simple App Mode), así que no tiene perfiles. Délo por paquete, por regla o a mano.`,
    permission_of_other_application: (permission, application) =>
      `${permission} no es de ${application}: un perfil tiene permisos de una sola aplicación.`,
    permission_not_in_profile: (permission, profile) =>
      `${permission} ya no está en el perfil ${profile}. Vuelva a mirar el perfil.`,
    group_in_use: (group, rules) =>
      `El grupo ${group} no se puede eliminar mientras una regla sea para él: ${rules}. Elimínela o cámbiela antes.`,
    group_follows_slack: (group) =>
      `Los miembros de ${group} vienen de un grupo de usuarios de Slack. Separe el grupo para cambiarlos a mano.`,
  },
};
