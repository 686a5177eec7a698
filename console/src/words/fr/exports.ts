export default {
  title: "Exporter le classement",
  export: "Exporter",
  all: "Tous les classements, ZIP",
  making: "En préparation…",
} as const;
