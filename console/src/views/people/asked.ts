/** Whom a team or an organization has asked, until they have answered. */
import { html, nothing, type TemplateResult } from "lit";
import type { Problem } from "../../api/problem";
import type { Invitation } from "../../api/shapes";
import { apart } from "../../table/address";
import type { Column } from "../../table/columns";
import "../../table/table";
import { t } from "../../words/words";
import type { Doing } from "../manage/doing";
import { empty } from "../states";
import { until } from "../when";

export interface Asked {
  /** The id of who asks: what others ask of it is only shown. */
  of: string;
  rows?: readonly Invitation[];
  problem?: Problem;
  again: () => void;
  doing: Doing;
  /** Takes one back by the API. */
  revoke: (invitation: Invitation) => Promise<unknown>;
}

const KEEPER = apart();

export function asked(list: Asked): TemplateResult {
  return html`<agon-table .name=${t("asked.title")} .keeper=${KEEPER} .rows=${list.rows} .problem=${list.problem} .again=${list.again} .expected=${1}
    .keyOf=${({ id }: Invitation) => id} .columns=${columns(list)} .empty=${empty(t("asked.none"), t("asked.about_none"))}></agon-table>`;
}

function columns(list: Asked): Column<Invitation>[] {
  return [
    { key: "whom", title: t("asked.whom"), kind: "heading", value: ({ invited }) => invited },
    { key: "into", title: t("asked.into"), value: ({ to }) => t(`asked.${to}`) },
    { key: "by", title: t("asked.by"), value: ({ by }) => by },
    { key: "status", title: t("asked.status"), value: ({ status }) => t(`asked.${status}`) },
    { key: "until", title: t("asked.until"), value: (one) => one.expires_at, cell: (one) => until(one.expires_at) },
    { key: "do", title: t("asked.do"), sorts: false, value: () => "", cell: (one) => revoking(list, one) },
  ];
}

function revoking({ of, doing, revoke, again }: Asked, one: Invitation): TemplateResult | typeof nothing {
  if (one.subject !== of) return nothing;
  const act = async (): Promise<void> => {
    await doing.act(async () => {
      await revoke(one);
      return t("asked.revoked", { name: one.invited });
    });
    again();
  };
  return doing.button(t("asked.revoke"), () => void act(), "quiet", one.invited);
}
