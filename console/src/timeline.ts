/** Phases as bars on one line of time. Pure: the clock is passed in. Places are shares of the width, from 0 to 1. */
import type { Phase } from "./api/shapes";

type Dated = Pick<Phase, "id" | "starts_at" | "ends_at" | "state">;

export interface Bar {
  id: string;
  state: Phase["state"];
  start: number;
  end: number;
  /** Phases at the same time lie in lanes below each other, from 0. */
  lane: number;
  isEndless: boolean;
}

export interface Timeline {
  bars: Bar[];
  lanes: number;
  now: number;
}

/** The least share that the time between two instants gets: a day between two years is seen, too. */
const LEAST = 0.09;
/** What stands before the first instant and after the last, where now may be. */
const MARGIN = 0.04;

export function timeline(phases: readonly Dated[], now: Date): Timeline {
  const instants = phases.flatMap(({ starts_at, ends_at }) => [starts_at, ends_at].flatMap((at) => (at ? [ms(at)] : [])));
  const isEndless = phases.some(({ ends_at }) => ends_at === null);
  const place = scale(isEndless ? [...instants, Math.max(now.getTime(), ...instants)] : instants, isEndless);
  const lanes: number[] = [];
  const bars = [...phases]
    .sort((a, b) => ms(a.starts_at) - ms(b.starts_at))
    .map(({ id, state, starts_at, ends_at }) => {
      const [start, end] = [place(ms(starts_at)), ends_at === null ? 1 : place(ms(ends_at))];
      const free = lanes.findIndex((until) => until <= start);
      const lane = free === -1 ? lanes.length : free;
      lanes[lane] = end;
      return { id, state, start, end, lane, isEndless: ends_at === null };
    });
  return { bars, lanes: lanes.length, now: place(now.getTime()) };
}

/** From an instant to its place. The order of instants is kept, and between two of them time runs evenly. */
function scale(instants: readonly number[], isOpen: boolean): (at: number) => number {
  const known = [...new Set(instants)].sort((a, b) => a - b);
  const spans = known.slice(1).map((at, index) => at - (known[index] ?? at));
  const whole = spans.reduce((sum, span) => sum + span, 0) || 1;
  const shares = spans.map((span) => Math.max(span / whole, LEAST));
  const total = shares.reduce((sum, share) => sum + share, 0) || 1;
  // What has no end goes on to the edge: there is room for it after the last instant.
  const [first, last] = [MARGIN, isOpen ? 1 - 3 * MARGIN : 1 - MARGIN];
  return (at) => {
    const next = known.findIndex((one) => at < one);
    if (next === 0) return 0;
    if (next === -1) return at === known.at(-1) ? last : 1 - MARGIN / 2;
    const before = shares.slice(0, next - 1).reduce((sum, share) => sum + share, 0);
    const within = (at - (known[next - 1] ?? at)) / (spans[next - 1] ?? 1);
    return first + ((before + within * (shares[next - 1] ?? 0)) / total) * (last - first);
  };
}

function ms(at: string): number {
  return new Date(at).getTime();
}
