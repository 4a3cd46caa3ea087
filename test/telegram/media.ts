import type { FileAsked, Files, StoredFile } from './files.ts';

/** The kinds of files a message can hold. */
export type MediaKind = 'photo' | 'video' | 'voice' | 'audio' | 'document' | 'sticker' | 'animation' | 'video_note';

const places: Readonly<Record<MediaKind, { folder: string; ending: string; mime: string }>> = {
  photo: { folder: 'photos', ending: 'jpg', mime: 'image/jpeg' },
  video: { folder: 'videos', ending: 'mp4', mime: 'video/mp4' },
  voice: { folder: 'voice', ending: 'oga', mime: 'audio/ogg' },
  audio: { folder: 'music', ending: 'mp3', mime: 'audio/mpeg' },
  document: { folder: 'documents', ending: 'bin', mime: 'application/octet-stream' },
  sticker: { folder: 'stickers', ending: 'webp', mime: 'image/webp' },
  animation: { folder: 'animations', ending: 'mp4', mime: 'video/mp4' },
  video_note: { folder: 'video_notes', ending: 'mp4', mime: 'video/mp4' },
};

/** Keeps a file of a kind. */
export function keep(files: Files, kind: MediaKind, asked: FileAsked): StoredFile {
  const { folder, ending } = places[kind];
  return files.add(folder, ending, asked);
}

/** The fields of a message that holds the file: `photo` with all its sizes, the largest last; an animation is a document too. */
export function mediaFields(files: Files, kind: MediaKind, file: StoredFile, asked: FileAsked = {}): Record<string, unknown> {
  const { width = 1280, height = 960, duration = 5 } = asked;
  const base = { file_id: file.fileId, file_unique_id: file.uniqueId, file_size: file.size };
  const named = { ...(file.name !== undefined && { file_name: file.name }), mime_type: file.mime ?? places[kind].mime };
  switch (kind) {
    case 'photo':
      return { photo: [...thumbnails(files, width, height), { ...base, width, height }] };
    case 'video':
      return { video: { ...base, ...named, width, height, duration } };
    case 'animation': {
      const animation = { ...base, ...named, width, height, duration };
      return { animation, document: { ...base, ...named } };
    }
    case 'voice':
      return { voice: { ...base, duration, mime_type: named.mime_type } };
    case 'audio':
      return { audio: { ...base, ...named, duration } };
    case 'document':
      return { document: { ...base, ...named } };
    case 'sticker':
      return { sticker: { ...base, type: 'regular', width: 512, height: 512, is_animated: false, is_video: false, emoji: '👍' } };
    case 'video_note':
      return { video_note: { ...base, length: 240, duration } };
  }
}

function thumbnails(files: Files, width: number, height: number): Record<string, unknown>[] {
  return [90, 320].map((longest) => {
    const scale = Math.min(1, longest / Math.max(width, height));
    const { fileId, uniqueId, size } = keep(files, 'photo', { bytes: Buffer.from(`thumbnail ${longest}`) });
    return {
      file_id: fileId,
      file_unique_id: uniqueId,
      file_size: size,
      width: Math.max(1, Math.round(width * scale)),
      height: Math.max(1, Math.round(height * scale)),
    };
  });
}
