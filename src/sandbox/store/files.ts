import { newId, newSecretId } from '../ids.ts';

/** A file on its way into, or already in, the workspace. */
export interface StoredFile {
  id: string;
  uploadId: string;
  /** Who attached it in a file input; null: the app made it. Until it is shared, the app alone may read it. */
  attachedBy: string | null;
  name: string;
  title: string;
  declaredLength: number;
  bytes: Buffer | null;
  /** Set once the upload is completed; unix seconds. */
  completedAt: number | null;
  channels: string[];
}

/** The files of the workspace. */
export class Files {
  private readonly byId = new Map<string, StoredFile>();

  /** Announces a file; its bytes come to the upload address afterwards. */
  announce(name: string, length: number): StoredFile {
    return this.add({ name, declaredLength: length, bytes: null, completedAt: null, attachedBy: null });
  }

  /** Takes a file that somebody attached in a file input; `at` is in unix seconds. */
  attach(name: string, bytes: Buffer, attachedBy: string, at: number): StoredFile {
    return this.add({ name, declaredLength: bytes.length, bytes, completedAt: at, attachedBy });
  }

  /** The file with this id, if there is one. */
  find(id: string): StoredFile | undefined {
    return this.byId.get(id);
  }

  /** The announced file of an upload address, if it still waits for its bytes. */
  findUpload(uploadId: string): StoredFile | undefined {
    return [...this.byId.values()].find((file) => file.uploadId === uploadId && file.completedAt === null);
  }

  private add(made: Omit<StoredFile, 'id' | 'uploadId' | 'title' | 'channels'>): StoredFile {
    const file: StoredFile = { ...made, id: newId('F'), uploadId: newSecretId(), title: made.name, channels: [] };
    this.byId.set(file.id, file);
    return file;
  }
}

const TYPES: Record<string, { mimetype: string; filetype: string }> = {
  pdf: { mimetype: 'application/pdf', filetype: 'pdf' },
  csv: { mimetype: 'text/csv', filetype: 'csv' },
  txt: { mimetype: 'text/plain', filetype: 'text' },
  json: { mimetype: 'application/json', filetype: 'json' },
  png: { mimetype: 'image/png', filetype: 'png' },
  jpg: { mimetype: 'image/jpeg', filetype: 'jpg' },
};

/** Media type and Slack file type by the name's ending. */
export function typeOfFile(name: string): { mimetype: string; filetype: string } {
  const ending = name.slice(name.lastIndexOf('.') + 1).toLowerCase();
  return TYPES[ending] ?? { mimetype: 'application/octet-stream', filetype: 'binary' };
}
