/** Preloaded into a gateway: reports the peak of open connections, summed over hosts, since the last report. */
import { subscribe } from 'node:diagnostics_channel';

let addresses = new Map();

subscribe('undici:client:connected', ({ connectParams: { host }, socket }) => {
  const known = addresses;
  const { open, most } = known.get(host) ?? { open: 0, most: 0 };
  known.set(host, { open: open + 1, most: Math.max(most, open + 1) });
  socket.once('close', () => known.set(host, { ...known.get(host), open: known.get(host).open - 1 }));
});

process.on('message', () => {
  const connections = [...addresses.values()].reduce((sum, { most }) => sum + most, 0);
  addresses = new Map();
  process.send({ connections });
});
process.channel?.unref();
