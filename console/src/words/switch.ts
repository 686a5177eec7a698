import { html, type TemplateResult } from "lit";
import { customElement } from "lit/decorators.js";
import { ask } from "../api/client";
import { Problem } from "../api/problem";
import { current } from "../api/session";
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
    void choose(select.value as Language).then(this.tell, () => (select.value = language()));
  };

  /** Who is signed in is written to in the language that they read here. Whether that was heard is not what they asked. */
  private readonly tell = async (): Promise<void> => {
    if (!current()) return;
    try {
      await ask("patch", "/v1/me/mail", { body: { language: language() } });
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
    }
  };
}
