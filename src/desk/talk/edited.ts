import { caseSpokenOf } from './own.ts';
import { change, say, type Talk } from './talk.ts';

/** Other words for an earlier message: where it lies in a case, whoever handles it is told. `quietly`: with danger named nothing else is said. */
export function hearEdited(talk: Talk, quietly: boolean): void {
  const mine = caseSpokenOf(talk);
  if (mine) {
    change(talk, { do: 'event', case: mine.file.id, verb: 'message-added', actor: { kind: 'resident' }, data: { edited: true } });
    if (!quietly) say(talk, { key: 'desk:edited.case', case: mine.file.id });
    return;
  }
  if (!quietly && talk.memory.intake) say(talk, { key: 'desk:form.edited' });
}
