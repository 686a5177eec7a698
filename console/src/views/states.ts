/** What stands in place of content: while it loads, when there is none, and when it could not be had. */
import { html, nothing, type TemplateResult } from "lit";
import type { State } from "../format";
import type { Problem } from "../api/problem";
import { t } from "../words/words";
import type { Piece } from "./sketch";

export function chip(state: State): TemplateResult {
  return html`<span class="chip ${state}">${t(`states.${state}`)}</span>`;
}

/** `pieces`: as large as what is to come (sketch.ts). Without one, three bars. */
export function loading(what: string, ...pieces: readonly Piece[]): TemplateResult {
  return html`<div class="loading ${pieces.length > 0 ? "shaped" : ""}" role="status">
    <span class="visually-hidden">${t("states.loading", { what })}</span>
    ${
      pieces.length > 0
        ? html`<div aria-hidden="true">${pieces}</div>`
        : html`<div class="bar"></div>
            <div class="bar"></div>
            <div class="bar"></div>`
    }
  </div>`;
}

/** `action`: what to do about it. */
export function empty(title: string, text: string, action?: unknown): TemplateResult {
  return html`<div class="notice">
    <h2 class="notice-title">${title}</h2>
    <p>${text}</p>
    ${action === undefined ? nothing : html`<p class="actions">${action}</p>`}
  </div>`;
}

/** `level` 1: the problem is all that the view has to show, so it is the view's heading. */
export function trouble(problem: Problem, again: () => void, level: 1 | 2 = 1): TemplateResult {
  return html`<div class="notice trouble" role="alert">
    ${
      level === 1
        ? html`<h1 class="notice-title">${problem.title}</h1>`
        : html`<h2 class="notice-title">${problem.title}</h2>`
    }
    <p>${problem.detail}</p>
    <p class="actions">
      ${problem.isWorthRetrying ? html`<button type="button" @click=${again}>${t("states.again")}</button>` : nothing}
      ${level === 1 ? html`<a href="/">${t("states.home")}</a>` : nothing}
    </p>
  </div>`;
}
