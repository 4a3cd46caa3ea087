/** A photo chosen to be sent. */
export interface Photo {
  id: string;
  name: string;
  file: Blob;
  /** ImageBitmap small for the page; absent where the browser can't read it. */
  preview?: HTMLCanvasElement;
}

/** As `channels/web/contract.ts` has them. */
export const PHOTOS_AT_ONCE = 9;
export const PHOTO_BYTES = 10 * 1024 * 1024;

const LONGER_SIDE = 2048;
const PREVIEW_SIDE = 320;
/** Smaller ones go as they are. */
const SMALL_BYTES = 700 * 1024;

/** Made smaller for a slow line, which also leaves behind where it was taken; what the browser can't read goes as it is. */
export async function prepare(id: string, file: File): Promise<Photo> {
  const drawn = await read(file);
  if (!drawn) return { id, name: file.name, file };
  const preview = scaled(drawn, PREVIEW_SIDE);
  const smaller = file.size > SMALL_BYTES ? await asJpeg(scaled(drawn, LONGER_SIDE)) : undefined;
  drawn.close();
  return { id, name: file.name, file: smaller && smaller.size < file.size ? smaller : file, preview };
}

async function read(file: Blob): Promise<ImageBitmap | undefined> {
  try {
    return await createImageBitmap(file, { imageOrientation: 'from-image' });
  } catch {
    return undefined;
  }
}

function scaled(drawn: ImageBitmap, longer: number): HTMLCanvasElement {
  const { width, height } = drawn;
  const share = Math.min(1, longer / Math.max(width, height, 1));
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(width * share));
  canvas.height = Math.max(1, Math.round(height * share));
  canvas.getContext('2d')?.drawImage(drawn, 0, 0, canvas.width, canvas.height);
  return canvas;
}

const asJpeg = (canvas: HTMLCanvasElement): Promise<Blob | undefined> =>
  new Promise((resolve) => canvas.toBlob((blob) => resolve(blob ?? undefined), 'image/jpeg', 0.85));
