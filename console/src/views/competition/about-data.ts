/** A title that organizers give to the page about the data; its text stands on the tab of the data, and has none of its own. */
export const ABOUT_DATA = /^\s*(data|datasets?|the data|données|les données)\s*$/i;
