/** What the public pages outside the app (forms, mail links) may load: our own styles, letters and pictures, and no script. */
export const pagePolicy =
  "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
/** The same for a page with a script of ours that speaks to us. */
export const scriptedPagePolicy = `${pagePolicy}; script-src 'self'; connect-src 'self'`;
