import { html, type TemplateResult } from "lit";
import { customElement } from "lit/decorators.js";
import { LightElement } from "../views/light";
import { choose, language, LANGUAGES, t, type Language } from "./words";

/** The choice of a language, each in its own words. */
@customElement("agon-language")
export class AgonLanguage extends LightElement {
  protected override render(): TemplateResult {
    return html`<label class="language"
      ><span class="visually-hidden">${t("words.language")}</span>
      <select @change=${this.change}>
        ${Object.entries(LANGUAGES).map(
          ([code, name]) => html`<option value=${code} lang=${code} ?selected=${code === language()}>${name}</option>`,
        )}
      </select>
    </label>`;
  }

  private readonly change = ({ target }: Event): void => {
    const select = target as HTMLSelectElement;
    choose(select.value as Language).catch(() => (select.value = language()));
  };
}
