/** What an option of cURL means for the request; `ignored` says nothing of it, `lost` says how it is sent and is not carried over. */
export type OptionRole =
  | 'url'
  | 'method'
  | 'header'
  | 'data'
  | 'data-raw'
  | 'data-binary'
  | 'data-urlencode'
  | 'json'
  | 'form'
  | 'form-string'
  | 'url-query'
  | 'user'
  | 'bearer'
  | 'sigv4'
  | 'scheme'
  | 'cookie'
  | 'user-agent'
  | 'referer'
  | 'range'
  | 'upload'
  | 'get'
  | 'head'
  | 'next'
  | 'variable'
  | 'config'
  | 'ignored'
  | 'lost';

export type CurlOption = { readonly long: string; readonly hasArgument: boolean; readonly role: OptionRole };

/** `short long` of options that take an argument, by role (curl(1), 8.17). A dash: no short name. */
const withArgument: Readonly<Partial<Record<OptionRole, string>>> = {
  url: '- url',
  method: 'X request',
  header: 'H header',
  data: 'd data, - data-ascii',
  'data-raw': '- data-raw',
  'data-binary': '- data-binary',
  'data-urlencode': '- data-urlencode',
  json: '- json',
  form: 'F form',
  'form-string': '- form-string',
  'url-query': '- url-query',
  user: 'u user',
  bearer: '- oauth2-bearer',
  sigv4: '- aws-sigv4',
  cookie: 'b cookie',
  'user-agent': 'A user-agent',
  referer: 'e referer',
  range: 'r range',
  upload: 'T upload-file',
  variable: '- variable',
  config: 'K config',
  ignored:
    'c cookie-jar, D dump-header, o output, - output-dir, w write-out, - stderr, - trace, - trace-ascii, - trace-config, - libcurl, ' +
    '- create-file-mode, - etag-save, - rate, - parallel-max, - parallel-max-host, m max-time, - connect-timeout, - retry, - retry-delay, ' +
    '- retry-max-time, - limit-rate, - max-filesize, - max-redirs, - proto, - proto-redir, Y speed-limit, y speed-time, ' +
    '- keepalive-time, - keepalive-cnt, - expect100-timeout, - happy-eyeballs-timeout-ms, h help, - upload-flags, ' +
    '- ip-tos, - vlan-priority',
  lost:
    'E cert, - cert-type, - key, - key-type, - pass, - cacert, - capath, - crlfile, - ciphers, - curves, - sigalgs, - tls13-ciphers, - tls-max, ' +
    '- tlsauthtype, - tlspassword, - tlsuser, - pinnedpubkey, - engine, - egd-file, - random-file, - ech, x proxy, - preproxy, ' +
    'U proxy-user, - proxy1.0, - proxy-header, - proxy-cacert, - proxy-capath, - proxy-cert, - proxy-cert-type, - proxy-ciphers, ' +
    '- proxy-crlfile, - proxy-key, - proxy-key-type, - proxy-pass, - proxy-pinnedpubkey, - proxy-service-name, ' +
    '- proxy-tls13-ciphers, - proxy-tlsauthtype, - proxy-tlspassword, - proxy-tlsuser, - noproxy, - socks4, - socks4a, - socks5, ' +
    '- socks5-hostname, - socks5-gssapi-service, - resolve, - connect-to, - interface, - local-port, - unix-socket, ' +
    '- abstract-unix-socket, - dns-interface, - dns-ipv4-addr, - dns-ipv6-addr, - dns-servers, - doh-url, - alt-svc, - hsts, ' +
    '- haproxy-clientip, - ipfs-gateway, - proto-default, - request-target, - etag-compare, z time-cond, C continue-at, ' +
    '- netrc-file, - login-options, - service-name, - sasl-authzid, - delegation, - krb, - pubkey, - hostpubmd5, ' +
    '- hostpubsha256, - knownhosts, - mail-auth, - mail-from, - mail-rcpt, - ftp-account, - ftp-alternative-to-user, - ftp-method, ' +
    'P ftp-port, - ftp-ssl-ccc-mode, Q quote, t telnet-option, - tftp-blksize',
};

const withoutArgument: Readonly<Partial<Record<OptionRole, string>>> = {
  get: 'G get',
  head: 'I head',
  next: ': next',
  scheme: '- basic, - digest, - ntlm, - negotiate, - anyauth',
  ignored:
    '- compressed, - tr-encoding, i include, - show-headers, s silent, S show-error, v verbose, V version, - progress-bar, # progress-meter, ' +
    'f fail, - fail-with-body, - fail-early, L location, - location-trusted, - follow, O remote-name, - remote-name-all, ' +
    'J remote-header-name, R remote-time, - create-dirs, N no-buffer, - no-clobber, - clobber, - remove-on-error, - raw, - styled-output, ' +
    'Z parallel, - parallel-immediate, g globoff, q disable, - http1.1, - http1.0, 0 http1.0, - http2, - http2-prior-knowledge, - http3, ' +
    '- http3-only, - http0.9, - keepalive, - tcp-nodelay, - tcp-fastopen, - post301, - post302, - post303, - retry-connrefused, - retry-all-errors, ' +
    '- path-as-is, - trace-ids, - trace-time, j junk-session-cookies, - disable-epsv, - xattr, M manual, - buffer, - skip-existing, - out-null, ' +
    '- form-escape, - dump-ca-embed, - test-event, 4 ipv4, 6 ipv6, - alpn, - npn, - sessionid, - disallow-username-in-url',
  lost:
    'k insecure, - ssl, - ssl-reqd, 1 tlsv1, - tlsv1.0, - tlsv1.1, - tlsv1.2, - tlsv1.3, 2 sslv2, 3 sslv3, - ca-native, - cert-status, - doh-insecure, ' +
    '- doh-cert-status, - false-start, - ssl-allow-beast, - ssl-auto-client-cert, - ssl-no-revoke, - ssl-revoke-best-effort, - tls-earlydata, ' +
    '- proxy-anyauth, - proxy-basic, - proxy-digest, - proxy-ntlm, - proxy-negotiate, - proxy-http2, - proxy-insecure, - proxy-ca-native, ' +
    '- proxy-ssl-allow-beast, - proxy-ssl-auto-client-cert, - proxy-tlsv1, p proxytunnel, - suppress-connect-headers, - haproxy-protocol, ' +
    '- socks5-basic, - socks5-gssapi, - socks5-gssapi-nec, n netrc, - netrc-optional, - ignore-content-length, - mptcp, a append, l list-only, ' +
    'B use-ascii, - crlf, - disable-eprt, - ftp-create-dirs, - ftp-pasv, - ftp-pret, - ftp-skip-pasv-ip, - ftp-ssl-ccc, ' +
    '- ftp-ssl-control, - mail-rcpt-allowfails, - sasl-ir, - tftp-no-options, - compressed-ssh',
};

export type FindOption = {
  readonly byShort: (letter: string) => CurlOption | undefined;
  /** Also by an unambiguous beginning of its name, as cURL takes it. */
  readonly byLong: (name: string) => CurlOption | undefined;
};

/** Every option that cURL has, by its names. */
export function curlOptions(): FindOption {
  const shorts = new Map<string, CurlOption>();
  const longs = new Map<string, CurlOption>();
  const addAll = (table: typeof withArgument, hasArgument: boolean): void => {
    for (const [role, list] of Object.entries(table)) {
      for (const entry of list.split(', ')) {
        const [short = '-', long = ''] = entry.split(' ');
        const option: CurlOption = { long, hasArgument, role: role as OptionRole };
        longs.set(long, option);
        if (short !== '-') shorts.set(short, option);
      }
    }
  };
  addAll(withArgument, true);
  addAll(withoutArgument, false);
  return {
    byShort: (letter) => shorts.get(letter),
    byLong: (name) => {
      const exact = longs.get(name);
      if (exact !== undefined) return exact;
      const candidates = [...longs.values()].filter((option) => option.long.startsWith(name));
      return candidates.length === 1 ? candidates[0] : undefined;
    },
  };
}
