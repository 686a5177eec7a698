/** Figures of a phase, made of its submissions and of its board. Pure. */
import type { Row, Submission } from "../../api/shapes";

export interface Bar {
  label: string;
  count: number;
}

/** How many were submitted on each day (UTC) from the first to the last one, none left out; the `most` latest days. */
export function perDay(submissions: readonly Submission[], most = 60): Bar[] {
  const days = new Map<string, number>();
  for (const { created_at: at } of submissions) {
    const day = new Date(at).toISOString().slice(0, 10);
    days.set(day, (days.get(day) ?? 0) + 1);
  }
  const [first, last] = [[...days.keys()].sort()[0], [...days.keys()].sort().at(-1)];
  if (!first || !last) return [];
  const bars: Bar[] = [];
  for (let at = Date.parse(first); at <= Date.parse(last); at += 86_400_000) {
    const label = new Date(at).toISOString().slice(0, 10);
    bars.push({ label, count: days.get(label) ?? 0 });
  }
  return bars.slice(-most);
}

/** Scores in classes of equal width, as many as their number can fill; of one value one class. */
export function distribution(scores: readonly number[], label: (from: number, to: number) => string, most = 20): Bar[] {
  if (scores.length === 0) return [];
  const [low, high] = [Math.min(...scores), Math.max(...scores)];
  if (low === high) return [{ label: label(low, high), count: scores.length }];
  const classes = Math.min(most, Math.max(1, Math.ceil(Math.sqrt(scores.length))));
  const width = (high - low) / classes;
  const bars = Array.from({ length: classes }, (_, at) => ({
    label: label(low + at * width, low + (at + 1) * width),
    count: 0,
  }));
  for (const score of scores) {
    // The highest belongs to the last class.
    const bar = bars[Math.min(Math.floor((score - low) / width), classes - 1)];
    if (bar) bar.count += 1;
  }
  return bars;
}

/** The scores of a board's rows in one column, those that there are. */
export function scoresOf(rows: readonly Row[], column: string): number[] {
  return rows.flatMap(({ scores }) => (typeof scores[column] === "number" ? [scores[column]] : []));
}

/** Failures by whose fault they are and why, the most frequent first. */
export function failures(
  submissions: readonly Submission[],
): { fault: Submission["fault"]; reason: string; count: number }[] {
  const found = new Map<string, { fault: Submission["fault"]; reason: string; count: number }>();
  for (const { status, fault, reason } of submissions) {
    if (status !== "Failed") continue;
    const key = `${fault} ${reason}`;
    const one = found.get(key) ?? { fault, reason, count: 0 };
    found.set(key, { ...one, count: one.count + 1 });
  }
  return [...found.values()].sort((a, b) => b.count - a.count);
}

/** What no runner has begun yet, the oldest last, as lists of submissions are. */
export function waiting(submissions: readonly Submission[]): Submission[] {
  return submissions.filter(({ status }) => status === "Submitted");
}
