"use strict";
/* Review by keyboard, and claims added by selecting words. All of it works without this script, by forms and links:
   here they are only reached faster. Nothing is ever written as markup. */
(() => {
  const one = (what, within = document) => within.querySelector(what);
  const all = (what, within = document) => Array.from(within.querySelectorAll(what));
  const claims = all("[data-claim]");
  const say = (words) => { const at = one("[data-say]"); if (at) at.textContent = words; };

  /* --- the claim in hand */

  let current = -1;

  function take(number, quietly) {
    if (number < 0 || number >= claims.length) return;
    current = number;
    const claim = claims[number];
    claim.focus({ preventScroll: quietly });
    if (!quietly) claim.scrollIntoView({ block: "nearest" });
    const mark = document.getElementById(claim.id.replace(/^about-/, ""));
    all(".in-hand").forEach((other) => other.classList.remove("in-hand"));
    if (mark) {
      mark.classList.add("in-hand");
      if (!quietly && wide()) mark.scrollIntoView({ block: "center" });
    }
  }

  const wide = () => window.matchMedia("(min-width: 56rem)").matches;

  document.addEventListener("focusin", (event) => {
    const claim = event.target.closest("[data-claim]");
    if (claim) current = claims.indexOf(claim);
  });

  function inHand() {
    if (current < 0 && claims.length === 1) current = 0;
    return claims[current];
  }

  /* --- keys */

  const switched = one("[data-keys-on]");
  if (switched) {
    switched.checked = sessionStorage.getItem("keys") !== "off";
    switched.addEventListener("change", () => sessionStorage.setItem("keys", switched.checked ? "on" : "off"));
    one("[data-keys]").hidden = false;
  }

  function step(by) {
    const link = one(by > 0 ? "[data-next]" : "[data-prev]");
    if (link) link.click();
    else take(current < 0 ? 0 : current + by);
  }

  function press(what) {
    const claim = inHand();
    const button = claim && one(what, claim);
    if (button) button.click();
    else if (one("[data-name]")) one("[data-name]").focus();
    return Boolean(button);
  }

  function reject() {
    const claim = inHand();
    const why = claim && one("[data-why]", claim);
    if (!why) { press("[data-reject]"); return; }
    why.dataset.rejects = "yes";
    why.placeholder = why.dataset.rejectHint || why.placeholder;
    claim.classList.add("rejecting");
    why.focus();
    say(why.getAttribute("aria-label") + ": " + one("[data-reject]", claim).textContent + ", Enter");
  }

  function undo() {
    const claim = inHand();
    const button = (claim && one("[data-undo]", claim)) || one(".told [data-undo]");
    if (button) button.click();
  }

  const keys = { j: () => step(1), k: () => step(-1), a: () => press("[data-accept]"), r: reject,
    c: () => press("[data-correct]"), u: undo };

  const typing = (at) => at.closest("input:not([type=checkbox]), select, textarea, [contenteditable]");

  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (typing(event.target)) { inField(event); return; }
    if (switched && !switched.checked) return;
    const does = keys[event.key];
    if (!does) return;
    event.preventDefault();
    does();
  });

  function inField(event) {
    const field = event.target;
    const claim = field.closest("[data-claim]");
    if (event.key === "Enter" && field.dataset.rejects && claim) {
      event.preventDefault();
      one("[data-reject]", claim).click();
    } else if (event.key === "Escape" && claim) {
      delete field.dataset.rejects;
      claim.classList.remove("rejecting");
      claim.focus();
    }
  }

  /* --- a claim from selected words */

  const text = one("[data-text]");
  const adding = document.getElementById("add");

  /* Characters are counted as the program counts them, by code point: a letter beyond the basic plane is one,
     though it takes two places in a string here. The numbers of claims stand in the text, but are none of it. */
  function measure(container, offset) {
    const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
    const range = document.createRange();
    range.setStart(text, 0);
    range.setEnd(container, offset);
    let count = 0;
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (node.parentElement.closest(".n")) continue;
      if (node === container) return count + points(node.data.slice(0, offset));
      if (range.comparePoint(node, 0) > 0) return count;
      count += points(node.data);
    }
    return count;
  }

  function points(words) {
    let count = 0;
    for (const _ of words) count += 1;
    return count;
  }

  function characters() {
    const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
    const parts = [];
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (!node.parentElement.closest(".n")) parts.push(node.data);
    }
    return Array.from(parts.join(""));
  }

  function chosen() {
    const selection = document.getSelection();
    if (!selection || selection.isCollapsed || selection.rangeCount !== 1) return null;
    const range = selection.getRangeAt(0);
    if (!text.contains(range.startContainer) || !text.contains(range.endContainer)) return null;
    let start = measure(range.startContainer, range.startOffset);
    let end = measure(range.endContainer, range.endOffset);
    const letters = characters();
    while (start < end && !letters[start].trim()) start += 1;
    while (start < end && !letters[end - 1].trim()) end -= 1;
    return end > start && end - start <= 500 ? { start, end, words: letters.slice(start, end).join("") } : null;
  }

  function fill() {
    const found = chosen();
    if (!found || found.start === Number(one("[data-start]").value || -1) && adding.open
        && found.end === Number(one("[data-end]").value)) return;
    adding.open = true;
    one("[data-start]").value = String(found.start);
    one("[data-end]").value = String(found.end);
    one("[data-words]").value = found.words;
    one("[data-sentence]").value = "";
    offer(found.words);
  }

  let offered = null;

  /* Selecting must not move the focus, or the selection would be lost: a button near it leads to the form. */
  function offer(words) {
    const selection = document.getSelection();
    const box = selection.getRangeAt(0).getBoundingClientRect();
    if (!offered) {
      offered = document.createElement("button");
      offered.type = "button";
      offered.className = "offer";
      offered.addEventListener("click", () => {
        offered.hidden = true;
        adding.scrollIntoView({ block: "start" });
        one("select[name=act]", adding).focus();
      });
      document.body.append(offered);
    }
    offered.textContent = one("summary", adding).dataset.short || one("summary", adding).textContent;
    offered.hidden = false;
    offered.style.left = Math.max(4, Math.min(box.left + window.scrollX, window.innerWidth - 200)) + "px";
    offered.style.top = box.bottom + window.scrollY + 6 + "px";
    say(offered.textContent + ": " + words);
  }

  if (text && adding) {
    let wait = 0;
    document.addEventListener("selectionchange", () => {
      clearTimeout(wait);
      wait = setTimeout(() => { if (chosen()) fill(); else if (offered) offered.hidden = true; }, 150);
    });
    one("[data-words]").addEventListener("input", () => {
      one("[data-start]").value = "";
      one("[data-end]").value = "";
    });
  }

  /* --- where to begin */

  const problem = one("[data-problem]");
  const form = document.getElementById("correct");
  const target = location.hash.length > 1 ? document.getElementById(decodeURIComponent(location.hash.slice(1))) : null;
  /* The browser's own jump to a fragment takes the focus away, so what begins here begins after it. */
  const begin = () => {
    if (problem) problem.focus();
    else if (form) one("select, input:not([type=hidden])", form).focus();
    else if (target && target.matches("[data-claim]")) take(claims.indexOf(target), true);
    else if (claims.length === 1 && one("[data-next], [data-prev]")) take(0, true);
  };
  if (document.readyState === "complete") begin();
  else window.addEventListener("load", () => setTimeout(begin));
})();
