/** What stands where something loads: pieces of the size of what is to come, which `loading` draws one below the other. */
import { html, type TemplateResult } from "lit";

export type Piece = TemplateResult;

/** A page's own heading, with the line below it. */
export const lead: Piece = html`<div class="sketch-lead"><i></i><i></i></div>`;
/** A heading within a page. */
export const title: Piece = html`<div class="sketch-title"></div>`;
export const tabs: Piece = html`<div class="sketch-tabs">${several(5)}</div>`;
/** A picture, a chart or a page in a frame. */
export const picture: Piece = html`<div class="sketch-picture"></div>`;

/** Competitions, shared code: whatever is shown as cards. */
export function cards(count: number): Piece {
  return html`<div class="sketch-cards">${several(count)}</div>`;
}

/** Lines of a list in a frame: threads, files, letters. */
export function list(count: number): Piece {
  return html`<div class="sketch-list">${several(count)}</div>`;
}

/** A table's tools, its head and its rows. */
export function table(count: number): Piece {
  return html`<div class="sketch-table"><i></i><div class="sketch-list">${several(count + 1)}</div></div>`;
}

/** Names and values beside each other. */
export function facts(count: number): Piece {
  return html`<div class="sketch-facts">${several(count)}</div>`;
}

/** Fields below each other, and the button that sends them. */
export function form(count: number): Piece {
  return html`<div class="sketch-form">${several(count)}<b></b></div>`;
}

/** Paragraphs of a page that somebody wrote. */
export function prose(count: number): Piece {
  return html`<div class="sketch-prose">${several(count)}</div>`;
}

function several(count: number): Piece[] {
  return Array.from({ length: count }, () => html`<i></i>`);
}
