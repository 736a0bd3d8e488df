import { handshakeRules } from '../compile/flows/handshakes/rules.ts';
import type { HandshakeRule } from '../compile/flows/handshakes/rules.ts';
import type { Finding } from '../finding.ts';
import type { Waterfall } from '../model/waterfall.ts';
import type { Snapshot } from '../org/snapshot.ts';

/** What a role does in a hand-over, and what happens while nobody has it. */
const DUTY = {
  answers: { does: 'answers', without: 'RevOps is told of every hand-over and has to answer it' },
  escalated: { does: 'is told when nobody answers', without: 'only RevOps is told when nobody answers' },
} as const;

interface Named {
  readonly role: string;
  readonly duty: keyof typeof DUTY;
  readonly handshake: HandshakeRule['handshake'];
}

const namedIn = (waterfall: Waterfall): readonly Named[] =>
  handshakeRules(waterfall).flatMap(({ handshake, stage }): readonly Named[] => [
    ...(handshake.assignment.by === 'role'
      ? [{ role: handshake.assignment.value, duty: 'answers' as const, handshake }]
      : []),
    ...(handshake.onSilence.escalateTo === 'accountable'
      ? [{ role: stage.raci.accountable, duty: 'escalated' as const, handshake }]
      : []),
  ]);

/** The roles of the org that hand-overs go to, each once; for the snapshot to look for. */
export const rolesNamed = (waterfall: Waterfall): readonly string[] => [
  ...new Set(namedIn(waterfall).map(({ role }) => role)),
];

/** Roles that hand-overs go to and that the org has not got, or that no active user has. Roles are the org's: the plan creates none. */
export const roleFindings = (waterfall: Waterfall, { roles }: Pick<Snapshot, 'roles'>): readonly Finding[] => {
  if (roles === null) return [];
  const users = new Map(roles.map(({ name, activeUsers }) => [name.toLowerCase(), activeUsers]));
  return [...Map.groupBy(namedIn(waterfall), ({ role, duty }) => `${role} ${duty}`).values()].flatMap(
    (entries): readonly Finding[] => {
      const { role, duty } = entries[0]!;
      const activeUsers = users.get(role.toLowerCase());
      if (activeUsers !== undefined && activeUsers > 0) return [];
      const handshakes = entries.map(({ handshake }) => `"${handshake.name}"`).join(', ');
      const { does, without } = DUTY[duty];
      const missing = activeUsers === undefined;
      return [
        {
          severity: 'warning',
          code: missing ? 'PLAN_ROLE_MISSING' : 'PLAN_ROLE_EMPTY',
          message: `${missing ? 'The org has no role' : 'No active user has the role'} "${role}", which ${does} in ${handshakes}; until then ${without}.`,
          place: entries[0]!.handshake.source,
          action: missing
            ? 'Create the role in Setup > Roles and give it to users, or name one of your own in the model.'
            : 'Give the role to an active user in Setup > Users, or name another one in the model.',
        },
      ];
    },
  );
};
