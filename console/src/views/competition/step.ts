/** The one button in a competition's header: what its reader can do next. */
import { html, nothing, type TemplateResult } from "lit";
import { current } from "../../api/session";
import type { Competition } from "../../api/shapes";
import { toBoard, toData, toJoin, toSignIn, toSubmissions } from "../../links";
import { nextStep, type NextStep } from "../../next-step";
import { t } from "../../words/words";

/** `name` is the competition as the address names it. On the page where it leads, `here`, it stands no second time. */
export function step(
  competition: Competition,
  name: string,
  here: string,
  now = new Date(),
): TemplateResult | typeof nothing {
  const next = nextStep(competition, current() !== null, now);
  if (next === "organize" || where(next, name) === here || (next === "sign-in" && here === toJoin(name))) return nothing;
  const isAction = next !== "over" && next !== "upcoming" && next !== "waiting" && next !== "denied";
  return html`<p class="next-step"><a class="button ${isAction ? "" : "quiet"}" href=${where(next, name)}>${t(`steps.${next}`)}</a></p>`;
}

function where(next: Exclude<NextStep, "organize">, name: string): string {
  switch (next) {
    case "sign-in":
      return toSignIn(toJoin(name));
    case "submit":
      return toSubmissions(name);
    case "upcoming":
      return toData(name);
    case "over":
      return toBoard(name);
    default:
      return toJoin(name);
  }
}
