/*
 * The form of a program, on its own page (served as /f/form.js) or on anybody's (served as /embed.js?key=…).
 * It remembers where a visitor came from: the first touch for good, the last one for this visit. Links within the site
 * never count as a touch, even with campaign parameters on them. No dependency, no inline style, no cookie.
 */
(function () {
  'use strict';
  var script = document.currentScript;
  var address = script && script.src ? new URL(script.src) : null;
  var key = address ? address.searchParams.get('key') : null;
  var origin = address ? address.origin : location.origin;

  // ---- where the visitor came from ----
  var FIRST = 'baton.first_touch';
  var LAST = 'baton.last_touch';
  var NAMES = /^(utm_\w+|gclid|gbraid|wbraid|dclid|fbclid|msclkid|li_fat_id|ttclid)$/i;

  function read(store, name) {
    try {
      return JSON.parse(window[store].getItem(name));
    } catch {
      return null;
    }
  }
  function keep(store, name, value) {
    try {
      window[store].setItem(name, JSON.stringify(value));
    } catch {
      // Storage may be closed to us; the touch still travels with this page.
    }
  }
  function hostOf(text) {
    try {
      return new URL(text).hostname.replace(/^www\./, '');
    } catch {
      return '';
    }
  }
  function touches() {
    var parameters = {};
    new URLSearchParams(location.search).forEach(function (value, name) {
      if (NAMES.test(name)) parameters[name.toLowerCase()] = value;
    });
    var here = hostOf(location.href);
    var from = hostOf(document.referrer);
    var internal = from !== '' && from === here;
    var marked = Object.keys(parameters).length > 0;
    var last = read('sessionStorage', LAST);
    if (!internal && (marked || from !== '' || !last)) {
      last = { url: location.href, referrer: document.referrer, at: new Date().toISOString(), parameters: parameters };
      keep('sessionStorage', LAST, last);
    }
    last = last || { url: location.href, referrer: '', at: new Date().toISOString(), parameters: {} };
    var first = read('localStorage', FIRST);
    if (!first) {
      first = last;
      keep('localStorage', FIRST, first);
    }
    return { first: first, last: last };
  }

  // ---- the proof of work: SHA-256 by hand, since browsers keep theirs from pages without https ----
  var K = [];
  (function () {
    var found = 0;
    for (var n = 2; found < 64; n++) {
      var prime = true;
      for (var d = 2; d * d <= n; d++) if (n % d === 0) prime = false;
      if (prime) K[found++] = (Math.pow(n, 1 / 3) * 4294967296) | 0;
    }
  })();
  function sha256(text) {
    var h = [0x6a09e667, 0xbb67ae85 | 0, 0x3c6ef372, 0xa54ff53a | 0, 0x510e527f, 0x9b05688c | 0, 0x1f83d9ab, 0x5be0cd19];
    var length = text.length;
    var words = new Int32Array((((length + 8) >> 6) + 1) << 4);
    for (var i = 0; i < length; i++) words[i >> 2] |= text.charCodeAt(i) << (24 - (i % 4) * 8);
    words[length >> 2] |= 0x80 << (24 - (length % 4) * 8);
    words[words.length - 1] = length * 8;
    var w = new Int32Array(64);
    for (var at = 0; at < words.length; at += 16) {
      var a = h[0], b = h[1], c = h[2], d = h[3], e = h[4], f = h[5], g = h[6], k = h[7];
      for (var t = 0; t < 64; t++) {
        if (t < 16) w[t] = words[at + t];
        else {
          var x = w[t - 15], y = w[t - 2];
          w[t] = (w[t - 16] + w[t - 7] + (((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3)) + (((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10))) | 0;
        }
        var one = (k + (((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7))) + ((e & f) ^ (~e & g)) + K[t] + w[t]) | 0;
        var two = ((((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10))) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
        k = g; g = f; f = e; e = (d + one) | 0; d = c; c = b; b = a; a = (one + two) | 0;
      }
      h[0] = (h[0] + a) | 0; h[1] = (h[1] + b) | 0; h[2] = (h[2] + c) | 0; h[3] = (h[3] + d) | 0;
      h[4] = (h[4] + e) | 0; h[5] = (h[5] + f) | 0; h[6] = (h[6] + g) | 0; h[7] = (h[7] + k) | 0;
    }
    var hex = '';
    for (var j = 0; j < 8; j++) hex += ('00000000' + (h[j] >>> 0).toString(16)).slice(-8);
    return hex;
  }
  /** Works in short steps, so that typing never stutters. */
  function solve(challenge) {
    return new Promise(function (done, failed) {
      var number = 0;
      (function step() {
        var until = Date.now() + 12;
        while (Date.now() < until) {
          for (var i = 0; i < 50; i++, number++) {
            if (number > challenge.maxnumber) return failed(new Error('The check could not be worked out.'));
            if (sha256(challenge.salt + number) === challenge.challenge) {
              return done(btoa(JSON.stringify({ algorithm: challenge.algorithm, challenge: challenge.challenge, number: number, salt: challenge.salt, signature: challenge.signature })));
            }
          }
        }
        setTimeout(step, 0);
      })();
    });
  }

  // ---- the hosted page ----
  function hosted(form) {
    var where = touches();
    var put = function (name, value) {
      var input = form.elements[name];
      if (!input) {
        input = document.createElement('input');
        input.type = 'hidden';
        input.name = name;
        form.append(input);
      }
      input.value = value;
    };
    put('first_touch', JSON.stringify(where.first));
    var proof = solve(JSON.parse(form.getAttribute('data-baton-challenge')));
    proof.then(function (solution) { put('altcha', solution); });
    form.addEventListener('submit', function (event) {
      if (form.elements.altcha.value) return;
      event.preventDefault();
      var status = form.querySelector('.status');
      if (status) status.textContent = 'One moment …';
      proof.then(function () { form.submit(); });
    });
  }

  // ---- on somebody's own page ----
  function call(path, body) {
    return fetch(origin + path, body ? { method: 'POST', headers: { 'content-type': 'application/json', accept: 'application/json' }, body: JSON.stringify(body) } : { headers: { accept: 'application/json' } }).then(function (answer) {
      return answer.json().then(function (json) {
        if (!answer.ok) throw new Error(json.detail || 'It could not be sent.');
        return json;
      });
    });
  }
  function make(tag, properties, children) {
    var element = Object.assign(document.createElement(tag), properties);
    (children || []).forEach(function (child) { element.append(child); });
    return element;
  }
  function build(config) {
    var form = make('form', { className: 'baton-form' });
    config.form.fields.forEach(function (field) {
      var id = 'baton-' + field.name;
      var control;
      if (field.type === 'textarea') control = make('textarea', { rows: 4 });
      else if (field.type === 'select') {
        control = make('select', {}, [''].concat(field.options || []).map(function (option) { return make('option', { textContent: option, value: option }); }));
      } else control = make('input', { type: field.type === 'country' ? 'text' : field.type });
      Object.assign(control, { id: id, name: field.name, required: !!field.required });
      if (field.autocomplete) control.setAttribute('autocomplete', field.autocomplete);
      if (field.type === 'checkbox' || field.type === 'hidden') control.value = field.type === 'checkbox' ? 'yes' : field.value || '';
      if (field.type === 'hidden') form.append(control);
      else form.append(make('p', {}, [make('label', { htmlFor: id, textContent: field.label }), control]));
    });
    var trap = make('input', { name: config.trap, tabIndex: -1, autocomplete: 'off' });
    form.append(make('p', { hidden: true, ariaHidden: 'true' }, [trap]), make('button', { type: 'submit', textContent: config.form.button }));
    return form;
  }
  function hook(form, config) {
    var status = make('p', { className: 'baton-status' });
    status.setAttribute('role', 'status');
    form.append(status);
    var where = touches();
    var proof = solve(config.challenge);
    var sending = false;
    form.addEventListener('submit', function (event) {
      event.preventDefault();
      if (sending) return;
      sending = true;
      status.textContent = 'One moment …';
      var body = {};
      new FormData(form).forEach(function (value, name) {
        if (typeof value === 'string' && value !== '') body[name] = value;
      });
      proof
        .then(function (solution) {
          return call('/f/' + key, Object.assign(body, { altcha: solution, first_touch: where.first, last_touch: where.last, landing_url: location.href.split('#')[0] }));
        })
        .then(function (answer) {
          form.dispatchEvent(new CustomEvent('baton:sent', { bubbles: true, detail: answer }));
          if (form.hasAttribute('data-baton-continue')) return form.submit();
          form.replaceWith(make('p', { className: 'baton-thanks', textContent: answer.thanks + ' (' + answer.receipt + ')' }));
        })
        .catch(function (error) {
          sending = false;
          status.textContent = error.message;
          call('/f/' + key + '/config.json').then(function (fresh) { proof = solve(fresh.challenge); });
        });
    });
  }

  /** A plain look for a form we built: rules of no weight, so that whatever the site says of its own forms wins. */
  function dress() {
    if (!('adoptedStyleSheets' in document) || !('replaceSync' in CSSStyleSheet.prototype)) return;
    var sheet = new CSSStyleSheet();
    var f = ':where(.baton-form)';
    sheet.replaceSync(
      f + '{display:grid;gap:14px;max-width:30em}' +
      f + ' :where(p){margin:0}' + f + ' :where(p[hidden]){display:none}' + f + ' :where(label){display:block;margin-bottom:4px;font-weight:600}' +
      f + ' :where(input:not([type=checkbox]),select,textarea){box-sizing:border-box;width:100%;padding:8px 10px;font:inherit;border:1px solid #8a94a0;border-radius:6px}' +
      f + ' :where(textarea){min-height:6em}' + f + ' :where(button){justify-self:start;padding:10px 20px;font:inherit;font-weight:600;cursor:pointer}'
    );
    document.adoptedStyleSheets = document.adoptedStyleSheets.concat(sheet);
  }

  function begin() {
    var page = document.querySelector('form[data-baton-challenge]');
    if (page) return hosted(page);
    touches();
    if (!key) return;
    var own = document.querySelectorAll('form[data-baton]');
    var places = document.querySelectorAll('[data-baton-form]');
    if (script && script.hasAttribute('data-touch-only')) return;
    var forms = Array.prototype.slice.call(own);
    call('/f/' + key + '/config.json').then(function (config) {
      if (forms.length === 0) {
        var form = build(config);
        if (places.length > 0) places[0].append(form);
        else if (script && script.parentNode) script.parentNode.insertBefore(form, script.nextSibling);
        forms = [form];
        dress();
      }
      hook(forms[0], config);
      // Each further form needs a proof of its own.
      forms.slice(1).forEach(function (form) {
        call('/f/' + key + '/config.json').then(function (more) { hook(form, more); });
      });
    });
  }
  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', begin);
  else begin();
})();
