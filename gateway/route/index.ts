export { createDirectory, type Directory, type Target } from './directory.ts';
