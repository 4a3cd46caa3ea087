import { Link } from 'wouter';
import { useSetup } from '../api/setup.ts';
import { Once } from '../frame/once.tsx';
import { FailedPage, Loading } from '../frame/states.tsx';
import { useTitle } from '../frame/title.ts';
import { useWords } from '../words/words.ts';
import { HoursForm } from './hours-form.tsx';
import { StationForm } from './station-form.tsx';
import { Step } from './step.tsx';

/** What a new desk needs before residents come: five steps, each saved by itself, to be come back to at any time. */
export default function Setup() {
  const { say } = useWords();
  const setup = useSetup();
  useTitle(say('setup.title'));
  if (!setup.data)
    return (
      <section className="page narrow">
        <h1>{say('setup.title')}</h1>
        {setup.isPending ? <Loading /> : <FailedPage error={setup.error} again={() => void setup.refetch()} />}
      </section>
    );
  const { stationName, bodyAbove, hours, officerExists, inspectorExists, inspectorCommand } = setup.data;
  return (
    <section className="page narrow">
      <h1>{say('setup.title')}</h1>
      <p className="quiet">{say('setup.help')}</p>
      <ol className="plain steps">
        <Step title={say('setup.name.title')} help={say('setup.name.help')} done={stationName !== ''}>
          <StationForm field="stationName" value={stationName} />
        </Step>
        <Step
          title={say('setup.hours.title')}
          help={say('setup.hours.help')}
          done={Object.values(hours).some((periods) => periods.length > 0)}
        >
          <HoursForm hours={hours} />
        </Step>
        <Step title={say('setup.above.title')} help={say('setup.above.help')} done={bodyAbove !== ''}>
          <StationForm field="bodyAbove" value={bodyAbove} />
        </Step>
        <Step title={say('setup.officer.title')} help={say('setup.officer.help')} done={officerExists}>
          <Link href="/officers">{say('setup.officer.go')}</Link>
        </Step>
        <Step title={say('setup.inspector.title')} help={say('setup.inspector.help')} done={inspectorExists}>
          {!inspectorExists && <Once label={say('setup.inspector.command')} secret={inspectorCommand} />}
        </Step>
      </ol>
    </section>
  );
}
