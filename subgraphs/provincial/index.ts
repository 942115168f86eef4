export { provincial } from './module.ts';
