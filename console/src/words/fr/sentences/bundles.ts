export default {
  bundle_refused:
    "Ce dossier de compétition ne peut pas être importé et n’a donc pas été gardé : corrigez ce qui est signalé.",
  changed_while_read: "La compétition a été modifiée pendant la lecture de ce dossier. Regardez-la, et renvoyez le dossier.",
  check_upload_state: "L’état de cet envoi est « {state} ». Vérifiez-en un qui est complet et qui n’a pas encore servi.",
  clone_above_limits:
    "Une compétition comme celle-ci n’est plus acceptée. Réduisez d’abord ce qui est signalé de l’original.",
  columns_have_scores:
    "Des soumissions ont des scores dans {columns}. Aucun classement ne les montrerait plus ; ils sont gardés, et une colonne avec cette clé les retrouve. Pour la retirer, confirmez. Pour corriger sa clé, changez plutôt celle-ci : les scores suivent.",
  dump_in_progress: "Cette exportation est en cours. Attendez qu’elle soit terminée.",
  key_unknown: "Il n’y a pas de « {key} » à régler ici.",
  key_unknown_hint: "Il n’y a pas de « {key} » à régler ici.{hint}",
  keys_unknown: "Certaines clés sont inconnues : corrigez ce qui est signalé.",
  lent_files_unusable:
    "Les fichiers de la tâche de quelqu’un d’autre ne peuvent pas être utilisés ainsi : corrigez ce qui est signalé.",
  licence_after_submissions: "« {phase} » a des soumissions de personnes qui ne connaissaient pas cette licence. {advice}",
  named_unusable: "Quelque chose qui est nommé ne peut pas être utilisé.",
  no_dump: "Cette compétition n’a pas cette exportation.",
  no_import: "Vous n’avez pas cette importation.",
  no_part: "Une compétition n’a pas de « {part} ». Elle a : {parts}.",
  no_place: "Il n’y a pas de {place}. Les réglages énumèrent ce qu’il y a, à partir de 0.",
  page_shape: "Écrivez un texte, au format Markdown ou HTML.",
  page_unwritable: "La page ne peut pas être écrite.",
  part_numbers: "Les parties se repèrent par leurs numéros, à partir de 0, tels que les réglages les énumèrent.",
  part_without_columns: "« {part} » n’a pas de colonnes. Celles d’un classement sont à leaderboards/0/columns.",
  phase_ends_early:
    "La phase se terminerait avant de commencer. Choisissez une fin après le début ; une pause garde une phase fermée.",
  phase_has_submissions: "Cette phase a des soumissions, donc elle reste. Donnez-lui plutôt une fin.",
  phase_not_last: "Seule la dernière phase peut être retirée : les soumissions des suivantes se repèrent par leurs numéros.",
  queue_refuses: "La file d’attente de la compétition ne permet pas cela : corrigez ce qui est signalé.",
  queue_refuses_images:
    "La file d’attente de la compétition ne prend pas ces images. Changez d’abord ce qui est signalé de l’original.",
  settings_unconditional: "Dites quel état des réglages vous modifiez : envoyez leur ETag dans l’en-tête If-Match.",
  settings_unfit: "Les réglages ne conviennent pas : corrigez ce qui est signalé.",
  upload_no_bundle: "Cet envoi a été commencé pour autre chose ({purpose}). Commencez-en un pour un dossier de compétition.",
} as const;
