import type { Filing, Line } from './effect.ts';
import type { Label } from './step.ts';
import { sceneOf, stepOf, type Walk } from './walk.ts';

/** Every answer that still applies, with its question as asked. */
export function linesOf(walked: Walk): Line[] {
  const { flow, applying, kept } = walked;
  return applying.flatMap((id) => {
    const step = stepOf(flow, id);
    if (!step || step.kind === 'review' || step.secret || !Object.hasOwn(kept, id)) return [];
    const value = kept[id];
    const shown: Label = step.show(value, sceneOf(walked, id));
    const askedWith = step.upTo === undefined ? {} : { askedWith: { max: step.upTo } };
    return [{ step: id, asked: `${flow.name}:${id}.ask`, ...askedWith, value, shown, personal: step.personal ?? false }];
  });
}

/** What was said so far, for a person: a help case whatever form it was begun as; sealed where that form would be. */
export function helpSoFar(walked: Walk): Extract<Filing, { as: 'case' }> {
  const { flow, kept, intake, around } = walked;
  const meant = flow.as === 'case' ? flow.file(kept, { subject: intake.subject ?? '', around }) : undefined;
  if (meant?.as === 'case') {
    const { details, media, contact, seal } = meant;
    return { as: 'case', kind: 'help', details, media, ...(contact && { contact }), seal };
  }
  return { as: 'case', kind: 'help', details: wordsSoFar(walked), media: mediaSoFar(walked), seal: false };
}

const wordsSoFar = ({ flow, applying, kept }: Walk): string =>
  applying.flatMap((id) => (stepOf(flow, id)?.gathers && Object.hasOwn(kept, id) ? [String(kept[id])] : [])).join('\n');

const mediaSoFar = ({ flow, applying, kept }: Walk): string[] =>
  applying.flatMap((id) => {
    const held = stepOf(flow, id)?.kind === 'photos' && Object.hasOwn(kept, id) ? kept[id] : [];
    return Array.isArray(held) ? held.map(String) : [];
  });
