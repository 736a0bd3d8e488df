import type { FieldValue, LimitName } from '../../local-org/data/types.ts';
import type { LocalOrg } from '../../local-org/types.ts';
import { FIELD, PRODUCT_FIELD, recordTypeName } from '../../scripts/compile/names.ts';
import { DEFAULT_MODEL_FILE, loadModel } from '../../scripts/model/load-model.ts';
import type { Waterfall } from '../../scripts/model/waterfall.ts';
import { deployPackage, packageZip } from '../deploy-package.ts';
import type { Figure } from '../figure.ts';

type Values = Readonly<Record<string, FieldValue>>;

/** What one save, one call and one batch hold. */
const WINS = 200;
const MEMBERS = ['Decision Maker', 'Signer', 'Champion', 'Influencer'];
const PRODUCTS = 3;
/** A limit counts the records of a whole transaction; 12 duplicate updates and the time of this machine are of another kind. */
const LIMITS: readonly LimitName[] = ['queries', 'queryRows', 'dmlStatements', 'dmlRows'];
const RUNS = 3;

/** What the model delays happens at the win, in the same transaction: the most that it can ask for. */
const atOnce = (waterfall: Waterfall): Waterfall => ({
  ...waterfall,
  closedWon: waterfall.closedWon.map((rule) => ({ ...rule, delayDays: 0 })),
});

const inserter =
  (org: LocalOrg) =>
  (object: string, records: readonly Values[]): readonly string[] =>
    org.transact(org.user('admin@waterfall.local'), (tx) =>
      tx.save({ operation: 'insert', object, records, allOrNone: true }).map(({ id, errors }) => {
        if (!id) throw new Error(`${object}: ${errors.map(({ message }) => message).join('; ')}`);
        return id;
      }),
    );

/** Open opportunities at an account each, with a buying group and products. */
const fill = (org: LocalOrg, waterfall: Waterfall): readonly string[] => {
  const insert = inserter(org);
  const admin = org.user('admin@waterfall.local');
  const acquisition = recordTypeName(waterfall.opportunityTypes[0]!);
  const recordType = org.schema.object('Opportunity')?.recordTypes.find((each) => each.developerName === acquisition);
  const each = (of: (index: number) => Values): readonly Values[] => Array.from({ length: WINS }, (_, n) => of(n));
  const book = org.transact(admin, (tx) => {
    const [standard] = tx.select({
      object: 'Pricebook2',
      filter: { field: 'IsStandard', operator: '=', value: true },
    });
    const Id = standard!['Id'] as string;
    tx.save({ operation: 'update', object: 'Pricebook2', records: [{ Id, IsActive: true }], allOrNone: true });
    return Id;
  });
  const products = insert(
    'Product2',
    Array.from({ length: PRODUCTS }, (_, n) => ({
      Name: `Product ${n}`,
      IsActive: true,
      [PRODUCT_FIELD.renewable]: true,
    })),
  );
  const entries = insert(
    'PricebookEntry',
    products.map((Product2Id) => ({ Pricebook2Id: book, Product2Id, UnitPrice: 100, IsActive: true })),
  );
  const accounts = insert(
    'Account',
    each((n) => ({ Name: `Customer ${n}` })),
  );
  const contacts = insert(
    'Contact',
    accounts.flatMap((AccountId) => MEMBERS.map((LastName) => ({ LastName, AccountId }))),
  );
  const opportunities = insert(
    'Opportunity',
    each((n) => ({
      Name: `Customer ${n}`,
      AccountId: accounts[n]!,
      RecordTypeId: recordType?.id ?? null,
      StageName: 'Negotiation',
      CloseDate: '2030-12-31',
      Amount: 1000,
      [FIELD.solution]: 'Core Platform',
      [FIELD.contractTermMonths]: 12,
    })),
  );
  MEMBERS.forEach((Role, place) =>
    insert(
      'OpportunityContactRole',
      opportunities.map((OpportunityId, n) => ({
        OpportunityId,
        ContactId: contacts[n * MEMBERS.length + place]!,
        Role,
      })),
    ),
  );
  for (const PricebookEntryId of entries)
    insert(
      'OpportunityLineItem',
      opportunities.map((OpportunityId) => ({ OpportunityId, PricebookEntryId, Quantity: 2, UnitPrice: 100 })),
    );
  return opportunities;
};

/** Percent of the limit that the transaction comes closest to. Throws when the win did not create all that belongs to it. */
const win = (org: LocalOrg, ids: readonly string[]): number =>
  org.transact(org.user('admin@waterfall.local'), (tx) => {
    const records = ids.map((Id) => ({ Id, StageName: 'Closed Won' }));
    const results = tx.save({ operation: 'update', object: 'Opportunity', records, allOrNone: true });
    const refused = results.flatMap(({ errors }) => errors);
    if (refused.length > 0) throw new Error(refused[0]!.message);
    const percent = Math.max(...LIMITS.map((name) => (100 * tx.limits.used(name)) / tx.limits.limit(name)));
    const created = tx.select({
      object: 'Opportunity',
      filter: { field: FIELD.sourceOpportunity, operator: 'in', value: ids },
    });
    // A renewal, an upsell and two cross-sells.
    if (created.length !== 4 * ids.length) throw new Error(`${created.length} follow-ups of ${ids.length} wins.`);
    return percent;
  });

export const wonChain: Figure = {
  name: 'Won, then renewal, upsell and cross-sells with groups and products, 200 at once: share of the tightest limit',
  unit: '%',
  target: { below: 50 },
  measure: async () => {
    const { openLocalOrg } = await import('../../local-org/open-org.ts');
    const { waterfall } = await loadModel(DEFAULT_MODEL_FILE);
    if (!waterfall) throw new Error(`${DEFAULT_MODEL_FILE} has errors: run npx waterfall model check.`);
    const model = atOnce(waterfall);
    const zip = await packageZip(model);
    return Array.from({ length: RUNS }, () => {
      const org = openLocalOrg({ file: ':memory:' });
      try {
        deployPackage(org, zip);
        return win(org, fill(org, model));
      } finally {
        org.close();
      }
    });
  },
};
