export default {
  title: "Export the leaderboard",
  export: "Export",
  all: "All boards, ZIP",
  making: "Being made…",
} as const;
