import { CheckOutlined, ClockCircleOutlined, WarningOutlined } from '@ant-design/icons';
import type { z } from 'zod';
import type { deliveryView } from '../../http/views/case.ts';
import { deliveryWords } from '../words/delivery-words.ts';
import { useWords } from '../words/words.ts';

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
export function Delivery({
  delivery,
  from,
  advice,
  now,
}: {
  delivery: DeliveryTruth;
  from: string;
  advice: string | undefined;
  now: Date;
}) {
  const { say, language } = useWords();
  return (
    <div className={`delivery delivery-${delivery.state}`}>
      <p>
        {icons[delivery.state]} {deliveryWords(delivery, from, { say, now, language })}
      </p>
      {delivery.possiblyRepeated && <p>{say('delivery.repeated')}</p>}
      {advice && inTrouble.includes(delivery.state) && <p>{advice}</p>}
    </div>
  );
}
