/** Loaded into every server process of the demo network: where the supervisor is gone, the process ends by itself. */
if (process.channel) {
  process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
  process.channel.unref();
}
