import { z } from 'zod';
import type { Step } from '../step.ts';
import { text } from './text.ts';

const schema = z.union([
  z.object({ words: z.string().min(1) }),
  z.object({
    latitude: z.number().min(-90).max(90),
    longitude: z.number().min(-180).max(180),
    datum: z.enum(['wgs84', 'gcj02']),
    label: z.string().optional(),
  }),
]);

/** Where it is: in words, or as a point on the map. */
export type Place = z.infer<typeof schema>;

const words = text({ min: 2, max: 300 });

export const place = (): Step<Place> => ({
  kind: 'place',
  expects: 'place',
  answer: schema,
  hear: (typed, scene) => {
    const reading = words.hear?.(typed, scene) ?? { is: 'wrong' };
    return reading.is === 'wrong' ? reading : { is: 'answer', value: { words: reading.value } };
  },
  take: (input) => {
    if (input.type !== 'place') return undefined;
    const { latitude, longitude, datum, label } = input;
    const point = schema.safeParse({ latitude, longitude, datum, ...(label && { label }) });
    return point.success ? { is: 'answer', value: point.data } : undefined;
  },
  show: (where) => {
    if ('words' in where) return { words: where.words };
    if (where.label) return { words: where.label };
    return { key: 'flow:place.point', values: { latitude: where.latitude.toFixed(5), longitude: where.longitude.toFixed(5) } };
  },
});
