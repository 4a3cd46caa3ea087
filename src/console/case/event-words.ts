import type { EventView } from '../../http/views/case.ts';
import { hasWords, type Say } from '../words/words.ts';

/** Who did it, as a sentence names them. */
const whoWords = (by: string, say: Say): string =>
  by === 'resident' || by === 'clock' ? say(`event.by.${by}`) : by || say('event.by.officer');

/** An event as a sentence: `Wang Min gave it to Li Lei`. Facts a sentence needs and the event lacks make it the shorter one. */
export function eventWords(event: Pick<EventView, 'verb' | 'by'> & Partial<Pick<EventView, 'data'>>, say: Say): string {
  const by = whoWords(event.by, say);
  const data = event.data ?? {};
  const to = data.to;
  if (event.by !== 'resident' && (event.verb === 'opened' || event.verb === 'withdrawn')) return say(`event.${event.verb}For`, { by });
  if (event.by === 'resident' && event.verb === 'closed') return say('event.saidSolved', { by });
  if (event.verb === 'message-added' && data.edited === true) return say('event.message-edited', { by });
  if (event.verb === 'assigned' && typeof to === 'string' && to) return say('event.assignedTo', { by, to });
  if (event.verb === 'answered' && hasWords(`outcome.${data.outcome}`))
    return say('event.answeredAs', { by, outcome: say(`outcome.${data.outcome}`) });
  if (event.verb === 'closed' && hasWords(`confirmation.${data.confirmation}`))
    return say('event.closedAs', { by, confirmation: say(`confirmation.${data.confirmation}`) });
  if (event.verb === 'verified' && hasWords(`finding.${data.finding}`))
    return say('event.verifiedAs', { by, finding: say(`finding.${data.finding}`) });
  if (event.verb === 'planned' && typeof data.until === 'string') return say('event.plannedUntil', { by, until: data.until });
  if (event.verb === 'met' && hasWords(`encounter.${data.how}`)) return say('event.metHow', { by, how: say(`encounter.${data.how}`) });
  if (event.verb === 'spared' && hasWords(`sparing.${data.why}`)) return say('event.sparedAs', { by, why: say(`sparing.${data.why}`) });
  return say(`event.${event.verb}`, { by });
}
