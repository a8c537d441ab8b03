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
  refreshHome: 'home_refresh',
  setUp: 'set_up',
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

/** Callback ids of shortcuts. */
export const SHORTCUTS = { dashboard: 'open_quartermaster' } as const;
