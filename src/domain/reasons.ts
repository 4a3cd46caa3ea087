/** The Ministry of Public Security's five prohibitions (2003): each of them alone ends an officer's service or worse. */
const fiveProhibitions = ['weapon-misuse', 'armed-drinking', 'drink-driving', 'drinking-on-duty', 'gambling'] as const;

/**
 * What an officer can be complained about, in the order asked.
 * A code is never given another meaning: what changes gets a new code and raises the version.
 */
export const officerReasons = {
  version: 1,
  codes: [
    'attitude',
    'slow',
    'turned-away',
    'no-explanation',
    'unfair',
    'force',
    'rules-broken',
    'private-life',
    'money-or-gifts',
    ...fiveProhibitions,
    'other',
  ],
} as const;

/** Why somebody is satisfied or not; what is asked differs by level. A rating keeps the version it was given under. */
export const ratingReasons = {
  version: 2,
  liked: ['friendly', 'quick', 'explained', 'solved', 'fair', 'easy', 'by-the-rules', 'other'],
  missed: ['unfriendly', 'slow', 'unexplained', 'unsolved', 'unfair', 'sent-around', 'rules-broken', 'other'],
} as const;
