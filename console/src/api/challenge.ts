/** Work for one more try, which a refusal asks for in the place of waiting. A person hardly notes it; a script pays each time. */
import { sha256 } from "@noble/hashes/sha2.js";
import { utf8ToBytes } from "@noble/hashes/utils.js";

export interface Challenge {
  text: string;
  bits: number;
}

/** Nobody would live to see more solved. */
const MOST_BITS = 24;
/** Tries between two moments in which the page may draw. */
const AT_ONCE = 5_000;

/** What a refusal's body asks for; nothing where it asks for no work, or for more than a site does. */
export function challengeOf(body: unknown): Challenge | undefined {
  const { challenge } = (body ?? {}) as { challenge?: Partial<Challenge> };
  if (typeof challenge?.text !== "string" || typeof challenge.bits !== "number") return undefined;
  return challenge.bits <= MOST_BITS ? { text: challenge.text, bits: challenge.bits } : undefined;
}

/** The challenge's text, a colon and the first number with which their sha256 begins with so many zero bits. */
export async function solve({ text, bits }: Challenge, signal?: AbortSignal): Promise<string> {
  const begun = sha256.create().update(utf8ToBytes(`${text}:`));
  for (let number = 0; ; number++) {
    const [first = 0, second = 0, third = 0, fourth = 0] = begun
      .clone()
      .update(utf8ToBytes(String(number)))
      .digest();
    const head = ((first << 24) | (second << 16) | (third << 8) | fourth) >>> 0;
    if (Math.clz32(head) >= bits) return `${text}:${number}`;
    if (number % AT_ONCE === AT_ONCE - 1) await new Promise((drawn) => setTimeout(drawn));
    signal?.throwIfAborted();
  }
}
