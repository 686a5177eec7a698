export default {
  another_function: "Une autre fonction poursuit ce travail.",
  begun_again: "Quelqu’un vient de le recommencer.",
  begun_again_by_others: "Quelqu’un d’autre vient de le recommencer.",
  failure_repeats: "L’échec se répète en ce moment.",
  looked_after: "Quelqu’un d’autre vient de s’en occuper.",
  no_failure: "Cet échec n’existe pas. Consultez leur liste : il a peut-être été réparé entre-temps.",
  no_phase_job: "Ce travail sur de nombreuses soumissions n’existe pas.",
  over_already: "C’est déjà terminé.",
  site_unwell: "Une partie du site ne répond pas : {silent}. Réessayez dans un instant.",
} as const;
