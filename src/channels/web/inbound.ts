import type { z } from 'zod';
import type { Input } from '../../domain/message.ts';
import { Refused } from '../../domain/refusal.ts';
import { tapFromText } from '../../domain/tap.ts';
import type { messageAsked } from './contract.ts';

/** What the page sent, stripped of its channel. */
export function inputOf(asked: z.output<typeof messageAsked>): Input {
  switch (asked.type) {
    case 'text':
      return { type: 'text', text: asked.text };
    case 'tap': {
      const tap = tapFromText(asked.tap);
      if (!tap) throw new Refused('invalid', { wrong: [{ pointer: '/tap', wrong: 'format' }] });
      return { type: 'tap', tap };
    }
    case 'command':
      return { type: 'command', name: asked.name };
    case 'place': {
      const { latitude, longitude, label } = asked;
      // A browser's geolocation is WGS 84 (W3C Geolocation, 6.1), also where maps are drawn in GCJ-02.
      return { type: 'place', latitude, longitude, datum: 'wgs84', ...(label !== undefined && { label }) };
    }
    case 'start':
      return { type: 'start', payload: asked.payload };
  }
}
