import { readAccounts } from '../backlog/read-accounts.ts';
import type { ReadProgress } from '../backlog/read-accounts.ts';
import { FIELD } from '../compile/names.ts';
import { leadMatcher } from '../matching/match-leads.ts';
import type { MatchOptions } from '../matching/match-leads.ts';
import type { BuyingGroups } from '../model/waterfall.ts';
import type { DataOrg } from '../org/data-org.ts';
import { queryInLists } from '../org/query-in-lists.ts';
import type { FieldDescription } from '../org/types.ts';
import { accountOf } from '../people/find-account.ts';
import { isOpportunityId, opportunityThatTells } from '../people/find-opportunity.ts';
import { memberKey } from '../people/plan-people.ts';
import type { PeopleFacts } from '../people/plan-people.ts';
import type { Person } from '../people/read-people.ts';
import type { AccountFinding, KnownAccount, KnownContact, KnownOpportunity } from '../people/types.ts';

export interface FactsRequest {
  readonly org: DataOrg;
  readonly people: readonly Person[];
  readonly groups: BuyingGroups;
  readonly options: MatchOptions;
  readonly createAccounts: boolean;
  readonly progress: ReadProgress;
}

/** Values of one IN list, so that the query fits into a URL. */
const IN_SIZE = 100;
/** Opportunity names are long. */
const NAMES_SIZE = 25;

const text15 = (id: string): string => id.slice(0, 15);

/** Asks the org what it knows of the people in the list. Throws OrgError. */
export async function gatherFacts({
  org,
  people,
  groups,
  options,
  createAccounts,
  progress,
}: FactsRequest): Promise<PeopleFacts> {
  const ofOpportunity = (await org.describe('Opportunity')).fields;
  const solutions = ofOpportunity.some(({ name }) => name === FIELD.solution);
  progress('Looking for contacts');
  const emails = distinct(people.map(({ email }) => email));
  const withAddress = await contacts(org, 'Email', emails);
  const contactsByEmail = Map.groupBy(withAddress, ({ email }) => email);
  progress('Looking for opportunities');
  const wanted = distinct(people.map(({ opportunity }) => opportunity));
  const namedOpportunities = [
    ...(await opportunities(org, solutions, 'Id', wanted.filter(isOpportunityId), IN_SIZE)),
    ...(await opportunities(
      org,
      solutions,
      'Name',
      wanted.filter((each) => !isOpportunityId(each)),
      NAMES_SIZE,
    )),
  ];
  const accountIds = [
    ...people.map(({ accountId }) => accountId),
    ...[...withAddress, ...namedOpportunities].map(({ accountId }) => accountId ?? ''),
  ];
  const accounts = new Map(
    (
      await queryInLists<{ Id: string; Name: string }>(
        org,
        distinct(accountIds),
        IN_SIZE,
        (list) => `SELECT Id, Name FROM Account WHERE Id IN (${list})`,
      )
    ).map(({ Id, Name }): [string, KnownAccount] => [text15(Id), { id: Id, name: Name }]),
  );
  const index = await readAccounts(org, {
    progress,
    ...(options.publicMailDomains === undefined ? {} : { publicMailDomains: options.publicMailDomains }),
  });
  const match = leadMatcher(index, options);
  const findings = new Map<number, AccountFinding>();
  for (const person of people) {
    const { line, company, email, website, country, opportunity } = person;
    findings.set(
      line,
      accountOf(person, {
        accounts,
        contacts: contactsByEmail.get(email) ?? [],
        opportunity: opportunityThatTells(opportunity, namedOpportunities),
        match: match({ id: String(line), company, email, website, country }),
        byName: match({ id: String(line), company, email: '', website: '', country: '' }),
        createAccounts,
      }),
    );
  }
  const found = distinct([...findings.values()].map((finding) => (finding.kind === 'known' ? finding.account.id : '')));
  progress('Looking for contacts by name');
  const ofAccounts = await contacts(org, 'AccountId', found);
  progress('Looking for buying groups');
  const withSolution =
    solutions && people.some(({ solution }) => solution !== '')
      ? await opportunities(org, true, 'AccountId', found, IN_SIZE)
      : [];
  const known = [...new Map([...namedOpportunities, ...withSolution].map((each) => [each.id, each])).values()];
  const roles = await queryInLists<{ OpportunityId: string; ContactId: string; Role: string | null }>(
    org,
    known.map(({ id }) => id),
    IN_SIZE,
    (list) => `SELECT OpportunityId, ContactId, Role FROM OpportunityContactRole WHERE OpportunityId IN (${list})`,
  );
  const { fields } = await org.describe('OpportunityContactRole');
  return {
    accounts: findings,
    contactsByEmail,
    contactsByAccount: Map.groupBy(ofAccounts, ({ accountId }) => text15(accountId ?? '')),
    opportunities: known,
    members: new Map(roles.map(({ OpportunityId, ContactId, Role }) => [memberKey(OpportunityId, ContactId), Role])),
    solutions: activeValues(ofOpportunity, FIELD.solution),
    orgRoles: activeValues(fields, 'Role'),
    groups,
  };
}

const activeValues = (fields: readonly FieldDescription[], field: string): readonly string[] =>
  (fields.find(({ name }) => name === field)?.picklistValues ?? []).flatMap(({ value, active }) =>
    active ? [value] : [],
  );

const distinct = (values: readonly string[]): readonly string[] => [...new Set(values.filter((value) => value !== ''))];

interface ContactRow {
  readonly Id: string;
  readonly AccountId: string | null;
  readonly FirstName: string | null;
  readonly LastName: string;
  readonly Email: string | null;
}

/** Oldest first. */
const contacts = async (
  org: DataOrg,
  by: 'Email' | 'AccountId',
  values: readonly string[],
): Promise<readonly KnownContact[]> =>
  (
    await queryInLists<ContactRow>(
      org,
      values,
      IN_SIZE / 2,
      (list) =>
        `SELECT Id, AccountId, FirstName, LastName, Email FROM Contact WHERE ${by} IN (${list}) ORDER BY CreatedDate, Id`,
    )
  ).map(({ Id, AccountId, FirstName, LastName, Email }) => ({
    id: Id,
    accountId: AccountId,
    firstName: FirstName ?? '',
    lastName: LastName,
    email: Email?.toLowerCase() ?? '',
  }));

/** With `AccountId` only open ones. */
async function opportunities(
  org: DataOrg,
  solutions: boolean,
  by: 'Id' | 'Name' | 'AccountId',
  values: readonly string[],
  size: number,
): Promise<readonly KnownOpportunity[]> {
  const fields = ['Id', 'Name', 'AccountId', 'IsClosed', ...(solutions ? [FIELD.solution] : [])].join(', ');
  const open = by === 'AccountId' ? ' AND IsClosed = false' : '';
  const rows = await queryInLists<Record<string, string | boolean | null>>(
    org,
    values,
    size,
    (list) => `SELECT ${fields} FROM Opportunity WHERE ${by} IN (${list})${open}`,
  );
  return rows.map((row) => ({
    id: String(row['Id']),
    name: String(row['Name']),
    accountId: row['AccountId'] === null ? null : String(row['AccountId']),
    solution: typeof row[FIELD.solution] === 'string' ? String(row[FIELD.solution]) : '',
    closed: row['IsClosed'] === true,
  }));
}
