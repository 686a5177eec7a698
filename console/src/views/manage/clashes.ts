/** What two people have changed at once. Pure. */

/** One setting that somebody else gave another value, while one gave it yet another. */
export interface Clash {
  place: string;
  theirs: string;
  yours: string;
}

type Values = Readonly<Record<string, unknown>>;

/** Of a change of the settings themselves: where what is there `now` is no more what it was `before`. */
export function clashesOf(change: Values, before: Values, now: Values, path = ""): Clash[] {
  return Object.entries(change).flatMap(([key, yours]) => {
    const [was, is, place] = [before[key], now[key], path + key];
    if (isMapping(yours)) return clashesOf(yours, mapping(was), mapping(is), `${place}.`);
    return JSON.stringify(was) === JSON.stringify(is) ? [] : [{ place, theirs: text(is), yours: text(yours) }];
  });
}

function text(value: unknown): string {
  if (value === undefined || value === null) return "–";
  return typeof value === "string" ? value : JSON.stringify(value);
}

function mapping(value: unknown): Values {
  return isMapping(value) ? value : {};
}

function isMapping(value: unknown): value is Values {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
