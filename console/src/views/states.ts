/** What stands in place of content: while it loads, when there is none, and when it could not be had. */
import { html, nothing, type TemplateResult } from "lit";
import type { State } from "../format";
import type { Problem } from "../api/problem";

const WORDS: Record<State, string> = { draft: "Draft", upcoming: "Upcoming", open: "Open", closed: "Closed" };

export function chip(state: State): TemplateResult {
  return html`<span class="chip ${state}">${WORDS[state]}</span>`;
}

export function loading(what: string): TemplateResult {
  return html`<div class="loading" role="status">
    <span class="visually-hidden">Loading ${what}…</span>
    <div class="bar"></div>
    <div class="bar"></div>
    <div class="bar"></div>
  </div>`;
}

export function empty(title: string, text: string): TemplateResult {
  return html`<div class="notice"><p class="notice-title">${title}</p><p>${text}</p></div>`;
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
      ${problem.isWorthRetrying ? html`<button type="button" @click=${again}>Try again</button>` : nothing}
      ${level === 1 ? html`<a href="/">All competitions</a>` : nothing}
    </p>
  </div>`;
}
