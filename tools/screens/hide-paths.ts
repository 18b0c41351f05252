/** Takes this machine's folders out of a page before it becomes a picture for the documentation. */
import type { Page } from 'playwright-core';

/** Cuts `folders` out of every text of the page, also inside shadow roots; the longest are cut first. */
export async function hidePaths(page: Page, folders: readonly string[]): Promise<void> {
  const prefixes = folders.toSorted((a, b) => b.length - a.length);
  await page.evaluate((cut) => {
    const clean = (text: string): string =>
      cut.reduce((rest, prefix) => rest.replaceAll(`${prefix}/`, '').replaceAll(prefix, '.'), text);
    const visit = (node: Node): void => {
      if (node.nodeType === Node.TEXT_NODE && node.textContent) {
        const cleaned = clean(node.textContent);
        if (cleaned !== node.textContent) node.textContent = cleaned;
      }
      // TensorBoard's element for long names cuts them into many texts; its `value` is the whole.
      if (node.nodeName === 'TF-WBR-STRING') {
        const element = node as Element & { value?: string };
        element.value = clean(element.value ?? '');
      }
      const inner = node instanceof Element ? node.shadowRoot : null;
      for (const child of [...node.childNodes, ...(inner?.childNodes ?? [])]) visit(child);
    };
    visit(document.body);
  }, prefixes);
}
