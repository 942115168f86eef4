export { national } from './module.ts';
