export default {
  title: "Announcements",
  about:
    "They stand on the competition and in the inboxes of all who take part; by mail they go once to each who wants such mail.",
  announce: "Announce",
  about_mail: {
    one: "Of {count} participant those who want such mail get it, once.",
    other: "Of {count} participants those who want such mail get it, once.",
  },
  list: "What was announced",
  none: "Nothing was announced yet",
  about_none: "Announcements appear here, the newest first.",
  earlier: { one: "{count} earlier announcement", other: "{count} earlier announcements" },
  heading: "Title",
  by: "By",
  at: "When",
  edited: "Edited",
  do: "Actions",
  edit: "Edit",
  about_edit: "It says that it was edited, and nobody is mailed again. The former words stay in the log.",
  leave: "Leave it as it is",
  withdraw: "Withdraw",
  withdrawn: "It is withdrawn.",
} as const;
