/** Slack's limits on what an app may send; lengths in UTF-16 units, as Slack counts them. */
export const LIMITS = {
  modalBlocks: 100,
  messageBlocks: 50,
  /** Of a changed message, which takes 4,000; the rest is for what is said of what was left out. */
  updateText: 3800,
  /** Of 250 kilobytes for a whole view; the rest is for its frame and state. */
  blocksBytes: 230_000,
  modalTitle: 24,
  sectionText: 3000,
  headerText: 150,
  contextElements: 10,
  actionElements: 25,
  buttonText: 75,
  label: 2000,
  placeholder: 150,
  optionText: 75,
  optionDescription: 75,
  options: 100,
  overflowOptions: 5,
  checkboxes: 10,
  confirmTitle: 100,
  confirmText: 300,
  confirmButton: 30,
  privateMetadata: 3000,
  inputText: 3000,
} as const;
