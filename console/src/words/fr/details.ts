export default {
  unknown: "Il n’a pas donné d’autre explication.",
  unreadable: "Il a répondu {status} sans JSON. Il démarre peut-être ; réessayez dans un instant.",
  unreachable: "Vérifiez votre connexion, puis réessayez.",
  body: "Corrigez les champs signalés.",
  sign_in_first: "Connectez-vous d’abord.",
  second_step: "Ce compte demande aussi un code. Écrivez les six chiffres qu’affiche votre application.",
} as const;
