import { useMutation } from '@tanstack/react-query';
import { Button } from 'antd';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { Link } from 'wouter';
import type { EmergencyView } from '../../http/views/emergency.ts';
import { acknowledge, useEmergencies } from '../api/emergencies.ts';
import { useOfficer } from '../api/session.ts';
import { FailedNote } from '../frame/states.tsx';
import { useNow } from '../words/now.ts';
import { shownReference } from '../words/reference.ts';
import { distance } from '../words/time.ts';
import { useWords } from '../words/words.ts';
import { onSoundAllowed, ring, soundAllowed, wakeSoundOnFirstGesture } from './sound.ts';

function Emergency({ emergency, now }: { emergency: EmergencyView; now: Date }) {
  const { say, language } = useWords();
  const taking = useMutation({ mutationFn: () => acknowledge(emergency.id) });
  return (
    <li className={`emergency emergency-${emergency.level}`}>
      <div>
        <p className="emergency-title">
          {say(`emergency.level.${emergency.level}`)} · {distance(emergency.raisedAt, now, language)}
        </p>
        <blockquote>{emergency.text}</blockquote>
        {emergency.reference && (
          <Link href={`/cases/${emergency.reference}`}>
            {say('emergency.openCase', { reference: shownReference(emergency.reference) })}
          </Link>
        )}
        {taking.isError && <FailedNote error={taking.error} />}
      </div>
      <Button type="primary" danger size="large" loading={taking.isPending} onClick={() => taking.mutate()}>
        {say('emergency.acknowledge')}
      </Button>
    </li>
  );
}

/** What is dangerous right now and nobody has taken: on every page, with sound for those on duty. */
export function Emergencies() {
  const { say } = useWords();
  const { onDuty } = useOfficer();
  const { data: open = [] } = useEmergencies(true);
  const now = useNow();
  const audible = useSyncExternalStore(onSoundAllowed, soundAllowed);
  const [muted, setMuted] = useState<readonly string[]>([]);
  useEffect(wakeSoundOnFirstGesture, []);
  const ringing = onDuty && open.some(({ level, id }) => level === 'now' && !muted.includes(id));
  useEffect(() => (ringing && audible ? ring() : undefined), [ringing, audible]);
  return (
    <div role="alert">
      {open.length > 0 && (
        <section className="emergencies" aria-label={say('emergency.title')}>
          <ul className="plain">
            {open.map((emergency) => (
              <Emergency key={emergency.id} emergency={emergency} now={now} />
            ))}
          </ul>
          {ringing && (
            <p className="emergency-sound">
              {!audible && <span>{say('emergency.mute')} </span>}
              <Button size="small" onClick={() => setMuted(open.map(({ id }) => id))}>
                {say('emergency.quiet')}
              </Button>
            </p>
          )}
        </section>
      )}
    </div>
  );
}
