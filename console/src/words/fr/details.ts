export default {
  unknown: "Il n’a pas donné d’autre explication.",
  unreadable: "Il a répondu {status} sans JSON. Il démarre peut-être ; réessayez dans un instant.",
  unreachable: "Vérifiez votre connexion, puis réessayez.",
  body: "Corrigez les champs signalés.",
  sign_in_first: "Connectez-vous d’abord.",
  session_over: "Votre session est terminée. Connectez-vous à nouveau.",
  second_step: "Ce compte demande aussi un code. Écrivez les six chiffres qu’affiche votre application.",
  wrong_code: "Le code est faux, ou a déjà servi. Attendez le suivant.",
  wrong_password: "Le nom d’utilisateur ou le mot de passe est incorrect.",
  busy: "Rien n’a été fait. Réessayez dans un instant.",
  outdated: "Quelqu’un d’autre a modifié ceci entre-temps. Regardez l’état actuel, puis modifiez à nouveau.",
  broken:
    "Une erreur s’est produite de notre côté et a été consignée. Réessayez ; si elle persiste, prévenez les administrateurs.",
} as const;
