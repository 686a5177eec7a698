/** What is stored, by kind, and what could be cleaned up. */
import { html, nothing, type TemplateResult } from "lit";
import type { Storage } from "../api/shapes";
import { size } from "../format";
import { look, t } from "../words/words";

export function kinds(bytes: Readonly<Record<string, number>>): string {
  return Object.entries(bytes)
    .filter(([, amount]) => amount > 0)
    .map(([kind, amount]) => `${kindOf(kind)} ${size(amount)}`)
    .join(", ");
}

export function kindOf(kind: string): string {
  return look(`storage.${kind}`) ?? kind;
}

export function quota(bytes: number | null): string {
  return bytes === null ? t("storage.none") : size(bytes);
}

/** Who stores what, beside the quota, with a bar for who sees it. */
export function stored({ total_bytes, bytes, quota_bytes, own_quota, suggestions }: Storage): TemplateResult {
  return html`<dl class="facts">
      <div><dt>${t("storage.total")}</dt><dd>${size(total_bytes)}</dd></div>
      <div><dt>${own_quota ? t("storage.own_quota") : t("storage.quota")}</dt><dd>${quota(quota_bytes)}</dd></div>
      ${Object.entries(bytes)
        .filter(([, amount]) => amount > 0)
        .map(([kind, amount]) => html`<div><dt>${kindOf(kind)}</dt><dd>${size(amount)}</dd></div>`)}
    </dl>
    ${quota_bytes ? html`<meter class="storage-meter" max=${quota_bytes} high=${quota_bytes * 0.9} value=${total_bytes} aria-label=${t("storage.used")}></meter>` : nothing}
    ${
      suggestions.length > 0
        ? html`<h3>${t("storage.cleanable")}</h3>
            <ul>${suggestions.map(({ what, size_bytes }) => html`<li>${t(`storage.${what}`)}: ${size(size_bytes)}. <span class="soft">${t(`storage.how_${what}`)}</span></li>`)}</ul>`
        : nothing
    }`;
}
