/** A word of organizers or administrators, as who takes part reads it. */
import { html, nothing, type TemplateResult } from "lit";
import type { Announcement } from "../../api/shapes";
import { prose } from "../../prose";
import { t } from "../../words/words";
import { when } from "../when";

/** `where` stands before who says it and when. */
export function announcement(
  { title, text, by, at, edited_at: edited }: Announcement,
  where: unknown = nothing,
): TemplateResult {
  return html`<article class="announcement">
    <h3>${title}</h3>
    <p class="soft">${where}${by} · ${when(at)}${edited ? html` <span class="mark-word">${t("announcements.edited")}</span>` : nothing}</p>
    ${prose({ format: "markdown", content: text, assets: {} }, 4)}
  </article>`;
}
