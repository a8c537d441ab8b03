import type { Divergence } from '../../../engine/core/statusTable.ts';
import type { Texts } from './texts.ts';

/** "1 persona", "2 personas". */
function count(n: number, one: string, many: string): string {
  return `${n.toLocaleString('es')} ${n === 1 ? one : many}`;
}

const people = (n: number) => count(n, 'persona', 'personas');
const permissions = (n: number) => count(n, 'permiso', 'permisos');

/** Every Spanish text that people read in Slack. */
export const es: Texts = {
  app: 'Quartermaster',
  common: {
    close: 'Cerrar',
    back: 'Volver',
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
    notSyncable: (reason) => `No sincronizable: ${reason}.`,
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
  help: {
    title: 'Qué puede hacer aquí',
    intro:
      'Quartermaster reúne en paquetes los permisos que necesita un puesto y mantiene a las personas de acuerdo con ellos.',
    commands: {
      dashboard: ['', 'el panel'],
      help: ['help', 'esta lista'],
      list: ['list [texto]', 'los paquetes, filtrados por el texto'],
      show: ['show <número|nombre>', 'un paquete: permisos, miembros, estados'],
      new: ['new', 'crear un paquete'],
      assign: ['assign [número] [@persona]', 'asignar un paquete a personas'],
      status: ['status <número> <@persona|código>', 'qué tiene una persona de un paquete, y por qué'],
      me: ['me', 'sus paquetes y su acceso'],
    },
    missing: (needs) => `_no disponible para usted: necesita ${needs}_`,
    askFounder: (names) => `Para obtener más, pregunte a ${names}.`,
    unknown: (typed) => `No conozco «${typed}».`,
    didYouMean: (suggestion) => `¿Quería decir \`${suggestion}\`?`,
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
  dashboard: {
    title: 'Quartermaster',
    greeting: (organization) => `*${organization}*`,
    packages: 'Paquetes',
    newPackage: 'Paquete nuevo',
    assign: 'Asignar un paquete',
    me: 'Mi acceso',
    help: 'Ayuda',
    numbers: (active, disabled, members) =>
      `${count(active, 'paquete activo', 'paquetes activos')}, ${disabled} desactivados · ${count(members, 'asignación activa', 'asignaciones activas')}`,
  },
  home: {
    mine: 'Mis paquetes',
    noPackages: 'Aún no tiene ningún paquete. Su acceso, si lo hay, viene directamente, de un perfil o de una regla.',
    quick: 'Acciones rápidas',
    suspended: 'desactivado: el acceso que daba está suspendido',
    former: 'anterior',
    updated: (date) => `Actualizado ${date}`,
    refresh: 'Actualizar',
  },
  me: {
    title: 'Mi acceso',
    packages: 'Mis paquetes',
    access: 'Qué puede hacer',
    nothing: 'No tiene acceso a ninguna aplicación gestionada por Quartermaster.',
    founder: 'Es fundador: siempre tiene acceso completo a todo.',
    from: (source) => `por ${source}`,
    hint: 'Después de un cambio, cierre la sesión de la aplicación y vuelva a entrar.',
  },
  sources: {
    founder: 'ser fundador',
    manual: 'concesión manual',
    package: (number) => `package:${number}`,
    profile: (name) => `el perfil ${name}`,
    rule: (name) => `la regla ${name}`,
  },
  list: {
    title: 'Paquetes',
    filter: 'Filtrar por número, nombre o descripción',
    empty: 'Todavía no hay ningún paquete.',
    counts: (permissionCount, active, former) =>
      `${permissions(permissionCount)} · ${count(active, 'asignado activo', 'asignados activos')} · ${former} anteriores`,
    open: 'Abrir',
  },
  show: {
    title: (number) => `package:${number}`,
    structures: (names) => `Para: ${names}`,
    tabs: { permissions: 'Permisos', active: 'Asignados activos', former: 'Anteriores / Desactivados' },
    all: '‹ Todos los paquetes',
    addPermission: 'Añadir permiso',
    addUser: 'Añadir usuario',
    edit: 'Editar',
    disable: 'Desactivar',
    enable: 'Activar',
    disableConfirm: (members) =>
      `El acceso que este paquete daba a ${people(members)} queda suspendido hasta que lo active de nuevo. No se borra ninguna autorización.`,
    enableConfirm: (members) => `${people(members)} recuperan el acceso que les daba este paquete.`,
    noPermissions: 'Este paquete aún no tiene permisos. Añada el primero.',
    noMembers: { active: 'Nadie tiene este paquete.', former: 'Nadie ha tenido y perdido este paquete.' },
    filterMembers: 'Buscar un miembro por código, nombre o correo',
    details: 'Detalles',
    lacksMain: (application, main) =>
      `:warning: *${application}*: al paquete le falta *${main}* (MAIN). Quien no reciba más que este paquete no podrá abrir ${application}.`,
    disabledNote:
      ':no_entry: Este paquete está desactivado: el acceso que daba está suspendido y no se puede sincronizar ni asignar.',
    badgeCount: (badge, cells) => `${badge}: *${cells.toLocaleString('es')}*`,
    counted: (what) => `Estados de ${what}`,
    otherPackage: 'Otro paquete',
    saved: 'Guardado.',
    disabledDone: (members) => `Desactivado. El acceso de ${people(members)} queda suspendido.`,
    enabledDone: (members) => `Activado. ${people(members)} recuperan su acceso.`,
  },
  edit: {
    newTitle: 'Paquete nuevo',
    editTitle: 'Editar paquete',
    name: 'Nombre',
    namePlaceholder: 'El puesto para el que es, p. ej. Administrativo de registro',
    nameNeeded: 'Dé un nombre al paquete.',
    description: 'Descripción',
    structures: 'Estructuras',
    structuresHint: 'Solo como información: no restringe a quién se puede asignar.',
    structuresPlaceholder: 'Buscar por código o nombre',
    create: 'Crear',
    created: (number) => `Se creó package:${number}. Añada los permisos que necesita el puesto.`,
  },
  addPermission: {
    title: 'Añadir permiso',
    application: 'Aplicación',
    applicationPlaceholder: 'Buscar una aplicación',
    permission: 'Permiso',
    permissionPlaceholder: 'Buscar un permiso',
    level: 'Valor',
    switchLevel: (level) => `Este permiso es un simple interruptor: *${level}*.`,
    structures: 'Estructuras (parámetro)',
    filter: 'Filtrar estructuras por código o nombre',
    every: 'Todas las estructuras, también las futuras (*)',
    selected: (chosen) => `Seleccionadas: *${count(chosen, 'estructura', 'estructuras')}*`,
    selectedAll: 'Seleccionadas: *todas las estructuras*, también las futuras.',
    selectAll: (shown) => `Seleccionar las ${shown} que muestra el filtro`,
    clear: 'Vaciar la selección',
    takeAll: 'Tomar todas las estructuras (*)',
    takeSome: 'Elegir estructuras',
    add: 'Añadir',
    done: (permission) => `Se añadió ${permission}.`,
    readded: (permission) => `${permission} vuelve a estar en el paquete.`,
    divergent: (members) =>
      members === 0
        ? 'Nadie tiene aún el paquete, así que nadie necesita una sincronización.'
        : `${people(members)} que ya tienen el paquete no cambian: muestran No concedido, o lo que tengan de otra fuente, hasta que se sincronicen.`,
    chooseFirst: 'Elija primero un permiso.',
    structuresNeeded: 'Elija al menos una estructura, o todas.',
  },
  assign: {
    title: 'Asignar un paquete',
    package: 'Paquete',
    packagePlaceholder: 'Buscar por número o nombre',
    people: 'Personas',
    peoplePlaceholder: 'Buscar por código, nombre o correo',
    pasted: 'O pegue códigos personales',
    pastedHint: 'Separados por comas, espacios o líneas. Los códigos de nadie se avisan antes de hacer nada.',
    next: 'Comprobar',
    preflight: 'Comprobación',
    unknownCodes: (codes, more) =>
      `Nadie tiene el código ${codes}${more > 0 ? ` ni otros ${more}` : ''}. Corríjalo o quítelo; los demás están bien.`,
    nobody: 'Elija al menos una persona o pegue sus códigos.',
    tooMany: (max) => `Como mucho ${max.toLocaleString('es')} personas a la vez.`,
    summary: {
      joining: (n) => `:heavy_plus_sign: ${people(n)} ${n === 1 ? 'recibe' : 'reciben'} el paquete`,
      returning: (n) =>
        `:leftwards_arrow_with_hook: ${people(n)} ${n === 1 ? 'lo tuvo y lo recupera' : 'lo tuvieron y lo recuperan'}`,
      already: (n) =>
        `:white_check_mark: ${people(n)} ${n === 1 ? 'ya lo tiene y se deja como está' : 'ya lo tienen y se dejan como están'}`,
      founders: (n) =>
        `:crown: ${n} de ellas ${n === 1 ? 'es fundadora' : 'son fundadoras'}: se registra la pertenencia y no se escribe nada`,
      written: (n) => `:unlock: ${permissions(n)} se concederán enseguida`,
      conflicts: (n) =>
        `:scales: *${count(n, 'conflicto', 'conflictos')}* con lo que las personas tienen de otra fuente`,
    },
    nothingToDo: 'Todas las personas elegidas tienen ya este paquete. No cambiaría nada.',
    conflictsIntro:
      '*Mantener paquete* alinea el permiso: pasa a ser del paquete. *Mantener original* lo deja como está y omite ese permiso.',
    keepPackage: 'Mantener paquete',
    keepOriginal: 'Mantener original',
    forAll: 'Para todos los conflictos',
    allOriginal: 'Mantener original en todos',
    allPackage: 'Mantener paquete en todos',
    mixed: (exceptions) => `${count(exceptions, 'conflicto se decide', 'conflictos se deciden')} al revés.`,
    conflict: (person, code, permission, has, wants) =>
      `*${person}* \`${code}\`\n${permission}: tiene ${has}; el paquete da ${wants}`,
    has: {
      manual: (value) => `${value}, puesto a mano`,
      package: (value, number) => `${value} de package:${number}`,
      disabled: 'el permiso *desactivado a mano*',
      profile: (value, name) => `${value} del perfil ${name}`,
      rule: (value, name) => `${value} de la regla ${name}`,
    },
    confirm: 'Confirmar',
    moved:
      ':arrows_counterclockwise: Algo ha cambiado desde que miró. Esta es la situación ahora; compruébela y confirme de nuevo.',
    doneTitle: 'Asignado',
    done: {
      assigned: (n, pack) => `:white_check_mark: ${people(n)} ${n === 1 ? 'recibió' : 'recibieron'} ${pack}`,
      reassigned: (n, pack) =>
        `:leftwards_arrow_with_hook: ${people(n)} ${n === 1 ? 'recuperó' : 'recuperaron'} ${pack}`,
      already: (n) => `${people(n)} ya lo tenían y se dejaron como estaban. Para alinearlas, use Sincronizar.`,
      founders: (n) => `${count(n, 'fundador', 'fundadores')}: pertenencia registrada, nada escrito`,
      written: (n) => `${permissions(n)} concedidos`,
      keptPackage: (n) => `${permissions(n)} alineados con el paquete (Mantener paquete)`,
      keptOriginal: (n) => `${permissions(n)} dejados como estaban (Mantener original)`,
      report: 'El informe de asignación en PDF le llega por mensaje directo.',
      logOut: 'A las personas afectadas se les pide que cierren la sesión y vuelvan a entrar.',
    },
  },
  details: {
    title: 'Detalle de usuario',
    heading: (name, code, pack) => `*${name}* \`${code}\` en ${pack}`,
    former: 'Anterior: el paquete se retiró a esta persona.',
    remove: 'Retirar asignación del paquete',
    reassign: 'Volver a asignar',
    row: (dot, permission, value, badge, why) => `${dot} · *${permission}* · ${value}\n*${badge}* — ${why}`,
    main: ' `MAIN`',
    ticket: 'Petición de soporte',
    ticketText: (number, permission) =>
      `Envíe esto a soporte: «EXCEPCIÓN NO DEFINIDA en package:${number}, permiso ${permission}».`,
    notMember: (name, pack) => `${name} nunca ha tenido ${pack}.`,
  },
  remove: {
    title: 'Retirar asignación',
    confirm: 'Retirar',
    intro: (name, pack, n) =>
      `${name} pasa a ser miembro anterior de ${pack}, y ${n === 1 ? 'se desactiva' : 'se desactivan'} ${permissions(n)} que le daba.`,
    staying: 'Esto se queda, porque no es del paquete (cámbielo en Gestionar permisos):',
    stayingRow: (permission, value, source) => `• ${permission}: ${value}, ${source}`,
    byHand: 'puesto a mano',
    byPackage: (number) => `de package:${number}`,
    nothingStays: 'No queda nada atrás.',
    claimed: (permission, number, name) =>
      `• ${permission} también forma parte de package:${number} ${name}, donde mostrará No concedido hasta que se sincronice`,
    claimedIntro: 'También en otro paquete activo de esta persona:',
    done: (name, taken) => `Retirado. ${permissions(taken)} de ${name} desactivados.`,
    moved: 'Algo ha cambiado desde que miró; esta es la situación ahora. Confirme de nuevo.',
  },
  notices: {
    report: (pack, n) => `Informe de asignación de ${pack} para ${people(n)}.`,
    reportFailed: (pack) =>
      `La asignación de ${pack} está hecha, pero su PDF no se pudo entregar aquí. No asigne nada de nuevo; pida el informe a un administrador.`,
    reportFile: (number, operation) => `package-${number}-asignacion-${operation}.pdf`,
    assigned: (pack) => `Ahora tiene ${pack}.`,
    reassigned: (pack) => `Vuelve a tener ${pack}.`,
    unassigned: (pack) => `Se le ha retirado ${pack}, y con él lo que le daba.`,
    disabled: (pack) => `${pack} se ha desactivado: el acceso que le daba está suspendido.`,
    enabled: (pack) => `${pack} se ha activado: recupera el acceso que le da.`,
    logOut: '*Cierre la sesión y vuelva a entrar* para que el cambio tenga efecto.',
    see: 'Vea lo que tiene con',
  },
  report: {
    lacksMain: (application, main) =>
      `${application}: al paquete le falta ${main} (MAIN), sin el cual no se puede abrir la aplicación.`,
  },
  setup: {
    title: 'Configurar',
    offer: (workspace) =>
      `Quartermaster aún no está configurado en *${workspace}*. Como propietario o administrador del espacio de trabajo puede hacerlo ahora: será su *fundador*, que siempre tiene acceso completo.`,
    button: 'Configurar la organización',
    done: (name) => `*${name}* está configurada y usted es su fundador.`,
    importHint:
      'Ahora importe personas, aplicaciones y paquetes: póngalos en un archivo JSON y ejecute `npm run import -- ARCHIVO` en el servidor. El README describe el formato.',
    askAdmin: (names) =>
      `Quartermaster aún no está configurado aquí. Pida a un propietario o administrador de este espacio que lo haga${names ? `: ${names}` : ''}.`,
  },
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
    assignment_not_found: (user, number) => `${user} no tiene ninguna asignación de package:${number}.`,
    nobody_chosen: 'No se eligió a nadie. Elija al menos una persona.',
    plan_changed: 'Algo ha cambiado desde que miró. Vuelva a mirar y confirme.',
    nothing_changed: 'Ya es así; no se cambió nada.',
    organization_exists: (name) => `${name} ya está configurada.`,
    draft_lost: 'Esta ventana es demasiado antigua para seguir. Empiece de nuevo.',
    usage: (usage) => `Escriba \`${usage}\`.`,
    several: (wanted, choices) => `Varios paquetes coinciden con «${wanted}»: ${choices}. Use el número.`,
    busy: 'Slack nos pide ir más despacio. Vuelva a intentarlo en un momento.',
    unexpected: (reference) =>
      `Algo ha fallado por nuestra parte y nada quedó a medias. Inténtelo de nuevo; si se repite, dé esta referencia a su administrador: \`${reference}\`.`,
  },
};

function divergenceWord(divergence: Divergence | null): string {
  return divergence === 'value' ? 'Valor' : divergence === 'param' ? 'Parám.' : 'Todo';
}
