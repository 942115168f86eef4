/** Free ports on loopback. */
import { createServer, type Server } from 'node:net';
import { SetupError } from '../setup-error.ts';

const HOST = '127.0.0.1';

export async function findFreePorts(count: number): Promise<readonly number[]> {
  const servers = await Promise.all(Array.from({ length: count }, () => listen(0)));
  const ports = servers.map(portOf);
  await Promise.all(servers.map(close));
  return ports;
}

/** Throws a `SetupError` if the port is taken; `advice` is a command that takes another one. */
export async function assertPortFree(port: number, advice: string): Promise<void> {
  try {
    await close(await listen(port));
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    const why = code === 'EACCES' ? 'may not be used by this user' : 'is busy';
    throw new SetupError(`Port ${port} ${why}; free it, or choose another: ${advice}`, { cause });
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
