import type { Change } from '../../domain/decision.ts';
import { Clash } from './batch.ts';
import { addEvent } from './case-events.ts';
import { type CaseRow, columnsOf, whereInCase } from './case-row.ts';
import { codeDigest } from './codes.ts';
import type { Parts } from './parts.ts';
import { keepDueHistory } from './promises.ts';
import type { Scene } from './scene.ts';
import { moveAll } from './sealing.ts';

type OpenCase = Extract<Change, { do: 'openCase' }>;

/** Files a case: its head in clear, its words under a key of its own, its thread out of what the resident sent. */
export function openCase(parts: Parts, scene: Scene, change: OpenCase): void {
  const { keys, caseRows } = parts;
  const { file, content, contact } = change;
  const { now } = scene.chance;
  if (caseRows.byReference(file.reference) || caseRows.byId(file.id)) throw new Clash('reference');
  const key = keys.create('case', now);
  const topic = parts.catalogue().topics.find(({ code }) => code === file.topic);
  const row: CaseRow = {
    ...columnsOf(file),
    id: file.id,
    reference: file.reference,
    codeDigest: codeDigest(parts.master, file.reference, change.code),
    topicVersion: topic?.version ?? null,
    topicLabels: topic?.labels ?? null,
    // The event that opens it makes it 1.
    version: 0,
    sealed: file.sealed ? 1 : 0,
    conversation: file.sealed ? null : (scene.conversation?.id ?? null),
    updatedSeq: 0,
    lastInboundSeq: 0,
    lastReadSeq: 0,
    key: key.id,
    summary: keys.seal(key, whereInCase.summary(file.id), content.summary),
    content: keys.sealJson(key, whereInCase.content(file.id), { ...content, formTurns: change.formTurns }),
    contact: contact ? keys.sealJson(key, whereInCase.contact(file.id), contact) : null,
    legalHold: 0,
  };
  caseRows.insert(row);
  caseRows.subjects(file.id, file.subjects);
  if (file.sealed && scene.conversation) {
    parts.ties.tie(row, scene.conversation.id);
    scene.filedSealed.push(file.id);
  }
  const messages = file.sealed || change.messages.length > 0 ? change.messages : [parts.messages.carrier(row, scene.chance)];
  moveAll(parts, scene, row, { messages, formTurns: change.formTurns, alsoIndexed: wordsOf(change) });
  addEvent(parts, scene, { do: 'event', case: file.id, verb: 'opened', actor: change.actor });
  keepDueHistory(parts, file.id, file);
}

/** What was answered without being typed as a message is found by search too. */
const wordsOf = ({ content }: OpenCase): string => [content.summary, ...content.answers.map(({ shown }) => shown)].join('\n');
