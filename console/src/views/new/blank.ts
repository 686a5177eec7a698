import { html, nothing, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";
import { ofAnswers } from "../../blank";
import "../../forms/instant";
import { t, type PlainKey } from "../../words/words";
import { LightElement } from "../light";

const [HOUR_MS, QUARTER_MS] = [3_600_000, 90 * 86_400_000];

/** A competition begun with a few answers: `begun` is heard with the bundle of them. */
@customElement("agon-blank")
export class AgonBlank extends LightElement {
  @state() private start = fullHour(Date.now());
  @state() private end = fullHour(Date.now() + QUARTER_MS);
  @state() private trouble = "";

  protected override render(): TemplateResult {
    return html`<form class="form" @submit=${this.begin}>
      ${this.trouble ? html`<p class="form-wrong" role="alert">${this.trouble}</p>` : nothing}
      ${line("title", "hosting.title", 256)}
      <div class="form-field"><label for="blank-description">${t("hosting.description")}</label>
        <textarea id="blank-description" name="description" rows="3" maxlength="5000"></textarea></div>
      ${this.instant("start", "hosting.start", true)} ${this.instant("end", "hosting.end", false)}
      ${line("column", "hosting.column", 100, "hosting.about_column")}
      <div class="form-field"><label for="blank-sorting">${t("hosting.better")}</label>
        <select id="blank-sorting" name="sorting">
          <option value="desc">${t("settings.more")}</option>
          <option value="asc">${t("settings.less")}</option>
        </select></div>
      <p><button>${t("hosting.go_on")}</button></p>
    </form>`;
  }

  private instant(name: "start" | "end", label: PlainKey, needed: boolean): TemplateResult {
    const id = `blank-${name}`;
    return html`<div class="form-field"><label for=${id}>${t(label)}</label>
      <agon-instant .controlId=${id} .name=${name} .label=${t(label)} .value=${this[name]} ?needed=${needed} @typed=${({ detail }: CustomEvent<string>) => (this[name] = detail)}></agon-instant></div>`;
  }

  private readonly begin = (event: SubmitEvent): void => {
    event.preventDefault();
    const form = new FormData(event.target as HTMLFormElement);
    const typed = (name: string): string => (form.get(name) as string | null)?.trim() ?? "";
    const { start, end } = this;
    this.trouble = end && Date.parse(end) <= Date.parse(start) ? t("hosting.ends_before") : "";
    if (this.trouble) return;
    const detail = ofAnswers({
      title: typed("title"),
      description: typed("description"),
      page: t("hosting.page"),
      phase: t("hosting.phase"),
      start,
      end,
      column: typed("column"),
      sorting: typed("sorting") === "asc" ? "asc" : "desc",
    });
    this.dispatchEvent(new CustomEvent("begun", { detail }));
  };
}

function line(name: string, label: PlainKey, most: number, hint?: PlainKey): TemplateResult {
  const id = `blank-${name}`;
  return html`<div class="form-field"><label for=${id}>${t(label)}</label>
    <input id=${id} name=${name} required maxlength=${most} autocomplete="off" aria-describedby=${hint ? `${id}-hint` : nothing} />
    ${hint ? html`<small class="soft" id="${id}-hint">${t(hint)}</small>` : nothing}</div>`;
}

function fullHour(at: number): string {
  return new Date(Math.ceil(at / HOUR_MS) * HOUR_MS).toISOString().replace(".000Z", "Z");
}
