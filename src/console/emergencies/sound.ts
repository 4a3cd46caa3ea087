/** Two tones, clearly apart from anything a phone or an office makes. */
const TONES = [880, 660] as const;
const TONE_SECONDS = 0.22;
const EVERY_MS = 2_000;

let context: AudioContext | undefined;
const waiting = new Set<() => void>();

/** Browsers allow sound only after a first touch or key: until then the page says that it is mute. */
export function wakeSoundOnFirstGesture(): () => void {
  const wake = () => {
    context ??= new AudioContext();
    void context.resume().then(() => {
      for (const tell of waiting) tell();
    });
  };
  window.addEventListener('pointerdown', wake);
  window.addEventListener('keydown', wake);
  return () => {
    window.removeEventListener('pointerdown', wake);
    window.removeEventListener('keydown', wake);
  };
}

export const soundAllowed = (): boolean => context?.state === 'running';

/** Told when sound may be made. Returns how to stop. */
export function onSoundAllowed(tell: () => void): () => void {
  waiting.add(tell);
  return () => waiting.delete(tell);
}

function beep(): void {
  if (context?.state !== 'running') return;
  for (const [nth, frequency] of TONES.entries()) {
    const from = context.currentTime + nth * TONE_SECONDS;
    const tone = context.createOscillator();
    const loudness = context.createGain();
    tone.frequency.value = frequency;
    loudness.gain.setValueAtTime(0.0001, from);
    loudness.gain.exponentialRampToValueAtTime(0.4, from + 0.02);
    loudness.gain.exponentialRampToValueAtTime(0.0001, from + TONE_SECONDS);
    tone.connect(loudness).connect(context.destination);
    tone.start(from);
    tone.stop(from + TONE_SECONDS);
  }
}

/** Rings until stopped. */
export function ring(): () => void {
  beep();
  const timer = setInterval(beep, EVERY_MS);
  return () => clearInterval(timer);
}
