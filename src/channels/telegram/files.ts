import { GrammyError } from 'grammy';
import type { Media } from '../../domain/message.ts';
import type { Lost } from '../channel.ts';
import type { Telegram } from './api.ts';

/** The bytes of a file a resident sent (core.telegram.org/bots/api#getfile), or why they can't be had; throws where Telegram can't be reached. */
export async function fetchFile({ api, download }: Telegram, { fetchRef }: Media): Promise<Uint8Array | Lost> {
  if (fetchRef === undefined) return { lost: 'gone' };
  try {
    const { file_path } = await api.raw.getFile({ file_id: fetchRef });
    if (file_path === undefined) return { lost: 'gone' };
    const bytes = await download(file_path);
    return typeof bytes === 'string' ? { lost: bytes } : bytes;
  } catch (error) {
    if (!(error instanceof GrammyError) || error.error_code !== 400) throw error;
    if (/too big/i.test(error.description)) return { lost: 'too-big' };
    // "wrong file_id or the file is temporarily unavailable": the second may pass.
    return { lost: /temporarily/i.test(error.description) ? 'unavailable' : 'gone' };
  }
}
