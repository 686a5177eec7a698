import { html, type TemplateResult } from "lit";
import { customElement } from "lit/decorators.js";
import { chooseTheme, theme, THEMES, type Theme } from "../theme";
import { t } from "../words/words";
import { LightElement } from "./light";

/** The choice of light, dark, or as the system has it. */
@customElement("agon-theme")
export class AgonTheme extends LightElement {
  protected override render(): TemplateResult {
    return html`<label class="language"
      ><span class="visually-hidden">${t("shell.theme")}</span>
      <select @change=${this.change}>
        ${THEMES.map((one) => html`<option value=${one} ?selected=${one === theme()}>${t(`shell.${one}`)}</option>`)}
      </select>
    </label>`;
  }

  private readonly change = ({ target }: Event): void => chooseTheme((target as HTMLSelectElement).value as Theme);
}
