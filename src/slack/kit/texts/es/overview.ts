import type { Wording } from '../texts.ts';
import { count, people, permissions } from './counts.ts';

/** The help, the dashboard, App Home, one’s own access, and setting up. */
export const overview: Pick<Wording, 'help' | 'dashboard' | 'home' | 'me' | 'setup'> = {
  help: {
    title: 'Qué puede hacer aquí',
    intro:
      'Quartermaster reúne en paquetes los permisos que necesita un puesto y mantiene el acceso de las personas conforme a ellos.',
    commands: {
      dashboard: ['', 'el panel'],
      help: ['help', 'esta lista'],
      list: ['list [texto]', 'los paquetes, filtrados por el texto'],
      show: ['show <número|nombre>', 'un paquete: permisos, miembros, estados'],
      new: ['new', 'crear un paquete'],
      assign: ['assign [número] [@persona|código]', 'asignar un paquete a personas'],
      sync: ['sync <número> [@persona|código]', 'devolver a los miembros a lo que dice un paquete'],
      undo: ['undo', 'deshacer una operación reciente'],
      status: ['status <número> <@persona|código>', 'qué tiene una persona de un paquete, y por qué'],
      compare: ['compare <@persona|código> <@persona|código>', 'igualar a una persona con otra, como un plan'],
      why: ['why <@persona|código> <aplicación>', 'por qué alguien puede o no puede entrar, y qué lo arreglaría'],
      grant: [
        'grant [@persona|código]',
        'Gestionar permisos: poner, cambiar o desactivar a mano lo que tiene una persona',
      ],
      profiles: ['profiles [texto]', 'perfiles: qué dan y quién los tiene'],
      rules: ['rules [groups]', 'reglas que dan permisos a grupos o estructuras enteras, y los grupos'],
      export: ['export [statuses|drift|access] [número]', 'estados, desviaciones o acceso efectivo en un archivo CSV'],
      settings: ['settings', 'la organización, y quién puede hacer qué'],
      approvals: ['approvals [número]', 'qué operaciones necesitan aprobación, y de quién'],
      people: ['people [texto|@persona|código]', 'las personas: datos, cuentas de Slack, quién se fue'],
      catalog: ['catalog [texto]', 'el catálogo: aplicaciones, permisos, estructuras'],
      audit: ['audit [@persona|código|package:N]', 'el registro de auditoría: quién hizo qué, cuándo, antes y después'],
      request: ['request', 'pedir un paquete para usted, o que se le retire'],
      requests: ['requests', 'solicitudes: lo que espera su decisión, lo que usted pidió'],
      away: ['away', 'quién decide solicitudes por usted mientras no está'],
      drift: ['drift [texto]', 'lo que difiere de los paquetes, y dónde se avisa'],
      me: ['me', 'sus paquetes y su acceso'],
    },
    missing: (needs) => `_no disponible para usted: necesita ${needs}_`,
    askFounder: (names) => `Para obtener más, pregunte a ${names}.`,
    unknown: (typed) => `No conozco «${typed}».`,
    didYouMean: (suggestion) => `¿Quería decir \`${suggestion}\`?`,
  },
  dashboard: {
    title: 'Quartermaster',
    greeting: (organization) => `*${organization}*`,
    packages: 'Paquetes',
    newPackage: 'Paquete nuevo',
    assign: 'Asignar un paquete',
    settings: 'Ajustes',
    me: 'Mi acceso',
    help: 'Ayuda',
    numbers: (active, disabled, members) =>
      `${count(active, 'paquete activo', 'paquetes activos')}, ${count(disabled, 'desactivado', 'desactivados')} · ${count(members, 'asignación activa', 'asignaciones activas')}`,
  },
  home: {
    mine: 'Mis paquetes',
    noPackages: 'Aún no tiene ningún paquete. Su acceso, si lo hay, viene directamente, de un perfil o de una regla.',
    waiting: 'Pendiente de usted',
    nothingWaits: ':white_check_mark: No tiene nada pendiente.',
    toDecide: (n) => `:bell: ${count(n, 'solicitud espera', 'solicitudes esperan')} su decisión.`,
    running: (n) =>
      `:hourglass_flowing_sand: ${count(n, 'operación suya está', 'operaciones suyas están')} en curso; el resultado llega por mensaje.`,
    left: (n) =>
      `:wave: ${count(n, 'persona que se fue aún tiene acceso', 'personas que se fueron aún tienen acceso')}.`,
    showLeft: 'Ver',
    drift: 'Desviaciones por paquete',
    noDrift: ':white_check_mark: No hay desviaciones.',
    driftNotScanned:
      ':hourglass_flowing_sand: La primera búsqueda de desviaciones está en curso. Vuelva a mirar en un momento.',
    driftRow: (pack, cells, members) => `:warning: ${pack}: ${permissions(cells)} de ${people(members)}`,
    moreDrift: (n) => `y ${count(n, 'paquete más', 'paquetes más')}`,
    access: (applications, more) => `Tiene acceso a ${applications}${more > 0 ? ` y ${more} más` : ''}.`,
    mayNot: (rights) => `No disponible para usted aquí: ${rights}.`,
    quick: 'Acciones rápidas',
    suspended: 'desactivado: el acceso que daba está suspendido',
    former: 'anterior',
    updated: (date) => `Actualizado el ${date}`,
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
  setup: {
    title: 'Configurar',
    offer: (workspace) =>
      `Quartermaster aún no está configurado en *${workspace}*. Como propietario o administrador del espacio de trabajo puede hacerlo ahora: será su *fundador*, que siempre tiene acceso completo.`,
    button: 'Configurar la organización',
    done: (name) => `*${name}* está configurada y usted es su fundador.`,
    importHint:
      'Constrúyala desde aquí: primero las aplicaciones y estructuras en el catálogo, después las personas y luego el primer paquete. O impórtelo todo de un archivo JSON en el servidor: `npm run import -- ARCHIVO` (el README describe el formato).',
    askAdmin: (names) =>
      `Quartermaster aún no está configurado aquí. Pida a un propietario o administrador de este espacio que lo configure${names ? `: ${names}` : ''}.`,
  },
};
