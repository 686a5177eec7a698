export default {
  attempts: "Un nombre inférieur à 0 en retire.",
  "NewWebhook.url": "Elle commence par https://.",
  shared_with: "Identifiants de comptes.",
  reason: "Elle figure dans le journal de la compétition.",
  registries: "Par exemple docker.io ou ghcr.io.",
  quota_bytes: "10 Go font 10000000000. Vide : le quota du site.",
  account_quota_bytes: "10 Go font 10000000000. Vide : sans limite.",
  competition_quota_bytes: "10 Go font 10000000000. Vide : sans limite.",
  "BanAccount.reason": "Il figure dans le journal.",
  "RemoveAccount.reason": "Il figure dans le journal.",
  "MergeAccount.reason": "Il figure dans le journal.",
} as const;
