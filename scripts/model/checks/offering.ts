import { error } from './problem.ts';
import type { Check, Problem } from './problem.ts';

/** Solutions, buying groups, leads and lead statuses name what is there. */
export const checkOffering: Check = (_raw, waterfall) => {
  const groups = new Set(waterfall.buyingGroups.groups.map((group) => group.name));
  const roles = new Set(waterfall.buyingGroups.roles.map((role) => role.name));
  const solutions = new Set(waterfall.solutions.map((solution) => solution.name));
  const statuses = waterfall.leads?.statuses ?? [];
  const noSolution = waterfall.leads?.noSolution;
  const matchBy = waterfall.leads?.matchBy ?? [];
  const [name, country] = [matchBy.indexOf('companyName'), matchBy.indexOf('companyNameAndCountry')];
  const unknown = (
    code: string,
    what: string,
    name: string,
    path: readonly (string | number)[],
    known: ReadonlySet<string>,
  ): Problem =>
    error(
      code,
      path,
      `There is no ${what} called "${name}".`,
      known.size > 0 ? `Name one of: ${[...known].join(', ')}.` : `Define the ${what} first.`,
    );
  return [
    ...waterfall.solutions.flatMap((solution, index) => [
      ...(groups.has(solution.buyingGroup)
        ? []
        : [
            unknown(
              'MODEL_UNKNOWN_BUYING_GROUP',
              'buying group',
              solution.buyingGroup,
              ['solutions', index, 'buyingGroup'],
              groups,
            ),
          ]),
      ...solution.sellsNext.flatMap((next, position) =>
        solutions.has(next)
          ? []
          : [
              unknown(
                'MODEL_UNKNOWN_SOLUTION',
                'solution',
                next,
                ['solutions', index, 'sellsNext', position],
                solutions,
              ),
            ],
      ),
    ]),
    ...waterfall.buyingGroups.groups.flatMap((group, index) =>
      group.roles.flatMap((role, position) =>
        roles.has(role)
          ? []
          : [
              unknown(
                'MODEL_UNKNOWN_ROLE',
                'buying-group role',
                role,
                ['buyingGroups', 'groups', index, 'roles', position],
                roles,
              ),
            ],
      ),
    ),
    ...(noSolution?.then === 'solution' && !solutions.has(noSolution.solution)
      ? [
          unknown(
            'MODEL_UNKNOWN_SOLUTION',
            'solution',
            noSolution.solution,
            ['leads', 'noSolution', 'solution'],
            solutions,
          ),
        ]
      : []),
    ...(country > name && name >= 0
      ? [
          error(
            'MODEL_MATCH_ORDER',
            ['leads', 'matchBy', country],
            'companyNameAndCountry never decides: companyName before it finds every account of that name, in any country.',
            'Put companyNameAndCountry before companyName, or leave one of them out.',
          ),
        ]
      : []),
    ...(statuses.length > 0 && !statuses.some((status) => status.converted)
      ? [
          error(
            'MODEL_NO_CONVERTED_STATUS',
            ['leads', 'statuses'],
            'No lead status is converted.',
            'Give the last one converted: true; the platform converts a lead only into such a status.',
          ),
        ]
      : []),
  ];
};
