import net from 'node:net';
import { DEFAULT_PORT } from './state.ts';

/** The port that `WATERFALL_PORT` chooses, or ours. Throws for what is no port. */
export const chosenPort = (): number => {
  const text = process.env.WATERFALL_PORT ?? String(DEFAULT_PORT);
  const port = Number(text);
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
  throw new Error(`WATERFALL_PORT is "${text}": it must be a number from 1 to 65535.`);
};

/** Whether anything on this machine listens there. */
export const isTaken = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = net.connect({ host: '127.0.0.1', port });
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });

/** Whether what listens there speaks Salesforce's API. */
export const isAnOrg = async (port: number): Promise<boolean> => {
  try {
    const answer = await fetch(`http://127.0.0.1:${String(port)}/services/data`, { signal: AbortSignal.timeout(1000) });
    return answer.ok && Array.isArray(await answer.json());
  } catch {
    return false; // It listens and speaks something else.
  }
};
