/** Free ports on loopback, all different, handed out at once. */
import { createServer, type Server } from 'node:net';
import { dataFlagFor } from '../../demo/control/registry.ts';
import { SetupError } from '../postgres/index.ts';

const HOST = '127.0.0.1';

export async function findFreePorts(count: number): Promise<readonly number[]> {
  const servers = await Promise.all(Array.from({ length: count }, () => listen(0)));
  const ports = servers.map(portOf);
  await Promise.all(servers.map(close));
  return ports;
}

/** Throws a `SetupError` that says what to do where the port is taken. */
export async function assertPortFree(port: number, folder: string): Promise<void> {
  try {
    await close(await listen(port));
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    const flag = dataFlagFor(folder);
    const why = code === 'EACCES' ? 'may not be used by this user' : 'is busy';
    throw new SetupError(
      `Port ${port} ${why}; free it, or choose another: PORT=${port + 1} npm start${flag && ` --${flag}`}`,
      { cause },
    );
  }
}

function listen(port: number): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(port, HOST, () => resolve(server));
  });
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('a server on loopback has a port');
  return address.port;
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => server.close(() => resolve()));
}
