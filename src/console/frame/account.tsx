import { App, Button, Dropdown } from 'antd';
import { useLocation } from 'wouter';
import { failureOf } from '../api/problem.ts';
import { signOut, useOfficer } from '../api/session.ts';
import { languages, speak, useWords } from '../words/words.ts';
import { showShortcuts } from './shortcuts.tsx';

/** Who is signed in; language, password, shortcuts, and the way out. */
export function Account() {
  const { say, language } = useWords();
  const { officer } = useOfficer();
  const { message } = App.useApp();
  const [, go] = useLocation();
  const leave = () => signOut().catch((error: unknown) => void message.error(failureOf(error)?.problem?.title ?? say('state.unreachable')));
  const items = [
    { key: 'who', type: 'group' as const, label: `${officer.publicName} · ${say(`role.${officer.role}`)}` },
    ...languages
      .filter((each) => each !== language)
      .map((each) => ({ key: each, label: <span lang={each}>{say(`language.${each}`)}</span>, onClick: () => void speak(each) })),
    { key: 'shortcuts', label: say('shortcuts.title'), onClick: showShortcuts },
    { key: 'password', label: say('password.title'), onClick: () => go('/password') },
    { key: 'leave', label: say('frame.signOut'), onClick: () => void leave() },
  ];
  return (
    <Dropdown menu={{ items }} trigger={['click']} placement="bottomRight">
      <Button aria-haspopup="menu" className="account">
        {officer.publicName}
      </Button>
    </Dropdown>
  );
}
