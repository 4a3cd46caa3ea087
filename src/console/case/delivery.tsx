import { CheckOutlined, ClockCircleOutlined, WarningOutlined } from '@ant-design/icons';
import type { z } from 'zod';
import type { deliveryView } from '../../http/views/case.ts';
import { shortTime } from '../words/time.ts';
import { hasWords, useWords } from '../words/words.ts';

type DeliveryTruth = z.infer<typeof deliveryView>;

const icons: Record<DeliveryTruth['state'], React.ReactNode> = {
  pending: <ClockCircleOutlined aria-hidden />,
  sent: <CheckOutlined aria-hidden />,
  waiting: <ClockCircleOutlined aria-hidden />,
  held: <WarningOutlined aria-hidden />,
  blocked: <WarningOutlined aria-hidden />,
  failed: <WarningOutlined aria-hidden />,
};
const inTrouble: readonly DeliveryTruth['state'][] = ['waiting', 'held', 'blocked', 'failed'];

/** Whether the resident has it; where not, what else can be tried. */
export function Delivery({ delivery, advice, now }: { delivery: DeliveryTruth; advice: string | undefined; now: Date }) {
  const { say, language } = useWords();
  const reason = `delivery.reason.${delivery.reason}`;
  return (
    <div className={`delivery delivery-${delivery.state}`}>
      <p>
        {icons[delivery.state]} {say(`delivery.state.${delivery.state}`, { at: shortTime(delivery.at, now, language) })}
        {delivery.reason && ` ${hasWords(reason) ? say(reason) : say('delivery.reason.other', { reason: delivery.reason })}`}
      </p>
      {delivery.possiblyRepeated && <p>{say('delivery.repeated')}</p>}
      {advice && inTrouble.includes(delivery.state) && <p>{advice}</p>}
    </div>
  );
}
