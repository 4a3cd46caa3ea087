import { randomUUID } from 'node:crypto';
import { badRequest } from './refusal.ts';

/** What a bot may download. */
export const largestDownload = 20 * 1024 * 1024;
/** What a bot may upload: a photo, and anything else. */
export const largestPhoto = 10 * 1024 * 1024;
export const largestUpload = 50 * 1024 * 1024;

/** A file as a test describes it. `size` may claim what no bytes stand behind. */
export interface FileAsked {
  readonly bytes?: Uint8Array;
  readonly size?: number;
  readonly name?: string;
  readonly mime?: string;
  readonly width?: number;
  readonly height?: number;
  readonly duration?: number;
  /** True: Telegram has it no more, getFile fails. `after-get`: getFile tells a path, but the download fails. */
  readonly gone?: boolean | 'after-get';
}

/** A file as Telegram keeps it. */
export interface StoredFile {
  readonly fileId: string;
  readonly uniqueId: string;
  readonly path: string;
  readonly size: number;
  readonly bytes: Uint8Array | undefined;
  readonly name: string | undefined;
  readonly mime: string | undefined;
  gone: boolean | 'after-get';
}

/** All files by id. */
export class Files {
  readonly #byId = new Map<string, StoredFile>();
  readonly #byPath = new Map<string, StoredFile>();

  /** Keeps a file in a folder of its kind (`photos`, `voice`, …), with the ending its kind or name has. */
  add(folder: string, ending: string, asked: FileAsked): StoredFile {
    const number = this.#byId.size;
    const id = randomUUID().replaceAll('-', '');
    const file: StoredFile = {
      fileId: `AgAC${id}${number}`,
      uniqueId: `AQAD${id.slice(0, 12)}${number}`,
      path: `${folder}/file_${number}.${asked.name?.split('.').at(-1) ?? ending}`,
      size: asked.size ?? asked.bytes?.length ?? 0,
      bytes: asked.bytes,
      name: asked.name,
      mime: asked.mime,
      gone: asked.gone ?? false,
    };
    this.#byId.set(file.fileId, file);
    this.#byPath.set(file.path, file);
    return file;
  }

  find(fileId: string): StoredFile | undefined {
    return this.#byId.get(fileId);
  }

  /** What `/file/bot<token>/<path>` gives; a claimed size without bytes is made of zeros. */
  download(path: string): Uint8Array | undefined {
    const file = this.#byPath.get(path);
    if (file?.gone !== false || file.size > largestDownload) return undefined;
    return file.bytes ?? new Uint8Array(file.size);
  }

  /** What getFile answers. */
  got(fileId: string): { file_id: string; file_unique_id: string; file_size: number; file_path: string } {
    if (fileId === '') throw badRequest('file_id not specified');
    const file = this.#byId.get(fileId);
    if (!file || file.gone === true) throw badRequest('wrong file_id or the file is temporarily unavailable');
    if (file.size > largestDownload) throw badRequest('file is too big');
    return { file_id: file.fileId, file_unique_id: file.uniqueId, file_size: file.size, file_path: file.path };
  }
}
