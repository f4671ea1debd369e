// The people of the Agents Playground, and its rooms. One window is one person; windows that are to share a group chat and channels have to be
// given the same ids, since the Playground makes up a new group chat at each start. Names and ids are those of its own default config
// (@microsoft/m365agentsplayground 0.2.28, `.m365agentsplayground.yml`), whose object ids have one digit more than a GUID.

export interface PlaygroundPerson {
  /** What somebody types to be this person, lower case. */
  readonly alias: string;
  readonly name: string;
  /** What this person may do in local mode (src/access/roles.ts), to be read after the name. */
  readonly may: string;
}

const looks = 'may look at everything and press nothing that changes it';

/** The first one is who `npm start` opens the chat as. */
export const playgroundPeople: readonly [PlaygroundPerson, ...PlaygroundPerson[]] = [
  { alias: 'alex', name: 'Alex Wilber', may: 'may press fix buttons' },
  { alias: 'megan', name: 'Megan Bowen', may: 'may press fix buttons, and agree as the second person' },
  { alias: 'adele', name: 'Adele Vance', may: looks },
  { alias: 'isaiah', name: 'Isaiah Langer', may: looks },
  { alias: 'patti', name: 'Patti Fernandez', may: looks },
  { alias: 'lynne', name: 'Lynne Robbins', may: looks },
];

/** The config file of a window for this person: all others are in the rooms as well. JSON, which is YAML too. */
export function playgroundConfig(me: PlaygroundPerson): string {
  const users = playgroundPeople.map(userOf);
  const index = playgroundPeople.indexOf(me);
  return JSON.stringify({
    version: '0.1.1',
    tenantId: '00000000-0000-0000-0000-0000000000001',
    bot: { id: '00000000-0000-0000-0000-00000000000011', name: 'Locksmith' },
    currentUser: users[index],
    users: users.filter((_user, other) => other !== index),
    // Nobody else is in a personal chat, so each person has one of their own.
    personalChat: { id: `personal-chat-of-${me.alias}` },
    groupChat: { id: 'group-chat-id', name: 'Group Chat' },
    team: {
      id: 'team-id',
      name: 'My Team',
      aadGroupId: '00000000-0000-0000-0000-000000000031',
      channels: [{ id: 'channel-announcements-id', name: 'Announcements' }],
    },
  });
}

function userOf({ name, alias }: PlaygroundPerson, index: number): Readonly<Record<string, string>> {
  const [givenName = '', surname = ''] = name.split(' ');
  const email = `${alias}@example.com`;
  return {
    id: `user-id-${index}`,
    name,
    userPrincipleName: email,
    aadObjectId: `00000000-0000-0000-0000-00000000000${20 + index}`,
    givenName,
    surname,
    email,
  };
}
