/** What a run took, as bars on one line of time, and how a run went that failed. */
import { html, nothing, svg, type TemplateResult } from "lit";
import type { Submission } from "../../api/shapes";
import { size } from "../../format";
import { duration } from "../../submitting";
import { t } from "../../words/words";

export function steps({ steps: all }: Submission): TemplateResult | typeof nothing {
  if (all.length === 0) return nothing;
  const whole = all.reduce((sum, { seconds }) => sum + seconds, 0) || 1;
  let before = 0;
  return html`<section class="part" aria-labelledby="steps-title">
    <h2 id="steps-title">${t("run.steps")}</h2>
    <ol class="steps">${all.map((step) => {
      const start = before / whole;
      before += step.seconds;
      return html`<li>
        <b>${step.name}</b>
        <svg class="step-picture ${step.exit_code ? "failed" : ""}" height="10" aria-hidden="true">${svg`<rect x=${percent(start)} width=${percent(Math.max(step.seconds / whole, 0.01))} height="10" rx="4"></rect>`}</svg>
        <span class="soft">${facts(step)}</span>
      </li>`;
    })}</ol>
  </section>`;
}

function facts({ seconds, peak_memory_bytes: memory, exit_code: code }: Submission["steps"][number]): string {
  const said = [
    duration(seconds),
    memory === null ? "" : t("run.memory", { size: size(memory) }),
    code === null ? "" : t("run.exit", { code: String(code) }),
  ];
  return said.filter(Boolean).join(" · ");
}

function percent(share: number): string {
  return `${(share * 100).toFixed(2)}%`;
}
