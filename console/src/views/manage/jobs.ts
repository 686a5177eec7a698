/** Background jobs as rows: what they do, how far they are, and why one failed. */
import type { Column } from "../../table/columns";
import { t } from "../../words/words";
import { when } from "../when";

export interface Job {
  id: string;
  status: "Waiting" | "Running" | "Finished" | "Failed";
  done: number;
  reason: string;
  created_at: string;
}

export function jobColumns<One extends Job>(workOf: (job: One) => string): Column<One>[] {
  return [
    { key: "work", title: t("jobs.work"), kind: "heading", value: workOf },
    { key: "status", title: t("jobs.status"), value: ({ status }) => t(`jobs.${status}`) },
    { key: "done", title: t("jobs.done"), kind: "number", value: ({ done }) => done },
    { key: "at", title: t("jobs.at"), value: ({ created_at: at }) => at, cell: ({ created_at: at }) => when(at) },
    { key: "reason", title: t("jobs.reason"), value: ({ reason }) => reason, cell: ({ reason }) => reason || "–" },
  ];
}

export function isAtWork({ status }: Pick<Job, "status">): boolean {
  return status === "Waiting" || status === "Running";
}
