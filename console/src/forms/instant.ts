import { html, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { instant } from "../format";
import { LightElement } from "../views/light";
import { t } from "../words/words";

type Zone = "own" | "UTC";

/** A moment, in the reader's time or in UTC, and below it what it is in both. `typed` tells it in UTC, "" for none. */
@customElement("agon-instant")
export class AgonInstant extends LightElement {
  /** As ISO 8601; "" for none. */
  @property({ attribute: false }) value = "";
  @property({ attribute: false }) controlId = "";
  @property({ attribute: false }) name = "";
  @property({ attribute: false }) describedBy = "";
  @property({ attribute: false }) label = "";
  @property({ type: Boolean }) invalid = false;
  @property({ type: Boolean }) needed = false;
  @state() private zone: Zone = "own";
  private text = "";
  private heard = "";

  protected override willUpdate(changed: PropertyValues<this>): void {
    // What is typed is not turned around while it is typed.
    if (changed.has("value") && this.value !== this.heard) this.text = textOf(this.value, this.zone);
    this.heard = this.value;
  }

  protected override render(): TemplateResult {
    const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
    const isOwnUtc = textOf(this.value, "own") === textOf(this.value, "UTC") && /^(UTC|Etc\/)/.test(own);
    return html`<span class="instant">
        <input id=${this.controlId} name=${this.name} type="datetime-local" step=${/:[0-5]\d:(?!00)/.test(this.text) ? 1 : 60} .value=${this.text} ?required=${this.needed} aria-invalid=${this.invalid ? "true" : "false"} aria-describedby="${this.describedBy} ${this.controlId}-told" @input=${this.onInput} />
        <select aria-label="${this.label}: ${t("form.zone")}" ?hidden=${isOwnUtc} .value=${this.zone} @change=${this.onZone}>
          <option value="own">${t("form.your_time", { zone: own })}</option>
          <option value="UTC">UTC</option>
        </select>
      </span>
      <small class="soft" id="${this.controlId}-told">${this.value ? t("form.in_utc", { instant: instant(this.value) }) : t("form.no_instant")}</small>`;
  }

  private readonly onInput = ({ target }: Event): void => {
    const input = target as HTMLInputElement;
    // Half a date is no date yet, and must not be taken away from under who types it.
    if (input.validity.badInput) return;
    this.text = input.value;
    this.tell(isoOf(this.text, this.zone));
  };

  private readonly onZone = ({ target }: Event): void => {
    this.zone = (target as HTMLSelectElement).value as Zone;
    this.text = textOf(this.value, this.zone);
  };

  private tell(value: string): void {
    this.heard = this.value = value;
    this.dispatchEvent(new CustomEvent("typed", { detail: value }));
  }
}

/** `2026-12-01T08:00` in a zone, as what the input holds. */
export function textOf(iso: string, zone: Zone): string {
  const date = new Date(iso);
  if (!iso || Number.isNaN(date.getTime())) return "";
  const shifted = new Date(date.getTime() - (zone === "own" ? date.getTimezoneOffset() * 60_000 : 0));
  const text = shifted.toISOString().slice(0, 19);
  return text.endsWith(":00") ? text.slice(0, 16) : text;
}

export function isoOf(text: string, zone: Zone): string {
  const date = new Date(zone === "UTC" ? `${text}Z` : text);
  return !text || Number.isNaN(date.getTime()) ? "" : date.toISOString().replace(".000Z", "Z");
}
