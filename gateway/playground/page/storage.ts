/** What a reader edits survives a reload, in the browser's own storage. Request headers hold tokens, and are never in it. */
import type { Storage as EditorStorage } from '@graphiql/toolkit';

const NAMESPACE = 'yiwang:';
const HEADERS = /(^|:)headers$/;

export interface PageStorage extends EditorStorage {
  /** Forgets all edits, and keeps no more: the editor writes with a delay. */
  close(): void;
}

/** `owner` keeps the edits of different content apart: those of other questions would hide the new ones. */
export function createStorage(owner: string, browser: Storage = window.localStorage): PageStorage {
  const prefix = `${NAMESPACE}${owner}:`;
  const keys = () => Array.from({ length: browser.length }, (_, at) => browser.key(at) ?? '');
  for (const key of keys()) {
    if (key.startsWith(NAMESPACE) && !key.startsWith(prefix)) browser.removeItem(key);
  }
  const own = () => keys().filter((key) => key.startsWith(prefix));
  const clear = (): void => {
    for (const key of own()) browser.removeItem(key);
  };
  let isClosed = false;
  return {
    get length() {
      return own().length;
    },
    getItem: (key) => browser.getItem(prefix + key),
    setItem(key, value) {
      if (!isClosed && !HEADERS.test(key)) browser.setItem(prefix + key, withoutHeaders(value));
    },
    removeItem: (key) => browser.removeItem(prefix + key),
    clear,
    close() {
      isClosed = true;
      clear();
    },
  };
}

/** Tabs and history are kept as JSON, with the headers of each. */
function withoutHeaders(value: string): string {
  if (!value.startsWith('{') && !value.startsWith('[')) return value;
  try {
    return JSON.stringify(JSON.parse(value, (key, part) => (key === 'headers' ? null : part)));
  } catch {
    return value;
  }
}
