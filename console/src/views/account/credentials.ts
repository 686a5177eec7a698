/** The fields of sign-up, confirmation and passwords, as the API takes them. */
import { html, type TemplateResult } from "lit";
import type { Complaint } from "../../api/problem";
import { t } from "../../words/words";
import { text } from "../fields";

type Complaints = readonly Complaint[];

export function username(complaints: Complaints, value = ""): TemplateResult {
  return text({
    place: "username",
    title: t("entry.name"),
    value,
    complaints,
    maxlength: 40,
    required: true,
    autocomplete: "username",
    pattern: "[A-Za-z0-9][A-Za-z0-9_.\\-]{1,39}",
    hint: t("entry.nameHint"),
  });
}

export function email(complaints: Complaints): TemplateResult {
  return text({
    place: "email",
    title: t("entry.email"),
    complaints,
    maxlength: 254,
    required: true,
    type: "email",
    autocomplete: "email",
    hint: t("entry.emailHint"),
  });
}

export function newPassword(complaints: Complaints): TemplateResult {
  return html`${text({
    place: "password",
    title: t("entry.password"),
    complaints,
    maxlength: 256,
    minlength: 10,
    required: true,
    type: "password",
    autocomplete: "new-password",
    hint: t("entry.passwordHint"),
  })}
    <label class="check"><input type="checkbox" @change=${show} /><span>${t("entry.show")}</span></label>`;
}

export function code(complaints: Complaints): TemplateResult {
  return text({
    place: "code",
    title: t("entry.code"),
    complaints,
    maxlength: 20,
    required: true,
    autocomplete: "one-time-code",
    pattern: "\\s*[0-9A-Za-z]{1,20}\\s*",
    hint: t("entry.codeHint"),
  });
}

function show(event: Event): void {
  const box = event.target as HTMLInputElement;
  const field = box.form?.elements.namedItem("password");
  if (field instanceof HTMLInputElement) field.type = box.checked ? "text" : "password";
}
