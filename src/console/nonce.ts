/**
 * Gives every `<style>` the page ever makes the nonce the server put into the page, so that the component library's
 * styles pass a content security policy that allows no inline style.
 */
export function giveStylesTheNonce(page: Document): string {
  const nonce = page.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? '';
  const create = page.createElement.bind(page);
  page.createElement = ((name: string, options?: ElementCreationOptions) => {
    const element = create(name, options);
    if (name.toLowerCase() === 'style') element.nonce = nonce;
    return element;
  }) as typeof page.createElement;
  return nonce;
}
