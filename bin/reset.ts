import { existsSync, rmSync } from 'node:fs';
import net from 'node:net';
import { DEFAULT_PORT, LOCAL_ORG_FOLDER } from './state.ts';

/** `npm run reset`: forgets the local org of this checkout. The next `npm start` begins with a fresh sample org. */
const listening = await new Promise<boolean>((resolve) => {
  const socket = net.connect({ host: '127.0.0.1', port: Number(process.env.WATERFALL_PORT ?? DEFAULT_PORT) });
  socket.once('connect', () => {
    socket.destroy();
    resolve(true);
  });
  socket.once('error', () => resolve(false));
});
if (listening) {
  console.error(
    'Error: the local org is still serving. Stop it with Ctrl-C in its terminal, then run npm run reset again.',
  );
  process.exit(1);
}
const existed = existsSync(LOCAL_ORG_FOLDER);
rmSync(LOCAL_ORG_FOLDER, { recursive: true, force: true });
console.log(
  existed ? 'The local org is gone. npm start makes a fresh one.' : 'There was no local org. npm start makes one.',
);
