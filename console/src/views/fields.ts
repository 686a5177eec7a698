/** Fields that say what is wrong with them, and the groups of them that submissions have. */
import { html, nothing, type TemplateResult } from "lit";
import type { Complaint } from "../api/problem";
import type { Question } from "../api/shapes";
import { against } from "../submitting";
import { t } from "../words/words";

type Complaints = readonly Complaint[];
const LINKS = ["project_url", "publication_url", "code_url"] as const;

/** A sentence under the field that `place` names; it is the field's description. */
export function complaint(place: string, complaints: Complaints): TemplateResult | typeof nothing {
  const words = against(place, complaints);
  return words ? html`<span class="field-problem" id="wrong-${place}">${words}</span>` : nothing;
}

interface Text {
  place: string;
  title: string;
  value?: string;
  complaints: Complaints;
  maxlength: number;
  required?: boolean;
  rows?: number;
  type?: string;
  hint?: string;
  /** What a browser or a password manager may fill in. */
  autocomplete?: AutoFill;
  minlength?: number;
  /** The whole of what may stand there, as a regular expression; `hint` says it in words. */
  pattern?: string;
}

export function text({
  place,
  title,
  value = "",
  complaints,
  maxlength,
  required = false,
  rows,
  type = "text",
  hint,
  autocomplete,
  minlength,
  pattern,
}: Text): TemplateResult {
  const wrong = against(place, complaints);
  const [invalid, described] = [wrong ? "true" : "false", wrong ? `wrong-${place}` : nothing];
  // What a name or a code is spelled like, no device corrects.
  const exact = pattern || type !== "text" ? "none" : nothing;
  return html`<label class="field"><span>${title}${required ? needed : nothing}${hint ? html` <small class="soft">${hint}</small>` : nothing}</span>
    ${
      rows
        ? html`<textarea name=${place} rows=${rows} maxlength=${maxlength} ?required=${required} .value=${value} aria-invalid=${invalid} aria-describedby=${described}></textarea>`
        : html`<input name=${place} type=${type} minlength=${minlength ?? nothing} maxlength=${maxlength} pattern=${pattern ?? nothing} ?required=${required} .value=${value} autocomplete=${autocomplete ?? nothing} autocapitalize=${exact} aria-invalid=${invalid} aria-describedby=${described} />`
    }
    ${complaint(place, complaints)}
  </label>`;
}

export const needed = html`<span class="needed" aria-hidden="true"> *</span>`;

/** The fact sheet's questions; the marked ones have to be answered. */
export function factSheet(
  sheet: readonly Question[],
  answers: Readonly<Record<string, unknown>>,
  complaints: Complaints,
): TemplateResult | typeof nothing {
  return questions("fact_sheet", t("fields.sheet"), sheet, answers, complaints);
}

/** Questions of organizers, whose answers stand below `all` in what is sent. */
export function questions(
  all: string,
  legend: string,
  sheet: readonly Question[],
  answers: Readonly<Record<string, unknown>>,
  complaints: Complaints,
): TemplateResult | typeof nothing {
  if (sheet.length === 0) return nothing;
  return html`<fieldset class="fields"><legend>${legend}</legend>
    ${sheet.some(({ required }) => required) ? html`<p class="soft"><span class="needed">*</span> ${t("fields.needed")}</p>` : nothing}
    ${sheet.map((question) => ask(all, question, answers[question.key], complaints))} ${complaint(
      all,
      complaints.filter(({ place }) => place === all),
    )}
  </fieldset>`;
}

function ask(
  all: string,
  { key, type, title, choices, required }: Question,
  answer: unknown,
  complaints: Complaints,
): TemplateResult {
  const place = `${all}.${key}`;
  const wrong = against(place, complaints);
  if (type === "checkbox") {
    return html`<label class="check"><input type="checkbox" name=${place} .checked=${answer === true} /><span>${title}</span>${complaint(place, complaints)}</label>`;
  }
  if (type === "text")
    return text({
      place,
      title,
      value: typeof answer === "string" ? answer : "",
      complaints,
      maxlength: 2000,
      required,
      rows: 2,
    });
  return html`<label class="field"><span>${title}${required ? needed : nothing}</span>
    <select name=${place} ?required=${required} aria-invalid=${wrong ? "true" : "false"} aria-describedby=${wrong ? `wrong-${place}` : nothing}>
      <option value="" ?selected=${!answer}>${t("form.choose")}</option>
      ${choices.map((choice) => html`<option value=${choice} ?selected=${choice === answer}>${choice}</option>`)}
    </select>
    ${complaint(place, complaints)}
  </label>`;
}

/** How it was made, and where to read of it. */
export function method(said: Readonly<Record<string, string>>, complaints: Complaints): TemplateResult {
  return html`
    ${text({ place: "method.name", title: t("fields.method"), value: said.name, complaints, maxlength: 100 })}
    ${text({ place: "method.description", title: t("fields.how"), value: said.description, complaints, maxlength: 2000, rows: 3 })}
    ${LINKS.map((name) => text({ place: `method.${name}`, title: t(`fields.${name}`), value: said[name], complaints, maxlength: 500, type: "url", hint: "https://…" }))}
  `;
}

/** To where the first complaint is told, for who cannot see it appear. */
export function focusWrong(inside: Element): void {
  inside.querySelector<HTMLElement>("[aria-invalid='true']")?.focus();
}
