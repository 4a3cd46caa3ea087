import { useMutation } from '@tanstack/react-query';
import { App, Button, Modal, Radio } from 'antd';
import { useState } from 'react';
import type { RatingView } from '../../http/views/rating.ts';
import { type Exclusion, exclude, exclusions } from '../api/exclusions.ts';
import { FailedNote } from '../frame/states.tsx';
import { useWords } from '../words/words.ts';

/** Whether a rating counts, and how inspection changes that: by a reason from the list, never by its level. */
export function Counted({ rating }: { rating: RatingView }) {
  const { say } = useWords();
  const { message } = App.useApp();
  const [asking, setAsking] = useState(false);
  const [why, setWhy] = useState<Exclusion>();
  const saving = useMutation({
    mutationFn: (category: Exclusion | null) => exclude(rating, category),
    onSuccess: (_, category) => {
      setAsking(false);
      void message.success(say(category ? 'rating.exclusion.done' : 'rating.exclusion.undone'));
    },
  });
  if (rating.excluded)
    return (
      <>
        <p>{say(`rating.exclusion.category.${rating.excluded}`)}</p>
        <Button loading={saving.isPending} onClick={() => saving.mutate(null)}>
          {say('rating.exclusion.again')}
        </Button>
        {saving.isError && <FailedNote error={saving.error} />}
      </>
    );
  return (
    <>
      <Button onClick={() => setAsking(true)}>{say('rating.exclusion.leave')}</Button>
      <Modal
        open={asking}
        title={say('rating.exclusion.of')}
        mask={{ closable: false }}
        onCancel={() => setAsking(false)}
        okText={say('rating.exclusion.leave')}
        cancelText={say('act.cancel')}
        okButtonProps={{ disabled: why === undefined }}
        confirmLoading={saving.isPending}
        onOk={() => why && saving.mutate(why)}
      >
        <div className="stack">
          <p>{say('rating.exclusion.help')}</p>
          <Radio.Group
            vertical
            aria-label={say('rating.exclusion.why')}
            value={why}
            options={exclusions.map((value) => ({ value, label: say(`rating.exclusion.category.${value}`) }))}
            onChange={(event) => setWhy(event.target.value)}
          />
          {saving.isError && <FailedNote error={saving.error} />}
        </div>
      </Modal>
    </>
  );
}
