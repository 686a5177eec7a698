import { html, svg, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";
import { ask, reading } from "../../api/client";
import { Resource } from "../../api/resource";
import type { NewSecondStep } from "../../api/shapes";
import "../../forms/form";
import type { Submitted } from "../../forms/form";
import { qr } from "../../qr";
import { t } from "../../words/words";
import { LightElement } from "../light";
import { loading, trouble } from "../states";
import * as sketch from "../sketch";

/** Whether one's sign-in asks for a code of an authenticator, and how that is turned on and off. */
@customElement("agon-second-step")
export class AgonSecondStep extends LightElement {
  /** The secret that was just made, until a code of it was shown. */
  @state() private made?: NewSecondStep;
  private readonly read = new Resource(this, () => reading("/v1/me/second-step"));

  protected override render(): TemplateResult {
    const { value, problem } = this.read;
    return html`<section class="admin-part" aria-labelledby="second-title">
      <h2 id="second-title">${t("second.title")}</h2>
      ${value ? (value.on ? this.off() : this.made ? this.shown(this.made) : this.on()) : problem ? trouble(problem, this.read.reload, 2) : loading(t("second.title"), sketch.form(1))}
    </section>`;
  }

  private on(): TemplateResult {
    const send = ({ detail: { body, until } }: Submitted<"second_steps_begin">): void =>
      until(ask("post", "/v1/me/second-step", { body }));
    return html`<p class="soft">${t("second.about")}</p>
      <agon-form operation="second_steps_begin" .action=${t("second.begin")} @submit=${send}
        @sent=${({ detail }: CustomEvent<NewSecondStep>) => (this.made = detail)}></agon-form>`;
  }

  private shown({ secret, uri }: NewSecondStep): TemplateResult {
    const send = ({ detail: { body, until } }: Submitted<"second_steps_turn_on">): void =>
      until(ask("patch", "/v1/me/second-step", { body }));
    return html`<div class="admin-chosen" role="status">
        <p>${t("second.give")}</p>
        ${picture(uri)}
        <p><code class="key-text">${secret.replace(/(.{4})(?=.)/g, "$1 ")}</code></p>
        <p><a href=${uri}>${t("second.open")}</a></p>
      </div>
      <agon-form operation="second_steps_turn_on" .changes=${{ code: { label: t("second.code"), hint: t("second.hint"), required: true } }} .action=${t("second.turn_on")} @submit=${send} @sent=${this.onSent}></agon-form>`;
  }

  private off(): TemplateResult {
    const send = ({ detail: { body, until } }: Submitted<"second_steps_turn_off">): void =>
      until(ask("post", "/v1/me/second-step/off", { body }));
    return html`<p>${t("second.is_on")}</p>
      <p class="soft">${t("second.lost")}</p>
      <agon-form operation="second_steps_turn_off" .changes=${{ code: { label: t("second.code"), hint: t("second.hint") } }} .action=${t("second.turn_off")} @submit=${send} @sent=${this.onSent}></agon-form>`;
  }

  private readonly onSent = (): void => {
    this.made = undefined;
    this.read.reload();
  };
}

/** Four squares of light around it, without which no camera finds it. */
const MARGIN = 4;

function picture(text: string): TemplateResult {
  const rows = qr(text);
  const size = rows.length + 2 * MARGIN;
  const path = rows.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x + MARGIN} ${y + MARGIN}h1v1h-1z` : ""))).join("");
  return html`<svg class="qr" viewBox="0 0 ${size} ${size}" role="img" aria-label=${t("second.qr")} shape-rendering="crispEdges">
    ${svg`<rect width=${size} height=${size} fill="#fff"></rect><path d=${path} fill="#000"></path>`}
  </svg>`;
}
