import { newId, newSecretId } from '../ids.ts';

/** A file on its way into, or already in, the workspace. */
export interface StoredFile {
  id: string;
  uploadId: string;
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
    const file: StoredFile = {
      id: newId('F'),
      uploadId: newSecretId(),
      name,
      title: name,
      declaredLength: length,
      bytes: null,
      completedAt: null,
      channels: [],
    };
    this.byId.set(file.id, file);
    return file;
  }

  /** The file with this id, if there is one. */
  find(id: string): StoredFile | undefined {
    return this.byId.get(id);
  }

  /** The announced file of an upload address, if it still waits for its bytes. */
  findUpload(uploadId: string): StoredFile | undefined {
    return [...this.byId.values()].find((file) => file.uploadId === uploadId && file.completedAt === null);
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
