/** What a juror is about to say. Pure. */
import type { Case, Judgement } from "./api/shapes";

export interface Decision {
  marks: Record<string, number>;
  preferred: Judgement["preferred"];
  comment: string;
}

/** What can be said of two, and the key that says it. */
export const DECISIONS = [
  { value: "first", key: 1 },
  { value: "equal", key: 0 },
  { value: "second", key: 2 },
] as const;

/** With how many steps a scale is a row of buttons; a longer one is a number to be typed. */
export const MOST_BUTTONS = 11;

export function decisionOf(judgement: Judgement | null): Decision {
  return { marks: { ...judgement?.marks }, preferred: judgement?.preferred ?? null, comment: judgement?.comment ?? "" };
}

/** True when everything that is asked was answered. */
export function isWhole(found: Pick<Case, "kind" | "criteria">, decision: Decision): boolean {
  if (found.kind === "pairwise") return decision.preferred !== null;
  return found.criteria.every(({ key, lowest, highest }) => {
    const mark = decision.marks[key];
    return mark !== undefined && Number.isInteger(mark) && mark >= lowest && mark <= highest;
  });
}

/** The digit that was pressed for judging; null for what is typed into a field, or meant for the browser. */
export function digitOf(event: Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey" | "target">): number | null {
  if (event.ctrlKey || event.metaKey || event.altKey || !/^[0-9]$/.test(event.key)) return null;
  const target = event.target as Partial<HTMLInputElement> | null;
  const isTyped = target?.tagName === "TEXTAREA" || (target?.tagName === "INPUT" && target.type !== "radio");
  return isTyped ? null : Number(event.key);
}
