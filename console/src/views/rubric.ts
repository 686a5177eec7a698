/** The lines of a rubric: a row of buttons for each scale, or a number where it has many steps. */
import { html, nothing, type TemplateResult } from "lit";
import type { Criterion } from "../api/shapes";
import { MOST_BUTTONS } from "../judging";
import { t } from "../words/words";

type SetMark = (key: string, mark: number | null) => void;

export function rubric(criteria: readonly Criterion[], marks: Record<string, number>, set: SetMark): TemplateResult {
  return html`${criteria.map((criterion) => line(criterion, marks[criterion.key], set))}`;
}

function line(criterion: Criterion, mark: number | undefined, set: SetMark): TemplateResult {
  const hint = `hint-${criterion.key}`;
  return html`<fieldset class="criterion" data-criterion=${criterion.key} aria-describedby=${criterion.description ? hint : nothing}>
    <legend>${criterion.title}</legend>
    ${criterion.description ? html`<p class="soft" id=${hint}>${criterion.description}</p>` : nothing}
    ${criterion.highest - criterion.lowest < MOST_BUTTONS ? buttons(criterion, mark, set) : number(criterion, mark, set)}
  </fieldset>`;
}

function buttons({ key, lowest, highest }: Criterion, mark: number | undefined, set: SetMark): TemplateResult {
  const steps = Array.from({ length: highest - lowest + 1 }, (_, step) => lowest + step);
  return html`<div class="scale">
    ${steps.map(
      (step) =>
        html`<label><input type="radio" name=${`mark-${key}`} value=${step} .checked=${mark === step} @change=${() => set(key, step)} /><span>${step}</span></label>`,
    )}
  </div>`;
}

function number({ key, title, lowest, highest }: Criterion, mark: number | undefined, set: SetMark): TemplateResult {
  const onInput = (event: InputEvent): void => {
    const { value } = event.target as HTMLInputElement;
    set(key, value === "" ? null : Number(value));
  };
  return html`<label class="number">${t("judging.scale", { lowest, highest })}
    <input type="number" inputmode="numeric" min=${lowest} max=${highest} step="1" aria-label=${title} .value=${mark === undefined ? "" : String(mark)} @input=${onInput} />
  </label>`;
}
