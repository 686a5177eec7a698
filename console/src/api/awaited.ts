/** What is being read for the first time, all over the console: a page is shown once nothing of it is missing. */

/** Heard on `window` when nothing is awaited any more. */
export const SETTLED = "agon-settled";

const readers = new Set<object>();

/** Says of who reads whether they have nothing yet: neither what they want nor why they cannot have it. */
export function noteReader(reader: object, isWaiting: boolean): void {
  if (isWaiting) readers.add(reader);
  else if (readers.delete(reader) && readers.size === 0) dispatchEvent(new Event(SETTLED));
}

export function isAnythingAwaited(): boolean {
  return readers.size > 0;
}
