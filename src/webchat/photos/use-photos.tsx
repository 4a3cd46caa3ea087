import type { JSX } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { newId } from '../call.ts';
import { PHOTO_BYTES, PHOTOS_AT_ONCE, type Photo, prepare } from './photo.ts';

/** The photos chosen and not yet sent, and what had to be left out. */
export interface ChosenPhotos {
  chosen: readonly Photo[] | undefined;
  left: readonly ('too-many' | 'too-big' | 'none')[];
  choose(from: 'camera' | 'album'): void;
  remove(id: string): void;
  clear(): void;
  inputs: JSX.Element;
}

export function usePhotos(): ChosenPhotos {
  const [chosen, setChosen] = useState<readonly Photo[]>();
  const [left, setLeft] = useState<ChosenPhotos['left']>([]);
  const album = useRef<HTMLInputElement>(null);
  const camera = useRef<HTMLInputElement>(null);

  const take = async (input: HTMLInputElement) => {
    const files = [...(input.files ?? [])];
    // The same photo may be chosen again after it was removed.
    input.value = '';
    if (files.length === 0) return;
    const images = files.filter(({ type, name }) => type.startsWith('image/') || /\.(heic|heif|jpe?g|png|webp)$/i.test(name));
    const before = chosen ?? [];
    const room = images.slice(0, PHOTOS_AT_ONCE - before.length);
    const ready: Photo[] = [];
    // One after another: several at once are too much for a small phone.
    for (const file of room) ready.push(await prepare(newId(), file));
    const fitting = ready.filter(({ file }) => file.size <= PHOTO_BYTES);
    setLeft([
      ...(images.length > room.length ? (['too-many'] as const) : []),
      ...(fitting.length < ready.length ? (['too-big'] as const) : []),
      ...(images.length < files.length ? (['none'] as const) : []),
    ]);
    setChosen([...before, ...fitting]);
  };

  const input = (from: 'camera' | 'album') => (
    <input
      ref={from === 'camera' ? camera : album}
      class="unseen"
      type="file"
      accept="image/*"
      multiple={from === 'album'}
      {...(from === 'camera' && { capture: 'environment' as const })}
      tabIndex={-1}
      aria-hidden="true"
      onChange={(event) => void take(event.currentTarget)}
    />
  );

  return {
    chosen,
    left,
    choose: (from) => (from === 'camera' ? camera : album).current?.click(),
    remove: (id) => setChosen((now) => now?.filter((photo) => photo.id !== id)),
    clear() {
      setChosen(undefined);
      setLeft([]);
    },
    inputs: (
      <>
        {input('album')}
        {input('camera')}
      </>
    ),
  };
}
