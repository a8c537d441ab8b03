/**
 * Every id that travels to Slack and back, typed once. Actions are named by what they do; an action that several
 * features offer (a button that opens a package) is listened to by the one that owns the screen.
 */
export const ACTIONS = {
  openDashboard: 'dashboard_open',
  openHelp: 'help_open',
  openMe: 'me_open',
  openList: 'list_open',
  listFilter: 'list_filter',
  listPage: 'list_page',
  openPackage: 'package_open',
  packageTab: 'package_tab',
  memberFilter: 'package_member_filter',
  memberPage: 'package_member_page',
  setPackageState: 'package_set_state',
  newPackage: 'package_new',
  editPackage: 'package_edit',
  packageName: 'package_name',
  packageDescription: 'package_description',
  packageStructures: 'package_structures',
  addPermission: 'permission_add',
  permissionApplication: 'permission_application',
  permissionChoice: 'permission_choice',
  permissionLevel: 'permission_level',
  assign: 'assign_open',
  assignPackage: 'assign_package',
  assignPeople: 'assign_people',
  assignCodes: 'assign_codes',
  conflictChoice: 'conflict_choice',
  conflictChoiceForAll: 'conflict_choice_for_all',
  conflictPage: 'conflict_page',
  permissionMenu: 'permission_menu',
  changePermission: 'permission_change',
  changedLevel: 'permission_changed_level',
  removalChoice: 'removal_choice',
  removalControl: 'removal_control',
  removalFilter: 'removal_filter',
  removalPage: 'removal_page',
  openSync: 'sync_open',
  syncChoice: 'sync_choice',
  syncControl: 'sync_control',
  syncStatus: 'sync_status',
  syncFilter: 'sync_filter',
  syncPage: 'sync_page',
  syncBack: 'sync_back',
  openUndo: 'undo_open',
  undo: 'undo_operation',
  undoPage: 'undo_page',
  openDetails: 'details_open',
  detailsPage: 'details_page',
  permissionPage: 'permission_page',
  removeAssignment: 'assignment_remove',
  removeMany: 'assignment_remove_many',
  removeOptions: 'remove_options',
  unassignPeople: 'unassign_people',
  unassignCodes: 'unassign_codes',
  manage: 'manage_open',
  managePerson: 'manage_person',
  manageFilter: 'manage_filter',
  managePage: 'manage_page',
  manageApplication: 'manage_application',
  manageBack: 'manage_back',
  setGrant: 'grant_set',
  disableGrant: 'grant_disable',
  enableGrant: 'grant_enable',
  grantLevel: 'grant_level',
  editGrant: 'grant_edit',
  exportKind: 'export_kind',
  exportPackage: 'export_package',
  exportStatuses: 'export_statuses',
  openWhy: 'why_open',
  whyBack: 'why_back',
  whyPage: 'why_page',
  openSettings: 'settings_open',
  settingsPage: 'settings_page',
  editOrganization: 'organization_edit',
  organizationName: 'organization_name',
  organizationTimeZone: 'organization_time_zone',
  organizationLanguage: 'organization_language',
  addAdministrator: 'administrator_add',
  openAdministrator: 'administrator_open',
  administratorPerson: 'administrator_person',
  packageRights: 'administrator_package_rights',
  organizationRights: 'administrator_organization_rights',
  openFounders: 'founders_open',
  founderPerson: 'founder_person',
  founderStepsDown: 'founder_steps_down',
  refreshHome: 'home_refresh',
  setUp: 'set_up',

  openPeople: 'people_open',
  peopleFilter: 'people_filter',
  peopleWho: 'people_who',
  peoplePage: 'people_page',
  openPerson: 'person_open',
  personTab: 'person_tab',
  personPage: 'person_page',
  personBack: 'person_back',
  newPerson: 'person_new',
  editPerson: 'person_edit',
  personCode: 'person_code',
  personName: 'person_name',
  personEmail: 'person_email',
  personStructure: 'person_structure',
  personAccount: 'person_account',
  linkPerson: 'person_link',
  unlinkPerson: 'person_unlink',
  personLeft: 'person_left',
  personReturned: 'person_returned',
  removeAllAccess: 'person_remove_all',
  matchPeople: 'people_match',
  markDeactivated: 'people_mark_deactivated',
  updatePeople: 'people_update',
  peopleList: 'people_list',
  correctPeople: 'people_correct',
  // The catalogue
  openCatalog: 'catalog_open',
  catalogTab: 'catalog_tab',
  catalogFilter: 'catalog_filter',
  catalogPage: 'catalog_page',
  catalogApplication: 'catalog_application',
  catalogBack: 'catalog_back',
  catalogNew: 'catalog_new',
  catalogEdit: 'catalog_edit',
  catalogRetire: 'catalog_retire',
  catalogMenu: 'catalog_menu',
  catalogUsesPage: 'catalog_uses_page',
  catalogKey: 'catalog_key',
  catalogName: 'catalog_name',
  catalogEntryName: 'catalog_entry_name',
  catalogEntryKey: 'catalog_entry_key',
  catalogLevels: 'catalog_levels',
  catalogScope: 'catalog_scope',
  catalogMain: 'catalog_main',
  catalogParent: 'catalog_parent',

  peopleListFile: 'people_list_file',
  clonePackage: 'package_clone',
  cloneName: 'package_clone_name',
  cloneDescription: 'package_clone_description',
} as const;

/** The ids of one dialog's structure picker; each dialog has its own, because every listener of an id is called. */
function structurePickerIds<Dialog extends string>(dialog: Dialog) {
  return {
    filter: `${dialog}_filter`,
    page: `${dialog}_page`,
    checked: `${dialog}_checked`,
    selectAll: `${dialog}_select_all`,
    clear: `${dialog}_clear`,
    every: `${dialog}_every`,
  } as const;
}

export type StructurePickerIds = ReturnType<typeof structurePickerIds>;

export const STRUCTURE_PICKERS = {
  addPermission: structurePickerIds('structure'),
  changePermission: structurePickerIds('changed_structure'),
  grant: structurePickerIds('grant_structure'),
};

/** The inputs of one form that asks for people; each form has its own, because each is answered by its own listeners. */
export interface PeopleInputIds {
  people: string;
  codes: string;
  structures: string;
  groups: string;
  file: string;
}

export const PEOPLE_INPUTS = {
  assign: {
    ...{ people: ACTIONS.assignPeople, codes: ACTIONS.assignCodes },
    ...{ structures: 'assign_structures', groups: 'assign_groups', file: 'assign_file' },
  },
  unassign: {
    ...{ people: ACTIONS.unassignPeople, codes: ACTIONS.unassignCodes },
    ...{ structures: 'unassign_structures', groups: 'unassign_groups', file: 'unassign_file' },
  },
} satisfies Record<string, PeopleInputIds>;

/** Callback ids of shortcuts. */
export const SHORTCUTS = { dashboard: 'open_quartermaster' } as const;
