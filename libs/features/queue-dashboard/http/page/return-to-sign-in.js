// @ts-check
// Bull Board asks again every few seconds and knows nothing of sessions. The address of its page does: it leads to the sign-in page and back.
const { send } = XMLHttpRequest.prototype;
/** @param {XMLHttpRequestBodyInit | Document | null} [body] */
XMLHttpRequest.prototype.send = function (body) {
  this.addEventListener('load', () => {
    if (this.status === 401) location.reload();
  });
  send.call(this, body);
};
