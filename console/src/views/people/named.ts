/** Names of people, which lead to their pages. */
import { html, type TemplateResult } from "lit";
import { toProfile } from "../../links";

/** What stands for who has left the site: nobody's name. */
const GONE = /^deleted-user-/i;

/** `name` is a user name. Who has left has no page. */
export function person(name: string): TemplateResult {
  return GONE.test(name) ? html`${name}` : html`<a class="person" href=${toProfile(name)}>${name}</a>`;
}
