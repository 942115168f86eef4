#!/usr/bin/env node
/** `npx yiwang`: makes the clone ready, registers the TypeScript loader, and runs the command. */
import { existsSync } from 'node:fs';
import { makeReady } from './ready.js';

if (!existsSync(new URL('../node_modules/tsx', import.meta.url))) await makeReady();
const { register } = await import('tsx/esm/api');
register();
const { runCommand } = await import('./commands/run.ts');
process.exitCode = await runCommand(process.argv.slice(2));
