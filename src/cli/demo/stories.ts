import { at, explained, handled, help, named, problem, question, report, type Story, solved } from './story.ts';

/** Sixty cases of six weeks. */
export const stories: readonly Story[] = [
  problem('noise', { id: 's01', when: at(20, '08:12'), course: [...handled('li', 1.5, 26), ...solved(5, 5)] }),
  named('hazard', { id: 's02', when: at(33, '09:40'), course: [...handled('wang', 1, 30), ...solved(8, 5)] }),
  problem('hazard', { id: 's03', when: at(27, '19:20'), course: [...handled('wang', 15, 70), ...solved(20, 4)] }),
  problem('traffic', { id: 's04', when: at(30, '10:05'), course: [...handled('zhao', 2, 96)] }),
  named('theft', {
    id: 's05',
    when: at(2, '08:50'),
    course: [
      { do: 'assign', by: 'lin', to: 'li', after: 0.7 },
      { do: 'reply', by: 'li', after: 1.5 },
      { do: 'add', after: 9 },
    ],
  }),
  named('fraud', { id: 's06', when: at(16, '14:31'), course: [...handled('li', 0.2, 28), ...solved(3, 5)] }),
  problem('pets', {
    id: 's07',
    when: at(9, '18:02'),
    course: [...handled('wang', 15, 24), { do: 'unsolved', after: 46 }],
  }),
  problem('noise', { id: 's08', when: at(24, '07:30'), course: [...handled('zhao', 2, 27), ...solved(4, 4)] }),
  problem('traffic', { id: 's09', when: at(21, '08:21'), course: [...handled('wang', 1, 50), ...solved(12, 5)] }),
  problem('hazard', { id: 's10', when: { minutes: 150 } }),
  problem('hazard', { id: 's11', when: at(13, '16:45'), course: [...handled('zhao', 0.3, 40), ...solved(6, 5)] }),
  problem('theft', { id: 's12', when: at(1, '09:05') }),
  problem('gambling-vice', {
    id: 's13',
    when: at(3, '21:14'),
    course: [
      { do: 'take', by: 'li', after: 11.6 },
      { do: 'reply', by: 'li', after: 0.3 },
    ],
  }),
  problem('traffic', { id: 's14', when: at(18, '16:40'), course: [...handled('wang', 1, 168)] }),
  named('hazard', { id: 's15', when: at(11, '07:10'), course: [...handled('zhao', 2, 24), ...solved(30)] }),
  problem('fraud', { id: 's16', when: at(12, '20:15'), course: [...handled('li', 13, 3), { do: 'unsure', after: 2 }] }),
  problem('hazard', {
    id: 's17',
    when: at(5, '12:30'),
    course: [
      { do: 'take', by: 'wang', after: 3 },
      { do: 'dropped', by: 'wang', after: 20 },
    ],
  }),
  named('other', {
    id: 's18',
    when: at(4, '17:05'),
    course: [
      { do: 'assign', by: 'lin', to: 'zhao', after: 15.6 },
      { do: 'reply', by: 'zhao', after: 1 },
      { do: 'add', after: 0.6 },
    ],
  }),
  problem('noise', { id: 's19', when: at(15, '23:40'), english: true, course: [...handled('li', 10, 14), ...solved(9, 5)] }),
  problem('hazard', { id: 's20', when: at(8, '13:55'), course: [...handled('zhao', 0.3, 22)] }),
  problem('other', {
    id: 's21',
    when: at(2, '19:30'),
    course: [
      { do: 'take', by: 'li', after: 13.2 },
      { do: 'reply', by: 'li', after: 0.2 },
      { do: 'note', by: 'lin', after: 1 },
    ],
  }),
  problem('traffic', { id: 's22', when: at(1, '17:45') }),
  problem('noise', { id: 's23', when: at(22, '06:05'), page: 'unopened', course: [...handled('wang', 3, 72)] }),
  problem('other', { id: 's24', when: at(17, '15:00'), course: [{ do: 'refuse', by: 'lin', after: 2 }] }),
  help(
    { kind: 'help', topic: 'lost-and-found', reach: 'phone' },
    { id: 's25', when: at(19, '10:20'), course: [...handled('zhao', 0.1, 2), ...solved(3, 5)] },
  ),
  help({ kind: 'help', reach: 'chat' }, { id: 's26', when: at(25, '17:10'), course: [...handled('zhao', 0.1, 1), ...solved(2, 5)] }),
  help(
    { kind: 'help', topic: 'household-registration', reach: 'phone' },
    { id: 's27', when: at(10, '09:15'), course: [...handled('chen', 1, 50), ...solved(20, 5)] },
  ),
  help(
    { kind: 'help', topic: 'lost-and-found', reach: 'chat' },
    {
      id: 's28',
      when: at(1, '08:40'),
      course: [
        { do: 'take', by: 'chen', after: 0.6 },
        { do: 'reply', by: 'chen', after: 0.2 },
      ],
    },
  ),
  help(
    { kind: 'help', topic: 'domestic-violence', reach: 'chat' },
    {
      id: 's29',
      when: at(3, '18:50'),
      course: [
        { do: 'take', by: 'lin', after: 0.1 },
        { do: 'reply', by: 'lin', after: 0.05 },
        { do: 'note', by: 'lin', after: 14 },
      ],
    },
  ),
  help(
    { kind: 'help', reach: 'phone' },
    {
      id: 's30',
      when: at(2, '21:05'),
      course: [
        { do: 'take', by: 'chen', after: 12 },
        { do: 'reply', by: 'chen', after: 0.3 },
      ],
    },
  ),
  help(
    { kind: 'help', reach: 'chat' },
    { id: 's31', when: at(7, '09:30'), english: true, course: [...handled('chen', 0.4, 2), ...solved(5, 5)] },
  ),
  help({ kind: 'help', topic: 'fraud', reach: 'chat' }, { id: 's32', when: { minutes: 50 } }),
  question('household-registration', { id: 's33', when: at(31, '11:20'), course: [...explained('chen', 3), ...solved(4, 5)] }),
  question('household-registration', { id: 's34', when: at(28, '15:10'), course: [...explained('chen', 1), ...solved(2, 5)] }),
  question('pets', { id: 's35', when: at(23, '10:10'), course: [...explained('wang', 4)] }),
  question('household-registration', {
    id: 's36',
    when: at(14, '20:40'),
    course: [...explained('chen', 13), { do: 'unsolved', after: 5 }],
  }),
  question('traffic', { id: 's37', when: at(6, '14:05'), english: true, course: [...explained('wang', 1), ...solved(1, 4)] }),
  question('household-registration', { id: 's38', when: { minutes: 95 } }),
  question('other', { id: 's39', when: at(2, '10:30'), course: [{ do: 'reply', by: 'wang', after: 5 }] }),
  question('fraud', { id: 's40', when: at(12, '09:20'), course: [...explained('wang', 2), ...solved(6, 5)] }),
  report(
    { what: 'complaint', about: 'service', team: 'household', identity: 'named' },
    {
      id: 's41',
      when: at(14, '11:50'),
      course: [
        { do: 'assign', by: 'lin', to: 'wang', after: 2.5 },
        { do: 'reply', by: 'wang', after: 1 },
        { do: 'answer', by: 'wang', outcome: 'resolved', after: 45 },
        ...solved(7, 4),
      ],
    },
  ),
  report(
    { what: 'complaint', about: 'service', team: 'community', identity: 'named' },
    {
      id: 's42',
      when: at(4, '10:40'),
      course: [
        { do: 'take', by: 'lin', after: 4 },
        { do: 'reply', by: 'lin', after: 0.5 },
      ],
    },
  ),
  report(
    { what: 'complaint', about: 'service', team: 'household', identity: 'hidden' },
    {
      id: 's43',
      when: at(16, '12:05'),
      course: [
        { do: 'take', by: 'lin', after: 3 },
        { do: 'reply', by: 'lin', after: 1 },
        { do: 'answer', by: 'lin', outcome: 'partly', after: 70 },
      ],
    },
  ),
  report({ what: 'complaint', about: 'service', identity: 'hidden' }, { id: 's44', when: at(1, '16:10') }),
  report(
    { what: 'complaint', about: 'service', team: 'household', identity: 'named' },
    {
      id: 's45',
      when: at(26, '14:45'),
      page: 'unreachable',
      course: [
        { do: 'assign', by: 'lin', to: 'zhao', after: 1.5 },
        { do: 'reply', by: 'zhao', after: 1 },
        { do: 'answer', by: 'zhao', outcome: 'resolved', after: 20 },
        { do: 'not-reached', by: 'lin', after: 120 },
      ],
    },
  ),
  report(
    { what: 'complaint', about: 'officer', identity: 'hidden', reasons: 'unfair' },
    {
      id: 's46',
      when: at(5, '20:30'),
      course: [
        { do: 'take', by: 'du', after: 13 },
        { do: 'reply', by: 'du', after: 0.5 },
      ],
    },
  ),
  report(
    { what: 'complaint', about: 'officer', identity: 'named', reasons: 'drinking-on-duty' },
    {
      id: 's47',
      when: at(8, '13:10'),
      course: [
        { do: 'take', by: 'du', after: 1.5 },
        { do: 'reply', by: 'du', after: 0.5 },
        { do: 'add', after: 6 },
      ],
    },
  ),
  report({ what: 'complaint', about: 'officer', identity: 'hidden', reasons: 'attitude' }, { id: 's48', when: at(1, '11:25') }),
  report({ what: 'complaint', about: 'officer', identity: 'hidden', reasons: 'money-or-gifts' }, { id: 's49', when: { minutes: 200 } }),
  report(
    { what: 'complaint', about: 'unit', unit: 'patrol', identity: 'hidden' },
    {
      id: 's50',
      when: at(10, '22:15'),
      course: [
        { do: 'take', by: 'du', after: 11 },
        { do: 'reply', by: 'du', after: 0.4 },
      ],
    },
  ),
  report({ what: 'complaint', about: 'unit', unit: 'household', identity: 'hidden' }, { id: 's51', when: at(2, '15:35') }),
  report(
    { what: 'suggestion', identity: 'hidden' },
    { id: 's52', when: at(29, '21:30'), course: [...handled('lin', 13, 90), ...solved(30, 5)] },
  ),
  report({ what: 'suggestion', identity: 'hidden' }, { id: 's53', when: at(3, '12:15') }),
  report(
    { what: 'suggestion', identity: 'hidden' },
    {
      id: 's54',
      when: at(9, '07:50'),
      course: [
        { do: 'reply', by: 'zhao', after: 2 },
        { do: 'withdraw', after: 50 },
      ],
    },
  ),
  report({ what: 'praise', identity: 'named' }, { id: 's55', when: at(18, '15:20'), course: [...handled('lin', 2, 16), ...solved(4, 5)] }),
  report({ what: 'praise', identity: 'hidden' }, { id: 's56', when: at(11, '19:00'), course: [...handled('wang', 14, 1)] }),
  report({ what: 'praise', identity: 'named' }, { id: 's57', when: { minutes: 30 } }),
  report(
    { what: 'praise', identity: 'hidden' },
    { id: 's58', when: at(20, '10:00'), english: true, course: [...handled('lin', 1, 5), ...solved(2, 5)] },
  ),
  {
    id: 's59',
    when: at(3, '10:15'),
    door: 'counter',
    kind: 'dispute',
    answers: { topic: 'dispute' },
    course: [
      { do: 'assign', by: 'lin', to: 'wang', after: 0.4 },
      { do: 'hand-back', by: 'wang', after: 1 },
      { do: 'assign', by: 'lin', to: 'li', after: 0.5 },
      { do: 'note', by: 'li', after: 1 },
    ],
  },
  {
    id: 's60',
    when: at(15, '09:10'),
    door: 'counter',
    kind: 'problem',
    answers: { topic: 'other' },
    course: [{ do: 'refuse', by: 'lin', after: 1 }],
  },
];
