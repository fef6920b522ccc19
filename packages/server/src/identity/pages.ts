import { escapeHtml } from '../errors/error-handler.ts';

/** What the pages of sign-in may do: show themselves and submit their own form. No script, no frame, no other origin. */
export const signInPagePolicy =
  "default-src 'none'; style-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

export const signInStyle = `:root{color-scheme:light dark;font-family:"Segoe UI",system-ui,sans-serif}
body{margin:0;min-height:100vh;display:grid;place-items:center;background:light-dark(#f5f5f5,#1f1f1f);color:light-dark(#242424,#fff)}
main{width:min(22rem,calc(100vw - 4rem));padding:2rem;border-radius:8px;background:light-dark(#fff,#292929);box-shadow:0 2px 12px #0003}
h1{font-size:1.5rem;margin:0 0 1rem}p{line-height:1.4}label{display:block;margin:.75rem 0 .25rem;font-weight:600}
input{box-sizing:border-box;width:100%;padding:.5rem;font:inherit;border:1px solid light-dark(#616161,#adadad);border-radius:4px}
button{margin-top:1.25rem;width:100%;padding:.6rem;font:inherit;font-weight:600;border:0;border-radius:4px;background:#0f6cbd;color:#fff;cursor:pointer}
button.quiet{background:none;color:inherit;border:1px solid light-dark(#616161,#adadad)}
:focus-visible{outline:2px solid #0f6cbd;outline-offset:2px}[role=alert]{padding:.5rem .75rem;border-left:4px solid #c50f1f}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.4rem 1rem}dt{font-weight:600}dd{margin:0;overflow-wrap:anywhere}
code{font-size:1.6rem;letter-spacing:.1em}
`;

/** A page of sign-in around a body that is HTML already. */
export function signInPage(title: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${escapeHtml(title)} – Patchbay</title><link rel="stylesheet" href="/signin/style.css"></head>
<body><main><h1>${escapeHtml(title)}</h1>${body}</main></body>
</html>`;
}

export function passwordPage(options: {
  readonly action: string;
  readonly email: string;
  readonly problem?: string;
}): string {
  const alert = options.problem === undefined ? '' : `<p role="alert">${escapeHtml(options.problem)}</p>`;
  return signInPage(
    'Sign in',
    `${alert}<form method="post" action="${escapeHtml(options.action)}">
<label for="email">Email address</label><input id="email" name="email" type="text" inputmode="email" autocomplete="username" required value="${escapeHtml(options.email)}">
<label for="password">Password</label><input id="password" name="password" type="password" autocomplete="current-password" required>
<button type="submit">Sign in</button></form>
<p>No password yet? Use the one-time sign-in link that the server printed or an administrator gave you.</p>`,
  );
}

export function messagePage(
  title: string,
  message: string,
  link?: { readonly href: string; readonly text: string },
): string {
  const next = link === undefined ? '' : `<p><a href="${escapeHtml(link.href)}">${escapeHtml(link.text)}</a></p>`;
  return signInPage(title, `<p>${escapeHtml(message)}</p>${next}`);
}

/** Asks for the code that the command line shows. `form` is the provider's own form. */
export function userCodePage(form: string, problem: string | undefined): string {
  const alert = problem === undefined ? '' : `<p role="alert">${escapeHtml(problem)}</p>`;
  return signInPage(
    'Sign in a device',
    `${alert}<p>Enter the code that your command line shows.</p>${withoutHandlers(form)}<button type="submit" form="op.deviceInputForm">Continue</button>`,
  );
}

/** Asks whether it is this person's own command line that waits. */
export function confirmDevicePage(form: string, clientName: string, userCode: string): string {
  return signInPage(
    'Confirm the device',
    `<p>${escapeHtml(clientName)} asks to sign in as you. Continue only if it shows this code:</p><p><code>${escapeHtml(userCode)}</code></p>${form}
<button type="submit" form="op.deviceConfirmForm">Continue</button>
<button type="submit" class="quiet" form="op.deviceConfirmForm" value="yes" name="abort">Cancel</button>`,
  );
}

/** The provider's form has an inline handler, which the policy refuses anyway. */
function withoutHandlers(form: string): string {
  return form.replace(/ onfocus="[^"]*"/g, '');
}
