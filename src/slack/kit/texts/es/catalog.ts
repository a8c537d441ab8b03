import type { Wording } from '../texts.ts';
import { count, people, permissions } from './counts.ts';

/** The catalogue: applications with their permissions, structures, and the check for entry permissions. */
export const catalog: Pick<Wording, 'catalog'> = {
  catalog: {
    title: 'Catálogo',
    tabs: { applications: 'Aplicaciones', structures: 'Estructuras', check: 'Revisión' },
    filter: {
      applications: 'Filtrar por nombre o clave',
      structures: 'Filtrar por código o nombre',
      check: 'Filtrar aplicaciones por nombre o clave',
    },
    empty: {
      applications: 'El catálogo aún no tiene ninguna aplicación.',
      structures: 'Todavía no hay ninguna estructura.',
      check: ':white_check_mark: Nada que arreglar: nada da permisos de una aplicación sin su MAIN.',
    },
    nothingFound: (text) => `Nada encontrado para «${text}».`,
    dots: { offered: ':large_green_circle: En oferta', retired: ':red_circle: Fuera de oferta' },
    counts: (offered, withdrawn) => `${permissions(offered)}${withdrawn > 0 ? `, ${withdrawn} fuera de oferta` : ''}`,
    main: (name) => `MAIN: ${name}`,
    noMain: 'sin MAIN',
    open: 'Abrir',
    back: '‹ Catálogo',
    key: (key) => `Clave: \`${key}\``,
    simple: 'Modo de aplicación simple: con un solo permiso, esta aplicación no tiene perfiles.',
    noPermissions: 'Esta aplicación aún no tiene permisos.',
    lowestFirst: (levels) => `Valores, de menor a mayor: ${levels}`,
    plainSwitch: (level) => `Un simple interruptor: ${level}`,
    scope: { none: 'para todo a la vez', structures: 'para estructuras elegidas' },
    usage: (live, removed, profiles, rules, held) =>
      [
        ...(live > 0 ? [`vigente en ${count(live, 'paquete', 'paquetes')}`] : []),
        ...(removed > 0 ? [`retirado de ${count(removed, 'paquete', 'paquetes')}`] : []),
        ...(profiles > 0 ? [count(profiles, 'perfil', 'perfiles')] : []),
        ...(rules > 0 ? [count(rules, 'regla', 'reglas')] : []),
        held > 0 ? `${people(held)} con una autorización activa` : 'nadie tiene una autorización activa',
      ].join(' · '),
    directly: (n) => `${people(n)} directamente en ella`,
    new: { application: 'Aplicación nueva', permission: 'Permiso nuevo', structure: 'Estructura nueva' },
    edit: 'Editar',
    retire: 'Retirar',
    restore: 'Recuperar',
    menu: {
      uses: 'Dónde se usa…',
      edit: 'Editar…',
      below: 'Estructura nueva por debajo…',
      retire: 'Retirar…',
      restore: 'Recuperar…',
    },
    uses: {
      package: (n) => count(n, 'paquete', 'paquetes'),
      removed: (n) => `${count(n, 'paquete del que se quitó', 'paquetes de los que se quitó')}`,
      reference: (n) => `${count(n, 'paquete que la menciona', 'paquetes que la mencionan')}`,
      profile: (n) => count(n, 'perfil', 'perfiles'),
      rule: (n) => count(n, 'regla', 'reglas'),
      child: (n) => `${count(n, 'estructura', 'estructuras')} por debajo`,
      member: (n) => `${people(n)} en ella`,
      person: (n) => `${people(n)} con una autorización`,
    },
    useKinds: {
      package: 'vigente en este paquete',
      removed: 'retirado de este paquete, se conserva como referencia',
      reference: 'este paquete la menciona',
      profile: 'perfil',
      rule: 'regla',
      child: 'estructura por debajo',
      member: 'persona en ella',
      person: 'autorización de esta persona',
    },
    andMore: (n) => `y ${n.toLocaleString('es')} más.`,
    more: (n) => ` y ${n.toLocaleString('es')} más`,
    usesTitle: 'Dónde se usa',
    noPackages: 'Ningún paquete lo tiene ni lo tuvo.',
    profiles: 'Perfiles',
    rules: 'Reglas',
    people: 'Personas',
    checkIntro:
      'Quien tiene permisos de una aplicación, pero no su permiso de entrada (MAIN), no puede abrirla. Aquí se dan sin él:',
    lacking: {
      package: (application, pack, main) => `*${application}*: a ${pack} le falta *${main}* (MAIN).`,
      profile: (application, name, main) => `*${application}*: al perfil *${name}* le falta *${main}* (MAIN).`,
      people: (application, n, main, names) =>
        `*${application}*: ${people(n)} ${n === 1 ? 'tiene' : 'tienen'} algo ahí, pero nada ${n === 1 ? 'le' : 'les'} da *${main}* (MAIN): ${names}.`,
    },
    form: {
      titles: {
        new_application: 'Aplicación nueva',
        application: 'Editar aplicación',
        new_permission: 'Permiso nuevo',
        permission: 'Editar permiso',
        new_structure: 'Estructura nueva',
        structure: 'Editar estructura',
      },
      create: 'Crear',
      key: 'Clave',
      keyHint: 'Las aplicaciones lo conocen por esta clave; no se puede cambiar nunca.',
      name: 'Nombre',
      entryName: 'Permiso de entrada (MAIN): nombre',
      entryNameHint: 'Deja entrar a las personas: un simple interruptor. Déjelo vacío para añadir permisos después.',
      entryKey: 'Permiso de entrada: clave',
      entryKeyHint: 'Déjelo vacío para «open».',
      levels: 'Valores, de menor a mayor',
      levelsHint:
        'Uno por línea; con un solo valor es un simple interruptor. Para cambiar el nombre de un valor, añada el nuevo, pase todo a él y quite el antiguo.',
      order: (n) =>
        `:information_source: ${count(n, 'perfil o regla da', 'perfiles y reglas dan')} este permiso. Donde varios lo dan a una persona, gana el valor más alto: otro orden puede cambiar lo que tienen las personas, y se avisa a las afectadas.`,
      scope: 'Ámbito',
      scopes: { none: 'Para todo a la vez', structures: 'Para estructuras elegidas (parámetro)' },
      scopeHint:
        'De todo a estructuras elegidas: quien ya lo tiene, no lo tiene para ninguna estructura hasta que alguien elija alguna.',
      main: 'Permiso de entrada',
      mainOption: 'Este es el permiso MAIN de la aplicación',
      mainMoves: (name) => `MAIN es ahora *${name}*. Si marca este, la marca pasa aquí.`,
      mainNone: 'La aplicación aún no tiene permiso MAIN.',
      code: 'Código',
      codeHint: 'Los permisos nombran la estructura por este código; no se puede cambiar nunca.',
      parent: 'Por debajo de',
      parentPlaceholder: 'Buscar una estructura por código o nombre',
      parentHint:
        'Con una estructura se mueve todo lo que hay por debajo. Se avisa a quien cambie de acceso por una regla de estructuras.',
      top: 'Arriba del todo',
      blocked: (what, uses) =>
        `:no_entry: *${what}* no se puede quitar, porque está en uso: ${uses}. Cámbielo primero. Lo que escribió se conserva abajo.`,
      blockedScope: (uses) =>
        `:no_entry: No se puede renunciar a las estructuras, porque están en uso: ${uses}. Cámbielo primero. Lo que escribió se conserva abajo.`,
      meanwhile: (now) => `Alguien cambió esto mientras tanto. Ahora dice: ${now}. Guarde otra vez para sustituirlo.`,
      isMain: 'MAIN',
      mainMeanwhile: (name) => `MAIN es ${name}`,
    },
    retireForm: {
      titles: {
        application: { retire: 'Retirar aplicación', restore: 'Recuperar' },
        permission: { retire: 'Retirar permiso', restore: 'Recuperar' },
        structure: { retire: 'Retirar estructura', restore: 'Recuperar' },
      },
      intro: {
        application: (name) =>
          `*${name}* y sus permisos dejan de ofrecerse. Nadie tiene ahora ninguno de ellos. Se puede recuperar.`,
        permission: (name) => `*${name}* deja de ofrecerse. Nadie lo tiene ahora. Se puede recuperar.`,
        structure: (name) => `*${name}* deja de ofrecerse. Nada la necesita ahora. Se puede recuperar.`,
      },
      losesMain: ':warning: Es el permiso MAIN: la aplicación se queda sin permiso de entrada hasta que marque otro.',
      blocked: (name, uses) =>
        `:no_entry: *${name}* no se puede retirar, porque está en uso: ${uses}. Cámbielo primero.`,
      back: {
        application: (name) => `*${name}* vuelve a ofrecerse, con los permisos que se retiraron con ella.`,
        permission: (name) => `*${name}* vuelve a ofrecerse. No es MAIN; puede marcarlo después.`,
        structure: (name) => `*${name}* vuelve a ofrecerse.`,
      },
    },
    done: {
      created: (name) => `Se creó ${name}.`,
      saved: 'Guardado.',
      told: (n) =>
        `${people(n)} ${n === 1 ? 'tiene' : 'tienen'} ahora otro acceso, y se ${n === 1 ? 'le' : 'les'} avisa.`,
      retire: (name) => `${name} ya no se ofrece.`,
      restore: (name) => `${name} vuelve a ofrecerse.`,
    },
  },
};
