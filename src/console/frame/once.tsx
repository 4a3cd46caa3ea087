import { CopyOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { useWords } from '../words/words.ts';

/** Something shown this once and never again, large enough to be copied by hand. */
export function Once({ label, secret }: { label: string; secret: string }) {
  const { say } = useWords();
  const [copied, setCopied] = useState<boolean>();
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(secret);
      setCopied(true);
    } catch {
      // Over plain HTTP browsers offer no clipboard: then it is copied by hand.
      setCopied(false);
    }
  };
  return (
    <div className="once">
      <p className="quiet">{label}</p>
      <p className="once-secret">
        <code>{secret}</code>
        <Button icon={<CopyOutlined aria-hidden />} onClick={() => void copy()}>
          {say('once.copy')}
        </Button>
      </p>
      <p role="status" className="quiet">
        {copied !== undefined && say(copied ? 'once.copied' : 'once.byHand')}
      </p>
    </div>
  );
}
