export default {
  mail_choice_moved: "Votre choix vient de changer. Rechargez-le, puis recommencez.",
  mail_kinds_listed: "Nommez une de ces sortes : {kinds}.",
  mailing_moved: "Un autre envoi vient d’être ordonné. Regardez la liste, puis recommencez.",
  mailings_a_day:
    "Les organisateurs d’une compétition écrivent {most} fois par jour au plus. Attendez, puis écrivez à nouveau.",
  no_mail_kinds: "Ces sortes de courriels n’existent pas.",
  no_mailing: "Cet envoi de courriels n’existe pas.",
  no_suppression: "Rien ne retient les courriels à cette adresse. Consultez la liste.",
  unsubscribe_link_as_mailed: "Ouvrez le lien tel qu’il figure dans le courriel.",
  unsubscribe_link_unknown: "Ce lien n’est pas des nôtres, ou a été coupé. Changez ce que vous recevez une fois connecté.",
} as const;
