/** Why the text of an attached file could not be had; worded by `texts.inputs.file`. */
export type AttachmentProblem = 'tooLarge' | 'notText' | 'unreadable' | 'noScope';

/** Why a file gives no codes; worded by `texts.inputs.list`. */
export type CodeListProblem = 'empty' | 'noColumn' | 'malformed';
