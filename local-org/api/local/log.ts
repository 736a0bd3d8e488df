import type { FastifyInstance } from 'fastify';
import { readTransactionLog, type LogQuery, type TransactionRecord } from '../../log/transaction-log.ts';
import { PlatformError } from '../../platform-error.ts';
import type { ApiContext } from '../context.ts';
import { administratorOf } from './administrator-only.ts';
import { positiveParam } from './positive-param.ts';

type Query = Readonly<Record<string, string | undefined>>;

/**
 * `GET /local/log?last=20&transaction=17&contains=Waterfall_Renewal`: the org's last transactions, newest first. NOT_FOUND
 * (404) when the transaction that is asked for is not kept (any more).
 */
export function registerLog(server: FastifyInstance, { org }: ApiContext): void {
  server.get<{ Querystring: Query }>('/local/log', (request): { transactions: readonly TransactionRecord[] } => {
    administratorOf(request);
    const query = logQuery(request.query);
    const transactions = readTransactionLog(org.database, query);
    if (query.id !== undefined && transactions.length === 0)
      throw new PlatformError('NOT_FOUND', `The local org keeps no transaction ${query.id}.`, { httpStatus: 404 });
    return { transactions };
  });
}

const logQuery = ({ last, transaction, contains }: Query): LogQuery => ({
  ...(last === undefined ? {} : { limit: positiveParam('last', last) }),
  ...(transaction === undefined ? {} : { id: positiveParam('transaction', transaction) }),
  ...(contains === undefined ? {} : { contains }),
});
