/** What submissions must hold, as forms ask for it, of each format what can be checked of it; and what a runner must have. */
import type { Changes } from "../../forms/kinds";
import { t } from "../../words/words";

export const EXPECTS = "agon.expects";

const FILES = `${EXPECTS}.files`;
const FIELDS = `${FILES}.fields`;
const [TABLES, WITH_FIELDS] = [
  ["csv", "tsv"],
  ["csv", "tsv", "json", "jsonl"],
];

/** What a runner must have, whose labels say it all. */
export function equipment(): Changes {
  const [requires, plain] = ["agon.requires", ["cpus", "memory_bytes", "gpus"]];
  return {
    ...Object.fromEntries(plain.map((name) => [`${requires}.${name}`, { hint: "" }])),
    [`${requires}.labels`]: { kind: "lines" },
  };
}

export function expected(): Changes {
  const when = (...is: readonly string[]): { when: { name: string; is: readonly string[] } } => ({
    when: { name: "format", is },
  });
  const rows = when(...WITH_FIELDS, "text");
  return {
    [EXPECTS]: { label: t("expects.label_expects") },
    [`${EXPECTS}.others`]: { label: t("expects.label_others"), hint: "" },
    [`${EXPECTS}.max_files`]: { label: t("expects.label_max_files"), hint: "" },
    [FILES]: { label: t("expects.label_files"), hint: "", entry: t("expects.label_file") },
    [`${FILES}.path`]: { label: t("expects.label_path") },
    [`${FILES}.description`]: { kind: "lines" },
    [`${FILES}.required`]: { label: t("expects.label_required"), hint: "" },
    [`${FILES}.count`]: { label: t("expects.label_count"), hint: t("expects.count_hint") },
    [`${FILES}.max_bytes`]: { label: t("expects.label_max_bytes"), hint: "" },
    [`${FILES}.rows`]: { label: t("expects.label_rows"), ...rows },
    [`${FILES}.min_rows`]: { label: t("expects.label_min_rows"), hint: "", ...rows },
    [`${FILES}.max_rows`]: { label: t("expects.label_max_rows"), hint: "", ...rows },
    [`${FILES}.header`]: { label: t("expects.label_header"), ...when(...TABLES) },
    [`${FILES}.type`]: { label: t("expects.label_holds"), hint: "", ...when("json") },
    [`${FILES}.dtype`]: { label: t("expects.label_dtype"), ...when("npy") },
    [`${FILES}.shape`]: { label: t("expects.label_shape"), kind: "lines", hint: t("expects.shape_hint"), ...when("npy") },
    [`${FILES}.fields_match`]: { label: t("expects.label_match"), ...when(...WITH_FIELDS) },
    [FIELDS]: { label: t("expects.label_fields"), hint: "", entry: t("expects.label_field"), ...when(...WITH_FIELDS) },
    [`${FIELDS}.type`]: { label: t("expects.label_values"), hint: "" },
    [`${FIELDS}.constraints`]: { label: t("expects.label_constraints"), hint: "" },
    [`${FIELDS}.constraints.required`]: { label: t("expects.label_never_missing"), hint: "" },
    [`${FIELDS}.constraints.unique`]: { label: t("expects.label_once"), hint: "" },
    [`${FIELDS}.constraints.minimum`]: { label: t("expects.label_minimum"), hint: "" },
    [`${FIELDS}.constraints.maximum`]: { label: t("expects.label_maximum"), hint: "" },
    [`${FIELDS}.constraints.enum`]: { label: t("expects.label_enum"), kind: "lines", hint: t("settings.lines") },
  };
}
