export default {
  attempts: "A number below 0 takes back.",
  "NewWebhook.url": "It begins with https://.",
  shared_with: "Ids of accounts.",
  reason: "It stands in the log of the competition.",
  registries: "Such as docker.io or ghcr.io.",
  quota_bytes: "10 GB are 10000000000. Empty: the site’s quota.",
  account_quota_bytes: "10 GB are 10000000000. Empty: no limit.",
  competition_quota_bytes: "10 GB are 10000000000. Empty: no limit.",
  "BanAccount.reason": "It stands in the log.",
  "RemoveAccount.reason": "It stands in the log.",
  "MergeAccount.reason": "It stands in the log.",
} as const;
