import "./views/console";
